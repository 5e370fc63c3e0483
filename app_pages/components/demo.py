"""Demo data for a look round: one click loads it, one click removes it."""

from collections.abc import Callable

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components.markdown import escape_markdown
from data.people.demo_load import PEOPLE, load_company, remove_company
from data.records.demo_load import ROWS, load_demo, remove_demo


def offer_demo() -> None:
    """A button that loads demo records and opens the page that shows them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Nothing of your own at hand?", width="content")
        pressed = st.button("Look round with demo records", icon=":material/science:")
        st.caption(f"{ROWS:,} made-up people, labeled demo, removed by one click.", width="content")
    if pressed and _changed(load_demo):
        st.switch_page("app_pages/records.py")


def offer_company() -> None:
    """A button that loads the demo company where there is nobody yet."""
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Look round with a demo company", icon=":material/science:")
        st.caption(f"{PEOPLE:,} made-up people with ranges, labeled demo, removed by one click.",
                   width="content")  # fmt: skip
    if pressed and _changed(load_company):
        st.rerun()


def show_demo_notice() -> None:
    """That demo data is loaded, with buttons that remove it; nothing without any."""
    removers: dict[str, Callable[[duckdb.DuckDBPyConnection], object]] = {}
    if cache.has_demo_records():
        removers["Remove demo records"] = remove_demo
    if cache.company_is_loaded():
        removers["Remove demo company"] = remove_company
    if not removers:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            ":material/science: Demo data: made up, nobody's pay.",
            width="content",
        )
        if not allowed(Action.IMPORT):
            return
        for label, remove in removers.items():
            key = label.replace("Remove demo records", "remove demo")
            if st.button(label, key=key, icon=":material/delete:") and _changed(remove):
                st.rerun()


def _changed(change: Callable[[duckdb.DuckDBPyConnection], object]) -> bool:
    """Whether the store took a change; if it did not, the page says why."""
    try:
        with st.spinner("Working…"):
            cache.write(Action.IMPORT, change)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return False
    return True
