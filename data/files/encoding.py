"""Detect a text file's encoding, check it, and translate it to UTF-8."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.files.problems import FileError

#: The longest line, and so the longest cell, that is read.
LONGEST_LINE = 1 << 26
_BLOCK = 1 << 22
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True)
class Utf8Text:
    """A text in UTF-8, with or without a byte order mark.

    ``encoding`` is the one that the file had. ``lines`` counts its lines, or is
    -1 where line ends are mixed.
    """

    path: Path
    encoding: str
    lines: int


def as_utf8(name: str, path: Path, folder: Path, encoding: str = "") -> Utf8Text:
    """A text file in UTF-8, translated into ``folder`` if it has another encoding.

    The encoding is the given one, else that of the byte order mark, else UTF-8
    if the bytes are valid, else Windows-1252. Raises `FileError` if the file is
    not text, or has a byte that is not valid in its encoding.
    """
    given = encoding or _encoding_of_mark(path)
    encoding = given or "utf-8"
    if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig"):
        try:
            return Utf8Text(path, encoding, _count_lines(name, path))
        except _BadByteError as error:
            if given or _mostly_utf8(path):
                raise _bad_byte(name, _row_at(path, error.offset), encoding) from None
            encoding = "cp1252"
    translated = _translate(name, path, encoding, folder / "translated")
    return Utf8Text(translated, encoding, _count_lines(name, translated))


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
        return content.decode("cp1252", errors="replace")


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


def _translate(name: str, path: Path, encoding: str, to: Path) -> Path:
    row = 1
    try:
        with path.open(encoding=encoding, newline="") as file, to.open("wb") as out:
            while text := file.read(_BLOCK):
                out.write(text.encode("utf-8"))
                row += text.count("\n")
    except UnicodeError:
        raise _bad_byte(name, row, encoding) from None
    return to


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


def _bad_byte(name: str, row: int, encoding: str) -> FileError:
    return FileError(
        name,
        f"contains a byte, in row {row:,} or later, that is not {encoding}",
        "save the file as UTF-8, or name its encoding with --encoding",
    )
