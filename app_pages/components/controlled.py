"""Inputs whose value is kept by the page: they may go and come back, or stand in two places."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def controlled(key: str, value: Any, keep: Callable[[Any], object]) -> dict[str, Any]:
    """Arguments of an input that shows ``value`` and hands each new one to ``keep``."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return {"key": key, "on_change": lambda: keep(st.session_state[key])}
