"""Import: your own data, checked before anything is stored, in three steps."""

from collections.abc import Callable

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components.demo import offer_demo
from app_pages.components.import_done import rerun_with, show_done, upload_round
from app_pages.components.import_form import import_form, offer_templates
from app_pages.components.import_kind import choose_kind, recognize_files
from app_pages.components.import_loads import show_loads
from app_pages.components.import_published import (
    about_oews,
    about_taxonomy,
    oews_form,
    taxonomy_form,
)
from app_pages.components.import_state import current_import, drop_import, import_state
from app_pages.components.import_words import page_text
from app_pages.components.upload_limits import say_upload_limits
from data.imports.team_files.file_types import NAMES, file_type
from data.imports.team_files.recognize import OEWS, TAXONOMY


def act(write: Callable[[duckdb.DuckDBPyConnection], str], *, loaded: bool = False) -> None:
    """Change the store, and rerun the page with a message of what was done."""
    try:
        message = cache.write(Action.IMPORT, write)
    except BandstandError as error:
        st.error(page_text(str(error)))
    else:
        rerun_with(message, loaded=loaded)


def load(write: Callable[[duckdb.DuckDBPyConnection], str]) -> None:
    """Load, and be ready for the next file."""
    act(write, loaded=True)


def loaded(message: str) -> None:
    """A team's file is loaded."""
    drop_import()
    rerun_with(message, loaded=True)


def about(kind: str) -> None:
    """What a kind of file is, and its templates."""
    if kind == TAXONOMY:
        about_taxonomy()
    elif kind == OEWS:
        about_oews()
    elif kind in NAMES:
        offer_templates(file_type(kind))
    else:
        st.caption("Choose a file: its kind is recognized by its headings. Or choose a kind first.")


def team_file(kind: str, upload: object | None) -> None:
    """A survey, pay records, a roster or ranges; a file chosen before another page was opened."""
    state = import_state(upload) if upload else current_import()
    if state is None:
        return
    if not upload:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{state.name} is as you left it.", width="content")
            if st.button("Set it aside"):
                drop_import()
                st.rerun()
    import_form(kind, state, loaded)


st.title("Import")
show_done()
st.header("1. What it is")
file_place = st.container()
kind = choose_kind()
about_place = st.container()
uploads = file_place.file_uploader(
    "The file, or the files of a taxonomy",
    help="CSV or text, Excel (.xlsx), Parquet, or a zip of one of these.",
    accept_multiple_files=True,
    key=f"import files {upload_round()}",
    on_change=drop_import,
)
with file_place:
    say_upload_limits()
if uploads:
    recognize_files(uploads, kind)
if not uploads and current_import() is None:
    with about_place:
        about(kind)
if uploads and kind == TAXONOMY:
    taxonomy_form(uploads, load)
elif uploads and kind == OEWS:
    oews_form(uploads[-1], load)
elif kind in NAMES:
    if len(uploads) > 1:
        st.warning(f"One file at a time: {uploads[-1].name} is read.", icon=":material/help:")
    team_file(kind, uploads[-1] if uploads else None)
show_loads(act)
if allowed(Action.IMPORT) and not len(cache.loads()):
    with st.container(key="screen-only-demo"):
        offer_demo()
