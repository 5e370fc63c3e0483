"""Saving a piece of work under a name, and the links that open what was saved."""

import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from analytics.rows import SavedVersion
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.store import saved_work as saved


def save_form(kind: str, page: str, work: str) -> list[SavedVersion]:
    """Fields to save ``work`` as the next version of a name, and links to what is saved.

    ``kind`` is also the link's parameter. Returns the saved versions as rows; on a server
    for others there are none, and nothing is saved.
    """
    if not allowed(Action.SAVE):
        return []
    with st.container(key="screen-only-save"):
        st.header("Save")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = st.text_input("Name", st.query_params.get(kind, ""), key=f"{kind} name")
            why = st.text_input("What changed and why", key=f"{kind} why")
            if st.button("Save", icon=":material/save:"):
                try:
                    version = cache.write(
                        Action.SAVE, lambda con: saved.save(con, kind, label, work, why)
                    )
                except BandstandError as error:
                    st.error(escape_markdown(str(error)))
                else:
                    st.success(f"Saved as {escape_markdown(label)}, version {version}.")
    every = cache.saved_versions(kind)
    if not len(every):
        return []
    with st.container(horizontal=True):
        for label in dict.fromkeys(row.name for row in every.rows):
            link = {kind: label}
            st.page_link(
                page, label=escape_markdown(label), query_params=link, icon=":material/link:"
            )
    current = st.query_params.get(kind)
    shown = every.frame[every.frame.name == current].drop(columns="spec")
    if len(shown):
        Table.of(shown).show(f"{kind} versions", "Saved versions", first=())
    return every.rows


def saved_in_link(kind: str) -> tuple[str, int | None] | None:
    """Which saved work the link names, and which version of it; none on a server for others."""
    if not allowed(Action.SAVE):
        return None
    label = st.query_params.get(kind)
    version = st.query_params.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() else None
    return (label, number) if label else None
