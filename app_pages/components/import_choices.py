"""What the user chose for a file, as options that read it; nothing is drawn here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app_pages.components.import_state import Reading
from data.imports.team_files.column_matching import Column
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.questions import with_answer
from data.imports.team_files.report import Report

#: What a column is that is no field.
LEFT_OUT, KEPT = "", "kept as is"
#: Fields that stay open to a question, unless the user chose their column: pay periods, and those
#: that several columns of one name could be.
_ASKED_LATER, _SEVERAL = "pay_period", "column of "


def column_name(column: Column) -> str:
    """What a column is called: its heading, or its number where it has none."""
    return column.heading or f"column {column.position + 1}"


def choose_field(reading: Reading, name: str, field: str) -> None:
    """Make a column a field; another column that had it by choice is left out."""
    for other, chosen in list(reading.fields.items()):
        if other != name and chosen == field and field not in (LEFT_OUT, KEPT):
            reading.fields[other] = LEFT_OUT
    reading.fields[name] = field


def shown_field(reading: Reading, column: Column) -> str:
    """What a column is at the moment: a field, kept, or left out."""
    name = column_name(column)
    if name in reading.fields:
        return reading.fields[name]
    field = KEPT if column.kept else column.field
    return LEFT_OUT if field in reading.fields.values() and field != KEPT else field


def chosen_options(reading: Reading, base: ImportOptions, first: Report) -> ImportOptions:
    """The options with every choice of the user; ``first`` is the report under ``base``."""
    options = replace(base, levels={**base.levels, **_stated(reading.levels)})
    names = {column_name(column) for column in first.layout.columns}
    fields = {name: field for name, field in reading.fields.items() if name in names}
    if fields:
        kept = [name for name in base.keep if name not in fields]
        kept += [name for name, field in fields.items() if field == KEPT]
        options = replace(options, columns=_columns(reading, fields, base, first), keep=tuple(kept))
    return with_answers(reading, options, reading.answers)


def with_answers(reading: Reading, options: ImportOptions, keys: Iterable[str]) -> ImportOptions:
    """The options with the answers to the questions of these keys, as far as there are any."""
    for key in keys:
        answer, question = reading.answers.get(key), reading.asked.get(key)
        if answer or (answer is not None and question and question.choices):
            options = with_answer(options, key, answer)
    return options


def _columns(
    reading: Reading, fields: Mapping[str, str], base: ImportOptions, first: Report
) -> Mapping[str, str]:
    """Field → column: what was found before any choice, and then the choices.

    A field that a question is about stays open to its answer.
    """
    found = {column_name(c): c.field for c in first.layout.columns if c.field}
    chosen = {f: name for name, f in fields.items() if f not in (LEFT_OUT, KEPT)}
    unchanged = {field: name for name, field in found.items() if name not in fields}
    columns = {**unchanged, **chosen}
    settled = {*chosen, *(found[name] for name in fields if name in found)}
    several = {k.removeprefix(_SEVERAL) for k in reading.asked if k.startswith(_SEVERAL)}
    loose = {_ASKED_LATER, *several} - settled
    as_before = {name: base.columns[name] for name in loose if name in base.columns}
    return {n: columns.get(n, "") for n in reading.kind.fields if n not in loose} | as_before


def _stated(levels: Mapping[str, str]) -> dict[str, str]:
    return {own: level for own, level in levels.items() if level}
