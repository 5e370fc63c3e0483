"""`bandstand export`: tables as files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.engine_answers import ask_engine, check_answerer, in_records_spelling
from commands.people_shared import owner_only
from commands.shared import (
    Format,
    OutFile,
    known_spelling,
    output_format,
    parse_day,
    parse_percentiles,
    read_store,
    write_table,
)
from data.store.location import store_path

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from data.records.bands import PayRecords
    from data.records.question import RecordQuery

export = typer.Typer(
    help="Write a table as CSV, Excel, Parquet or JSON.\n\n"
    "Example: bandstand export bands --level P3",
    no_args_is_help=True,
)


@export.command()
def ladder(
    name: Annotated[str, typer.Argument(help="A ladder, such as canon.")],
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """A ladder's levels with what each asks, one column a dimension.

    Example: bandstand export ladder canon --out ladder.csv
    """
    from data.catalog.ladders import ladder_table

    write_table(
        read_store(lambda con: ladder_table(con, name)),
        f"ladder {name}",
        {},
        output_format(fmt, out),
        out,
    )


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
    from analytics.market_tables import band_table
    from analytics.ote import parse_split
    from data.catalog.market import Filters, check_known, read_market

    fmt = output_format(fmt, out)
    wanted = parse_percentiles(percentiles)
    divided = parse_split(split) if split is not None else None
    market = read_store(read_market)
    filters = Filters(
        level=known_spelling(level, market.levels.level),
        focus=known_spelling(focus, market.levels.focus_title),
        track=known_spelling(track, market.levels.track),
    )
    check_known(market, filters)
    table = filters.keep(band_table(market, wanted, divided)).drop(columns="series")
    asked = {k: ", ".join(v) for k, v in vars(filters).items() if v}
    asked |= {"percentiles": percentiles, "split": split or "none"}
    write_table(table, "bands", asked, fmt, out)


@export.command()
def steps(fmt: Format = None, out: OutFile = "-") -> None:
    """Steps between levels on modelled medians, with their intervals.

    Example: bandstand export steps --out steps.xlsx
    """
    from analytics.market_tables import level_difference_table
    from data.catalog.market import read_market

    market = read_store(read_market)
    write_table(level_difference_table(market), "steps", {}, output_format(fmt, out), out)


@export.command()
def benchmarks(
    percentiles: Annotated[str, typer.Option(help="Per cent, with commas.")] = "10,25,50,75,90",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """What is published for whole functions and occupations.

    Example: bandstand export benchmarks --percentiles 25,50,75
    """
    from analytics.market_tables import benchmark_table
    from data.catalog.market import read_market

    market = read_store(read_market)
    table = benchmark_table(market, parse_percentiles(percentiles)).drop(columns="series")
    asked = {"percentiles": percentiles}
    write_table(table, "benchmarks", asked, output_format(fmt, out), out)


@export.command()
def wages(
    soc: Annotated[list[str] | None, typer.Option(help="An occupation code; repeatable.")] = None,
    year: Annotated[list[int] | None, typer.Option(help="An OEWS year; repeatable.")] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="A city, area or state; repeatable. The nation if none, or all."),
    ] = None,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """BLS OEWS wages by occupation, year and area; at_least names figures that are only a bound.

    Example: bandstand export wages --soc 43-4051 --area Denver
    """
    from data.catalog.wages import read_wages

    fmt = output_format(fmt, out)
    socs, years, areas = soc or [], year or [], area or ["United States"]
    table = read_store(lambda con: read_wages(con, socs, years, areas))
    asked = {
        "soc": ", ".join(socs) or "all",
        "year": ", ".join(map(str, years)) or "all",
        "area": "; ".join(dict.fromkeys(table.area)) if "all" not in areas else "all",
    }
    write_table(table, "wages", asked, fmt, out)


@export.command("record-bands")
def record_bands(
    by: Annotated[str, typer.Option(help="One or two dimensions, with a comma.")] = "level",
    where: Annotated[list[str] | None, typer.Option(help="DIMENSION=VALUE; repeatable.")] = None,
    element: Annotated[
        str, typer.Option(help="base, target_cash, total_comp or overtime.")
    ] = "base",
    currency: Annotated[str, typer.Option(help="If the records have several.")] = "",
    since: Annotated[str, typer.Option(help="First day, such as 2026-01-01.")] = "",
    until: Annotated[str, typer.Option(help="Last day.")] = "",
    percentiles: Annotated[str, typer.Option(help="Per cent, with commas.")] = "10,25,50,75,90",
    snapshots: Annotated[
        str,
        typer.Option(help="Of several dates of an organization: the latest, or all pooled."),
    ] = "latest",
    interval: Annotated[
        str,
        typer.Option(help="Intervals of the market, from five organizations on, or of the people."),
    ] = "market",
    mode: Annotated[
        str, typer.Option(help="owner, or aggregate for others to see; else as BANDSTAND_RECORDS.")
    ] = "",
    ask: Annotated[
        str,
        typer.Option(
            help="Of records on an engine: engine itself, or copy, not compared with it first."
        ),
    ] = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Exact bands of the pay records, with intervals, for any part of them.

    Dimensions are function, focus, level, place, title, size, organisation and year.

    Example: bandstand export record-bands --by focus,level --where place=Boston --mode aggregate
    """
    from data.records import bands as records
    from data.records.engines.settings import engine_is_set
    from data.records.published import holds_nothing_else, published_table, published_values
    from data.records.question import AGGREGATE, INTERVALS, OWNER, RecordQuery, server_mode

    mode = mode or server_mode()
    check_answerer(ask)
    if mode == OWNER:
        owner_only("export bands of any part of the records")
    fmt = output_format(fmt, out)
    pairs = [_pair(text) for text in where or []]
    asked = RecordQuery(
        currency,
        element,
        tuple(name.strip() for name in by.split(",") if name.strip()),
        tuple((name, (value,)) for name, value in pairs),
        parse_day(since),
        parse_day(until),
        tuple(parse_percentiles(percentiles)),
        mode,
        snapshots,
        interval,
    ).checked()

    def answer(con: "duckdb.DuckDBPyConnection") -> "pd.DataFrame":
        others = mode == AGGREGATE and holds_nothing_else(con)
        if engine_is_set() and not others:
            return ask_engine(con, asked, ask)
        if not others and not records.has_records(con):
            raise InputError("no pay records are loaded; 'bandstand load records FILE' does")
        known = published_values(con) if others else records.known_values(con)
        whole = in_records_spelling(asked, known)
        if others:
            return published_table(con, whole)
        pay_records = records.PayRecords.open(con, store_path())
        _say_notes(con, pay_records, whole)
        return records.record_band_table(con, pay_records, whole)

    said = {
        "by": by, "where": ", ".join(where or []) or "all", "element": element, "mode": mode,
        "since": since or "the first", "until": until or "the last", "percentiles": percentiles,
        "snapshots": snapshots, "interval": INTERVALS[interval],
    }  # fmt: skip
    write_table(read_store(answer), "record bands", said, fmt, out)


def _say_notes(
    con: "duckdb.DuckDBPyConnection", records: "PayRecords", query: "RecordQuery"
) -> None:
    """Say on stderr what the figures of a query rest on; others than the owner see no names."""
    from data.records.question import ALL_DATES, LATEST, OWNER
    from data.records.snapshots import date_notes, snapshots_of

    if query.mode != OWNER:
        return
    for sentence in records.index.spellings.notes(query.by, query.where):
        typer.echo(f"bandstand: {sentence}", err=True)
    if not records.index.several_dates:
        return
    notes = date_notes(snapshots_of(con, query), query)
    for sentence in notes.sentences:
        typer.echo(f"bandstand: {sentence}", err=True)
    if notes.pooled:
        other = ALL_DATES if query.snapshots == LATEST else LATEST
        typer.echo(f"bandstand: --snapshots {other} counts the other way", err=True)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"--where {text!r}: say it as DIMENSION=VALUE")
    return name.strip(), value.strip()


_LOADED = {
    "surveys": "The jobs and figures of the surveys that you loaded.",
    "records": "The pay records that you loaded.",
    "roster": "Your own people, as you loaded them.",
    "ranges": "The pay ranges that you loaded.",
    "oews": "The BLS wages that you loaded yourself.",
}
#: Kinds whose rows are single persons.
_OF_PERSONS = ("records", "roster")


def _loaded(kind: str, about: str) -> Callable[..., None]:
    def command(
        load: Annotated[
            int | None, typer.Option(help="A load's number; else all that stand.")
        ] = None,
        fmt: Format = None,
        out: OutFile = "-",
    ) -> None:
        from queries import run as ask

        if kind in _OF_PERSONS:
            owner_only(f"export {kind} one by one")
        fmt = output_format(fmt, out)
        number = "" if load is None else str(load)
        table = read_store(lambda con: ask(con, f"loaded_{kind}", load=number))
        write_table(table, kind, {"load": number or "all that stand"}, fmt, out)

    command.__doc__ = f"{about}\n\n    Example: bandstand export {kind} --out {kind}.parquet"
    return command


for _kind, _about in _LOADED.items():
    export.command(_kind)(_loaded(_kind, _about))
