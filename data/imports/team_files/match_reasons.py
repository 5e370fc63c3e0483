"""Why a column was taken for its field, and what its cells look like, for the eye."""

from collections.abc import Mapping

from data.imports.team_files.column_matching import Column
from data.imports.team_files.file_types import FileType
from data.imports.team_files.headings import split_period, tidy_heading
from data.imports.team_files.layout import Layout
from data.imports.team_files.pay_periods import YEAR
from data.imports.team_files.thousands import split_thousands

_VALUES, _LONGEST = 3, 40


def match_reason(kind: FileType, column: Column) -> str:
    """Why a column is its field, or none, in a few words."""
    if column.private:
        return f"looks private ({column.private})"
    if column.kept:
        return "kept under its own heading"
    if not column.field:
        return "no field has this heading"
    field = kind.fields[column.field]
    words, period = split_period(column.heading)
    known = {tidy_heading(field.name), *field.headings}
    stated = f", pay of: {period}" if period not in ("", YEAR) else ""
    stated += ", in thousands" if split_thousands(column.heading)[1] != 1 else ""
    if {tidy_heading(column.heading), words} & known:
        return f"known heading{stated}"
    if stated:
        return f"heading{stated}"
    return f"heading resembles “{field.headings[0]}”"


def first_values(layout: Layout) -> Mapping[int, tuple[str, ...]]:
    """Position of a column → its first different values; those that look private have none."""
    sample = layout.table.sample(layout.header_row)
    return {
        column.position: () if column.private else _different(sample, column.position)
        for column in layout.columns
    }


def _different(sample: list[list[str]], position: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in sample:
        cell = " ".join(row[position].split()) if position < len(row) else ""
        if cell:
            found[cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…"] = None
        if len(found) == _VALUES:
            break
    return tuple(found)
