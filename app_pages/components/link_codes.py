"""Links that name a choice by its code, for pickers that show labels."""

from collections.abc import Collection

import streamlit as st

#: Whether a picker got words from the link, which it understands in the next run.
_ASKED = "words in the link"


def understand_in_next_run() -> None:
    """Note that the link names a choice in words, known only once its picker is drawn."""
    st.session_state[_ASKED] = True


def rerun_to_understand() -> None:
    """Once all pickers are drawn: run again if one of them is to understand its words."""
    if st.session_state.pop(_ASKED, False):
        st.rerun()


def take_codes(key: str, codes: Collection[str]) -> None:
    """Choose what the link names by code, before the picker with this ``key`` is drawn.

    Streamlit itself writes and reads only the labels that a picker shows, and
    drops everything else from the link.
    """
    if (named := st.query_params.get(key)) in codes:
        st.session_state[key] = named
