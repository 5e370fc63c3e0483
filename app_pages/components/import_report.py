"""The report on a file, and the buttons that load it and save its mapping."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from analytics.units import with_units
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.background_task import BackgroundTask, show_progress
from app_pages.components.import_state import PATIENCE, ImportState, Reading
from app_pages.components.import_words import page_text
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.files.problems import problem_table
from data.imports.team_files.check import CheckedFile
from data.imports.team_files.checked_rows import masked_columns, rejects
from data.imports.team_files.load import load_team_file
from data.imports.team_files.remedies import page_words, row_remedy
from data.imports.team_files.report import Report
from data.store import saved_work

#: Facts that stand in step 1 already.
_OPENED = ("Encoding", "Delimiter", "Header")


def show_report(state: ImportState, checked: CheckedFile) -> None:
    """The rows, how they were read, what to look at, and the rows left out."""
    report = checked.report
    if report.questions:
        open_ones = page_text("; ".join(question.text for question in report.questions))
        st.info(
            f"To answer in step 2 before anything can be loaded: {open_ones}.",
            icon=":material/help:",
        )
        if not report.rows_in:
            return
    _show_rows(report)
    _show_facts(report)
    for sentence in report.warnings():
        st.warning(page_text(sentence), icon=":material/search:")
    _show_odd_lines(report)
    if report.left_out:
        _show_rejects(state, checked)


def _show_odd_lines(report: Report) -> None:
    """The lines of a text that have an encoding of their own, as they were read."""
    odd = report.odd_lines
    if not odd.odd:
        return
    table = pd.DataFrame(
        [(line.number, line.label, line.words) for line in odd.first],
        columns=["line", "read_as", "words"],
    )
    if not any(line.words for line in odd.first):
        table = table.drop(columns="words")
    units = {"line": "ordinal", "read_as": "text", "words": "text"}
    more = f"; the first {len(odd.first):,} of {odd.odd:,}" if odd.odd > len(odd.first) else ""
    Table.of(with_units(table, {name: units[name] for name in table})).show(
        "odd lines", f"Lines with an encoding of their own{more}", first=()
    )


def _show_rows(report: Report) -> None:
    """Rows in, as the sum of those to load and those left out, and the same in words."""
    numbers = (
        ("Rows in", report.rows_in),
        ("= to load", report.to_load),
        ("+ left out", report.left_out),
    )
    with st.container(horizontal=True):
        for label, rows in numbers:
            st.metric(label, f"{rows:,}", width=150)
    st.success(escape_markdown(f"{report.counts()}."), icon=":material/check_circle:")


def _show_facts(report: Report) -> None:
    facts = {name: words for name, words in report.facts().items() if name not in _OPENED}
    if facts:
        st.markdown("**As read**")
        st.text("\n".join(f"{name}: {words}" for name, words in facts.items()))


def _show_rejects(state: ImportState, checked: CheckedFile) -> None:
    report = checked.report
    no_data = {warning.reason for warning in report.no_rows}
    shown = [
        replace(
            problem,
            reason=page_words(problem.reason),
            remedy=problem.remedy or row_remedy(problem.reason, problem.reason in no_data),
        )
        for problem in state.problems
    ]
    table = problem_table(shown)
    Table.of(table, hidden=["file"]).show("rejected", "Rows that would be left out", first=())
    more = report.left_out - table["row"].nunique()
    if more > 0:
        st.caption(f"{more:,} more rows are in the file of rows left out.")
    downloads.offer_rows(
        lambda: list(_rejects(state, checked)),
        "rows left out",
        {"file": report.file},
        report.left_out,
    )
    headings = ", ".join(column.heading for column in masked_columns(report.layout))
    masked = f" What looks private is masked in it: {headings}." if headings else ""
    st.caption(
        escape_markdown(
            f"Fix the rows in that file, then load it: its first four columns are ignored.{masked}"
        )
    )


def _rejects(state: ImportState, checked: CheckedFile) -> Iterator[list[str]]:
    """The rows left out, each reason in the words of the page."""
    for row, column, value, reason, *cells in rejects(state.session, checked.staged):
        yield [row, column, value, page_words(reason), *cells]


def load_form(state: ImportState, reading: Reading, checked: CheckedFile) -> None:
    """A name and a button that loads the file."""
    report = checked.report
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name", Path(report.file).stem, key=f"{reading.key} name")
        ready = bool(report.to_load and not report.questions and name.strip())
        if st.button("Load", type="primary", icon=":material/upload:", disabled=not ready):
            session, title = state.session, name.strip()
            state.loading = BackgroundTask(
                lambda: cache.write(
                    Action.IMPORT, lambda con: load_team_file(con, session, checked, title)
                ),
                session.progress,
                session.cancel,
            )
            state.loading.done(within=PATIENCE)
            st.rerun()


def mapping_form(reading: Reading, report: Report) -> None:
    """A name and a button that saves how the file is read."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Save these columns and answers as", key=f"{reading.key} mapping name")
        if st.button("Save mapping", disabled=not name.strip()):
            mapping = report.layout.as_options().to_json()
            kind = f"mapping {reading.kind.name}"
            try:
                version = cache.write(
                    Action.IMPORT,
                    lambda con: saved_work.save(con, kind, name, mapping, report.file),
                )
            except BandstandError as error:
                st.error(page_text(str(error)), icon=":material/error:")
            else:
                st.success(escape_markdown(f"Saved as “{name.strip()}”, version {version}."))


def load_is_over(state: ImportState, on_loaded: Callable[[str], None]) -> bool:
    """Whether a load is over; shows what it did, or why it did nothing."""
    assert state.loading is not None
    if not state.loading.done(within=0.1):
        show_progress(state.loading, "Loading")
        return False
    task, state.loading = state.loading, None
    try:
        message = task.result()
    except BandstandError as error:
        st.error(page_text(str(error)), icon=":material/error:")
        return True
    on_loaded(message)
    return True
