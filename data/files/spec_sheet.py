"""The last sheet of a workbook: all its inputs, from which `bandstand verify` computes it anew."""

import base64
import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from analytics.errors import InputError
from data.files.sheets import set_up_print

SHEET = "For bandstand verify"
_MARK = "bandstand inputs 1"
#: Characters that a cell surely holds.
_CELL = 30_000


def write_spec(book: Any, spec: str) -> None:
    """Write a spec in as many cells as it takes, below its SHA-256."""
    sheet = book.add_worksheet(SHEET)
    set_up_print(sheet, SHEET, landscape=False, one_page=False)
    sheet.set_column(0, 0, 70)
    packed = base64.b64encode(zlib.compress(spec.encode("utf-8"), 9)).decode("ascii")
    digest = hashlib.sha256(spec.encode("utf-8")).hexdigest()
    parts = [packed[i : i + _CELL] for i in range(0, len(packed), _CELL)]
    for i, text in enumerate((_MARK, digest, *parts)):
        sheet.write_string(i, 0, text)


def read_spec(cells: Sequence[str]) -> str:
    """The spec in the sheet's cells, from the first on; raises `InputError` if it is damaged."""
    if len(cells) < 3 or cells[0] != _MARK:
        raise InputError("this workbook has no inputs to compute it from; export it again")
    try:
        spec = zlib.decompress(base64.b64decode("".join(cells[2:]), validate=True))
    except (ValueError, zlib.error):
        spec = b""
    if hashlib.sha256(spec).hexdigest() != cells[1]:
        raise InputError(f"the inputs on the sheet '{SHEET}' were changed; export it again")
    return spec.decode("utf-8")
