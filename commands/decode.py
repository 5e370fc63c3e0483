"""`bandstand decode`: a job posting read for its phrases, level and pay."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from analytics.suggestions import nearest
from commands.shared import read_bytes, read_store, readable


def decode(
    file: Annotated[Path, typer.Argument(help="A .txt, .md or .html file, or - for stdin.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """A job posting decoded: phrases, level, pay, nearest profiles, what it leaves out.

    The posting's text is not stored and not logged.

    Example: bandstand decode posting.txt
    """
    from data.catalog.postings import as_json, as_text, posting_reader
    from data.files.document_text import MAX_BYTES, document_text

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    if str(file) == "-":
        name, content = "stdin", sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        name, content = readable(file.name), read_bytes(file)
    text = document_text(name, content)
    posting = read_store(posting_reader).read(text)
    typer.echo(as_json(posting) if fmt == "json" else as_text(posting))
