"""Formulas of a workbook that no program computed: cells without a value, which look empty.

Imports only the standard library, since the child that reads workbooks uses it.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

from data.files.workbook_formats import cell_position, sheet_path

#: Ends the text of such a cell, which is the formula.
UNSAVED = " (no saved value)"
#: Why such a cell has no value, and the remedy.
UNSAVED_REASON = "is a formula without a saved value"
UNSAVED_REMEDY = "open the file in Excel or LibreOffice and save it"
#: Key of a table's metadata: whether it has such cells.
UNSAVED_KEY = b"unsaved formulas"
_CHUNK = 1 << 20
_CELL = re.compile(rb"<c\b([^>]*[^>/])>(.*?)</c>", re.S)
_FORMULA = re.compile(rb"<f\b[^>]*(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*", re.S)
#: A formula whose saved value is a text may have an empty one.
_TEXT = re.compile(rb'\bt="str"')


def is_unsaved(text: str) -> bool:
    """Whether a cell's text is a formula that has no saved value."""
    return text.startswith("=") and text.endswith(UNSAVED)


def unsaved_formulas(content: bytes, sheet: str) -> tuple[int, list[tuple[int, int, str]]]:
    """The first column with a value, and row, column and text of each formula without one.

    Rows and columns count from 0. There is none where the workbook is built in a way
    that is not known.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            path = sheet_path(archive, sheet)
            xml = archive.read(path) if _has_formulas(archive, path) else b""
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, StopIteration):
        return 0, []
    found = list(_unsaved(xml))
    return (_first_column(xml) if found else 0), found


def _has_formulas(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether a sheet has a formula, found without holding the sheet in memory."""
    end = b""
    with archive.open(path) as sheet:
        while piece := sheet.read(_CHUNK):
            if b"<f>" in end + piece or b"<f " in end + piece:
                return True
            end = piece[-2:]
    return False


def _unsaved(xml: bytes) -> Iterator[tuple[int, int, str]]:
    for cell in _CELL.finditer(xml):
        formula = _FORMULA.fullmatch(cell[2].strip())
        at = cell_position(cell[1])
        if formula and at and not _TEXT.search(cell[1]):
            yield *at, f"={unescape((formula[1] or b'').decode())}{UNSAVED}"


def _first_column(xml: bytes) -> int:
    """The first column of which a cell has a value: readers leave out those before it."""
    filled = (cell for cell in _CELL.finditer(xml) if re.search(rb"<v>[^<]|<t\b", cell[2]))
    return min((at[1] for cell in filled if (at := cell_position(cell[1]))), default=0)
