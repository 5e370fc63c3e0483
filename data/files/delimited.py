"""Detect the delimiter of a text, and read its rows."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from data.files.line_encodings import LONGEST_LINE
from data.files.problems import FileError

_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile('"[^"]*"')


def guess_delimiter(text: str, lines: int) -> str:
    """The delimiter that most of the first ``lines`` have equally often, outside quotes."""
    first = _QUOTED.sub("", text).splitlines()[:lines]
    return max(_DELIMITERS, key=lambda delimiter: _steadiness(first, delimiter))


def _steadiness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How many lines have a delimiter equally often, and how often."""
    counts = [n for line in lines if (n := line.count(delimiter))]
    if not counts:
        return 0, 0
    usual = max(counts, key=lambda n: (counts.count(n), n))
    return counts.count(usual), usual


def text_rows(name: str, path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text in UTF-8 with their numbers, as a spreadsheet counts them.

    Raises `FileError` if the quotes don't match.
    """
    # Python's default is 131,072 characters a cell; its limit is one for the whole process.
    csv.field_size_limit(LONGEST_LINE)
    number = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                yield number, cells
        except csv.Error as error:
            raise FileError(
                name, f"can't be read as CSV: {error}", "fix the quotes", row=number + 1
            ) from error


def without_blank_tail(cells: list[str], width: int) -> list[str]:
    """The cells up to ``width`` if only blank ones follow; else all of them.

    Spreadsheets leave empty cells to the right of a table.
    """
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    return cells
