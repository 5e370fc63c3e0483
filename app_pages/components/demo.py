"""Demo records for a look round: one click loads them, one click removes them."""

from collections.abc import Callable

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from app_pages import cache
from app_pages.components.markdown import escape_markdown
from data.records.demo_load import ROWS, load_demo, remove_demo
from data.records.question import OWNER, server_mode


def offer_demo() -> None:
    """A button that loads demo records and opens the page that shows them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Nothing of your own at hand?", width="content")
        pressed = st.button("Look round with demo records", icon=":material/science:")
        st.caption(f"{ROWS:,} made-up people, labeled demo, removed by one click.", width="content")
    if pressed and _changed(load_demo):
        st.switch_page("app_pages/records.py")


def show_demo_notice() -> None:
    """That demo records are loaded, with a button that removes them; nothing without any."""
    if not cache.demo_loads():
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            ":material/science: Demo data: made up, nobody's pay.",
            width="content",
        )
        if server_mode() != OWNER:
            return
        pressed = st.button("Remove demo records", key="remove demo", icon=":material/delete:")
    if pressed and _changed(remove_demo):
        st.rerun()


def _changed(change: Callable[[duckdb.DuckDBPyConnection], object]) -> bool:
    """Whether the store took a change; if it did not, the page says why."""
    try:
        with st.spinner("Working…"):
            cache.write(change)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return False
    return True
