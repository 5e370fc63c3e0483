"""What the user chose for a file, as options that read it; nothing is drawn here."""

from collections.abc import Mapping
from dataclasses import replace

from app_pages.components.import_state import Reading
from data.imports.team_files.column_matching import Column
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.questions import with_answer
from data.imports.team_files.report import Report

#: What a column is that is no field.
LEFT_OUT, KEPT = "", "kept as is"
#: Fields that stay open to a question, unless the user chose their column.
_ASKED_LATER = "pay_period"


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
    if reading.fields:
        kept = [name for name, field in reading.fields.items() if field == KEPT]
        options = replace(
            options,
            columns=_columns(reading, base, first),
            keep=tuple(dict.fromkeys((*_still_kept(reading, base), *kept))),
        )
    for key, answer in reading.answers.items():
        question = reading.asked.get(key)
        if answer or (answer is not None and question and question.choices):
            options = with_answer(options, key, answer)
    return options


def _columns(reading: Reading, base: ImportOptions, first: Report) -> Mapping[str, str]:
    """Field → column: what was found before any choice, and then the choices."""
    found = {column_name(c): c.field for c in first.layout.columns if c.field}
    chosen = {f: name for name, f in reading.fields.items() if f not in (LEFT_OUT, KEPT)}
    unchanged = {field: name for name, field in found.items() if name not in reading.fields}
    settled = {*chosen, *(found[name] for name in reading.fields if name in found)}
    columns = {**unchanged, **chosen}
    several = {key.removeprefix("column of ") for key in reading.asked}
    loose = {*several, _ASKED_LATER} - settled
    as_before = {name: base.columns[name] for name in loose if name in base.columns}
    return {n: columns.get(n, "") for n in reading.kind.fields if n not in loose} | as_before


def _still_kept(reading: Reading, base: ImportOptions) -> list[str]:
    return [name for name in base.keep if name not in reading.fields]


def _stated(levels: Mapping[str, str]) -> dict[str, str]:
    return {own: level for own, level in levels.items() if level}
