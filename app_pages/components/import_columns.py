"""The columns of a file as a form: one row a column, what needs a choice first."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analytics.jobs.codes import PROFILE_GRADES
from app_pages.components.controlled import controlled
from app_pages.components.import_choices import (
    KEPT,
    LEFT_OUT,
    choose_field,
    column_name,
    shown_field,
)
from app_pages.components.import_questions import ask, column_of
from app_pages.components.import_state import Reading
from app_pages.components.import_words import field_choice
from app_pages.components.markdown import escape_markdown
from data.imports.team_files.column_matching import Column
from data.imports.team_files.file_types import FileType
from data.imports.team_files.layout import Question
from data.imports.team_files.match_reasons import match_reason
from data.imports.team_files.report import Report

#: Beyond this many columns those that are settled are hidden at first.
_AT_ONCE = 12
_MOST_LEVELS = 100


def show_columns(reading: Reading, report: Report) -> None:
    """Columns with a question, those without a field, and the others.

    A column stays where it was found when the user gives it another field, so that
    the keyboard's focus stays too.
    """
    asked = _questions(reading)
    open_ones = [
        c for c in report.layout.columns if c.position in asked or _has_levels(c, reading, report)
    ]
    matched = _matched(reading)
    others = [c for c in report.layout.columns if c not in open_ones]
    _headings()
    for column in open_ones:
        _row(column, reading, report, asked.get(column.position, []))
    _show_unmatched([c for c in others if c.position not in matched], reading, report)
    found = [c for c in others if c.position in matched]
    if found and _shows_matched(reading, len(found)):
        _rows(found, reading, report)


def _matched(reading: Reading) -> set[int]:
    """The positions of the columns that had a field before any choice."""
    columns = reading.first[1].layout.columns if reading.first else ()
    return {column.position for column in columns if column.field or column.kept}


def _show_unmatched(columns: Sequence[Column], reading: Reading, report: Report) -> None:
    """The columns that match no field; of many, those that are searched for."""
    if not columns or reading.first is None:
        return
    count = len(reading.first[1].layout.columns) - len(_matched(reading))
    with st.expander(
        # The same words after each choice, or else it would close.
        f"Not used unless you choose a field ({count})",
        expanded=_starts_open(reading),
        key=f"{reading.key} not used",
        on_change="rerun",
    ) as place:
        if place.open:
            _rows(_searched(columns, reading), reading, report)


def _starts_open(reading: Reading) -> bool:
    """Whether a needed field may be in one of a few columns that match none."""
    if reading.first is None:
        return False
    report = reading.first[1]
    needed = any(question.key in reading.kind.fields for question in report.questions)
    open_ones = [c for c in report.layout.columns if not (c.field or c.kept or c.private)]
    return needed and 0 < len(open_ones) <= _AT_ONCE


def _searched(columns: Sequence[Column], reading: Reading) -> Sequence[Column]:
    if len(columns) <= _AT_ONCE:
        return columns
    text = st.text_input(
        "Find a column",
        key=f"{reading.key} find",
        placeholder="a part of its heading or of a value",
        persist_state="session",
    ).casefold()
    found = [
        column
        for column in columns
        if text in column_name(column).casefold()
        or any(text in value.casefold() for value in reading.values.get(column.position, ()))
    ]
    if len(found) > _AT_ONCE:
        st.caption(f"The first {_AT_ONCE} of {len(found)}.")
    return found[:_AT_ONCE]


def _questions(reading: Reading) -> dict[int, list[Question]]:
    """Position of a column → the questions about it."""
    asked: dict[int, list[Question]] = {}
    for question in reading.asked.values():
        column = column_of(question, reading)
        if column is not None:
            asked.setdefault(column.position, []).append(question)
    return asked


def _shows_matched(reading: Reading, count: int) -> bool:
    label = f"Show matched columns too ({count})"
    return st.toggle(
        label, count <= _AT_ONCE, key=f"{reading.key} matched", persist_state="session"
    )


def _headings() -> None:
    with st.container(key="import-headings"):
        names = ("Column in the file", "What it is", "Why")
        for place, name in zip(st.columns([4, 4, 3]), names, strict=True):
            place.caption(name)


def _rows(columns: Sequence[Column], reading: Reading, report: Report) -> None:
    for column in columns:
        _row(column, reading, report, ())


def _row(column: Column, reading: Reading, report: Report, asked: Sequence[Question]) -> None:
    name = column_name(column)
    with st.container(border=bool(asked)):
        left, middle, right = st.columns([4, 4, 3], vertical_alignment="center")
        values = " · ".join(reading.values.get(column.position, ()))
        left.markdown(f"**{escape_markdown(name)}**  \n:small[{escape_markdown(values or '–')}]")
        with middle:
            _choose_field(name, column, reading)
        right.caption(escape_markdown(_why(name, column, reading)))
        for question in asked:
            ask(question, reading)
        if _has_levels(column, reading, report):
            _levels(reading, report)


def _choose_field(name: str, column: Column, reading: Reading) -> None:
    fields = reading.kind.fields
    choices = [LEFT_OUT, *([KEPT] if reading.kind.name == "roster" else []), *fields]
    st.selectbox(
        f"What the column {name} is",
        choices,
        **controlled(
            f"{reading.key} field {column.position}",
            shown_field(reading, column),
            lambda field: choose_field(reading, name, field),
        ),
        format_func=lambda field: _field_words(field, reading.kind),
        label_visibility="collapsed",
    )


def _field_words(field: str, kind: FileType) -> str:
    if field in (LEFT_OUT, KEPT):
        return "Not used" if field == LEFT_OUT else "Kept as is"
    return field_choice(kind.fields[field])


def _why(name: str, column: Column, reading: Reading) -> str:
    if name in reading.fields and (reading.fields[name] or not column.private):
        return "your choice"
    if reading.first and name in reading.first[0].columns.values():
        return f"saved mapping “{reading.mapping}”"
    if column.position in _matched(reading) and not shown_field(reading, column):
        return "another column is this field"
    return match_reason(reading.kind, column)


def _has_levels(column: Column, reading: Reading, report: Report) -> bool:
    """Whether a column is that of levels, some of which are the team's own."""
    is_level = shown_field(reading, column) == "level"
    return is_level and bool(report.own_levels or reading.levels)


def _levels(reading: Reading, report: Report) -> None:
    for level in report.own_levels:
        reading.levels.setdefault(level, "")
    own = list(reading.levels)
    st.markdown(":material/help: Levels of your own: say which level each is")
    with st.container(horizontal=True):
        for level in own[:_MOST_LEVELS]:
            st.selectbox(
                f"{level} is",
                ["", *PROFILE_GRADES],
                **controlled(
                    f"{reading.key} level {level}",
                    reading.levels.get(level, ""),
                    partial(reading.levels.__setitem__, level),
                ),
                format_func=_level_words,
                width=180,
            )
    if len(own) > _MOST_LEVELS:
        st.caption(f"{len(own) - _MOST_LEVELS} more are as the title says.")


def _level_words(code: str) -> str:
    return code or "as the title says"
