"""What a workbook's cell formats say beside its numbers: a currency, or a per cent.

Imports only the standard library, since the child that reads workbooks uses it.
"""

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Excel's own formats of per cents.
_PERCENT_FORMATS = {"9", "10"}
_SYMBOLS = "€£¥₹"
_QUOTED = re.compile(r'"[^"]*"|\\.')
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_CELL = re.compile(rb"<c\b([^>]*)>(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>")
_REFERENCE, _STYLE = re.compile(rb'\br="([A-Z]+)(\d+)"'), re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(?!n")')
#: A per cent is shown with this many decimals at most.
_DECIMALS = Decimal("0.0001")


def mark_of(code: str) -> str:
    """The currency sign or code, or %, that a number format shows; empty for neither.

    A plain dollar sign says little: it stands in templates of every country.
    """
    if found := _CURRENCY.search(code):
        sign = found[1].strip()
        return sign if sign in (*_SYMBOLS, "$") or re.fullmatch("[A-Z]{3}", sign) else ""
    if sign := next((sign for sign in _SYMBOLS if sign in code), ""):
        return sign
    return "%" if "%" in _QUOTED.sub("", code) else ""


def shown_cells(content: bytes, sheet: str) -> Iterator[tuple[int, int, str, str]]:
    """Row and column, from 0, of the numbers whose format says more; their value and the text.

    Empty where the workbook has no such format, or is built in a way that is not known.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            marks = _marks(archive)
            if marks:
                yield from _shown(archive.read(sheet_path(archive, sheet)), marks)
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, StopIteration):
        return


def _marks(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Style of a cell → what it shows, for the styles that show something."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter(f"{_MAIN}numFmt")}
    formats = styles.find(f"{_MAIN}cellXfs")
    used = [] if formats is None else [f.get("numFmtId", "") for f in formats]
    marks = {
        str(i).encode(): "%" if number in _PERCENT_FORMATS else mark_of(codes.get(number, ""))
        for i, number in enumerate(used)
    }
    return {style: mark for style, mark in marks.items() if mark}


def sheet_path(archive: zipfile.ZipFile, sheet: str) -> str:
    """The member of a workbook's archive that holds a sheet; raises where it can't be told."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    link = next(s.get(_ID) for s in book.iter(f"{_MAIN}sheet") if s.get("name") == sheet)
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(r.get("Target", "") for r in links if r.get("Id") == link)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def cell_position(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, from 0, that a cell's attributes state."""
    at = _REFERENCE.search(attributes)
    if not at:
        return None
    column = 0
    for letter in at[1]:
        column = 26 * column + letter - 64
    return int(at[2]) - 1, column - 1


def _shown(xml: bytes, marks: dict[bytes, str]) -> Iterator[tuple[int, int, str, str]]:
    for cell in _CELL.finditer(xml):
        style, at = _STYLE.search(cell[1]), cell_position(cell[1])
        mark = marks.get(style[1], "") if style else ""
        if not mark or not at or _TYPE.search(cell[1]):
            continue
        value = cell[2].decode()
        yield *at, value, _text(value, mark)


def _text(value: str, mark: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if mark == "%":
        return f"{(number * 100).quantize(_DECIMALS).normalize():f}%"
    return f"{mark} {number:f}" if len(mark) > 1 else f"{mark}{number:f}"
