"""Open a file: unpack it, and detect its encoding and delimiter."""

import itertools
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from analytics.errors import InputError
from data.files import parquet
from data.files.archive import choose_member, unpack
from data.files.delimited import guess_delimiter, text_rows
from data.files.encoding import as_utf8
from data.files.opened import HEADER_WITHIN, OpenedFile, OpenedTable, OpenOptions, sheet_texts
from data.files.other_formats import refuse_other_archives, refuse_other_formats
from data.files.problems import FileError
from data.files.workbook import read_workbook
from data.store.digest import sha256
from data.store.disk_errors import in_words
from data.store.settings import limit, limit_message

#: Characters that are looked at to tell the delimiter.
_START = 1 << 16
_DEFAULTS = OpenOptions()


def open_file(
    name: str, source: Path | bytes, folder: Path, options: OpenOptions = _DEFAULTS
) -> OpenedFile:
    """Open a file: text, a workbook, Parquet, or a zip of a text or workbook.

    ``source`` may be a folder of Parquet files. What has to be unpacked or
    translated is put into ``folder``. Raises `FileError` if the file can't be
    read, or if a zip contains several files.
    """
    # A folder for each attempt, so that none reads what a failed one left behind.
    folder = Path(tempfile.mkdtemp(dir=folder))
    try:
        return OpenedFile(name, options, tuple(_open_tables(name, source, folder, options)))
    except OSError as error:
        raise FileError(name, f"can't be read: {in_words(error)}") from error


def _open_tables(
    name: str, source: Path | bytes, folder: Path, options: OpenOptions
) -> list[OpenedTable]:
    if isinstance(source, Path) and source.is_dir():
        return [_open_parquet(name, parquet.files_in(name, source))]
    path = folder / "upload"
    if isinstance(source, bytes):
        path.write_bytes(source)
    else:
        _link(source, path)
    start = _first_bytes(path)
    if start == parquet.MARK:
        return [_open_parquet(name, [path])]
    if start == b"PK\x03\x04":
        return _open_zip(name, path, folder, options)
    with ThreadPoolExecutor(1) as aside:  # a digest of a large file leaves the interpreter free
        digest = aside.submit(sha256, path)
        table = _open_text(name, path, folder, options)
        return [replace(table, sha256=digest.result())]


def _link(file: Path, path: Path) -> None:
    """Give the file a name that DuckDB does not read as a pattern."""
    try:
        path.symlink_to(file.resolve())
    except OSError:  # some systems do not allow every user to link
        shutil.copy(file, path)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _open_zip(name: str, path: Path, folder: Path, options: OpenOptions) -> list[OpenedTable]:
    digest = sha256(path)
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_other_archives(name, archive)
            members = archive.infolist()
            if any(member.filename == "[Content_Types].xml" for member in members):
                return _open_workbook(name, path, digest)
            member = choose_member(name, members, options.member)
            inside = f"{name}, {member.filename}"
            unpacked = folder / "unpacked"
            unpack(inside, archive, member, unpacked, options.size_limit)
    except InputError:
        raise
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise FileError(
            name, f"is a damaged or encrypted zip: {error}", "zip it again without a password"
        ) from error
    if _first_bytes(unpacked) == b"PK\x03\x04":
        return _open_workbook(inside, unpacked, digest)
    return [replace(_open_text(inside, unpacked, folder, options), sha256=digest)]


def _open_workbook(name: str, path: Path, digest: str) -> list[OpenedTable]:
    sheets = read_workbook(name, path.read_bytes())
    return [
        OpenedTable(
            f"{name}, {sheet.name}" if len(sheets) > 1 else name,
            digest,
            "workbook",
            "",
            sheet_texts(sheet.table.slice(0, HEADER_WITHIN)),
            cells=sheet.table,
            sheet=sheet.name,
        )
        for sheet in sheets
        if sheet.table.num_rows
    ]


def _open_parquet(name: str, files: Sequence[Path]) -> OpenedTable:
    names, types, rows = parquet.inspect_parquet(name, files)
    if not rows:
        raise FileError(name, "is empty", "add a header and a row below it")
    return OpenedTable(
        name,
        parquet.digest(files),
        "Parquet",
        "",
        [names],
        parquet_files=tuple(files),
        column_types=tuple(types),
        first_rows=rows,
    )


def _open_text(name: str, path: Path, folder: Path, options: OpenOptions) -> OpenedTable:
    """The table of a text, of which the digest is still to be said."""
    size = path.stat().st_size
    if size > limit(options.size_limit) * 1_000_000:
        raise FileError(name, f"has {size / 1e6:,.0f} MB, {limit_message(options.size_limit)}")
    refuse_other_formats(name, path)
    text = as_utf8(name, path, folder, options.encoding)
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        start = file.read(_START)
    if not start.strip():
        raise FileError(name, "is empty", "add a header and a row below it")
    delimiter = options.delimiter or guess_delimiter(start, HEADER_WITHIN)
    rows = itertools.islice(text_rows(name, text.path, delimiter), HEADER_WITHIN)
    head = [cells for _, cells in rows]
    return OpenedTable(
        name,
        "",
        text.encoding,
        delimiter,
        head,
        path=text.path,
        lines=text.lines,
        odd_lines=text.odd_lines,
    )
