"""The files of a taxonomy: their columns, and their typed rows."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analytics.errors import InputError
from data.files.cell_types import typed_cells
from data.files.problems import FileError, Problem
from data.files.read_table import read_table
from data.files.text_table import select_columns
from data.store.digest import sha256

_HERE = Path(__file__).parent
FOLDER = _HERE / "example"

Row = dict[str, Any]
Rows = list[tuple[int, Row]]


@dataclass(frozen=True)
class Spec:
    """One file of a taxonomy: its key, and the unit and meaning of each column."""

    name: str
    about: str
    needed: bool
    key: tuple[str, ...]
    units: Mapping[str, str]
    meanings: Mapping[str, str]

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"


@cache
def specs() -> dict[str, Spec]:
    """The files of a taxonomy by name, in the order in which they refer to each other."""
    files = tomllib.loads((_HERE / "columns.toml").read_text(encoding="utf-8"))
    return {
        name: Spec(
            name,
            file["about"],
            file["needed"],
            tuple(file["key"]),
            {column: fields["unit"] for column, fields in file["columns"].items()},
            {column: fields["about"] for column, fields in file["columns"].items()},
        )
        for name, file in files.items()
    }


@dataclass(frozen=True)
class Taxonomy:
    """The typed rows of each file with their numbers; missing files have none."""

    rows: Mapping[str, Rows]

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))

    def each(self, name: str) -> Iterator[Row]:
        """The rows of one file."""
        return (row for _, row in self.rows[name])


def files_in_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are, or look like, a taxonomy's, by name in lower case.

    Other files, such as a text that explains the columns, are ignored. Raises
    `InputError` if there is none.
    """
    if not folder.is_dir():
        raise InputError(
            f"{folder}: no such folder; name one with functions.csv and the other files"
        )
    files: dict[str, bytes] = {}
    try:
        for path in sorted(folder.iterdir()):
            name = path.name.encode("utf-8", "replace").decode().casefold()
            if path.is_file() and (name.endswith(".csv") or Path(name).stem in specs()):
                if name in files:
                    raise InputError(
                        f"{folder}: contains {name} in lower and in upper case; remove one"
                    )
                files[name] = path.read_bytes()
    except OSError as error:
        raise InputError(f"{folder}: can't be read: {error.strerror}") from error
    if not files:
        raise InputError(
            f"{folder}: contains no CSV file; 'bandstand template taxonomy' writes examples"
        )
    return files


def files_digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 of a set of files, whatever their order."""
    parts = [name.encode() + b"\0" + bytes.fromhex(sha256(files[name])) for name in sorted(files)]
    return sha256(b"".join(parts))


def file_rows(spec: Spec, content: bytes) -> tuple[Rows, list[Problem]]:
    """The typed rows of one file, and its problems."""
    try:
        table, problems = read_table(spec.file, content, spec.units)
    except FileError as error:
        return [], [error.problem]
    needed = [c for c, unit in spec.units.items() if not unit.endswith("?")]
    raw, header_problems = select_columns(table, list(spec.units), needed)
    problems += header_problems
    rows: Rows = []
    for number, cells in raw:
        row, errors = typed_cells(cells, spec.units)
        problems += [Problem(spec.file, number, e.column, e.text, e.reason) for e in errors]
        rows.append((number, row))
    return rows, problems
