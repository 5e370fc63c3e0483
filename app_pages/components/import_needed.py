"""Needed fields that no column fills: the first thing that the user settles."""

import streamlit as st

from app_pages.components.controlled import controlled
from app_pages.components.import_choices import LEFT_OUT, choose_field, column_name, shown_field
from app_pages.components.import_questions import ask, ask_for_all_rows, column_of
from app_pages.components.import_state import Reading
from app_pages.components.import_words import about_field, field_choice, field_label
from app_pages.components.markdown import escape_markdown
from data.imports.team_files.column_matching import Column
from data.imports.team_files.file_types import Field
from data.imports.team_files.layout import Question
from data.imports.team_files.report import Report

#: A choice among more fields than these is made column by column.
_FEW = 3
_NEEDED, _GIVEN = ":red-badge[Needed]", ":green-badge[Given]"


def show_needed(reading: Reading, report: Report) -> None:
    """Each needed field that was missing, with the ways to fill it; then what no column is of."""
    still_open = {question.key for question in report.questions}
    for key, question in reading.asked.items():
        if key in reading.kind.fields and column_of(question, reading) is None:
            _needed(question, reading, report, key in still_open)
    for key, question in reading.asked.items():
        about_columns = key not in reading.kind.fields and column_of(question, reading) is None
        if about_columns and (key in still_open or key in reading.answers):
            with st.container(border=True):
                ask(question, reading)


def _needed(question: Question, reading: Reading, report: Report, is_open: bool) -> None:
    kind = reading.kind
    group = next((g for g in kind.any_of if g[0] == question.key), (question.key,))
    fields = [kind.fields[name] for name in (group if len(group) <= _FEW else group[:1])]
    names = " or ".join(field_label(field) for field in fields)
    with st.container(border=True):
        if len(group) > _FEW:
            st.markdown(f"{_NEEDED} **at least one percentile of pay**")
            st.caption("Choose below which columns are percentiles.")
            return
        st.markdown(f"{_NEEDED if is_open else _GIVEN} **{names}**")
        st.caption(escape_markdown(_about(question, fields, is_open)))
        for column, field in zip(
            st.columns(max(2, len(fields))), [*fields, None][:4], strict=False
        ):
            with column:
                if field is not None:
                    _choose_column(field, reading, report)
                elif len(fields) == 1:
                    ask_for_all_rows(fields[0], reading)


def _about(question: Question, fields: list[Field], is_open: bool) -> str:
    after = question.text.partition(": ")[2]
    if is_open and after:
        return f"{after[:1].upper()}{after[1:]}."
    return about_field(fields[0])


def _choose_column(field: Field, reading: Reading, report: Report) -> None:
    columns = {column_name(c): c for c in report.layout.columns}
    current = next((n for n, c in columns.items() if shown_field(reading, c) == field.name), None)
    free = [n for n, c in columns.items() if not shown_field(reading, c) and not c.private]
    options = list(dict.fromkeys((*free, *columns)))

    def keep(name: str | None) -> None:
        if name:
            choose_field(reading, name, field.name)
        elif current:
            choose_field(reading, current, LEFT_OUT)

    st.selectbox(
        f"{field_choice(field)} is in column",
        options,
        index=None,
        format_func=lambda name: _with_value(name, columns[name], reading),
        placeholder="Choose a column",
        **controlled(f"{reading.key} column of {field.name}", current, keep),
    )


def _with_value(name: str, column: Column, reading: Reading) -> str:
    values = reading.values.get(column.position, ())
    return f"{name}: {values[0]}" if values else name
