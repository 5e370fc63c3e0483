"""The place picker: chosen from the list, or typed as a city, an area or a state."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.places import find_places
from analytics.pricing.question import NATION
from app_pages import cache
from app_pages.components.link_codes import understand_in_next_run
from app_pages.components.markdown import escape_markdown

#: What the page says of a typed place, beside the place that it was taken for.
_TAKEN = "place taken as"
_MOST = 6


def pick_place(place: DeltaGenerator, key: str, saved: Sequence[str] = (), **look: Any) -> str:
    """Draw the picker and return the place; empty for the nation.

    ``saved`` are places of saved work, offered though the store holds them no longer.
    """
    names = {row.place: row for row in cache.places() if row.kind != "nation"}
    options = list(dict.fromkeys([NATION, *names, *saved]))
    _take_typed_place(key, options)
    chosen = place.selectbox(
        "Place",
        options,
        key=key,
        bind="query-params",
        accept_new_options=True,
        help="Type a city, an area, a state or its code.",
        **look,
    )
    if chosen not in options:
        understand_in_next_run()
        return ""
    return "" if chosen == NATION else str(chosen)


def show_taken_place(place: str) -> None:
    """What a typed place was taken for, while that place stands."""
    where, words = st.session_state.get(_TAKEN, ("", ""))
    if words and where in ("", place):
        st.caption(words)


def _take_typed_place(key: str, options: Sequence[str]) -> None:
    """A place typed instead of chosen becomes the one that it means, or a question."""
    typed = st.session_state.get(key)
    if not typed or typed in options:
        return
    shown = escape_markdown(typed)
    found = [row.place for row in find_places(typed, cache.places()) if row.place in options]
    if len(found) == 1:
        st.session_state[key] = found[0]
        st.session_state[_TAKEN] = (found[0], f"“{shown}” taken as {escape_markdown(found[0])}.")
        return
    st.session_state[key] = NATION
    if found:
        several = "; ".join(escape_markdown(name) for name in found[:_MOST])
        more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
        words = f"“{shown}” may be one of {len(found)} places: {several}{more}. Choose one."
    else:
        words = f"No place is called “{shown}”. Name its metropolitan area or its state."
    st.session_state[_TAKEN] = ("", words)
