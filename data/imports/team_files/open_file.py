"""A file on its way in: unpacked, its encoding, delimiter and header known, all cells text."""

import csv
import hashlib
import itertools
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from analytics.errors import InputError
from data.files import parquet
from data.files.archive import _member, _unpack
from data.files.encoding import (
    _LONGEST_LINE,
    _begins,
    _is_utf8,
    _lines,
    _mark_of,
    _mostly_utf8,
    _no_such_byte,
    _translated,
)
from data.files.workbook import read_workbook
from data.imports.team_files.options import HEADER_WITHIN, ImportOptions
from data.store.settings import limit, limit_message

#: How much of a file is looked at to tell its delimiter, header, decimal sign and dates.
SAMPLE_ROWS = 2_000
csv.field_size_limit(_LONGEST_LINE)
_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True)
class OpenedTable:
    """A table that can be read: a text in UTF-8, the cells of a workbook's sheet, or Parquet.

    ``lines`` counts a text's line ends, or is -1 where they can't be trusted to
    be rows. ``head`` is the first rows, for finding the header; of Parquet it is
    the columns' names, ``column_types`` what each holds and ``first_rows`` its
    first rows as text.
    """

    name: str
    sha256: str
    encoding: str
    delimiter: str
    head: list[list[str]]
    path: Path | None = None
    lines: int = -1
    cells: pa.Table | None = None
    sheet: str = ""
    parquet_files: tuple[Path, ...] = ()
    column_types: tuple[str, ...] = ()
    first_rows: Sequence[list[str]] = ()

    def sample(self, header: int) -> list[list[str]]:
        """The first rows below the header."""
        if self.parquet_files:
            return list(self.first_rows)
        if self.cells is not None:
            return _rows(self.cells.slice(header, SAMPLE_ROWS))
        rows = itertools.islice(text_rows(self), header, header + SAMPLE_ROWS)
        return [cells for _, cells in rows]


@dataclass(frozen=True)
class OpenedFile:
    """A file's tables: one for a text, one for each sheet of a workbook.

    ``encoding``, ``delimiter`` and ``member`` are the options that it was opened with.
    """

    name: str
    tables: tuple[OpenedTable, ...]
    encoding: str
    delimiter: str
    member: str

    def fits(self, options: ImportOptions) -> bool:
        """Whether opening the file under these options would give the same tables."""
        opened = (self.encoding, self.delimiter, self.member)
        return opened == (options.encoding, options.delimiter, options.member)


def open_file(name: str, source: Path | bytes, folder: Path, options: ImportOptions) -> OpenedFile:
    """Open a file, or a folder of Parquet files.

    What has to be unpacked or translated is put into ``folder``. Raises
    `InputError` for what can't be read, or where a zip holds several files.
    """
    # What an attempt that failed left behind must not be taken for this one's.
    folder = Path(tempfile.mkdtemp(dir=folder))
    tables = tuple(_open_tables(name, source, folder, options))
    return OpenedFile(name, tables, options.encoding, options.delimiter, options.member)


def _open_tables(
    name: str, source: Path | bytes, folder: Path, options: ImportOptions
) -> list[OpenedTable]:
    path = folder / "upload"
    try:
        if isinstance(source, Path) and source.is_dir():
            return [_open_parquet(name, parquet.files_in(name, source))]
        if isinstance(source, bytes):
            path.write_bytes(source)
        else:
            _stand_in(source, path)
        begins = _begins(path)
        if begins == b"\xd0\xcf\x11\xe0":
            raise InputError(f"{name}: is a workbook of the old kind; save it as .xlsx or CSV")
        if begins == parquet.MARK:
            return [_open_parquet(name, [path])]
        if begins == b"PK\x03\x04":
            return _open_zip(name, path, folder, options)
        return [_open_text(name, path, folder, options, _fingerprint(path))]
    except OSError as error:
        raise InputError(f"{name}: can't be read: {error.strerror}") from error


def _stand_in(file: Path, path: Path) -> None:
    """A name for the file that the engine can take for nothing else, be it a pattern."""
    try:
        path.symlink_to(file.resolve())
    except OSError:  # not every system lets everybody link
        shutil.copy(file, path)


def text_rows(opened: OpenedTable) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with their numbers, as a spreadsheet counts them.

    Raises `InputError` where the quotes don't match.
    """
    assert opened.path is not None
    number = 0
    with opened.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=opened.delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                yield number, cells
        except csv.Error as error:
            raise InputError(
                f"{opened.name}, row {number + 1}: can't be read as CSV: {error}; mend the quotes"
            ) from error


def _open_zip(name: str, path: Path, folder: Path, options: ImportOptions) -> list[OpenedTable]:
    sha256 = _fingerprint(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if any(member.filename == "[Content_Types].xml" for member in members):
                return _open_workbook(name, path, sha256)
            member = _member(name, members, options.member)
            inside = f"{name}, {member.filename}"
            unpacked = folder / "unpacked"
            _unpack(inside, archive, member, unpacked)
    except InputError:
        raise
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: is a damaged or locked zip: {error}") from error
    if _begins(unpacked) == b"PK\x03\x04":
        return _open_workbook(inside, unpacked, sha256)
    return [_open_text(inside, unpacked, folder, options, sha256)]


def _open_workbook(name: str, path: Path, sha256: str) -> list[OpenedTable]:
    sheets = read_workbook(name, path.read_bytes())
    return [
        OpenedTable(
            f"{name}, {sheet.name}" if len(sheets) > 1 else name,
            sha256,
            "workbook",
            "",
            _rows(sheet.table.slice(0, HEADER_WITHIN)),
            cells=sheet.table,
            sheet=sheet.name,
        )
        for sheet in sheets
        if sheet.table.num_rows
    ]


def _open_parquet(name: str, files: Sequence[Path]) -> OpenedTable:
    names, types, rows = parquet.inspect_parquet(name, files)
    if not rows:
        raise InputError(f"{name}: is empty; start from the template")
    return OpenedTable(
        name, parquet.fingerprint(files), "Parquet", "", [names],
        parquet_files=tuple(files), column_types=tuple(types), first_rows=rows,
    )  # fmt: skip


def _open_text(
    name: str, path: Path, folder: Path, options: ImportOptions, sha256: str
) -> OpenedTable:
    size = path.stat().st_size
    if size > limit("TEXT_MB") * 1_000_000:
        raise InputError(f"{name}: holds {size / 1e6:,.0f} MB, {limit_message('TEXT_MB')}")
    encoding = options.encoding or _mark_of(path) or "utf-8"
    lines = -1
    if _is_utf8(encoding):
        try:
            lines = _lines(name, path)
        except UnicodeDecodeError as error:
            if options.encoding or _mark_of(path) or _mostly_utf8(path):
                raise _no_such_byte(name, int(error.reason), encoding) from None
            encoding = "cp1252"
    if not _is_utf8(encoding):
        path = _translated(name, path, encoding, folder / "translated")
        lines = _lines(name, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        begins = file.read(1 << 16)
    if not begins.strip():
        raise InputError(f"{name}: is empty; start from the template")
    first = _QUOTED.sub("", begins).splitlines()[:HEADER_WITHIN]
    delimiter = options.delimiter or max(_DELIMITERS, key=lambda d: _steadiness(first, d))
    opened = OpenedTable(name, sha256, encoding, delimiter, [], path, lines)
    head = [cells for _, cells in itertools.islice(text_rows(opened), HEADER_WITHIN)]
    return replace(opened, head=head)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _steadiness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How many lines have a delimiter equally often, and how often."""
    counts = [n for line in lines if (n := line.count(delimiter))]
    if not counts:
        return 0, 0
    usual = max(counts, key=lambda n: (counts.count(n), n))
    return counts.count(usual), usual


def _rows(cells: pa.Table) -> list[list[str]]:
    columns = [[cell or "" for cell in column.to_pylist()] for column in cells.columns]
    return [list(row) for row in zip(*columns, strict=True)]
