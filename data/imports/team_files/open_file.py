"""A file on its way in: unpacked, its encoding, delimiter and header known, all cells text."""

import codecs
import csv
import hashlib
import itertools
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.files import parquet
from data.files.workbook import read_workbook
from data.imports.team_files.options import HEADER_WITHIN, Choices
from data.store.settings import limit, over

#: How much of a file is looked at to tell its delimiter, header, decimal sign and dates.
SAMPLE_ROWS = 2_000
#: A zip that inflates this many times over, to many megabytes, holds no table.
_RATIO, _RATIO_FROM = 200, 50_000_000
_BLOCK = 1 << 22
_LONGEST_LINE = 1 << 26
csv.field_size_limit(_LONGEST_LINE)
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_QUOTED = re.compile('"[^"]*"')
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


@dataclass(frozen=True)
class Opened:
    """A table that can be read: a text in UTF-8, the cells of a workbook's sheet, or Parquet.

    ``lines`` counts a text's line ends, or is -1 where they can't be trusted to
    be rows. ``head`` is the first rows, for finding the header; of Parquet it is
    the columns' names, ``typed`` what each column is and ``body`` the first rows.
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
    parquet: tuple[Path, ...] = ()
    typed: tuple[str, ...] = ()
    body: Sequence[list[str]] = ()

    def sample(self, header: int) -> list[list[str]]:
        """The first rows below the header."""
        if self.parquet:
            return list(self.body)
        if self.cells is not None:
            return _rows(self.cells.slice(header, SAMPLE_ROWS))
        rows = itertools.islice(text_rows(self), header, header + SAMPLE_ROWS)
        return [cells for _, cells in rows]


def open_file(name: str, source: Path | bytes, folder: Path, choices: Choices) -> list[Opened]:
    """The tables in a file: one for a text, one for each sheet of a workbook.

    What has to be unpacked or translated is put into ``folder``. Raises
    `InputError` for what can't be read, or where a zip holds several files.
    """
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
            return _open_zip(name, path, folder, choices)
        return [_open_text(name, path, folder, choices, _fingerprint(path))]
    except OSError as error:
        raise InputError(f"{name}: can't be read: {error.strerror}") from error


def _stand_in(file: Path, path: Path) -> None:
    """A name for the file that the engine can take for nothing else, be it a pattern."""
    try:
        path.symlink_to(file.resolve())
    except OSError:  # not every system lets everybody link
        shutil.copy(file, path)


def text_rows(opened: Opened) -> Iterator[tuple[int, list[str]]]:
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


def _open_zip(name: str, path: Path, folder: Path, choices: Choices) -> list[Opened]:
    sha256 = _fingerprint(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if any(member.filename == "[Content_Types].xml" for member in members):
                return _open_workbook(name, path, sha256)
            member = _member(name, members, choices.member)
            inside = f"{name}, {member.filename}"
            unpacked = folder / "unpacked"
            _unpack(inside, archive, member, unpacked)
    except InputError:
        raise
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: is a damaged or locked zip: {error}") from error
    if _begins(unpacked) == b"PK\x03\x04":
        return _open_workbook(inside, unpacked, sha256)
    return [_open_text(inside, unpacked, folder, choices, sha256)]


def _member(name: str, members: Sequence[zipfile.ZipInfo], asked: str) -> zipfile.ZipInfo:
    found = {
        member.filename: member
        for member in members
        if member.filename.casefold().endswith(ENDINGS)
        and not member.filename.startswith("__MACOSX")
    }
    if asked:
        if asked not in found:
            raise InputError(f"{name}: holds no {asked!r}; {nearest(asked, list(found))}")
        return found[asked]
    if not found:
        raise InputError(f"{name}: holds no file that ends in {', '.join(ENDINGS)}")
    if len(found) > 1:
        raise InputError(
            f"{name}: holds {len(found)} files; say which with --member: {', '.join(found)}"
        )
    return next(iter(found.values()))


def _unpack(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    size, packed = member.file_size, max(member.compress_size, 1)
    if size > limit("TEXT_MB") * 1_000_000:
        raise InputError(f"{name}: inflates to {size / 1e6:,.0f} MB, {over('TEXT_MB')}")
    if size > _RATIO_FROM and size / packed > _RATIO:
        raise InputError(
            f"{name}: inflates {size / packed:,.0f} times over, to {size / 1e6:,.0f} MB; no table "
            "does; unpack it yourself if it is one"
        )
    with archive.open(member) as packed_file, to.open("wb") as out:
        while block := packed_file.read(_BLOCK):
            out.write(block)


def _open_workbook(name: str, path: Path, sha256: str) -> list[Opened]:
    sheets = read_workbook(name, path.read_bytes())
    return [
        Opened(
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


def _open_parquet(name: str, files: Sequence[Path]) -> Opened:
    names, typed, rows = parquet.look_into(name, files)
    if not rows:
        raise InputError(f"{name}: is empty; start from the template")
    return Opened(
        name, parquet.fingerprint(files), "Parquet", "", [names],
        parquet=tuple(files), typed=tuple(typed), body=rows,
    )  # fmt: skip


def _open_text(name: str, path: Path, folder: Path, choices: Choices, sha256: str) -> Opened:
    size = path.stat().st_size
    if size > limit("TEXT_MB") * 1_000_000:
        raise InputError(f"{name}: holds {size / 1e6:,.0f} MB, {over('TEXT_MB')}")
    encoding = choices.encoding or _mark_of(path) or "utf-8"
    lines = -1
    if _is_utf8(encoding):
        try:
            lines = _lines(name, path)
        except UnicodeDecodeError as error:
            if choices.encoding or _mark_of(path) or _mostly_utf8(path):
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
    delimiter = choices.delimiter or max(_DELIMITERS, key=lambda d: _steadiness(first, d))
    opened = Opened(name, sha256, encoding, delimiter, [], path, lines)
    head = [cells for _, cells in itertools.islice(text_rows(opened), HEADER_WITHIN)]
    return replace(opened, head=head)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")


def _mark_of(path: Path) -> str:
    """The encoding that the mark at the very beginning names, if there is one."""
    begins = _begins(path)
    return next((encoding for mark, encoding in _MARKS if begins.startswith(mark)), "")


def _mostly_utf8(path: Path) -> bool:
    """Whether more of the text beyond ASCII is proper UTF-8 than is not.

    Then one stray byte is damage; else the text has another encoding.
    """
    stray = proper = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = decoder.decode(block)
            clean = text.encode("utf-8", "ignore").decode("utf-8")
            stray += len(text) - len(clean)
            proper += len(clean) - len(clean.encode("ascii", "ignore"))
    return proper > stray


def _steadiness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How many lines have a delimiter equally often, and how often."""
    counts = [n for line in lines if (n := line.count(delimiter))]
    if not counts:
        return 0, 0
    usual = max(counts, key=lambda n: (counts.count(n), n))
    return counts.count(usual), usual


def _translated(name: str, path: Path, encoding: str, to: Path) -> Path:
    """The text in UTF-8; raises `InputError` where a byte is none of the encoding."""
    row = 1
    try:
        with path.open(encoding=encoding, newline="") as file, to.open("wb") as out:
            while text := file.read(_BLOCK):
                out.write(text.encode("utf-8"))
                row += text.count("\n")
    except UnicodeError:
        raise _no_such_byte(name, row, encoding) from None
    return to


def _lines(name: str, path: Path) -> int:
    """How many lines there are, or -1 where line ends are mixed.

    Raises `InputError` for what is no text, and `UnicodeDecodeError`, its reason
    the row, for what is no UTF-8.
    """
    ends = returns = pairs = unbroken = 0
    before = b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if b"\0" in block:
                raise InputError(
                    f"{name}: holds NUL characters, so it is not text, or UTF-16 without its "
                    "mark: say --encoding utf-16-le"
                )
            try:
                if not block.isascii() or decoder.getstate()[0]:
                    decoder.decode(block)
            except UnicodeDecodeError as error:
                error.reason = str(ends + block.count(b"\n", 0, error.start) + 1)
                raise
            unbroken = 0 if b"\n" in block or b"\r" in block else unbroken + len(block)
            if unbroken > _LONGEST_LINE:
                raise InputError(f"{name}: has a line of over {_LONGEST_LINE:,} bytes")
            ends += int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))
            if b"\r" in block or before.endswith(b"\r"):
                returns += block.count(b"\r")
                pairs += block.count(b"\r\n") + (before[-1:] + block[:1] == b"\r\n")
            before = block
    if decoder.getstate()[0]:
        raise UnicodeDecodeError("utf-8", before, len(before) - 1, len(before), str(ends + 1))
    if returns != pairs or (returns and returns != ends):
        return -1
    return ends + (not before.endswith(b"\n"))


def _no_such_byte(name: str, row: int, encoding: str) -> InputError:
    return InputError(
        f"{name}, row {row:,} or after: holds a byte that is no {encoding}; save the file as "
        "UTF-8, or say its encoding"
    )


def _rows(cells: pa.Table) -> list[list[str]]:
    columns = [[cell or "" for cell in column.to_pylist()] for column in cells.columns]
    return [list(row) for row in zip(*columns, strict=True)]
