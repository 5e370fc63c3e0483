"""The text of a document: plain, Markdown, or HTML without its tags."""

import re
from html.parser import HTMLParser
from pathlib import PurePath

from analytics.errors import InputError
from data.files.encoding import decoded
from data.files.other_formats import binary_format

#: Endings of the documents that are read; a file without one is plain text.
ENDINGS = (".txt", ".md", ".html", ".htm")
MAX_BYTES = 5_000_000
_SKIPPED = frozenset(("script", "style", "title", "template", "noscript", "svg"))
_BLOCK_TAGS = (
    "address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table td th tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_EMPHASIS = re.compile(r"\*\*|__|`")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,1000}\)")


def document_text(name: str, content: bytes) -> str:
    """The words of a document, its lines kept; ``name`` says by its ending what it is.

    Raises `InputError` for another kind of file, one that is not text, or one
    over `MAX_BYTES`.
    """
    ending = PurePath(name).suffix.casefold()
    if ending in (".csv", ".tsv"):
        raise InputError(
            f"{name}: a {ending} file is a table of many rows, not the text of one posting; save "
            "the posting as .txt, .md or .html"
        )
    if ending and ending not in ENDINGS:
        raise InputError(
            f"{name}: {ending} files are not read; save the text as .txt, .md or .html, or paste it"
        )
    if len(content) > MAX_BYTES:
        raise InputError(f"{name}: is over {MAX_BYTES // 1_000_000} MB; save the posting alone")
    if other := binary_format(content):
        raise InputError(f"{name}: is {other.what}; save the text as .txt, .md or .html")
    text = decoded(content)
    if "\0" in text:
        raise InputError(f"{name}: holds NUL characters, so it is not text; save it as UTF-8 text")
    if ending in (".html", ".htm"):
        return _html_text(text)
    return _EMPHASIS.sub("", _LINK.sub(r"\1", text)) if ending == ".md" else text


def _html_text(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


class _Text(HTMLParser):
    """Gathers the text between tags; block elements begin and end lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            self._depth += tag == self._skipping
        elif tag in _SKIPPED:
            self._skipping, self._depth = tag, 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._depth -= tag == self._skipping
            self._skipping = self._skipping if self._depth else ""
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and not self._skipping:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            # A line end inside a paragraph is a blank.
            self.parts.append(" ".join(data.split("\n")))
