"""The door for scripts: build the store, open the dashboard, export tables."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from analytics.errors import BandstandError, InputError, UnknownNameError
from data.names import exact, nearest
from data.store_path import store_path

# pandas and DuckDB are imported where a command needs them: `bandstand run` has
# the server up, and the browser loading, while the dashboard imports its own.
if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from data.market import Market

app = typer.Typer(
    help="Bandstand, the open compensation workbench.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
export = typer.Typer(
    help="Write a table as CSV, Excel or JSON.\n\nExample: bandstand export bands --level P3",
    no_args_is_help=True,
)
app.add_typer(export, name="export")

OutFile = Annotated[str, typer.Option("--out", help="File to write, or - for the terminal.")]
Format = Annotated[
    str | None, typer.Option("--format", help="csv, xlsx or json; else as --out ends, else csv.")
]
FORMATS = ("csv", "xlsx", "json")
T = TypeVar("T")


@app.command()
def build() -> None:
    """(Re)make the store from the seeds; what you loaded yourself stays.

    Example: bandstand build
    """
    from data.build import build as build_store

    path = store_path()
    rows = build_store(path)
    typer.echo(f"{path}: {sum(rows.values()):,} rows in {len(rows)} tables")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(context: typer.Context) -> None:
    """Open the dashboard; further words go to Streamlit.

    Example: bandstand run --server.port 8600
    """
    from streamlit.web.cli import main as streamlit

    if not store_path().exists():
        build()
    page = Path(__file__).parent / "dashboard.py"
    streamlit(["run", str(page), *context.args], prog_name="bandstand")


@app.command()
def profile(
    code: Annotated[str, typer.Argument(help="FUNCTION.FOCUS.LEVEL.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """One job profile: its place, work, review and neighbours.

    Example: bandstand profile CUSTOM1.CUSTOMERBDCB.M6
    """
    from data.profiles import as_json, as_text, profile_sheet

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    sheet = _read(lambda con: profile_sheet(con, code))
    typer.echo(as_json(sheet) if fmt == "json" else as_text(sheet))


@app.command()
def compare(
    codes: Annotated[list[str], typer.Argument(help="Two to four profile codes.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Job profiles side by side: distance, pay, what they ask, work and skills.

    Example: bandstand compare CUSTOM1.CUSTOMERBDCB.M5 CUSTOM1.CUSTOMERBDCB.M6
    """
    import json

    from data.compare import compare as side_by_side
    from data.market import read_market

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    found = _read(lambda con: side_by_side(con, read_market(con), codes))
    if fmt == "json":
        rows = {key: frame.to_dict("records") for key, frame in found.items()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=float))
        return
    for key, frame in found.items():
        typer.echo(f"{key.capitalize()}\n{frame.to_csv(sep=chr(9), index=False)}")


@export.command()
def bands(
    level: Annotated[
        list[str] | None, typer.Option(help="A level, such as P3; repeatable.")
    ] = None,
    focus: Annotated[list[str] | None, typer.Option(help="A focus's title; repeatable.")] = None,
    track: Annotated[list[str] | None, typer.Option(help="professional or management.")] = None,
    percentiles: Annotated[str, typer.Option(help="Per cent, with commas.")] = "10,25,50,75,90",
    split: Annotated[
        str | None,
        typer.Option(help="Base/variable, such as 80/20; of pay with equity, base at most."),
    ] = None,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Pay bands by level and source.

    Example: bandstand export bands --track management --split 80/20 --out bands.csv
    """
    from analytics.ote import parse_split
    from data.market import Filters, band_table, check_known, read_market

    fmt = _format(fmt, out)
    wanted = _percentiles(percentiles)
    divided = parse_split(split) if split is not None else None
    market = _read(read_market)
    filters = Filters(
        level=_spelled(level, market.levels.level),
        focus=_spelled(focus, market.levels.focus_title),
        track=_spelled(track, market.levels.track),
    )
    check_known(market, filters)
    table = filters.keep(band_table(market, wanted, divided)).drop(columns="series")
    asked = {k: ", ".join(v) for k, v in vars(filters).items() if v}
    asked |= {"percentiles": percentiles, "split": split or "none"}
    _write(table, "bands", asked, market, fmt, out)


@export.command()
def steps(fmt: Format = None, out: OutFile = "-") -> None:
    """Steps between levels on modelled medians, with their intervals.

    Example: bandstand export steps --out steps.xlsx
    """
    from data.market import read_market, step_table

    market = _read(read_market)
    _write(step_table(market), "steps", {}, market, _format(fmt, out), out)


@export.command()
def benchmarks(
    percentiles: Annotated[str, typer.Option(help="Per cent, with commas.")] = "10,25,50,75,90",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """What is published for whole functions and occupations.

    Example: bandstand export benchmarks --percentiles 25,50,75
    """
    from data.market import benchmark_table, read_market

    market = _read(read_market)
    table = benchmark_table(market, _percentiles(percentiles)).drop(columns="series")
    asked = {"percentiles": percentiles}
    _write(table, "benchmarks", asked, market, _format(fmt, out), out)


@export.command()
def wages(
    soc: Annotated[list[str] | None, typer.Option(help="An occupation code; repeatable.")] = None,
    year: Annotated[list[int] | None, typer.Option(help="An OEWS year; repeatable.")] = None,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """BLS OEWS wages by occupation and year; at_least names figures that are only a bound.

    Example: bandstand export wages --soc 43-4051 --year 2025
    """
    from data.market import read_market
    from queries import run as ask

    fmt = _format(fmt, out)
    everything = _read(lambda con: ask(con, "wages", socs=[], years=[]))
    for name, given, known in (
        ("occupation", soc or [], sorted(set(everything.soc))),
        ("year", [str(y) for y in year or []], sorted({str(y) for y in everything.year})),
    ):
        for value in given:
            if value not in known:
                raise UnknownNameError(f"no {name} {value!r}; {nearest(value, known)}")
    table = _read(lambda con: ask(con, "wages", socs=soc or [], years=year or []))
    years = ", ".join(map(str, year or [])) or "all"
    asked = {"soc": ", ".join(soc or []) or "all", "year": years}
    _write(table, "wages", asked, _read(read_market), fmt, out)


def main() -> None:
    """Run a command; our own errors go to stderr in one line, with exit code 2."""
    try:
        app()
    except BandstandError as error:
        typer.echo(f"bandstand: {error}", err=True)
        sys.exit(2)


def _read(question: "Callable[[duckdb.DuckDBPyConnection], T]") -> T:
    from data.freshness import ensure
    from data.store import open_to_read

    path = store_path()
    ensure(path)
    con = open_to_read(path)
    try:
        return question(con)
    finally:
        con.close()


def _spelled(given: list[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """Names as the store spells them; what it doesn't know stays as typed."""
    names = list(dict.fromkeys(known))
    return tuple(exact(name, names) or name for name in given or [])


def _percentiles(text: str) -> list[float]:
    try:
        wanted = sorted({float(part) for part in text.split(",")})
    except ValueError:
        wanted = []
    if not wanted or not all(0 < p < 100 for p in wanted):
        raise InputError(
            f"percentiles {text!r}; write them like 10,25,50,75,90, above 0 and below 100"
        )
    return [p / 100 for p in wanted]


def _format(asked: str | None, out: str) -> str:
    fmt = (asked or "").lower() or (Path(out).suffix.lstrip(".").lower() or "csv")
    if fmt not in FORMATS:
        raise InputError(f"no format {fmt!r}; {nearest(fmt, FORMATS)}")
    if fmt == "xlsx" and out == "-":
        raise InputError("an Excel file can't go to the terminal; add --out FILE.xlsx")
    return fmt


def _write(
    table: "pd.DataFrame", what: str, asked: dict[str, str], market: "Market", fmt: str, out: str
) -> None:
    from data import exports
    from data.market import sources_of

    about = {"Table": what, **asked}
    if fmt == "csv":
        payload = exports.to_csv(table, bom=out != "-")
    elif fmt == "json":
        payload = exports.to_json(table)
    else:
        payload = exports.to_excel(table, about, sources_of(market.sources, table))
    exports.record(store_path(), what, about, len(table), payload)
    try:
        if out == "-":
            sys.stdout.buffer.write(payload)
            sys.stdout.buffer.flush()
        else:
            Path(out).write_bytes(payload)
    except OSError as error:
        raise InputError(f"{out or '--out'}: can't be written: {error.strerror}") from error
    if table.empty:
        typer.echo("bandstand: no row passes all of these filters", err=True)
    if out == "-":
        return
    typer.echo(f"{out}: {len(table):,} rows", err=True)


if __name__ == "__main__":
    main()
