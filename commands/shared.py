"""What the commands share: reading and changing the store, and writing what they found."""

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

# pandas and DuckDB are imported where a command needs them: `bandstand run` has
# the server up, and the browser loading, while the dashboard imports its own.
if TYPE_CHECKING:
    import duckdb
    import pandas as pd

OutFile = Annotated[str, typer.Option("--out", help="File to write, or - for the terminal.")]
Format = Annotated[
    str | None, typer.Option("--format", help="csv, xlsx, parquet or json; else as --out ends.")
]
FORMATS = ("csv", "xlsx", "json", "parquet")
T = TypeVar("T")
_warned = False


def read_store(question: "Callable[[duckdb.DuckDBPyConnection], T]") -> T:
    """The answer of the store, opened to read for this once."""
    from data.build.ensure import ensure_built
    from data.store.connection import open_to_read

    path = store_path()
    ensure_built(path)
    con = open_to_read(path)
    try:
        _warn_of_damage(con)
        return question(con)
    finally:
        con.close()


def change_store(action: "Callable[[duckdb.DuckDBPyConnection], T]") -> T:
    """What a change to the store returns, opened to write for this once."""
    from data.build.ensure import ensure_built
    from data.store.connection import open_to_write

    path = store_path()
    ensure_built(path)
    con = open_to_write(path)
    try:
        _warn_of_damage(con)
        return action(con)
    finally:
        con.close()


def _warn_of_damage(con: "duckdb.DuckDBPyConnection") -> None:
    """Say at opening which loads are damaged; the work goes on with what is there."""
    from data.imports.integrity import damaged_loads

    global _warned
    if not _warned:
        for words in damaged_loads(con):
            typer.echo(f"bandstand: damaged: {words}", err=True)
        _warned = True


def read_bytes(file: Path) -> bytes:
    """A file's bytes; raises `InputError`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error


def readable(text: str) -> str:
    """A word of the command line without bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def known_spelling(given: list[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """Names as the store spells them; what it doesn't know stays as typed."""
    names = list(dict.fromkeys(known))
    return tuple(exact(name, names) or name for name in given or [])


def parse_percentiles(text: str) -> list[float]:
    """Shares from ``10,25,50``; raises `InputError`."""
    try:
        wanted = sorted({float(part) for part in text.split(",")})
    except ValueError:
        wanted = []
    if not wanted or not all(0 < p < 100 for p in wanted):
        raise InputError(
            f"percentiles {text!r}; write them like 10,25,50,75,90, above 0 and below 100"
        )
    return [p / 100 for p in wanted]


def parse_day(text: str) -> str:
    """A day such as ``2026-03-01``, or nothing; raises `InputError`."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError(f"{text!r} is not a day; write it like 2026-03-01") from None


def output_format(asked: str | None, out: str) -> str:
    """csv, xlsx, json or parquet; raises `InputError`."""
    fmt = (asked or "").lower() or (Path(out).suffix.lstrip(".").lower() or "csv")
    if fmt not in FORMATS:
        raise InputError(f"no format {fmt!r}; {nearest(fmt, FORMATS)}")
    if fmt in ("xlsx", "parquet") and out == "-":
        raise InputError(f"{fmt} can't go to the terminal; add --out FILE.{fmt}")
    return fmt


_NOTHING = "no row passes all of these filters"


def write_table(
    table: "pd.DataFrame",
    what: str,
    asked: dict[str, str],
    fmt: str,
    out: str,
    nothing: str = _NOTHING,
) -> None:
    """Write a table, and log that it left; ``nothing`` is said where it has no rows."""
    from analytics.market_tables import sources_of
    from data.files import exports
    from data.records.bands import without_sample_sizes
    from data.records.question import AGGREGATE
    from queries import run as ask

    about = {"Table": what, **asked}
    if fmt == "csv":
        payload = exports.to_csv(table, bom=out != "-")
    elif fmt == "json":
        payload = exports.to_json(table)
    elif fmt == "parquet":
        payload = exports.to_parquet(table)
    else:
        sources = read_store(lambda con: ask(con, "sources"))
        if asked.get("mode") == AGGREGATE:
            sources = without_sample_sizes(sources)
        payload = exports.to_excel(table, about, sources_of(sources, table))
    write_bytes(payload, what, about, len(table), out, nothing)


def write_bytes(
    payload: bytes,
    what: str,
    about: dict[str, str],
    rows: int,
    out: str,
    nothing: str = _NOTHING,
) -> None:
    """Log the bytes, then let them go; ``nothing`` is said where there are no rows."""
    from data.files import exports

    exports.log_export(store_path(), what, about, rows, payload)
    try:
        if out == "-":
            sys.stdout.buffer.write(payload)
            sys.stdout.buffer.flush()
        else:
            Path(out).write_bytes(payload)
    except OSError as error:
        raise InputError(f"{out or '--out'}: can't be written: {error.strerror}") from error
    if not rows:
        typer.echo(f"bandstand: {nothing}", err=True)
    if out == "-":
        return
    typer.echo(f"{out}: {rows:,} rows", err=True)


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
