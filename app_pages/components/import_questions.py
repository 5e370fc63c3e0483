"""What a file does not say, asked as radio buttons and selects beside the column concerned."""

from datetime import datetime
from typing import Any

import streamlit as st

from analytics.pay_basis import LABELS
from app_pages.components.controlled import controlled
from app_pages.components.import_choices import shown_field
from app_pages.components.import_state import Reading
from app_pages.components.import_words import field_choice, page_text
from data.imports.team_files.column_matching import Column
from data.imports.team_files.file_types import NUMBERS, Field
from data.imports.team_files.layout import Question
from data.imports.team_files.number_format import SLASHED

_BASES = ("base", "target_cash", "total_cash", "total_comp", "unstated")
_CURRENCIES = (
    *("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "INR", "JPY", "SEK", "DKK", "NOK", "PLN"),
    *("BRL", "MXN", "SGD", "NZD", "ILS", "ZAR"),
)
_HOURLY = {"2080": "2,080 hours a year (40 a week)", "1950": "1,950 hours a year (37.5 a week)",
           "1820": "1,820 hours a year (35 a week)"}  # fmt: skip
_TITLES = {
    "decimal": "Decimal sign",
    "dates": "Order of dates",
    "years_from": "Years of two digits",
    "bare_years": "A year alone",
    "hours_per": "The hours are of",
    "other_pay_per": "Other pay is of",
    "units": "Hours a year",
    "pay_period": "Pay period",
    "periods apply": "The pay is",
    "pay_is": "Pay of part-timers is",
    "currency_signs": "The pay is in",
    "several_rows": "Several rows of one person are",
    "header": "Row of the headings",
}
#: Questions that are asked of a word or column each.
_GROUPS = {
    "column": "Which column",
    "status": "It means",
    "pay_type": "It means",
    "weighting": "It means",
}
_PLACEHOLDERS = {"date": "such as 2026-03-01", "hours": "such as 40"}
#: From this many choices on a select is easier to read than buttons.
_MANY = 5


def column_of(question: Question, reading: Reading) -> Column | None:
    """The column that a question is about; None if it is about none, or about several."""
    report = reading.latest or (reading.first[1] if reading.first else None)
    if report is None:
        return None
    columns = [(c, shown_field(reading, c)) for c in report.layout.columns]
    fields = reading.kind.fields
    units = {"decimal": NUMBERS, "dates": ("date",), "years_from": ("date",),
             "bare_years": ("date",), "units": ("money",),
             "currency_signs": ("money", "hourly")}.get(question.key, ())  # fmt: skip
    named = {"hours_per": "hours_per_week", "pay_period": "hourly_rate"}.get(question.key, "")
    if question.key.startswith("period"):
        named = "pay_period"
    about = [c for c, f in columns if f in fields and (f == named or fields[f].unit in units)]
    return next((c for c in about if _is_named(c, question, reading)), about[0] if about else None)


def _is_named(column: Column, question: Question, reading: Reading) -> bool:
    cells = reading.values.get(column.position, ())
    return question.text.startswith(column.heading) or any(repr(c) in question.text for c in cells)


def ask(question: Question, reading: Reading) -> None:
    """One question with its answer, which is kept."""
    st.markdown(f":material/help: {page_text(question.text)}")
    _input(question, reading)


def ask_for_all_rows(field: Field, reading: Reading) -> None:
    """An input for the value that a field has in every row; nothing for fields that differ."""
    key, label = field.name, f"{field_choice(field)} of every row"
    if field.unit == "basis":
        _choices(label, {name: LABELS[name] for name in _BASES}, key, reading)
    elif field.unit == "currency":
        _currency(label, key, reading)
    elif field.unit in _PLACEHOLDERS or field.name == "organisation":
        hint = _PLACEHOLDERS.get(field.unit, "")
        st.text_input(label, **_remembered_answer(key, reading, text=True), placeholder=hint)


def _input(question: Question, reading: Reading) -> None:
    key = question.key
    title = _TITLES.get(key) or _GROUPS.get(key.split(" ")[0], "Pay period")
    if key == "decimal":
        _choices(title, {".": "1,234.50 – a point", ",": "1.234,50 – a comma"}, key, reading)
    elif key == "dates" and not question.choices:
        _choices(title, _date_orders(question.text), key, reading)
    elif key == "units":
        _choices(title, _HOURLY, key, reading)
    elif question.choices:
        _choices(title, dict(question.choices), key, reading)


def _date_orders(text: str) -> dict[str, str]:
    """The two orders of a date, each with what the date in question would be."""
    found = SLASHED.search(text)
    labels = {}
    for order, name, form in (("dmy", "day first", "%d %m"), ("mdy", "month first", "%m %d")):
        day = _read(f"{found[1]} {found[2]} {found[3]}", form) if found else None
        labels[order] = f"{name}: {day.day} {day:%B %Y}" if day else name
    return labels


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, f"{form} %Y")
    except ValueError:
        return None


def _choices(label: str, choices: dict[str, str], key: str, reading: Reading) -> None:
    options, kept = list(choices), _remembered_answer(key, reading)
    if len(options) < _MANY or key == "basis":
        st.radio(
            label, options, index=None, format_func=choices.__getitem__, horizontal=True, **kept
        )
    else:
        st.selectbox(
            label,
            options,
            index=None,
            format_func=choices.__getitem__,
            placeholder="Choose",
            width=320,
            **kept,
        )


def _currency(label: str, key: str, reading: Reading) -> None:
    answer = reading.answers.get(key)
    options = list(dict.fromkeys((*_CURRENCIES, *([answer] if answer else []))))
    st.selectbox(
        label,
        options,
        index=None,
        accept_new_options=True,
        placeholder="such as USD",
        **_remembered_answer(key, reading),
    )


def _remembered_answer(key: str, reading: Reading, *, text: bool = False) -> dict[str, Any]:
    answer = reading.answers.get(key)

    def keep(value: Any) -> None:
        answer = value.strip() if isinstance(value, str) else value
        reading.answers[key] = answer or None if text else answer

    return controlled(f"{reading.key} answer {key}", (answer or "") if text else answer, keep)
