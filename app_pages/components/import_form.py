"""Import a file whose columns differ from team to team: match, check, then load it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from analytics.errors import BandstandError
from app_pages.components.import_columns import with_columns
from app_pages.components.import_options import add_question, layout_options, with_answers
from app_pages.components.import_report import load_form, load_is_over, mapping_form, show_report
from app_pages.components.import_state import ImportState, checked_file, import_state
from app_pages.components.markdown import escape_markdown
from data.imports.team_files import templates
from data.imports.team_files.file_types import FileType, file_type

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def import_form(name: str, on_loaded: Callable[[str], None]) -> None:
    """The page of one kind of file; ``on_loaded`` is told what a load did."""
    kind = file_type(name)
    st.text(kind.about)
    _offer_templates(kind)
    upload = st.file_uploader(
        "The file", type=["csv", "txt", "tsv", "xlsx", "zip", "parquet"], key=f"{name} file"
    )
    state = import_state(kind, upload)
    if state is None:
        return
    if state.loading is not None and not load_is_over(state, on_loaded):
        return
    try:
        _check_and_offer(state)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")


def _check_and_offer(state: ImportState) -> None:
    """The file's questions and columns, its report under the answers, and the load button."""
    base = layout_options(state)
    if state.first is None or state.first[0] != base:
        first = checked_file(state, base)
        if first is None:
            return
        state.first = (base, first.report)
    report = state.first[1]
    for question in report.questions:
        add_question(state, question)
    options = with_answers(state, base)
    checked = checked_file(state, with_columns(state, base, report, options))
    if checked is None:
        return
    for question in checked.report.questions:
        add_question(state, question)
    show_report(state, checked)
    load_form(state, checked)
    mapping_form(state, checked.report)


def _offer_templates(kind: FileType) -> None:
    with st.container(horizontal=True):
        for label, ending, mime, make in (
            ("Excel", "xlsx", _EXCEL, templates.as_excel),
            ("CSV", "csv", "text/csv", templates.as_csv),
        ):
            st.download_button(
                f"{label} template",
                partial(make, kind),
                file_name=f"bandstand-{kind.name}-template.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )
