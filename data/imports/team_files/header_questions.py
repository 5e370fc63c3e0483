"""Questions about a header: two columns of one name, or numbers where names should be."""

from collections.abc import Sequence

from data.imports.team_files.column_matching import suggested_fields
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.number_format import parse_number

#: Numbers from here on are no headings, unless they are years.
_A_NUMBER = 1_000
_YEARS = range(1900, 2101)


def header_questions(layout: Layout, header: Sequence[str]) -> list[Question]:
    """What to ask about the header as it is written in the file."""
    return [*_numbers(layout, header), *_twice(layout, header)]


def _numbers(layout: Layout, header: Sequence[str]) -> list[Question]:
    options, row = layout.options, layout.header_row
    if options.header or options.no_header or not row:
        return []
    values = {cell: parse_number(cell, ".") for cell in header if not cell.strip().isalpha()}
    number = next((c for c, n in values.items() if n and n >= _A_NUMBER and n not in _YEARS), "")
    if not number:
        return []
    text = f"row {row}, which names the columns, holds the number {number!r}: is it the header"
    option = f"--header {row} if it is; --no-header and --map FIELD=NUMBER OF THE COLUMN if not"
    choices = ((str(row), "it is the header"), ("", "the file has no header"))
    return [Question("header", text, option, choices)]


def _twice(layout: Layout, header: Sequence[str]) -> list[Question]:
    """A question for each field whose heading several columns have."""
    plain = [" ".join(cell.split()) for cell in header]
    asked = []
    open_fields = {*layout.mapped, *layout.options.columns}
    for field, position in suggested_fields(layout.kind, plain, open_fields).items():
        columns = [c for c in layout.columns if plain[c.position] == plain[position]]
        if len(columns) < 2 or any(column.private for column in columns):
            continue
        label = layout.kind.fields[field].label
        words = " or ".join(f"--map {field}={column.position + 1}" for column in columns)
        choices = (*((c.heading, f"{c.heading}: {c.example}") for c in columns), ("", "neither"))
        text = f"{len(columns)} columns are called {plain[position]!r}: which is the {label}"
        asked.append(
            Question(f"column of {field}", text, f"{words}, or --map {field}= for neither", choices)
        )
    return asked
