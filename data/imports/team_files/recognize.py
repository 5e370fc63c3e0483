"""Which kind of file an opened file is, by its headings."""

import re
from dataclasses import dataclass

from data.files.opened import OpenedFile, OpenedTable
from data.imports.taxonomy.files import specs
from data.imports.team_files.column_matching import find_header, suggested_fields
from data.imports.team_files.file_types import NAMES, FileType, file_type
from data.imports.team_files.options import ImportOptions

#: A needed field that is missing counts as much as three that are there; one that is often the
#: same for every row, and so in no column, as much as one.
_MISSING = 3
_SAME_FOR_ALL = ("currency", "date", "basis")
#: What BLS calls its files.
_BLS = re.compile(r"(?i)oesm\d\d|_M20\d\d")
OEWS, TAXONOMY = "oews", "taxonomy"


@dataclass(frozen=True)
class Recognized:
    """The name of a kind of file, and the headings that it was recognized by."""

    kind: str
    headings: tuple[str, ...]


def recognized_by_name(file: str) -> Recognized | None:
    """What a file's name alone says: a file of BLS, or of a taxonomy."""
    if _BLS.search(file):
        return Recognized(OEWS, ())
    stem, _, ending = file.casefold().rpartition(".")
    return Recognized(TAXONOMY, ()) if ending == "csv" and stem in specs() else None


def recognize(opened: OpenedFile) -> Recognized | None:
    """The kind whose fields the headings name best; None if two are as good, or none fits.

    A kind fits if it has more of its fields than it lacks needed ones.
    """
    if found := recognized_by_name(opened.name) or _bls(opened):
        return found
    named = {kind: _headings(file_type(kind), opened) for kind in NAMES}
    scores = {kind: _score(file_type(kind), headings) for kind, headings in named.items()}
    best, second = sorted(NAMES, key=lambda kind: -scores[kind])[:2]
    if scores[best] <= 0 or scores[best] == scores[second]:
        return None
    return Recognized(best, tuple(named[best].values()))


def _bls(opened: OpenedFile) -> Recognized | None:
    for table in opened.tables:
        for cells in table.head:
            if {"occ_code", "tot_emp"} <= {cell.strip().casefold() for cell in cells}:
                return Recognized(OEWS, ("OCC_CODE", "TOT_EMP"))
    return None


def _headings(kind: FileType, opened: OpenedFile) -> dict[str, str]:
    """Field → heading, on the sheet that names the most fields of a kind."""
    return max((_on_sheet(kind, table) for table in opened.tables), key=len, default={})


def _on_sheet(kind: FileType, table: OpenedTable) -> dict[str, str]:
    position = find_header(kind, table.head, ImportOptions())
    if position is None:
        return {}
    header = table.head[position]
    fields = sorted(suggested_fields(kind, header, ()).items(), key=lambda field: field[1])
    return {name: header[i].strip() for name, i in fields}


def _score(kind: FileType, named: dict[str, str]) -> int:
    missing = [
        1 if field.unit in _SAME_FOR_ALL else _MISSING
        for name, field in kind.fields.items()
        if field.needed and name not in named
    ]
    return len(named) - sum(missing) - _MISSING * sum(not {*g} & {*named} for g in kind.any_of)
