"""Import a file whose columns differ from team to team: match, check, then load it."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.errors import BandstandError
from app_pages.components.import_choices import chosen_options, with_answers
from app_pages.components.import_columns import show_columns
from app_pages.components.import_layout import (
    choose_mapping,
    layout_form,
    layout_options,
    mapping_options,
    show_how_opened,
)
from app_pages.components.import_needed import show_needed
from app_pages.components.import_report import load_form, load_is_over, mapping_form, show_report
from app_pages.components.import_state import ImportState, Reading, checked_file
from app_pages.components.import_words import page_text
from app_pages.components.markdown import escape_markdown
from data.imports.team_files import templates
from data.imports.team_files.check import CheckedFile
from data.imports.team_files.file_types import FileType, file_type
from data.imports.team_files.match_reasons import first_values
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.remedies import page_questions
from data.imports.team_files.report import Report

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def import_form(kind_name: str, state: ImportState, on_loaded: Callable[[str], None]) -> None:
    """The rest of step 1, and steps 2 and 3; ``on_loaded`` is told what a load did."""
    if state.loading is not None and not load_is_over(state, on_loaded):
        return
    kind = file_type(kind_name)
    how_opened = st.container()
    layout_form(state)
    st.header("2. What each column is")
    choose_mapping(state, kind)
    reading = state.reading(kind)
    try:
        base = layout_options(state, mapping_options(reading))
        base = with_answers(reading, base, ["header"])
        first = _first_report(state, reading, base)
        if first is None:
            return
        options = chosen_options(reading, base, first)
    except BandstandError as error:
        st.error(page_text(str(error)), icon=":material/error:")
        return
    _steps(state, reading, options, how_opened)


def _steps(
    state: ImportState, reading: Reading, options: ImportOptions, how_opened: DeltaGenerator
) -> None:
    """Steps 2 and 3; the check comes first, since step 2 shows what it found."""
    columns, report = st.container(), st.container()
    with report:
        checked = _check(state, reading, options)
    with how_opened:
        show_how_opened(reading)
    with columns:
        _show_columns(reading)
    if checked is not None:
        with report:
            show_report(state, checked)
            load_form(state, reading, checked)
            mapping_form(reading, checked.report)


def _first_report(state: ImportState, reading: Reading, base: ImportOptions) -> Report | None:
    """The report under the options before any choice; None while the file is checked."""
    if reading.first is None or reading.first[0] != base:
        first = checked_file(state, reading, base)
        if first is None:
            return None
        reading.first = (base, first.report)
        reading.values = first_values(first.report.layout)
        _remember_questions(state, reading, first)
    return reading.first[1]


def _check(state: ImportState, reading: Reading, options: ImportOptions) -> CheckedFile | None:
    """The file under every choice; its progress, and what is wrong with a choice, is shown."""
    st.header("3. What to fix, and load")
    try:
        checked = checked_file(state, reading, options)
    except BandstandError as error:
        st.error(page_text(str(error)), icon=":material/error:")
        return None
    if checked is not None:
        _remember_questions(state, reading, checked)
    return checked


def _remember_questions(state: ImportState, reading: Reading, checked: CheckedFile) -> None:
    for question in (
        *checked.report.questions,
        *page_questions((*state.problems, *state.cleared)),
    ):
        reading.asked.setdefault(question.key, question)


def _show_columns(reading: Reading) -> None:
    report = reading.latest
    if report is None:
        return
    show_needed(reading, report)
    show_columns(reading, report)
    for sentence in report.private():
        st.info(escape_markdown(sentence), icon=":material/visibility_off:")


def offer_templates(kind: FileType) -> None:
    """What a kind of file is, and its templates."""
    st.text(kind.about)
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
