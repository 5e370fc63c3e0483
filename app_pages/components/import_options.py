"""Inputs for how a file is read: its layout, and answers to questions."""

from dataclasses import replace
from typing import Any

import streamlit as st

from analytics.pay_basis import PAY_BASES
from app_pages import cache
from app_pages.components.import_state import ImportState
from app_pages.components.markdown import escape_markdown
from data.files.archive import ENDINGS
from data.files.opened import HEADER_WITHIN
from data.imports.team_files.file_types import Field
from data.imports.team_files.layout import Question
from data.imports.team_files.options import ImportOptions, parse_units
from data.imports.team_files.questions import with_answer
from data.store import saved_work

_FORMATS: dict[str, dict[str, str]] = {
    "decimal": {"": "not set", ".": "1,234.50", ",": "1.234,50"},
    "dates": {"": "not set", "dmy": "day first", "mdy": "month first"},
}
_DELIMITERS = {"": "detected", "\t": "tab"}


def layout_options(state: ImportState) -> ImportOptions:
    """A saved mapping, and the file's layout where it is not detected correctly."""
    base = _saved_mapping(state)
    key = state.upload
    with st.expander("File layout, if it is not detected correctly"):
        one, two, three, four, five = st.columns(5)
        encoding = one.selectbox(
            "Encoding",
            ["", "utf-8", "cp1252", "latin-1", "utf-16"],
            key=f"{key} encoding",
            format_func=lambda name: name or "detected",
        )
        delimiter = two.selectbox(
            "Delimiter",
            ["", ",", ";", "\t", "|"],
            key=f"{key} delimiter",
            format_func=lambda mark: _DELIMITERS.get(mark, mark),
        )
        header = three.number_input(
            "Header row, 0 to detect", 0, HEADER_WITHIN, key=f"{key} header"
        )
        units = four.text_input(
            "Multiply pay by",
            f"{base.units:f}",
            key=f"{key} units {base.units}",
            help="1000 for pay in thousands; 2080 for hourly pay at 2,080 hours a year",
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
    """The options of the mapping that is chosen, if any are saved."""
    mappings = cache.ask("saved_work", kind=f"mapping {state.kind.name}").frame
    names = list(dict.fromkeys(mappings.name))
    if not names:
        return ImportOptions()
    chosen = st.selectbox(
        "Mapping",
        ["", *names],
        key=f"{state.upload} mapping",
        format_func=lambda name: name or "match by headings",
    )
    if not chosen:
        return ImportOptions()
    return ImportOptions.from_json(saved_work.find(mappings, chosen))


def add_question(state: ImportState, question: Question) -> None:
    """Keep a question on the page with its answer; rerun the page for a new one."""
    if question.key not in state.asked:
        state.asked[question.key] = question
        if state.first is not None and question not in state.first[1].questions:
            st.rerun()


def with_answers(state: ImportState, base: ImportOptions) -> ImportOptions:
    """The options with the answers to the questions."""
    if not state.asked:
        return base
    fields = state.kind.fields
    with st.container(border=True):
        st.markdown("**The file does not say**")
        columns = st.columns(min(len(state.asked), 4))
        answers = {
            name: _answer(columns[i % len(columns)], fields.get(name), question, state)
            for i, (name, question) in enumerate(state.asked.items())
        }
    options = base
    for name, answer in answers.items():
        if answer is not None:
            options = with_answer(options, name, answer)
    return options


def _answer(place: Any, field: Field | None, question: Question, state: ImportState) -> str | None:
    """The answer to a question from its input; None while there is none."""
    name = question.key
    key = f"{state.upload} answer {name}"
    answer: str | None
    if question.choices:
        labels = dict(question.choices)
        answer = place.selectbox(
            "What it is", list(labels), index=None, format_func=labels.__getitem__, key=key
        )
        place.caption(escape_markdown(question.text[:1].upper() + question.text[1:] + "?"))
        return answer
    if field is None and name == "units":
        answer = place.text_input("Multiply pay by", key=key, placeholder="2080")
    elif field is None:
        labels = _FORMATS[name]
        title = "Decimal sign" if name == "decimal" else "Order of dates"
        answer = place.selectbox(title, list(labels), format_func=labels.__getitem__, key=key)
    elif field.unit == "basis":
        answer = place.selectbox("Pay basis", ["", *PAY_BASES], key=key)
    elif field.unit == "money":
        answer = ""
        place.text("Choose its column below")
    else:
        hint = {"date": "2026-03-01", "currency": "USD", "hours": "40"}.get(field.unit, "")
        answer = place.text_input(field.label.capitalize(), key=key, placeholder=hint)
    place.caption(escape_markdown(question.text[:1].upper() + question.text[1:] + "."))
    return str(answer).strip() or None
