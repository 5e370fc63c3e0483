"""Commands on jobs: show a profile, compare profiles, match titles, price jobs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from analytics.suggestions import nearest
from commands.shared import (
    Encoding,
    Format,
    Member,
    OutFile,
    Sheet,
    output_format,
    print_notes,
    read_store,
    readable,
    source_of,
    write_bytes,
    write_table,
)

if TYPE_CHECKING:
    from analytics.pricing.pricing import Pricing, Rate


def profile(
    code: Annotated[str, typer.Argument(help="FUNCTION.FOCUS.LEVEL.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """One job profile: its place, pay, work, review, neighbors and titles.

    Example: bandstand profile CUSTOM1.CUSTOMERBDCB.M6
    """
    from data.catalog.market import read_market
    from data.catalog.profiles import as_json, as_text, profile_sheet

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    sheet = read_store(lambda con: profile_sheet(con, read_market(con), code))
    typer.echo(as_json(sheet) if fmt == "json" else as_text(sheet))


def compare(
    codes: Annotated[list[str], typer.Argument(help="Two to four profile codes.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Compare job profiles side by side: distance, pay, requirements, work and skills.

    Example: bandstand compare CUSTOM1.CUSTOMERBDCB.M5 CUSTOM1.CUSTOMERBDCB.M6
    """
    import json

    from data.catalog.compare import compare as side_by_side
    from data.catalog.market import read_market

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    frames = read_store(lambda con: side_by_side(con, read_market(con), codes))
    if fmt == "json":
        rows = {key: frame.to_dict("records") for key, frame in frames.items()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=float))
        return
    for key, frame in frames.items():
        typer.echo(f"{key.capitalize()}\n{frame.to_csv(sep=chr(9), index=False)}")


def match(
    titles: Annotated[list[str] | None, typer.Argument(help="Job titles.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Titles: a column of any file that load reads, or lines."),
    ] = None,
    encoding: Encoding = "",
    member: Member = "",
    sheet: Sheet = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Match titles to job profiles, each with confidence and reason.

    Example: bandstand match "Sr. CSM" "VP customer success" --format json
    """
    import json

    from data.catalog.matcher import match_list, match_table, read_matcher, titles_in
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.options import ImportOptions

    fmt = output_format(fmt, out)
    queries = [readable(title) for title in titles or []]
    if file is not None:
        opening = ImportOptions(encoding=encoding, member=member).validated(file_type("roster"))
        found = titles_in(readable(file.name), source_of(file), opening.opening, sheet)
        queries += found.titles
        print_notes(found.notes)
    if not queries:
        raise InputError("no titles to match; give titles, or --file FILE")
    matcher = read_store(read_matcher)
    about = {"titles": str(len(queries))}
    if fmt != "json":
        write_table(match_table(matcher, queries), "matches", about, fmt, out)
        return
    matches = match_list(matcher, queries)
    payload = (json.dumps(matches, ensure_ascii=False, indent=2) + "\n").encode()
    write_bytes(payload, "matches", about, len(matches), out)


def price(
    file: Annotated[
        Path, typer.Argument(help="A table of jobs and sources that load reads, or a pricing.json.")
    ],
    to: Annotated[str | None, typer.Option(help="Month to age to, such as 2027-01.")] = None,
    basis: Annotated[
        str | None, typer.Option(help="base (the default), target_cash, total_comp, …")
    ] = None,
    target: Annotated[
        float | None, typer.Option(help="Percentile; 50, the median, by default.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(help="Yearly increase, percent; by default the newest ECI.")
    ] = None,
    split: Annotated[
        float | None, typer.Option(help="Base, percent of target cash; 80 by default.")
    ] = None,
    equity: Annotated[
        float | None, typer.Option(help="Equity, percent of total compensation; 0 by default.")
    ] = None,
    decimal: Annotated[str, typer.Option(help="Decimal sign, . or , if unclear.")] = "",
    dates: Annotated[str, typer.Option(help="dmy or mdy, if unclear.")] = "",
    encoding: Encoding = "",
    member: Member = "",
    sheet: Sheet = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Price jobs, each from several sources, at one date and pay basis.

    A pricing.json from the dashboard is computed again from its inputs.

    Example: bandstand price jobs.csv --to 2027-01 --basis base --out priced.csv
    """
    from datetime import date

    from analytics.pricing.ageing import Month
    from analytics.pricing.serialization import from_spec
    from data.files.encoding import decoded
    from data.files.other_formats import is_json_object
    from data.imports.pricing_jobs import answer_table, price_jobs, read_jobs
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.options import ImportOptions

    fmt = output_format(fmt, out)
    source = source_of(file)
    today = Month(date.today().year, date.today().month)
    if isinstance(source, bytes) and is_json_object(source):
        if any(option is not None for option in (to, basis, target, rate, split, equity)):
            raise InputError("a pricing.json has its own settings; leave the options out")
        jobs = [from_spec(decoded(source).lstrip("\ufeff"))]
    else:
        settings = _pricing_settings(to or str(today), basis, target, rate, split, equity)
        options = ImportOptions(
            decimal=decimal, dates=dates, encoding=encoding, member=member, sheet=sheet
        ).validated(file_type("survey"))
        jobs, notes = read_jobs(readable(file.name), source, settings, today, options)
        print_notes(notes)
    table = answer_table(price_jobs(file.name, jobs))
    about = {"file": readable(file.name), "basis": jobs[0].basis, "to": str(jobs[0].to)}
    write_table(table, "prices", about, fmt, out)


def _pricing_settings(
    to: str,
    basis: str | None,
    target: float | None,
    rate: float | None,
    split: float | None,
    equity: float | None,
) -> "Pricing":
    """What all jobs of a file share: a pricing without a job or sources."""
    from analytics.pricing.ageing import parse_month
    from analytics.pricing.pricing import PRICEABLE_BASES, Pricing, Rate

    if basis and basis not in PRICEABLE_BASES:
        raise InputError(f"no pay basis {basis!r}; {nearest(basis, PRICEABLE_BASES)}")
    return Pricing(
        job="",
        basis=basis or "base",
        rate=_newest_eci() if rate is None else Rate(rate / 100, "your rate"),
        to=parse_month(to),
        sources=(),
        target=round((50 if target is None else target) / 100, 6),
        split=(80 if split is None else split) / 100,
        equity=(equity or 0) / 100,
    )


def _newest_eci() -> "Rate":
    """The newest 12-month change of the Employment Cost Index."""
    from analytics.pricing.market_sources import usual_rate
    from analytics.rows import CostChange, typed_rows
    from queries import run

    changes = read_store(lambda con: run(con, "cost_changes"))
    return usual_rate(typed_rows(changes, CostChange))
