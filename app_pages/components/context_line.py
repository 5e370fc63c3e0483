"""The line beneath a headline figure that says what it is."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from analytics.context import context_text


def show_context(about: Mapping[str, str]) -> None:
    """The line beneath a headline figure; no headline stands without it."""
    st.html(f'<div class="context-line">{escape(context_text(about))}</div>')
