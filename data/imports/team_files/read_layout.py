"""Find a file's table and header, match its columns, and settle how its cells are read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.files.opened import OpenedFile, OpenedTable
from data.files.text_table import groups_above, joined_header
from data.imports.team_files import questions
from data.imports.team_files.column_matching import (
    Column,
    columns_by_field,
    find_header,
    match_columns,
    suggested_fields,
)
from data.imports.team_files.currency_questions import currency_questions
from data.imports.team_files.file_types import ELEMENTS, PERCENTILE_NAMES, FileType
from data.imports.team_files.header_questions import header_questions
from data.imports.team_files.headings import split_weighting, tidy_heading, unique_headings
from data.imports.team_files.layout import Layout
from data.imports.team_files.number_format import parse_number
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.period_questions import period_questions
from data.imports.team_files.range_cells import FIELD, as_read
from data.imports.team_files.sql_values import PERCENT, WHOLE_PERCENT, is_no_value
from data.imports.team_files.word_questions import word_questions
from data.store.settings import limit, limit_message


def read_layout(kind: FileType, opened: OpenedFile, options: ImportOptions) -> Layout:
    """How an opened file is read under some options; no row is checked yet.

    Raises `InputError` if no header is found, or if it could be on several sheets.
    """
    table, position = _find_table(kind, opened, options)
    sample = table.sample(position + 1)
    header_row = 0 if table.parquet_files else position + 1
    header = _header(kind, table, position)
    columns = tuple(match_columns(kind, header, sample, options))
    options = _with_weighting(columns, options)
    headings = {column.position: column.heading for column in columns}
    names = tuple(headings.get(i, cell) for i, cell in enumerate(unique_headings(header)))
    layout = Layout(kind, table, options, header_row, columns, headings=names)
    marks = {
        row[column.position].strip()
        for column in layout.mapped.values()
        for row in sample
        if column.position < len(row) and is_no_value(row[column.position])
    }
    formats = questions.guess_formats(layout, sample)
    return replace(
        layout,
        decimal=formats.decimal,
        no_values=tuple(sorted(marks)),
        percents=_percents(layout, sample),
        ranges=as_read(_cells(layout, sample, FIELD), formats.decimal),
        dates=formats.dates,
        questions=(
            *header_questions(layout, header),
            *questions.missing_fields(layout),
            *formats.questions,
            *currency_questions(layout, sample, formats.decimal),
            *period_questions(layout, sample, formats.decimal),
            *word_questions(layout, sample),
        ),
    )


def _with_weighting(columns: Sequence[Column], options: ImportOptions) -> ImportOptions:
    """The options with the weighting that the headings of all percentiles state, if they do."""
    said = {
        split_weighting(tidy_heading(column.heading))[1]
        for column in columns
        if column.field.endswith(PERCENTILE_NAMES)
    }
    given = options.set_values.get("weighting") or any(c.field == "weighting" for c in columns)
    if given or len(said) != 1 or not (weighting := said.pop()):
        return options
    return replace(options, set_values={**options.set_values, "weighting": weighting})


def _percents(layout: Layout, sample: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What the per cents of the sample are of, where it has any."""
    said = []
    if any(re.fullmatch(PERCENT, cell) for cell in _cells(layout, sample, "variable")):
        said.append("variable pay as a per cent is of base pay")
    shares = [parse_number(cell.rstrip(" %"), "") for cell in _cells(layout, sample, "fte")]
    if any(share is not None and share >= WHOLE_PERCENT for share in shares):
        said.append("an FTE of 100 is 1")
    return tuple(said)


def _cells(layout: Layout, sample: Sequence[Sequence[str]], name: str) -> list[str]:
    """The cells of a field in the sample."""
    column = layout.mapped.get(name)
    rows = sample if column else ()
    return [row[column.position].strip() for row in rows if column and column.position < len(row)]


def _header(kind: FileType, table: OpenedTable, position: int) -> list[str]:
    """The headings of a header row, with those of the row above where some are equal."""
    if position < 0:
        width = max((len(row) for row in table.head), default=0)
        return [f"column {i + 1}" for i in range(width)]
    header = table.head[position]
    return _joined(kind, table.head[position - 1], header) if position else header


def _joined(kind: FileType, above: Sequence[str], header: Sequence[str]) -> list[str]:
    """A header with what the row above adds: P50 under Base Salary is the base salary's P50."""
    joined = joined_header(above, header)
    if kind.name != "survey":
        return joined
    pairs = zip(groups_above(above, header), header, strict=True)
    grouped = [f"{group} {cell}".strip() if cell.strip() else "" for group, cell in pairs]
    of_element = {
        position
        for name, position in suggested_fields(kind, grouped, ()).items()
        if name.rpartition("_")[0] in ELEMENTS
    }
    return [grouped[i] if i in of_element else heading for i, heading in enumerate(joined)]


def _find_table(
    kind: FileType, opened: OpenedFile, options: ImportOptions
) -> tuple[OpenedTable, int]:
    """The table whose header names the most fields, and the header's position from 0."""
    tables = _chosen_tables(opened, options.sheet)
    candidates = [
        (position, table)
        for table in tables
        if (position := find_header(kind, table.head, options)) is not None
    ]
    if not candidates:
        first = ", ".join(filter(None, tables[0].head[0])) if tables else "empty"
        raise InputError(
            f"{opened.name}: no row has headings of {kind.title.lower()}; the first row is "
            f"{first[:200]}. Name the header's row, or map the columns to fields; a file that has "
            "no header needs --no-header and --map FIELD=NUMBER OF THE COLUMN"
        )
    scores = [_fields_named(kind, _header(kind, table, position)) for position, table in candidates]
    best = [pair for pair, score in zip(candidates, scores, strict=True) if score == max(scores)]
    if len(best) > 1:
        raise InputError(
            f"{opened.name}: each of the sheets {', '.join(table.sheet for _, table in best)} "
            "could be the table; choose one with --sheet"
        )
    position, table = best[0]
    if (columns := len(_header(kind, table, position))) > limit("COLUMNS"):
        raise InputError(f"{opened.name}: has {columns:,} columns, {limit_message('COLUMNS')}")
    return table, position


def _chosen_tables(opened: OpenedFile, sheet: str) -> list[OpenedTable]:
    if not sheet:
        return list(opened.tables)
    chosen = [table for table in opened.tables if table.sheet == sheet]
    if not chosen:
        sheets = [table.sheet for table in opened.tables]
        raise InputError(f"{opened.name}: no sheet {sheet!r}; {nearest('', sheets)}")
    return chosen


def _fields_named(kind: FileType, header: list[str]) -> int:
    """How many fields a header names by its headings alone."""
    return len(columns_by_field(match_columns(kind, header, [], ImportOptions())))
