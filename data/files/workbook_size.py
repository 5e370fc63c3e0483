"""Check how far a workbook would inflate and its cells would reach, before it is read."""

import re
import zipfile
import zlib
from io import BytesIO

import numpy as np

from data.files.problems import FileError
from data.store.settings import limit, limit_message

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
#: Characters of the longest reference that Excel knows, XFD1048576.
_LONGEST = 10
_CHUNK = 1 << 22


def open_workbook(name: str, content: bytes) -> zipfile.ZipFile:
    """A workbook as the zip that it is; raises `FileError` if it inflates too far."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileError(name, f"is not a workbook: {error}", "save it as .xlsx or CSV") from error
    size = sum(member.file_size for member in archive.infolist())
    if size > limit("WORKBOOK_MB") * 1_000_000:
        raise FileError(
            name,
            f"inflates to {size / 1e6:,.0f} MB, {limit_message('WORKBOOK_MB')}",
            "or save the rows you need as CSV",
        )
    return archive


def check_size(name: str, content: bytes) -> None:
    """Refuse a workbook that would exhaust the machine; raises `FileError`."""
    archive = open_workbook(name, content)
    cells = 0
    for member in archive.infolist():
        if _SHEET.fullmatch(member.filename):
            rows, columns = _reach(name, archive, member)
            cells += rows * columns
            if cells > limit("WORKBOOK_CELLS"):
                raise FileError(
                    name,
                    f"has a cell at row {rows:,}, column {columns:,}, "
                    f"{limit_message('WORKBOOK_CELLS')}",
                    "or delete everything beyond the table",
                )


def _reach(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """The furthest row and column that a sheet's cells name; trusts no declared size."""
    rows = columns = inflated = 0
    rest = b""
    try:
        with archive.open(member) as sheet:
            while chunk := sheet.read(_CHUNK):
                inflated += len(chunk)
                if inflated > limit("WORKBOOK_MB") * 1_000_000:
                    raise FileError(name, f"inflates {limit_message('WORKBOOK_MB')}")
                in_chunk = _furthest(rest + chunk)
                rows, columns = max(rows, in_chunk[0]), max(columns, in_chunk[1])
                rest = chunk[-64:]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise FileError(name, f"is damaged: {error}", "save it again in Excel") from error
    return rows, columns


def _furthest(xml: bytes) -> tuple[int, int]:
    """The furthest row and column of the references ` r="AB12"` in a piece of a sheet."""
    text = np.frombuffer(xml + bytes(2 * _LONGEST), np.uint8)
    starts = np.flatnonzero(
        (text[:-3] == ord(" ")) & (text[1:-2] == ord("r")) & (text[2:-1] == ord("="))
    )
    position = starts + 4
    row = np.zeros(len(position), np.int64)
    column = np.zeros(len(position), np.int64)
    for _ in range(_LONGEST):
        character = text[position]
        letter = (character >= ord("A")) & (character <= ord("Z"))
        digit = (character >= ord("0")) & (character <= ord("9"))
        column = np.where(letter, 26 * column + character - 64, column)
        row = np.where(digit, 10 * row + character - 48, row)
        position = position + (letter | digit)
    return int(row.max(initial=0)), int(column.max(initial=0))
