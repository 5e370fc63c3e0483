"""Read a short table whole, every cell as text: titles, jobs to price, a taxonomy, OEWS."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analytics.suggestions import nearest
from data.files.delimited import without_blank_tail
from data.files.encoding import as_utf8
from data.files.line_encodings import bad_byte
from data.files.open_file import open_file
from data.files.opened import HEADER_WITHIN, OpenedFile, OpenedTable, OpenOptions
from data.files.other_formats import refuse_other_formats
from data.files.problems import FileError, Problem
from data.files.scratch import scratch_folder
from data.files.text_table import TextTable, column_name, joined_header
from data.files.workbook_formulas import UNSAVED_REASON, UNSAVED_REMEDY, is_unsaved
from data.store.settings import limit, limit_message

#: Gives the column that a heading means.
Naming = Callable[[str], str]
_OPTIONS = OpenOptions(size_limit="TABLE_MB")


def read_table(
    file: str,
    source: Path | bytes,
    known: Collection[str] = (),
    *,
    named: Naming = column_name,
    opening: OpenOptions | None = None,
    sheet: str = "",
) -> tuple[TextTable, list[Problem]]:
    """The table in a file, and the problems of single rows, which are left out.

    Of several sheets, and for the header of several rows, it takes the one that
    names the most ``known`` columns; ``named`` gives the column that a heading means.
    Equal headings are told apart by the row above. Lines of different encodings are
    read, and noted, where ``opening`` is given. Raises `FileError` if the file can't be
    read.
    """
    with scratch_folder() as folder:
        opened = open_file(file, source, Path(folder), opening or _OPTIONS)
        table, header_row = _find_header(_on_sheet(opened, sheet), known, named)
        rows = [(number, cells) for number, cells in table.rows() if _is_filled(cells)]
    if opening is None and table.odd_lines.odd:
        odd = table.odd_lines.first[0]
        raise bad_byte(table.name, odd.number, table.encoding)
    headings = next(cells for number, cells in rows if number == header_row)
    above = next((cells for number, cells in rows if number == header_row - 1), [])
    headings = joined_header(above, headings) if above else headings
    width = len(headings)
    body = [(n, without_blank_tail(cells, width)) for n, cells in rows if n > header_row]
    used_names = {i: h for i, h in enumerate(headings) if named(h) in known}
    unsaved = _unsaved(table, body, used_names)
    problems = _ragged(table, body, width) + _overlong(table, body) + unsaved
    out = {problem.row for problem in unsaved}
    even = [(n, cells) for n, cells in body if len(cells) == width and n not in out]
    used = _used_columns(headings, even)
    text_table = TextTable(
        table.name,
        table.sheet,
        [headings[i] for i in used],
        header_row,
        [(number, [cells[i] for i in used]) for number, cells in even],
        table.odd_lines.note(),
    )
    return text_table, problems


def read_text(file: str, content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of a file, and a note where its lines have different encodings.

    Raises `FileError` if it is not text.
    """
    if len(content) > limit("TABLE_MB") * 1_000_000:
        raise FileError(file, f"has {len(content) / 1e6:,.0f} MB, {limit_message('TABLE_MB')}")
    with scratch_folder() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        refuse_other_formats(file, path)
        text = as_utf8(file, path, Path(folder), encoding)
        return text.path.read_text(encoding="utf-8-sig"), text.odd_lines.note()


def _on_sheet(opened: OpenedFile, sheet: str) -> OpenedFile:
    """The file with the sheet of that name alone; as it is for an empty one."""
    if not sheet:
        return opened
    tables = tuple(table for table in opened.tables if table.sheet == sheet)
    if not tables:
        names = [table.sheet for table in opened.tables]
        raise FileError(opened.name, f"no sheet {sheet!r}", nearest("", names))
    return replace(opened, tables=tables)


def _find_header(
    opened: OpenedFile, known: Collection[str], named: Naming
) -> tuple[OpenedTable, int]:
    """The table that names the most known columns, and the number of the row that does."""
    headers = [(table, *_header_of(table, known, named)) for table in opened.tables if _head(table)]
    if not headers:
        raise FileError(
            opened.name, f"is empty in its first {HEADER_WITHIN} rows", "move the header into them"
        )
    most = max(score for _, score, _ in headers)
    best = [(table, row) for table, score, row in headers if score == most]
    if len(best) == 1:
        return best[0]
    if not most:
        names = ", ".join(known)
        raise FileError(
            opened.name, f"no sheet has any of the columns {names}", "add a header with them"
        )
    sheets = ", ".join(table.sheet for table, _ in best)
    raise FileError(
        opened.name,
        f"each of the sheets {sheets} could be the table",
        "choose one with --sheet, or save it as a file of its own",
    )


def _header_of(table: OpenedTable, known: Collection[str], named: Naming) -> tuple[int, int]:
    """How many known columns the header names, and its row: the first one that names the most."""
    head = _head(table)
    if max(len(cells) for _, cells in head) == 1:
        known = ()  # a list has one column, and no header further down
    scores = [
        (len(set(known) & {named(cell) for cell in cells if cell.strip()}), -row)
        for row, cells in head
    ]
    score, row = max(scores)
    return score, -row


def _head(table: OpenedTable) -> list[tuple[int, list[str]]]:
    """The first rows that are not blank, with their numbers."""
    first = 0 if table.parquet_files else 1
    return [(row, cells) for row, cells in enumerate(table.head, first) if _is_filled(cells)]


def _is_filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _ragged(table: OpenedTable, rows: Sequence[tuple[int, list[str]]], width: int) -> list[Problem]:
    remedy = f"put text with {table.delimiter!r} in quotes" if table.delimiter else ""
    return [
        Problem(
            table.name,
            number,
            "",
            "",
            f"has {len(cells)} cells where the header has {width}",
            remedy,
        )
        for number, cells in rows
        if len(cells) != width
    ]


def _overlong(table: OpenedTable, rows: Sequence[tuple[int, list[str]]]) -> list[Problem]:
    most = limit("CELL_CHARACTERS")
    return [
        Problem(table.name, number, "", cell, f"is longer than {most:,} characters")
        for number, cells in rows
        for cell in cells
        if len(cell) > most
    ]


def _unsaved(
    table: OpenedTable, rows: Sequence[tuple[int, list[str]]], headings: Mapping[int, str]
) -> list[Problem]:
    """Formulas without a saved value in the columns that have these headings."""
    if not table.unsaved_formulas:
        return []
    return [
        Problem(table.name, number, heading, cells[i], UNSAVED_REASON, UNSAVED_REMEDY)
        for number, cells in rows
        for i, heading in headings.items()
        if i < len(cells) and is_unsaved(cells[i])
    ]


def _used_columns(headings: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[int]:
    """The positions of the columns that have a heading or a cell."""
    return [
        i
        for i, heading in enumerate(headings)
        if heading.strip() or any(cells[i].strip() for _, cells in rows)
    ]
