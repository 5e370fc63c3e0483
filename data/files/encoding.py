"""The encoding of a text file: found, checked, translated to UTF-8."""

import codecs
from pathlib import Path

import numpy as np

from analytics.errors import InputError

_BLOCK = 1 << 22


_LONGEST_LINE = 1 << 26


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


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
