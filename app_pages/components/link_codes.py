"""Links that name a choice by its code, for pickers that show labels."""

from collections.abc import Collection

import streamlit as st


def take_codes(key: str, codes: Collection[str]) -> None:
    """Choose what the link names by code, before the picker with this ``key`` is drawn.

    Streamlit itself writes and reads only the labels that a picker shows, and
    drops everything else from the link.
    """
    if (named := st.query_params.get(key)) in codes:
        st.session_state[key] = named
