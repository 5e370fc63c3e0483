"""Saving a structure, and making a version of it live or archived."""

from collections.abc import Callable

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from analytics.ranges.build import Structure
from analytics.ranges.serialization import to_spec
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components.markdown import escape_markdown
from app_pages.components.saved_work import save_form
from app_pages.components.tables import Table
from data.people.live_ranges import make_live
from data.ranges.versions import KIND, LIVE, Version, archive, version_table

_DONE = "structure done"


def show_versions(structure: Structure, opened: Version | None) -> None:
    """The form that saves, the versions of the open structure, and what makes one live."""
    save_form(KIND, "app_pages/ranges.py", to_spec(structure))
    if done := st.session_state.pop(_DONE, ""):
        st.success(escape_markdown(done), icon=":material/check_circle:")
    if opened is None:
        return
    st.subheader("Versions")
    same = [v for v in cache.structure_versions() if v.name == opened.name]
    Table.of(version_table(same)).show("structure versions", "Versions and their states", first=())
    if opened.structure != structure:
        st.caption(
            "What is on the page differs from the version that is open; save it as the next one "
            "before you make it live."
        )
    if not allowed(Action.SAVE):
        return
    label = escape_markdown(opened.label)
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-live"):
        if opened.state != LIVE:
            if st.button(f"Make {label} live", icon=":material/publish:"):
                _change(lambda con: make_live(con, opened))
            st.caption("Its ranges are loaded: People and Home read them until it is archived.",
                       width="content")  # fmt: skip
        elif st.button(f"Archive {label}", icon=":material/archive:"):
            _change(lambda con: archive(con, opened))


def _change(change: Callable[[duckdb.DuckDBPyConnection], str]) -> None:
    try:
        st.session_state[_DONE] = cache.write(Action.SAVE, change)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
    else:
        st.rerun()
