"""Links that name a choice by its code, for pickers that show labels."""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.state import get_session_state

#: Whether a picker got words from the link, which it understands in the next run.
_ASKED = "words in the link"


def understand_in_next_run() -> None:
    """Note that the link names a choice in words, known only once its picker is drawn."""
    st.session_state[_ASKED] = True


def rerun_to_understand() -> None:
    """Once all pickers are drawn: run again if one of them is to understand its words."""
    if st.session_state.pop(_ASKED, False):
        st.rerun()


def take_codes(key: str, labels: Mapping[str, str]) -> None:
    """Choose what the link names by code, before the picker with this ``key`` is drawn.

    ``labels`` are by code what the picker shows, which alone Streamlit reads in a link: it
    drops everything else. So the link as it was opened gets the label in place of the code.
    """
    named = st.query_params.get(key, "")
    if labels.get(named, named) == named:
        return
    st.session_state[key] = named
    with get_session_state().query_params() as link:
        link.set_corrected_value(key, labels[named], "string_value")
        link.set_initial_query_params_from_current()
