"""The rows of a table to price, read as the files that teams load are: headings, amounts, dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from analytics.errors import InputError
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.pricing.ageing import parse_month
from data.files.problems import FileError, Problem
from data.files.read_table import read_table
from data.files.text_table import TextTable, column_name, select_columns
from data.imports.team_files.file_types import ELEMENTS, file_type
from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.named_currency import currencies_named
from data.imports.team_files.number_format import date_order, decimal_sign, parse_number
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.sql_dates import DateStyle, day, since_1900
from data.imports.team_files.sql_values import is_no_value

_NAMES = tuple(map(percentile_name, PERCENTILES))
_NEEDED = ("job", "source", "basis", "as_of")
#: Column → unit; a trailing ? lets the cell, and the column, be missing.
COLUMNS = {
    "job": "text",
    "source": "text",
    "basis": "pay_basis",
    "as_of": "month",
    **dict.fromkeys(_NAMES, "pay?"),
    "n": "count?",
    "match": "match?",
    "relevance": "share?",
    "reason": "text?",
    "currency": "code?",
    "per_unit": "number?",
    "rate": "number?",
    "bridged": "yes_no?",
}
#: Percentiles of a pay element, such as base_p50; each element of a row is a source of its own.
_OF_ELEMENTS = {f"{element}_{p}": (element, p) for element in ELEMENTS for p in _NAMES}
_PAY = (*_NAMES, *_OF_ELEMENTS)
_NUMBERS = (*_PAY, "n", "relevance", "per_unit", "rate")
_WORDS = ("basis", "match", "bridged")
#: Fields of a survey → the column here that has the same headings.
_SURVEY_FIELDS = {"title": "job", **{f: f for f in ("basis", "as_of", "currency", "n")}}
_DECIMAL, _DATES = "say --decimal . or --decimal ,", "say --dates dmy or --dates mdy"
_SOURCES = ("survey", "survey name", "survey source", "data source", "publisher")


@dataclass(frozen=True)
class PricingRow:
    """A row of the table for one pay basis: its cells as plain values, and as they are written."""

    number: int
    cells: Mapping[str, str]
    written: Mapping[str, str]


@dataclass(frozen=True)
class PricingTable:
    """The rows to price, the problems so far, the headings by column, and how they were read."""

    rows: list[PricingRow]
    problems: list[Problem]
    headings: Mapping[str, str]
    notes: list[str]


def column_of(heading: str) -> str:
    """The column that a heading means: its own name, or that of the survey field so called."""
    name = column_name(heading)
    return name if name in COLUMNS else _BY_HEADING.get(tidy_heading(heading), name)


def read_pricing_table(file: str, source: Path | bytes, options: ImportOptions) -> PricingTable:
    """The rows of a table to price; raises `FileError` if it can't be read, or not in one way."""
    opening = replace(options.opening, size_limit="TABLE_MB")
    known = (*COLUMNS, *_OF_ELEMENTS)
    table, problems = read_table(
        file, source, known, named=column_of, opening=opening, sheet=options.sheet
    )
    headings = {column_of(heading): heading.strip() for heading in table.headings}
    needed = [n for n in _NEEDED if n != "basis" or not headings.keys() & _OF_ELEMENTS.keys()]
    named = replace(table, headings=[column_of(heading) for heading in table.headings])
    rows, header_problems = select_columns(named, known, needed)
    written = [(number, _emptied(cells)) for number, cells in rows]
    sign = options.decimal or _decimal_sign(file, [cells for _, cells in written])
    months = _months(file, [cells["as_of"] for _, cells in written], options)
    plain = [_plain(cells, sign, months) for _, cells in written]
    split = [
        part
        for (number, texts), cells in zip(written, plain, strict=True)
        for part in _by_element(number, cells, texts)
    ]
    notes = _notes(table, headings, written, sign)
    return PricingTable(split, problems + header_problems, headings, notes)


def other_currency(row: PricingRow) -> tuple[str, str] | None:
    """The first amount that names another currency than its row, with its column."""
    currency = (row.cells["currency"] or "USD").upper()
    for name in _NAMES:
        named = currencies_named(row.written[name])
        if named and currency not in named:
            return name, row.written[name]
    return None


def _emptied(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells, those that say that they have no value as empty; names stay as they are."""
    kept = ("job", "source", "reason")
    return {n: "" if n not in kept and is_no_value(text) else text for n, text in cells.items()}


def _decimal_sign(file: str, rows: Sequence[Mapping[str, str]]) -> str:
    numbers, pays = (
        [row[name] for row in rows for name in names if row[name]] for names in (_NUMBERS, _PAY)
    )
    guess = decimal_sign(numbers, pays, ImportOptions().factor)
    if guess.question:
        raise FileError(file, guess.question, _DECIMAL)
    return guess.sign


def _months(file: str, texts: Sequence[str], options: ImportOptions) -> dict[str, str]:
    """The month of each text that is a date or a month; the others are not in it."""
    found = {}
    for text in dict.fromkeys(texts):
        try:
            found[text] = str(parse_month(text))
        except InputError:
            continue
    days = [text for text in dict.fromkeys(texts) if text and text not in found]
    order = date_order(days)
    if order.question and not options.dates:
        raise FileError(file, order.question, _DATES)
    style = DateStyle(options.dates or order.sign, options.years_from)
    with duckdb.connect() as con:
        read_days = f"select c, {day('c', style)} as d from (select unnest($days) as c)"
        sql = f"select c, strftime({since_1900('d')}, '%Y-%m') from ({read_days})"
        read = con.execute(sql, {"days": days}).fetchall()
    return found | {text: month for text, month in read if month}


def _plain(cells: Mapping[str, str], sign: str, months: Mapping[str, str]) -> dict[str, str]:
    """The cells as plain values; one that can't be read stays as it is, to be told."""
    plain = dict(cells)
    for name in _NUMBERS:
        amount = parse_number(cells[name], sign) if cells[name] else None
        plain[name] = cells[name] if amount is None else f"{amount:f}"
    for name in _WORDS:
        plain[name] = cells[name].casefold().replace(" ", "_")
    return plain | {"as_of": months.get(cells["as_of"], cells["as_of"])}


def _by_element(
    number: int, cells: Mapping[str, str], written: Mapping[str, str]
) -> list[PricingRow]:
    """A row for each pay element that has percentiles of its own, and one for the others."""
    parts = []
    for element in ELEMENTS:
        ours = {p: name for name, (of, p) in _OF_ELEMENTS.items() if of == element}
        if any(cells[name] for name in ours.values()):
            basis = {"basis": element}
            both = [
                {n: texts[n] for n in COLUMNS} | {p: texts[name] for p, name in ours.items()}
                for texts in (cells, written)
            ]
            parts.append(PricingRow(number, both[0] | basis, both[1] | basis))
    if not parts or any(cells[name] for name in _NAMES):
        own = [{n: texts[n] for n in COLUMNS} for texts in (cells, written)]
        parts.insert(0, PricingRow(number, own[0], own[1]))
    return parts


def _notes(
    table: TextTable,
    headings: Mapping[str, str],
    rows: Sequence[tuple[int, Mapping[str, str]]],
    sign: str,
) -> list[str]:
    """What was read into the table, a sentence each."""
    renamed = [
        f"{name} from {heading!r}"
        for name, heading in headings.items()
        if name != column_name(heading) and (name in COLUMNS or name in _OF_ELEMENTS)
    ]
    amounts = (row[name] for _, row in rows for name in _PAY)
    first = next((text for text in amounts if text and not text.isdigit()), "")
    amount = parse_number(first, sign) if first else None
    return [
        *filter(None, [table.note, f"columns: {', '.join(renamed)}" if renamed else ""]),
        *([] if amount is None else [f"amounts: {first!r} is {amount.normalize():,f}"]),
    ]


def _by_heading() -> dict[str, str]:
    """A tidy heading → the column that it means."""
    found = dict.fromkeys(_SOURCES, "source")
    for name, field in file_type("survey").fields.items():
        column = _SURVEY_FIELDS.get(name) or (name if name in _PAY else "")
        if column:
            found |= {heading: column for heading in field.headings if heading not in found}
    return found


_BY_HEADING = _by_heading()
