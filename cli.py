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
load = typer.Typer(
    help="Load what is yours, checked before anything is kept.\n\n"
    "Example: bandstand load taxonomy my-taxonomy",
    no_args_is_help=True,
)
app.add_typer(export, name="export")
app.add_typer(load, name="load")

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


@app.command()
def match(
    titles: Annotated[list[str] | None, typer.Argument(help="Job titles.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Titles: a column called title, or one a line.")
    ] = None,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Which job profiles titles mean, with confidence and reason.

    Example: bandstand match "Sr. CSM" "VP customer success" --format json
    """
    import json

    from data.matching import match_list, match_table, read_matcher, titles_in

    fmt = _format(fmt, out)
    wanted = [_readable(title) for title in titles or []]
    if file is not None:
        wanted += titles_in(file.name, _bytes_of(file))
    if not wanted:
        raise InputError("no titles; give some, or --file FILE")
    matcher = _read(read_matcher)
    if fmt != "json":
        _write(match_table(matcher, wanted), "matches", {"titles": str(len(wanted))}, fmt, out)
        return
    found = match_list(matcher, wanted)
    payload = (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
    _hand_over(payload, "matches", {"titles": str(len(wanted))}, len(found), out)


@app.command()
def price(
    file: Annotated[Path, typer.Argument(help="A CSV of jobs and sources, or a pricing.json.")],
    to: Annotated[str | None, typer.Option(help="Month to age to, such as 2027-01.")] = None,
    basis: Annotated[str, typer.Option(help="base, target_cash or total_comp.")] = "base",
    target: Annotated[float, typer.Option(help="Percentile, 50 for the median.")] = 50.0,
    rate: Annotated[
        float | None, typer.Option(help="Yearly rise, per cent; else the newest ECI.")
    ] = None,
    split: Annotated[float, typer.Option(help="Base, per cent of target cash.")] = 80.0,
    equity: Annotated[float, typer.Option(help="Equity, per cent of total compensation.")] = 0.0,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Jobs priced from several sources each, to one date and basis.

    A pricing.json that the dashboard exported is computed again from its inputs.

    Example: bandstand price jobs.csv --to 2027-01 --basis base --out priced.csv
    """
    from datetime import date

    from analytics.ageing import Month, parse_month
    from analytics.pricing import BASES, Pricing, Rate
    from data.price_file import answer_table, price_jobs, read_jobs
    from data.pricing_spec import from_spec
    from queries import run as ask

    fmt = _format(fmt, out)
    content = _bytes_of(file)
    today = Month(date.today().year, date.today().month)
    if basis not in BASES:
        raise InputError(f"no pay basis {basis!r}; {nearest(basis, list(BASES))}")
    if content.lstrip()[:1] == b"{":
        jobs = [from_spec(content.decode("utf-8", "replace"))]
    else:
        usual = Rate((rate or 0) / 100, "your rate")
        if rate is None:
            changes = _read(lambda con: ask(con, "cost_changes"))
            eci = changes[changes.worker_group == "Management, professional, and related"].iloc[0]
            usual = Rate(float(eci.rate), f"ECI, {eci.worker_group}, to {eci.quarter}")
        settings = Pricing(
            "",
            basis,
            parse_month(to) if to else today,
            usual,
            (),
            round(target / 100, 6),
            split=split / 100,
            equity=equity / 100,
        )
        jobs = read_jobs(file.name, content, settings, today)
    table = answer_table(price_jobs(file.name, jobs))
    asked = {"file": _readable(file.name), "basis": basis, "to": str(jobs[0].to)}
    _write(table, "prices", asked, fmt, out)


@load.command("taxonomy")
def load_taxonomy(
    folder: Annotated[Path, typer.Argument(help="Folder with functions.csv and the others.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    reject_to: Annotated[
        str | None, typer.Option("--reject-to", help="File for all that is wrong.")
    ] = None,
) -> None:
    """A taxonomy of your own: all of it, or nothing.

    Example: bandstand load taxonomy my-taxonomy
    """
    from data import imports, taxonomy, taxonomy_files
    from data.problems import RejectedError, problem_table

    files = taxonomy_files.files_of(folder)
    name = _readable(folder.resolve().name)
    try:
        if not dry_run:
            typer.echo(_change(lambda con: imports.load_taxonomy(con, files, name)))
            return
        if known := _read(lambda con: imports.loaded_already(con, files)):
            typer.echo(known)
            return
        read, problems = _read(lambda con: taxonomy.read(con, files))
        if problems:
            raise RejectedError(problems)
        typer.echo(f"{name}: {len(read):,} rows, nothing wrong; nothing was loaded")
    except RejectedError as error:
        if reject_to:
            table = problem_table(error.problems)
            _write(table, "problems", {"folder": name}, _format(None, reject_to), reject_to)
        raise


@load.command("oews")
def load_oews(
    file: Annotated[Path, typer.Argument(help="A BLS OEWS workbook or CSV.")],
    year: Annotated[int | None, typer.Option(help="Its year, if no name says it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    reject_to: Annotated[
        str | None, typer.Option("--reject-to", help="File for the rows left out.")
    ] = None,
) -> None:
    """BLS wages of any release since 2014; rows that can't be right are left out and listed.

    Example: bandstand load oews national_M2024_dl.xlsx --reject-to left-out.csv
    """
    from data import imports, oews, oews_load
    from data.problems import problem_table

    content = _bytes_of(file)
    release = oews.read_release(_readable(file.name), content, year)
    if dry_run:
        found = _read(lambda con: oews_load.sort_out(con, release))
        rejected = [*release.rejected, *found.contradicting]
        typer.echo(
            f"OEWS May {release.year}: {release.rows_in:,} rows, {len(found.new):,} new, "
            f"{len(found.known):,} known already, {len({p.row for p in rejected}):,} to be left "
            "out; nothing was loaded"
        )
    else:
        said, rejected = _change(lambda con: imports.load_oews(con, release, content))
        typer.echo(said)
    for problem in rejected[:20]:
        typer.echo(f"  left out: {problem}", err=True)
    if reject_to:
        asked = {"file": _readable(file.name)}
        table = problem_table(rejected)
        _write(table, "rows left out", asked, _format(None, reject_to), reject_to)


@app.command()
def loads(fmt: Format = None, out: OutFile = "-") -> None:
    """What you have loaded, and whether it stands.

    Example: bandstand loads
    """
    from queries import run as ask

    table = _read(lambda con: ask(con, "loads"))
    _write(table, "loads", {}, _format(fmt, out), out)


@app.command()
def withdraw(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Take a load's rows out; its files stay.

    Example: bandstand withdraw 1
    """
    from data import imports

    typer.echo(_change(lambda con: imports.withdraw(con, number)))


@app.command()
def reapply(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Put a withdrawn load back.

    Example: bandstand reapply 1
    """
    from data import imports

    typer.echo(_change(lambda con: imports.reapply(con, number)))


@app.command()
def template(
    kind: Annotated[str, typer.Argument(help="taxonomy.")],
    folder: Annotated[Path, typer.Argument(help="Folder to write to; made if need be.")],
) -> None:
    """Write the template files of a kind, with a small example.

    Example: bandstand template taxonomy my-taxonomy
    """
    from data.template_files import taxonomy_files

    if kind != "taxonomy":
        raise InputError(f"no template {kind!r}; there is taxonomy")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [name for name in taxonomy_files() if (folder / name).exists()]
        if there:
            raise InputError(f"{folder / there[0]}: is there already; name an empty folder")
        for name, content in taxonomy_files().items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(f"{folder}: can't be written: {error.strerror}") from error
    typer.echo(f"{folder}: {len(taxonomy_files())} files", err=True)


@export.command()
def ladder(
    name: Annotated[str, typer.Argument(help="A ladder, such as canon.")],
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """A ladder's levels with what each asks, one column a dimension.

    Example: bandstand export ladder canon --out ladder.csv
    """
    from data.ladders import ladder_table

    _write(_read(lambda con: ladder_table(con, name)), f"ladder {name}", {}, _format(fmt, out), out)


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
    _write(table, "bands", asked, fmt, out)


@export.command()
def steps(fmt: Format = None, out: OutFile = "-") -> None:
    """Steps between levels on modelled medians, with their intervals.

    Example: bandstand export steps --out steps.xlsx
    """
    from data.market import read_market, step_table

    market = _read(read_market)
    _write(step_table(market), "steps", {}, _format(fmt, out), out)


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
    _write(table, "benchmarks", asked, _format(fmt, out), out)


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
    _write(table, "wages", asked, fmt, out)


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


def _change(action: "Callable[[duckdb.DuckDBPyConnection], T]") -> T:
    from data.freshness import ensure
    from data.store import open_to_write

    path = store_path()
    ensure(path)
    con = open_to_write(path)
    try:
        return action(con)
    finally:
        con.close()


def _readable(text: str) -> str:
    """A word of the command line without bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error


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


def _write(table: "pd.DataFrame", what: str, asked: dict[str, str], fmt: str, out: str) -> None:
    from data import exports
    from data.market import sources_of
    from queries import run as ask

    about = {"Table": what, **asked}
    if fmt == "csv":
        payload = exports.to_csv(table, bom=out != "-")
    elif fmt == "json":
        payload = exports.to_json(table)
    else:
        sources = _read(lambda con: ask(con, "sources"))
        payload = exports.to_excel(table, about, sources_of(sources, table))
    _hand_over(payload, what, about, len(table), out)


def _hand_over(payload: bytes, what: str, about: dict[str, str], rows: int, out: str) -> None:
    from data import exports

    exports.record(store_path(), what, about, rows, payload)
    try:
        if out == "-":
            sys.stdout.buffer.write(payload)
            sys.stdout.buffer.flush()
        else:
            Path(out).write_bytes(payload)
    except OSError as error:
        raise InputError(f"{out or '--out'}: can't be written: {error.strerror}") from error
    if not rows:
        typer.echo("bandstand: no row passes all of these filters", err=True)
    if out == "-":
        return
    typer.echo(f"{out}: {rows:,} rows", err=True)


if __name__ == "__main__":
    main()
