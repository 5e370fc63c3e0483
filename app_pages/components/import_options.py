"""What a visitor says about a file: its layout, answers to questions, and its columns."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import InputError
from analytics.pay_basis import PAY_BASES
from app_pages import cache
from app_pages.components.import_state import ImportState
from app_pages.components.markdown import escape_markdown
from data.files.archive import ENDINGS
from data.files.opened import HEADER_WITHIN
from data.imports.team_files.file_types import Field, FileType
from data.imports.team_files.layout import Question
from data.imports.team_files.options import ImportOptions, parse_units
from data.imports.team_files.report import Report
from data.store import saved_work

LEFT_OUT, KEPT = "left out", "kept as it is"
_FORMATS: dict[str, dict[str, str]] = {
    "decimal": {"": "not said", ".": "1,234.50", ",": "1.234,50"},
    "dates": {"": "not said", "dmy": "day first", "mdy": "month first"},
}
_DELIMITERS = {"": "found", "\t": "tab"}


def layout_options(state: ImportState) -> ImportOptions:
    """A saved mapping, and how the file is laid out where that is not found right."""
    base = _saved_mapping(state)
    key = state.upload
    with st.expander("How the file is laid out, if it is not read right"):
        one, two, three, four, five = st.columns(5)
        encoding = one.selectbox(
            "Encoding",
            ["", "utf-8", "cp1252", "latin-1", "utf-16"],
            key=f"{key} encoding",
            format_func=lambda name: name or "found",
        )
        delimiter = two.selectbox(
            "Delimiter",
            ["", ",", ";", "\t", "|"],
            key=f"{key} delimiter",
            format_func=lambda mark: _DELIMITERS.get(mark, mark),
        )
        header = three.number_input(
            "Header's row, 0 if found", 0, HEADER_WITHIN, key=f"{key} header"
        )
        units = four.text_input(
            "One figure of pay is so many a year",
            f"{base.units:f}",
            key=f"{key} units {base.units}",
            help="1000 for thousands; 2080 for pay an hour at 2,080 hours a year",
        )
        part = five.text_input("Sheet, or file in a zip", key=f"{key} part")
    member, sheet = (part, "") if part.casefold().endswith(ENDINGS) else ("", part)
    return replace(
        base,
        encoding=encoding or base.encoding,
        delimiter=delimiter or base.delimiter,
        header=int(header) or base.header,
        member=member or base.member,
        sheet=sheet or base.sheet,
        units=parse_units(units.strip() or "1"),
    )


def _saved_mapping(state: ImportState) -> ImportOptions:
    """The options of a saved mapping, where there are any to choose."""
    mappings = cache.ask("saved_work", kind=f"mapping {state.kind.name}").frame
    names = list(dict.fromkeys(mappings.name))
    if not names:
        return ImportOptions()
    chosen = st.selectbox(
        "Mapping",
        ["", *names],
        key=f"{state.upload} mapping",
        format_func=lambda name: name or "by the headings",
    )
    if not chosen:
        return ImportOptions()
    return ImportOptions.from_json(saved_work.find(mappings, chosen))


def add_question(state: ImportState, question: Question) -> None:
    """Keep a question on the page with its answer; rerun the page for a new one."""
    if question.key not in state.asked:
        state.asked[question.key] = question.text
        if state.first is not None and question not in state.first[1].questions:
            st.rerun()


def with_answers(state: ImportState, base: ImportOptions) -> ImportOptions:
    """The options with what was asked and is answered."""
    if not state.asked:
        return base
    fields = state.kind.fields
    with st.container(border=True):
        st.markdown("**The file does not say**")
        columns = st.columns(min(len(state.asked), 4))
        answers = {
            name: _answer(columns[i % len(columns)], fields.get(name), name, text, state)
            for i, (name, text) in enumerate(state.asked.items())
        }
    set_values = {name: answer for name, answer in answers.items() if answer and name in fields}
    return replace(
        base,
        set_values={**base.set_values, **set_values},
        decimal=answers.get("decimal") or base.decimal,
        dates=answers.get("dates") or base.dates,
    )


def _answer(place: Any, field: Field | None, name: str, question: str, state: ImportState) -> str:
    """The input that answers a question; empty while it has no answer."""
    key = f"{state.upload} said {name}"
    if field is None:
        labels = _FORMATS[name]
        title = "Decimal sign" if name == "decimal" else "Order of dates"
        answer = place.selectbox(title, list(labels), format_func=labels.__getitem__, key=key)
    elif field.unit == "basis":
        answer = place.selectbox("Pay basis", ["", *PAY_BASES], key=key)
    elif field.unit == "money":
        answer = ""
        place.text("Choose among the columns below")
    else:
        hint = {"date": "2026-03-01", "currency": "USD"}.get(field.unit, "")
        answer = place.text_input(field.label.capitalize(), key=key, placeholder=hint)
    place.caption(escape_markdown(question[:1].upper() + question[1:] + "."))
    return str(answer).strip()


def with_columns(
    state: ImportState, base: ImportOptions, report: Report, options: ImportOptions
) -> ImportOptions:
    """The options with the columns as the visitor corrects them.

    ``report`` is the one under ``base``, before any answer.
    """
    kind = state.kind
    table = _column_table(kind, report)
    names = {field.label: name for name, field in kind.fields.items()}
    choices = [LEFT_OUT, *([KEPT] if kind.name == "roster" else []), *names]
    st.markdown("**What each column was taken for**")
    edited = _edit(table, choices, f"{state.upload} columns {hash(base.to_json())}")
    used = edited["taken as"]
    if used.equals(table["taken as"]):
        return options
    fields = used[used.isin(list(names))]
    if twice := next(iter(fields[fields.duplicated()]), ""):
        raise InputError(f"two columns are taken as {twice}; leave one of them out")
    headings = {names[label]: edited.column[i] for i, label in fields.items()}
    return replace(
        options,
        columns={name: headings.get(name, "") for name in kind.fields},
        keep=tuple(edited.column[used == KEPT]),
    )


def _column_table(kind: FileType, report: Report) -> pd.DataFrame:
    columns = report.layout.columns
    return pd.DataFrame(
        {
            "column": [c.heading for c in columns],
            "example": ["" if c.private else c.example for c in columns],
            "taken as": [
                kind.fields[c.field].label if c.field else KEPT if c.kept else LEFT_OUT
                for c in columns
            ],
        }
    )


def _edit(table: pd.DataFrame, choices: list[str], key: str) -> pd.DataFrame:
    edited: pd.DataFrame = st.data_editor(
        table,
        hide_index=True,
        disabled=["column", "example"],
        height=min(36 * (len(table) + 1) + 4, 400),
        column_config={
            "column": st.column_config.TextColumn("Column"),
            "example": st.column_config.TextColumn("First value"),
            "taken as": st.column_config.SelectboxColumn(
                "Taken as", options=choices, required=True, help="Click to change it"
            ),
        },
        key=key,
    )
    return edited
