"""Rows of a delimited text file, exactly as written: every cell is text."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from data.files.problems import Problem
from data.store.settings import limit, limit_message

#: What a cell may hold; a workbook's holds 32,767 characters at most.
LONGEST_CELL = 10_000
csv.field_size_limit(1 << 26)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class TextTable:
    """A file as read: its first row, and the others with their numbers as a spreadsheet counts."""

    file: str
    encoding: str
    delimiter: str
    first: list[str]
    rows: list[tuple[int, list[str]]]

    @property
    def header(self) -> list[str]:
        """The first row as column names: small letters, no blanks."""
        return [name.strip().casefold().replace(" ", "_") for name in self.first]


def read_text_table(
    file: str, content: bytes, *, ragged: bool = False
) -> tuple[TextTable | None, list[Problem]]:
    """The table in ``content``, or what keeps it from being read.

    Blank lines are passed over. A row with too many or too few cells is a
    problem of its own and is left out of the rows, unless ``ragged`` rows are
    wanted, as where the header is not the first.
    """
    if len(content) > limit("TABLE_MB") * 1_000_000:
        size = f"{len(content):,} bytes"
        return None, [Problem(file, None, "", size, f"is {limit_message('TABLE_MB')}")]
    if content[:2] == b"PK":
        return None, [Problem(file, None, "", "", "is a workbook or zip", "save it as CSV")]
    encoding = encoding_of(content)
    text = content.decode(encoding, errors="replace")
    if "�" in text:
        row = text.count("\n", 0, text.index("�")) + 1
        reason = f"holds a byte that is no {encoding}"
        return None, [Problem(file, row, "", "", reason, "save the file as UTF-8")]
    if "\0" in text:
        return None, [Problem(file, None, "", "", "holds NUL characters, so it is not text")]
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        lines = _numbered(text, delimiter)
    except csv.Error as error:
        return None, [Problem(file, None, "", "", f"can't be read as CSV: {error}", "mend quotes")]
    if not lines:
        return None, [Problem(file, None, "", "", "is empty", "start from the template")]
    (_, head), *body = lines
    problems = [
        Problem(
            file, number, "", "", f"has {len(row)} cells where the header has {len(head)}",
            f"put text that holds {delimiter!r} in quotes",
        )
        for number, row in body
        if len(row) != len(head) and not ragged
    ]  # fmt: skip
    problems += [
        Problem(file, number, "", cell, f"is longer than {LONGEST_CELL:,} characters")
        for number, row in body
        for cell in row
        if len(cell) > LONGEST_CELL
    ]
    rows = [(number, row) for number, row in body if ragged or len(row) == len(head)]
    return TextTable(file, encoding, delimiter, head, rows), problems


def encoding_of(content: bytes) -> str:
    """The encoding that the bytes show: by their mark, as UTF-8, else Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    text = content.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= c <= "\udcff" for c in text)
    beyond = sum(c > "\x7f" for c in text) - broken
    # One stray byte among proper UTF-8 is a damaged file, not another encoding.
    return "utf-8" if not broken or beyond else "cp1252"


def select_columns(
    table: TextTable, wanted: Sequence[str], needed: Sequence[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Rows as dictionaries of the ``wanted`` columns; those not ``needed`` may be missing."""
    problems = [
        Problem(table.file, 1, name, "", "is missing from the header", "add the column")
        for name in needed
        if name not in table.header
    ]
    problems += [
        Problem(table.file, 1, name or "(blank)", "", "is no column of this file", "remove it")
        for name in table.header
        if name not in wanted
    ]
    problems += [
        Problem(table.file, 1, name, "", "stands twice in the header")
        for name in dict.fromkeys(table.header)
        if table.header.count(name) > 1
    ]
    if problems:
        return [], problems
    place = {name: i for i, name in enumerate(table.header)}
    return [
        (number, {n: row[place[n]].strip() if n in place else "" for n in wanted})
        for number, row in table.rows
    ], []


def _numbered(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows that hold something, numbered as a spreadsheet would."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [(n, row) for n, row in enumerate(reader, 1) if any(cell.strip() for cell in row)]
