"""Excel workbooks of unknown origin: looked into, and read in a process of its own under limits."""

import re
import subprocess
import sys
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pyarrow as pa

from analytics.errors import InputError
from data.files.workbook_child import TOO_MUCH_TEXT
from data.store.settings import limit, limit_message

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
#: Characters of the longest reference that Excel knows, XFD1048576.
_LONGEST = 10
_CHUNK = 1 << 22


@dataclass(frozen=True)
class Sheet:
    """One sheet: every cell as text, in rows from the first of the sheet on.

    Columns before the first that holds something are left out.
    """

    name: str
    table: pa.Table

    @property
    def rows(self) -> list[list[str]]:
        """The rows as lists; empty cells are empty text."""
        columns = [[cell or "" for cell in column.to_pylist()] for column in self.table.columns]
        return [list(row) for row in zip(*columns, strict=True)]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as an Excel workbook does."""
    return content[:4] == b"PK\x03\x04"


def read_workbook(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook, read by a child process under limits.

    It is looked into while the child reads; a child that would exhaust the
    machine ends at its own limits. Raises `InputError`, naming the limit, for a
    file that inflates too far, whose cells reach too far, or that can't be read.
    """
    _open(name, content)
    child = subprocess.Popen(
        [sys.executable, "-m", "data.files.workbook_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with child, ThreadPoolExecutor(1) as beside:
        told = beside.submit(child.communicate, content, limit("WORKBOOK_SECONDS"))
        try:
            inspect(name, content)
            out, _ = told.result()
        except subprocess.TimeoutExpired:
            raise InputError(
                f"{name}: took too long to read, {limit_message('WORKBOOK_SECONDS')}; "
                "or save it as CSV"
            ) from None
        finally:
            child.kill()
    if child.returncode == TOO_MUCH_TEXT:
        raise InputError(f"{name}: its text is {limit_message('WORKBOOK_MB')}; or save it as CSV")
    if child.returncode:
        raise InputError(
            f"{name}: can't be read as a workbook; open it, and save it anew or as CSV"
        )
    return list(_sheets(out))


def inspect(name: str, content: bytes) -> None:
    """Refuse a workbook that would exhaust the machine; raises `InputError`."""
    archive = _open(name, content)
    cells = 0
    for member in archive.infolist():
        if _SHEET.fullmatch(member.filename):
            rows, columns = _reach(name, archive, member)
            cells += rows * columns
            if cells > limit("WORKBOOK_CELLS"):
                raise InputError(
                    f"{name}: a cell stands at row {rows:,}, column {columns:,}, "
                    f"{limit_message('WORKBOOK_CELLS')}; or delete what lies beyond the table"
                )


def _open(name: str, content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError(f"{name}: is no workbook: {error}") from error
    size = sum(member.file_size for member in archive.infolist())
    if size > limit("WORKBOOK_MB") * 1_000_000:
        raise InputError(
            f"{name}: inflates to {size / 1e6:,.0f} MB, {limit_message('WORKBOOK_MB')}; "
            "or save the rows that you need as CSV"
        )
    return archive


def _reach(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """The furthest row and column that a sheet's cells name; trusts no declared size."""
    rows = columns = inflated = 0
    rest = b""
    try:
        with archive.open(member) as sheet:
            while chunk := sheet.read(_CHUNK):
                inflated += len(chunk)
                if inflated > limit("WORKBOOK_MB") * 1_000_000:
                    raise InputError(f"{name}: inflates to {limit_message('WORKBOOK_MB')}")
                named_rows, named_columns = _named(rest + chunk)
                rows, columns = max(rows, named_rows), max(columns, named_columns)
                rest = chunk[-64:]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise InputError(f"{name}: is damaged: {error}") from error
    return rows, columns


def _named(xml: bytes) -> tuple[int, int]:
    """The furthest row and column of the references ` r="AB12"` in a piece of a sheet."""
    text = np.frombuffer(xml + bytes(2 * _LONGEST), np.uint8)
    starts = np.flatnonzero(
        (text[:-3] == ord(" ")) & (text[1:-2] == ord("r")) & (text[2:-1] == ord("="))
    )
    at = starts + 4
    row = np.zeros(len(at), np.int64)
    column = np.zeros(len(at), np.int64)
    for _ in range(_LONGEST):
        character = text[at]
        letter = (character >= ord("A")) & (character <= ord("Z"))
        digit = (character >= ord("0")) & (character <= ord("9"))
        column = np.where(letter, 26 * column + character - 64, column)
        row = np.where(digit, 10 * row + character - 48, row)
        at = at + (letter | digit)
    return int(row.max(initial=0)), int(column.max(initial=0))


def _sheets(out: bytes) -> list[Sheet]:
    source = pa.BufferReader(out)
    sheets = []
    while source.tell() < len(out):
        table = pa.ipc.open_stream(source).read_all()
        sheets.append(Sheet(table.schema.metadata[b"sheet"].decode(), table))
    return sheets
