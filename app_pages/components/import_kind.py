"""Which kind of file is loaded: recognized by its headings, or chosen."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analytics.errors import BandstandError
from app_pages.components.import_layout import layout_form, opening_options
from app_pages.components.import_state import ImportState, import_state, opened_file
from app_pages.components.import_words import page_text
from app_pages.components.markdown import escape_markdown
from data.imports.team_files.file_types import NAMES, file_type
from data.imports.team_files.recognize import (
    OEWS,
    TAXONOMY,
    Recognized,
    recognize,
    recognized_by_name,
)

#: Kind → what the page and its links call it.
KINDS = {
    **{name: file_type(name).title for name in NAMES},
    OEWS: "BLS wages",
    TAXONOMY: "A taxonomy of your own",
}
_OF_TITLE = {title: kind for kind, title in KINDS.items()}
_KEY, _NEXT, _BY_FILE = "kind", "next kind", "kind by file"


def choose_kind() -> str:
    """The kind that is chosen or was recognized; empty while there is none."""
    if following := st.session_state.pop(_NEXT, ""):
        st.session_state[_KEY] = following
    title = st.segmented_control(
        "Kind of file", list(_OF_TITLE), key=_KEY, bind="query-params", wrap=True
    )
    return _OF_TITLE[title] if title else ""


def recognize_files(uploads: Sequence[Any], kind: str) -> None:
    """Choose the kind by the files, unless the user did; else point out that they look different.

    While it is under way the page is stopped.
    """
    try:
        found = _recognized(uploads)
    except BandstandError as error:
        if not kind:  # else it is said in the steps
            st.error(page_text(str(error)), icon=":material/error:")
            layout_form(import_state(uploads[-1]))
        return
    if found is None:
        if not kind:
            st.info("The headings name no kind of file: choose one above.", icon=":material/help:")
            layout_form(import_state(uploads[-1]))
        return
    title = KINDS[found.kind]
    if found.kind == kind:
        _say_why(title, found)
    elif not kind or KINDS[kind] == st.session_state.get(_BY_FILE):
        st.session_state[_BY_FILE] = title
        _read_as(title)
    elif found.kind != TAXONOMY:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/help: The headings look like: {title}.", width="content")
            if st.button(f"Read it as: {title}"):
                _read_as(title)


def _read_as(title: str) -> None:
    st.session_state[_NEXT] = title
    st.rerun()


def _say_why(title: str, found: Recognized) -> None:
    by = f"its headings {', '.join(found.headings[:6])}" if found.headings else "its name"
    if len(found.headings) > 6:
        by += f" and {len(found.headings) - 6} more"
    st.caption(escape_markdown(f"Recognized as “{title}” by {by}."))


def _recognized(uploads: Sequence[Any]) -> Recognized | None:
    if len(uploads) > 1 and all(_is_taxonomy(upload.name) for upload in uploads):
        return Recognized(TAXONOMY, ())
    if found := recognized_by_name(uploads[-1].name):
        return found
    return _by_headings(import_state(uploads[-1]))


def _is_taxonomy(name: str) -> bool:
    found = recognized_by_name(name)
    return found is not None and found.kind == TAXONOMY


def _by_headings(state: ImportState) -> Recognized | None:
    options = opening_options(state)
    if state.recognized_as_opened != options:
        opened = opened_file(state, options)
        if opened is None:
            st.stop()
        state.recognized, state.recognized_as_opened = recognize(opened), options
    return state.recognized
