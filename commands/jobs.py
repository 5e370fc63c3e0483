"""Commands on jobs: their profiles, comparing, finding, pricing."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from analytics.suggestions import nearest
from commands.shared import (
    Format,
    OutFile,
    output_format,
    read_bytes,
    read_store,
    readable,
    write_bytes,
    write_table,
)


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
    """Job profiles side by side: distance, pay, what they ask, work and skills.

    Example: bandstand compare CUSTOM1.CUSTOMERBDCB.M5 CUSTOM1.CUSTOMERBDCB.M6
    """
    import json

    from data.catalog.compare import compare as side_by_side
    from data.catalog.market import read_market

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    found = read_store(lambda con: side_by_side(con, read_market(con), codes))
    if fmt == "json":
        rows = {key: frame.to_dict("records") for key, frame in found.items()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=float))
        return
    for key, frame in found.items():
        typer.echo(f"{key.capitalize()}\n{frame.to_csv(sep=chr(9), index=False)}")


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

    from data.catalog.matcher import match_list, match_table, read_matcher, titles_in

    fmt = output_format(fmt, out)
    wanted = [readable(title) for title in titles or []]
    if file is not None:
        wanted += titles_in(file.name, read_bytes(file))
    if not wanted:
        raise InputError("no titles; give some, or --file FILE")
    matcher = read_store(read_matcher)
    if fmt != "json":
        write_table(match_table(matcher, wanted), "matches", {"titles": str(len(wanted))}, fmt, out)
        return
    found = match_list(matcher, wanted)
    payload = (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
    write_bytes(payload, "matches", {"titles": str(len(wanted))}, len(found), out)


def price(
    file: Annotated[Path, typer.Argument(help="A CSV of jobs and sources, or a pricing.json.")],
    to: Annotated[str | None, typer.Option(help="Month to age to, such as 2027-01.")] = None,
    basis: Annotated[
        str | None, typer.Option(help="base (unless said), target_cash, total_comp, …")
    ] = None,
    target: Annotated[
        float | None, typer.Option(help="Percentile; 50, the median, unless said.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(help="Yearly rise, per cent; else the newest ECI.")
    ] = None,
    split: Annotated[
        float | None, typer.Option(help="Base, per cent of target cash; 80 unless said.")
    ] = None,
    equity: Annotated[
        float | None, typer.Option(help="Equity, per cent of total compensation; else 0.")
    ] = None,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Jobs priced from several sources each, to one date and basis.

    A pricing.json that the dashboard exported is computed again from its inputs.

    Example: bandstand price jobs.csv --to 2027-01 --basis base --out priced.csv
    """
    from datetime import date

    from analytics.pricing.ageing import Month, parse_month
    from analytics.pricing.pricing import PRICEABLE_BASES, Pricing, Rate
    from analytics.pricing.serialization import from_spec
    from data.imports.pricing_jobs import answer_table, price_jobs, read_jobs
    from queries import run as ask

    fmt = output_format(fmt, out)
    content = read_bytes(file)
    today = Month(date.today().year, date.today().month)
    if content.lstrip()[:1] == b"{":
        if any(said is not None for said in (to, basis, target, rate, split, equity)):
            raise InputError("a pricing.json holds its own settings; leave the options out")
        jobs = [from_spec(content.decode("utf-8", "replace"))]
    else:
        if basis and basis not in PRICEABLE_BASES:
            raise InputError(f"no pay basis {basis!r}; {nearest(basis, PRICEABLE_BASES)}")
        if rate is not None:
            usual = Rate(rate / 100, "your rate")
        else:
            changes = read_store(lambda con: ask(con, "cost_changes"))
            eci = changes[changes.worker_group == "Management, professional, and related"].iloc[0]
            usual = Rate(float(eci.rate), f"ECI, {eci.worker_group}, to {eci.quarter}")
        settings = Pricing(
            "",
            basis or "base",
            parse_month(to) if to else today,
            usual,
            (),
            round((50 if target is None else target) / 100, 6),
            split=(80 if split is None else split) / 100,
            equity=(equity or 0) / 100,
        )
        jobs = read_jobs(readable(file.name), content, settings, today)
    table = answer_table(price_jobs(file.name, jobs))
    asked = {"file": readable(file.name), "basis": jobs[0].basis, "to": str(jobs[0].to)}
    write_table(table, "prices", asked, fmt, out)
