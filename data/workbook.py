"""Excel workbooks of unknown origin: looked into first, then read in a process of its own."""

import json
import re
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from analytics.errors import InputError

#: What a workbook may inflate to, how far its cells may reach, and what reading may take.
MOST_BYTES = 400_000_000
MOST_CELLS = 40_000_000
MOST_MEMORY = 4_000_000_000
MOST_SECONDS = 120
TOO_MUCH_TEXT = 3
#: Excel itself holds no more in a cell.
LONGEST_CELL = 32_767
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Sheet:
    """One sheet: every cell as text, empty cells empty, rows in order."""

    name: str
    rows: list[list[str]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as an Excel workbook does."""
    return content[:4] == b"PK\x03\x04"


def read_workbook(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook, read by a child process under limits.

    Raises `InputError`, naming the limit, for a file that inflates too far, whose
    cells reach too far, or that the reader can't read in time and memory.
    """
    inspect(name, content)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "data.workbook"],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name}: took over {MOST_SECONDS} seconds to read; save it as CSV"
        ) from None
    if done.returncode == TOO_MUCH_TEXT:
        raise InputError(f"{name}: holds more than {MOST_BYTES // 4:,} characters of text")
    if done.returncode:
        raise InputError(
            f"{name}: can't be read as a workbook; open it, and save it anew or as CSV"
        )
    return [Sheet(sheet, rows) for sheet, rows in json.loads(done.stdout)]


def inspect(name: str, content: bytes) -> None:
    """Refuse a workbook that would exhaust the machine; raises `InputError`."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise InputError(f"{name}: is no workbook: {error}") from error
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES:
        raise InputError(
            f"{name}: inflates to {size / 1e6:,.0f} MB; the limit is {MOST_BYTES / 1e6:,.0f} MB. "
            "Save the rows you need as CSV"
        )
    cells = 0
    for member in members:
        if _SHEET.fullmatch(member.filename):
            rows, columns = _reach(name, archive, member)
            cells += rows * columns
            if cells > MOST_CELLS:
                raise InputError(
                    f"{name}: a cell stands at row {rows:,}, column {columns:,}; more than "
                    f"{MOST_CELLS:,} cells would have to be read. Delete what lies beyond the table"
                )


def _reach(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """The furthest row and column that a sheet's cells name; trusts no declared size."""
    rows = columns = inflated = 0
    rest = b""
    try:
        with archive.open(member) as sheet:
            while chunk := sheet.read(_CHUNK):
                inflated += len(chunk)
                if inflated > MOST_BYTES:
                    raise InputError(f"{name}: inflates beyond {MOST_BYTES / 1e6:,.0f} MB")
                for letters, digits in _CELL.findall(rest + chunk):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column(letters))
                rest = chunk[-64:]
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError) as error:
        raise InputError(f"{name}: is damaged: {error}") from error
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _child() -> None:
    """Read the workbook on standard input; write its sheets as JSON."""
    with suppress(ImportError):  # only Unix has it; elsewhere the time limit alone holds
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    sheets: list[tuple[str, list[list[str]]]] = []
    written = 0
    for name in book.sheet_names:
        # Empty rows above a table count, so that a row's number is the one on the screen.
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        sheets.append((name, [[_text(cell)[:LONGEST_CELL] for cell in row] for row in rows]))
        # One long text can stand behind many cells: small in the file, huge as rows.
        written += sum(len(cell) for row in sheets[-1][1] for cell in row)
        if written > MOST_BYTES // 4:
            sys.exit(TOO_MUCH_TEXT)
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    _child()
