"""`bandstand price`: one question of pay as Home answers it, or jobs of a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from analytics.pricing.inputs import Pricing, Rate


def price(
    file: Annotated[
        Path | None,
        typer.Argument(help="A table of jobs and sources that load reads, or a pricing.json."),
    ] = None,
    job: Annotated[str, typer.Option(help="A profile's code or a title, without a file.")] = "",
    place: Annotated[str, typer.Option(help="With --job: a place, such as Denver.")] = "",
    to: Annotated[str | None, typer.Option(help="Month to age to, such as 2027-01.")] = None,
    basis: Annotated[
        str | None,
        typer.Option(
            help="base, target_cash, …; for --job total_comp as on Home, for a file base."
        ),
    ] = None,
    target: Annotated[
        float | None,
        typer.Option("--target", "--percentile", help="Percentile; 50, the median, by default."),
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
    decimal: Annotated[str, typer.Option(help="Decimal sign of a file, . or , if unclear.")] = "",
    dates: Annotated[str, typer.Option(help="dmy or mdy, if unclear in a file.")] = "",
    encoding: Encoding = "",
    member: Member = "",
    sheet: Sheet = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """What to pay a job, as Home answers it; or price the jobs of a file, from its sources.

    As JSON, and from the dashboard, a pricing has all of its inputs: such a file is
    computed again from them.

    Example: bandstand price --job "Senior CSM" --place Denver --basis base --to 2027-07
    """
    if (file is None) == (not job):
        raise InputError("give either a file of jobs, or --job with a code or a title")
    if file is None:
        if any(option is not None for option in (rate, split, equity)):
            raise InputError("--job takes Home's assumptions; leave out --rate, --split, --equity")
        _price_question(job, place, basis or "total_comp", target, to, fmt, out)
        return
    if place:
        raise InputError("--place goes with --job; in a file each source has its own")
    opened = {"decimal": decimal, "dates": dates, "encoding": encoding, "member": member,
              "sheet": sheet}  # fmt: skip
    _price_file(file, opened, to, basis, target, rate, split, equity, fmt, out)


def _price_question(
    job: str,
    place: str,
    basis: str,
    target: float | None,
    to: str | None,
    fmt: str | None,
    out: str,
) -> None:
    """Answer one question from the store, and write the answer with its inputs."""
    from datetime import date

    from analytics.pricing.answer_table import question_table
    from analytics.pricing.serialization import to_export
    from data.catalog.pay_answers import read_priced
    from data.catalog.pay_questions import find_question
    from data.files.prices_workbook import QUESTION, PricesFile

    fmt = output_format(fmt, out)
    month = to or f"{date.today():%Y-%m}"
    percent = 50.0 if target is None else target
    asked, taken = read_store(
        lambda con: find_question(con, readable(job), readable(place), basis, percent, month)
    )
    priced = read_store(lambda con: read_priced(con, asked))
    for line in filter(None, (taken, asked.text)):
        typer.echo(line, err=True)
    about = {"question": asked.text}
    if fmt == "json":
        write_bytes(f"{to_export(priced)}\n".encode(), "price", about, 1, out)
    else:
        spec = PricesFile(QUESTION, (priced.pricing,)).spec
        write_table(question_table(priced), "price", about, fmt, out, spec=spec)


def _price_file(
    file: Path,
    opened: dict[str, Any],
    to: str | None,
    basis: str | None,
    target: float | None,
    rate: float | None,
    split: float | None,
    equity: float | None,
    fmt: str | None,
    out: str,
) -> None:
    """Price the jobs of a file, read as ``opened`` says, from the sources in it."""
    from datetime import date

    from analytics.pricing.ageing import Month
    from analytics.pricing.answer_table import answer_table
    from analytics.pricing.serialization import from_spec
    from data.files.encoding import decoded
    from data.files.other_formats import is_json_object
    from data.files.prices_workbook import JOBS, PricesFile
    from data.imports.pricing_jobs import price_jobs, read_jobs
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
        options = ImportOptions(**opened).validated(file_type("survey"))
        jobs, notes = read_jobs(readable(file.name), source, settings, today, options)
        print_notes(notes)
    priced = price_jobs(file.name, jobs)
    spec = PricesFile(JOBS, tuple(job.pricing for job in priced)).spec
    about = {"file": readable(file.name), "basis": jobs[0].basis, "to": str(jobs[0].to)}
    write_table(answer_table(priced), "prices", about, fmt, out, spec=spec)


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
    from analytics.pricing.inputs import PRICEABLE_BASES, Pricing, Rate

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
