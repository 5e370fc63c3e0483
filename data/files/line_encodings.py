"""A text whose lines have different encodings: UTF-8 and Windows-1252, told line by line."""

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from data.files.problems import FileError

#: The longest line, and so the longest cell, that is read.
LONGEST_LINE = 1 << 23
UTF8, WINDOWS = "utf-8", "cp1252"
#: How encodings are called on screen.
LABELS = {UTF8: "UTF-8", WINDOWS: "Windows-1252"}
#: Odd lines whose words are kept, and how many characters of each.
_KEPT, _CHARACTERS = 500, 120
_BLOCK = 1 << 22
#: A line that is UTF-8 only if the text is, and one of which a part is UTF-8 and a part is not.
_UNCLEAR, _TORN = "unclear", "torn"


@dataclass(frozen=True)
class OddLine:
    """A line, counted from 1, whose encoding is not that of the text or not certain."""

    number: int
    encoding: str
    words: str

    @property
    def label(self) -> str:
        """How the line was read, in words."""
        return LABELS.get(self.encoding, self.encoding)

    def __str__(self) -> str:
        words = f": {self.words!r}" if self.words else ""
        return f"line {self.number:,} as {self.label}{words}"


@dataclass(frozen=True)
class LineEncodings:
    """The encoding that most lines of a text have, and the lines to look at.

    ``first`` are the first of ``odd`` lines. ``named`` if the user named the encoding.
    """

    usual: str
    odd: int = 0
    first: tuple[OddLine, ...] = ()
    named: bool = False

    def note(self) -> str:
        """What to look at, as a sentence; empty where every line is alike."""
        if not self.odd:
            return ""
        lines = "1 line" if self.odd == 1 else f"{self.odd:,} lines"
        usual = LABELS.get(self.usual, self.usual)
        first = f"{'the first is ' if self.odd > 1 else ''}{self.first[0]}"
        if self.named:
            are = "is" if self.odd == 1 else "are"
            return (
                f"{lines} {are} proper UTF-8, and read as {usual} as you asked: {first}; "
                "without --encoding each line is read by its own"
            )
        return (
            f"the text is {usual} except for {lines}, read by "
            f"{'its' if self.odd == 1 else 'their'} own encoding: "
            f"{first}; --encoding reads all lines alike"
        )

    def without_words(self) -> "LineEncodings":
        """The same without what the lines say, since some of it is private."""
        return replace(self, first=tuple(replace(line, words="") for line in self.first))


#: Of a table that is no text.
ALL_ALIKE = LineEncodings("")


def has_utf8(name: str, path: Path) -> bool:
    """Whether a text has any bytes beyond ASCII that could be UTF-8."""
    return any(_has_sequence(block) for _, block in _blocks(name, path))


def translate_lines(name: str, path: Path, to: Path) -> LineEncodings:
    """Write a text that is not UTF-8 throughout as UTF-8, each line by its own encoding.

    A line that is UTF-8 by chance, such as one with the Windows-1252 bytes of É’,
    has the encoding of most others. Raises `FileError` for a line that has neither
    encoding, or both.
    """
    usual = _usual(name, path)
    odd = 0
    first: list[OddLine] = []
    with to.open("wb") as out:
        for number, line in _lines(name, path):
            if line.isascii():
                out.write(line)
                continue
            kind = _kind(line)
            encoding = UTF8 if kind == UTF8 or (kind == _UNCLEAR and usual == UTF8) else WINDOWS
            text = _decoded(name, number, line, encoding, torn=kind == _TORN and usual == UTF8)
            out.write(text.encode())
            if encoding != usual or (usual == WINDOWS and kind != WINDOWS):
                odd += 1
                if odd <= _KEPT:
                    first.append(OddLine(number, encoding, text.strip()[:_CHARACTERS]))
    return LineEncodings(usual, odd, tuple(first))


def misread_lines(name: str, path: Path, encoding: str) -> LineEncodings:
    """The lines of a text that are proper UTF-8, though the text is said to have ``encoding``."""
    odd = [
        OddLine(number, encoding, line.decode(encoding, "replace").strip()[:_CHARACTERS])
        for number, line in _lines(name, path)
        if not line.isascii() and _kind(line) == UTF8
    ]
    return LineEncodings(encoding, len(odd), tuple(odd[:_KEPT]), named=True)


def bad_byte(name: str, row: int, encoding: str) -> FileError:
    """The error for a byte that a text's encoding does not have."""
    return FileError(
        name,
        f"contains a byte, in row {row:,} or later, that is not {encoding}",
        "save the file as UTF-8, or name its encoding with --encoding",
    )


def _usual(name: str, path: Path) -> str:
    """The encoding of most lines that are not ASCII."""
    kinds = Counter(_kind(line) for _, line in _lines(name, path) if not line.isascii())
    return WINDOWS if kinds[WINDOWS] > kinds[UTF8] + kinds[_UNCLEAR] + kinds[_TORN] else UTF8


def _kind(line: bytes) -> str:
    """What a line that is not ASCII is: UTF-8, Windows-1252, unclear or torn."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        rest = line.decode(errors="ignore")
        return _TORN if not rest.isascii() and _is_western(rest) else WINDOWS
    return UTF8 if _is_western(text) or not _has(line, WINDOWS) else _UNCLEAR


def _has_sequence(block: bytes) -> bool:
    """Whether bytes look like a character of UTF-8: a first byte, and as many others as it needs.

    Of four bytes the first three will do.
    """
    codes = np.frombuffer(block, np.uint8)
    follows = (codes & 0xC0) == 0x80
    of_two = (codes >= 0xC2) & (codes < 0xE0)
    longer = (codes >= 0xE0) & (codes < 0xF5)
    two, three = of_two[:-1] & follows[1:], longer[:-2] & follows[1:-1] & follows[2:]
    return bool(two.any() or three.any())


def _is_western(text: str) -> bool:
    """Whether Windows-1252 has every character: then those bytes are UTF-8 by no chance."""
    try:
        text.encode(WINDOWS)
    except UnicodeEncodeError:
        return False
    return True


def _has(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(name: str, number: int, line: bytes, encoding: str, *, torn: bool) -> str:
    if torn:
        raise bad_byte(name, number, UTF8)
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        raise bad_byte(name, number, encoding) from None


def _lines(name: str, path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a text with their ends and numbers; a block at once that is ASCII."""
    for number, block in _blocks(name, path):
        if block.isascii():
            yield number, block
        else:
            yield from enumerate(block.splitlines(keepends=True), number)


def _blocks(name: str, path: Path) -> Iterator[tuple[int, bytes]]:
    """A text without its byte order mark in blocks of whole lines, with the first one's number."""
    number, rest = 1, b""
    with path.open("rb") as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        while read := file.read(_BLOCK):
            block = rest + read
            # A file of the old Mac ends its lines with a return alone.
            end = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, -1) + 1
            block, rest = block[:end], block[end:]
            if len(rest) > LONGEST_LINE:
                reason = f"has a line of over {LONGEST_LINE:,} bytes"
                raise FileError(name, reason, "save a row a line")
            yield number, block
            number += len(block.splitlines()) if b"\r" in block else block.count(b"\n")
    if rest:
        yield number, rest
