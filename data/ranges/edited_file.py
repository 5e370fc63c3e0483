"""A structure as a file to edit elsewhere, and what was changed in it when it comes back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.ranges.build import build_ranges
from analytics.ranges.changes import POINTS, CellChange, cell_changes
from analytics.ranges.exchange import exchange_words
from analytics.ranges.rows import Ends
from analytics.ranges.tables import editable_table
from data.files.formula_guard import unescape_formula
from data.files.problems import FileError, Problem
from data.files.read_table import read_table
from data.files.text_table import TextTable
from data.ranges.versions import Version

_KEY, _CHECKSUM = "key", "checksum"
_NEEDED = (_KEY, *POINTS, _CHECKSUM)
# Three digits behind a point may be thousands or thousandths, so they are refused.
_NUMBER = re.compile(r"[^\d.,\s]*\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2}|\.\d{4,})?")


@dataclass(frozen=True)
class EditedFile:
    """What an edited file says of a version: cells that differ, and rows left out with why.

    ``rows`` counts the rows of the file, ``missing`` are keys of ranges that it lacks and
    that stay as they are.
    """

    version: Version
    changes: tuple[CellChange, ...]
    problems: tuple[Problem, ...]
    rows: int
    missing: tuple[str, ...]


def file_table(version: Version) -> pd.DataFrame:
    """The table of a version's ranges with the key of each row and the version's checksum."""
    structure = version.structure
    return editable_table(structure, build_ranges(structure).ranges, version.checksum)


def about_file(version: Version) -> dict[str, str]:
    """What the second sheet of an exported workbook says of its version."""
    structure = version.structure
    return {
        "structure": version.name,
        "version": str(version.version),
        "state": version.state,
        "checksum": version.checksum,
        "market of": structure.month,
        "currency": exchange_words(structure),
        "spreads": structure.settings.both_conventions,
        "edit": "Change minimum, midpoint and maximum alone; key and checksum tell each row.",
    }


def read_edited(file: str, content: bytes, versions: Sequence[Version]) -> EditedFile:
    """What was changed in a file that `file_table` made, CSV or Excel.

    Rows with an unknown key, a figure that is none, or twice the same key are left out
    and listed. Raises `FileError` for a file without the columns, and for one of an
    unknown version, or of one that is not the newest of its name.
    """
    table, problems = read_table(file, content, _NEEDED)
    if missing := [name for name in _NEEDED if name not in table.columns]:
        raise FileError(
            file, f"has no column {', '.join(missing)}", "export the structure and edit that file"
        )
    version = _version_of(file, _values(table, _CHECKSUM), versions)
    ranges = build_ranges(version.structure).ranges
    edited, bad = _edited(table, {r.key for r in ranges}, version.checksum)
    return EditedFile(
        version,
        tuple(cell_changes(ranges, edited)),
        (*problems, *bad),
        len(table.rows) + len(problems),
        tuple(r.key for r in ranges if r.key not in edited),
    )


def _version_of(file: str, checksums: Sequence[str], versions: Sequence[Version]) -> Version:
    """The version that the file was exported from; raises `FileError` unless it is the newest."""
    known = {version.checksum: version for version in versions}
    found = next((known[c] for c in checksums if c in known), None)
    if found is None:
        raise FileError(
            file, "is of no version that is saved here", "export the structure and edit that file"
        )
    newest = max(v.version for v in versions if v.name == found.name)
    if found.version != newest:
        raise FileError(
            file, f"is of {found.label}, and version {newest} is newer",
            f"export version {newest} and make the changes there",
        )  # fmt: skip
    return found


def _edited(
    table: TextTable, known: set[str], checksum: str
) -> tuple[dict[str, Ends], list[Problem]]:
    edited: dict[str, Ends] = {}
    problems = []
    at = {name: table.columns.index(name) for name in _NEEDED}
    for number, cells in table.rows:
        key = unescape_formula(cells[at[_KEY]].strip())
        points = {name: _number(cells[at[name]]) for name in POINTS}
        unread = next((name for name, value in points.items() if value is None), "")
        if cells[at[_CHECKSUM]].strip() != checksum:
            wrong = (_CHECKSUM, "is of another version", "export anew and edit that file")
        elif key not in known:
            wrong = (_KEY, "is no range of this version", "leave the key as it was exported")
        elif key in edited:
            wrong = (_KEY, "stands twice; the first row counts", "keep one row a range")
        elif unread:
            wrong = (unread, "is no amount", "write it in digits, such as 82000")
        else:
            edited[key] = Ends(*(value for value in points.values() if value is not None))
            continue
        value = key if wrong[0] == _KEY else cells[at[wrong[0]]]
        problems.append(Problem(table.file, number, wrong[0], value, wrong[1], wrong[2]))
    return edited, problems


def _number(text: str) -> float | None:
    """An amount such as 82000, 82,000.50 or $82,000; None for anything else."""
    match = _NUMBER.fullmatch(text.strip())
    return float(match[1].replace(",", "") + (match[2] or "")) if match else None


def _values(table: TextTable, column: str) -> list[str]:
    i = table.columns.index(column)
    return [cells[i].strip() for _, cells in table.rows]
