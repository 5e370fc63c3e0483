"""The one line that says what a figure is: on screen, in files and in print."""

from collections.abc import Mapping
from html import escape

import streamlit as st

#: What a figure is, in this order wherever it stands.
PARTS = ("job", "pay basis", "place", "date", "status", "interval")


def context_text(about: Mapping[str, str]) -> str:
    """``Senior · P4 · base pay · Colorado · 2027-07 · modelled · $120k–$140k``."""
    return " · ".join(about[part] for part in PARTS if about.get(part))


def show_context(about: Mapping[str, str]) -> None:
    """The line beneath a headline figure; no headline stands without it."""
    st.html(f'<div class="context-line">{escape(context_text(about))}</div>')
