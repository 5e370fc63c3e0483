"""Shared by the commands: read and change the store, parse options, write tables."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from analytics.errors import InputError
from analytics.suggestions import exact, nearest
from data.store.location import store_path

# pandas and DuckDB are imported only where a command needs them, so that `bandstand run`
# has the server up and the browser loading while the dashboard imports its own.
if TYPE_CHECKING:
    import duckdb
    import pandas as pd

OutFile = Annotated[str, typer.Option("--out", help="File to write, or - for the terminal.")]
Format = Annotated[
    str | None, typer.Option("--format", help="csv, xlsx, parquet or json; else as --out ends.")
]
Encoding = Annotated[str, typer.Option(help="Such as cp1252, if detected wrong.")]
Member = Annotated[str, typer.Option(help="The file in a zip of several.")]
Sheet = Annotated[str, typer.Option(help="The sheet of a workbook of several.")]
FORMATS = ("csv", "xlsx", "json", "parquet")
T = TypeVar("T")
_warned = False


def read_store(question: "Callable[[duckdb.DuckDBPyConnection], T]") -> T:
    """The answer to a question of the store, which is opened to read for this call."""
    from data.build.ensure import open_built

    con = open_built(store_path())
    try:
        _warn_of_damage(con)
        return question(con)
    finally:
        con.close()


def change_store(action: "Callable[[duckdb.DuckDBPyConnection], T]") -> T:
    """The result of a change to the store, which is opened to write for this call."""
    from data.build.ensure import open_built
    from data.store.connection import open_to_write

    con = open_built(store_path(), open_to_write)
    try:
        _warn_of_damage(con)
        return action(con)
    finally:
        con.close()


def _warn_of_damage(con: "duckdb.DuckDBPyConnection") -> None:
    """Name damaged loads, once per process; the command goes on with what is intact."""
    from data.imports.integrity import damaged_loads

    global _warned
    if not _warned:
        for message in damaged_loads(con):
            typer.echo(f"bandstand: damaged: {message}", err=True)
        _warned = True


def read_bytes(file: Path) -> bytes:
    """A file's bytes; raises `InputError`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error


def source_of(file: Path) -> Path | bytes:
    """A file's bytes, or a folder as it is; raises `InputError`."""
    return file if file.is_dir() else read_bytes(file)


def print_notes(notes: Iterable[str]) -> None:
    """How a file was read, a sentence a line, on stderr."""
    for note in notes:
        typer.echo(f"bandstand: {note}", err=True)


def readable(text: str) -> str:
    """An argument of the command line, its invalid bytes replaced."""
    return text.encode("utf-8", "replace").decode()


def known_spelling(names: list[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """Names as the store spells them; unknown names stay as typed."""
    options = list(dict.fromkeys(known))
    return tuple(exact(name, options) or name for name in names or [])


def parse_percentiles(text: str) -> list[float]:
    """Percentiles (0–1) from ``10,25,50``; raises `InputError`."""
    try:
        percents = sorted({float(part) for part in text.split(",")})
    except ValueError:
        percents = []
    if not percents or not all(0 < p < 100 for p in percents):
        raise InputError(
            f"percentiles {text!r} can't be read; write them like 10,25,50,75,90, above 0 and "
            "below 100"
        )
    return [p / 100 for p in percents]


def parse_day(text: str) -> str:
    """A date such as ``2026-03-01``, or empty; raises `InputError`."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError(f"{text!r} is not a date; write it like 2026-03-01") from None


def output_format(option: str | None, out: str) -> str:
    """csv, xlsx, json or parquet: the option, else as ``out`` ends; raises `InputError`."""
    fmt = (option or "").lower() or (Path(out).suffix.lstrip(".").lower() or "csv")
    if fmt not in FORMATS:
        raise InputError(f"no format {fmt!r}; {nearest(fmt, FORMATS)}")
    if fmt in ("xlsx", "parquet") and out == "-":
        raise InputError(f"{fmt} can't go to the terminal; add --out FILE.{fmt}")
    return fmt


_NO_ROWS = "no rows: nothing of the kind is loaded, or none of it passes all of these filters"


def write_table(
    table: "pd.DataFrame",
    what: str,
    options: dict[str, str],
    fmt: str,
    out: str,
    nothing: str = _NO_ROWS,
    spec: str = "",
) -> None:
    """Write a table, and log the export; ``nothing`` is printed if it has no rows.

    ``what`` names the table, ``options`` those that it was made with. A workbook holds the
    ``spec``, if there is one, for `bandstand verify`.
    """
    from analytics.market_tables import sources_of
    from data.files import exports
    from data.records.bands import without_sample_sizes
    from data.records.question import AGGREGATE
    from queries import run as ask

    about = {"Table": what, **options}
    if fmt == "csv":
        payload = exports.to_csv(table, bom=out != "-")
    elif fmt == "json":
        payload = exports.to_json(table)
    elif fmt == "parquet":
        payload = exports.to_parquet(table)
    else:
        sources = read_store(lambda con: ask(con, "sources"))
        if options.get("mode") == AGGREGATE:
            sources = without_sample_sizes(sources)
        payload = exports.to_excel(table, about, sources_of(sources, table), spec)
    write_bytes(payload, what, about, len(table), out, nothing)


def write_bytes(
    payload: bytes,
    what: str,
    about: dict[str, str],
    rows: int,
    out: str,
    nothing: str = _NO_ROWS,
) -> None:
    """Log the export, then write the bytes; ``nothing`` is printed if there are no rows."""
    write_file(payload, what, about, rows, out)
    if not rows:
        typer.echo(f"bandstand: {nothing}", err=True)
    if out == "-":
        return
    typer.echo(f"{out}: {rows:,} rows", err=True)


def write_file(payload: bytes, what: str, about: dict[str, str], rows: int, out: str) -> None:
    """Log the export, then write the bytes to a file, or ``-`` for the terminal."""
    from data.files import exports
    from data.files.whole_file import write_whole
    from data.store.disk_errors import in_words

    exports.log_export(store_path(), what, about, rows, payload)
    try:
        if out == "-":
            sys.stdout.buffer.write(payload)
            sys.stdout.buffer.flush()
        else:
            write_whole(Path(out), payload)
    except OSError as error:
        raise InputError(f"{out or '--out'}: can't be written: {in_words(error)}") from error


@contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, moved by telling the share that is done; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=1.0)
        yield lambda share: bar.update(task, completed=share)
