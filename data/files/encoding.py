"""Detect a text file's encoding, check it, and translate it to UTF-8."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.files.line_encodings import (
    LONGEST_LINE,
    UTF8,
    WINDOWS,
    LineEncodings,
    bad_byte,
    has_utf8,
    misread_lines,
    translate_lines,
)
from data.files.problems import FileError

_BLOCK = 1 << 22
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Utf8Text:
    """A text in UTF-8, with or without a byte order mark.

    ``encoding`` is the one that the file had. ``lines`` counts its lines, or is
    -1 where line ends are mixed; ``odd_lines`` are those of another encoding.
    """

    path: Path
    encoding: str
    lines: int
    odd_lines: LineEncodings


def as_utf8(name: str, path: Path, folder: Path, encoding: str = "") -> Utf8Text:
    """A text file in UTF-8, translated into ``folder`` if it has another encoding.

    The encoding is the given one, else that of the byte order mark, else UTF-8
    if the bytes are valid, else each line's own of UTF-8 and Windows-1252. Raises
    `FileError` if the file is not text, or has a byte that is not valid in its encoding.
    """
    found = encoding or _encoding_of_mark(path) or UTF8
    translated = folder / "translated"
    odd_lines = None
    if codecs.lookup(found).name in (UTF8, "utf-8-sig"):
        try:
            return Utf8Text(path, found, _count_lines(name, path), LineEncodings(found))
        except _BadByteError as error:
            if encoding:
                raise bad_byte(name, _row_at(path, error.offset), encoding) from None
        if found != UTF8 or has_utf8(name, path):
            odd_lines = translate_lines(name, path, translated)
        found = odd_lines.usual if odd_lines else WINDOWS
    if odd_lines is None:
        _translate(name, path, found, translated)
        asked = encoding and _has_single_bytes(found) and has_utf8(name, path)
        odd_lines = misread_lines(name, path, found) if asked else LineEncodings(found)
    return Utf8Text(translated, found, _count_lines(name, translated), odd_lines)


def decoded(content: bytes) -> str:
    """A short text in whatever encoding it is: that of its byte order mark, UTF-8, Windows-1252.

    A byte that none of them has becomes a replacement character.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(WINDOWS, errors="replace")


class _BadByteError(Exception):
    """The byte at ``offset`` is not UTF-8."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(offset)


def _encoding_of_mark(path: Path) -> str:
    """The encoding that the byte order mark names; empty without one."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")


def _has_single_bytes(encoding: str) -> bool:
    """Whether an encoding has a character for each byte that Windows-1252 has a letter for."""
    letters = bytes(range(0xC0, 0x100))
    return len(letters.decode(encoding, "replace")) == len(letters)


def _translate(name: str, path: Path, encoding: str, to: Path) -> None:
    row = 1
    try:
        with path.open(encoding=encoding, newline="") as file, to.open("wb") as out:
            while text := file.read(_BLOCK):
                out.write(text.encode("utf-8"))
                row += text.count("\n")
    except UnicodeError:
        raise bad_byte(name, row, encoding) from None


def _count_lines(name: str, path: Path) -> int:
    """How many lines a text in UTF-8 has, or -1 where line ends are mixed."""
    newlines = returns = pairs = 0
    last = b""
    for block in _checked_blocks(name, path):
        newlines += int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))
        if b"\r" in block or last == b"\r":
            returns += block.count(b"\r")
            pairs += block.count(b"\r\n") + (last + block[:1] == b"\r\n")
        last = block[-1:]
    if returns != pairs or (returns and returns != newlines):
        return -1
    return newlines + (last != b"\n")


def _checked_blocks(name: str, path: Path) -> Iterator[bytes]:
    """The bytes of a text, block by block, once checked: UTF-8, no NUL, no endless line."""
    start = unbroken = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if b"\0" in block:
                raise FileError(
                    name,
                    "contains NUL characters: it is not text, or UTF-16 without a byte order mark",
                    "save it as UTF-8, or name its encoding with --encoding utf-16-le",
                )
            pending = len(decoder.getstate()[0])
            try:
                if pending or not block.isascii():
                    decoder.decode(block)
            except UnicodeDecodeError as error:
                raise _BadByteError(start - pending + error.start) from None
            unbroken = 0 if b"\n" in block or b"\r" in block else unbroken + len(block)
            if unbroken > LONGEST_LINE:
                raise FileError(
                    name, f"has a line of over {LONGEST_LINE:,} bytes", "save a row a line"
                )
            start += len(block)
            yield block
    if decoder.getstate()[0]:
        raise _BadByteError(start - 1)


def _row_at(path: Path, offset: int) -> int:
    """The row of the byte at ``offset``, counting newlines."""
    newlines = 0
    with path.open("rb") as file:
        while offset > 0 and (block := file.read(min(_BLOCK, offset))):
            newlines += block.count(b"\n")
            offset -= len(block)
    return newlines + 1
