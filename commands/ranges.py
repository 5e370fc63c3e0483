"""`bandstand ranges`: pay ranges from market figures, their versions, and their way to Excel."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.ranges_words import (
    CurrencyWords,
    MarketWords,
    settings_of_words,
    structure_of_words,
)
from commands.shared import (
    Format,
    OutFile,
    change_store,
    output_format,
    read_bytes,
    read_store,
    write_table,
)

if TYPE_CHECKING:
    from analytics.ranges.build import Structure
    from data.files.ranges_workbook import RangesFile
    from data.ranges.versions import Version

ranges = typer.Typer(
    help="Pay ranges from market figures: built, versioned, edited in Excel, made live.\n\n"
    "Example: bandstand ranges build --job CSM --save 'Customer Success 2027'",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="Under which name the structure is saved.")]
VersionNumber = Annotated[int, typer.Option("--version", help="Else the newest.")]
Why = Annotated[str, typer.Option(help="What changed and why, kept with the version.")]


@ranges.command()
def build(
    job: Annotated[str, typer.Option(help="A job of the ladder, by title or code.")] = "",
    market: Annotated[
        Path | None,
        typer.Option(help="Else a file: level, grade, track, market, low, high, source, status."),
    ] = None,
    basis: Annotated[str, typer.Option(help="base, target_cash or total_comp.")] = "base",
    percentile: Annotated[float, typer.Option(help="The target percentile, from 1 to 99.")] = 50,
    percentile_of: Annotated[
        list[str] | None,
        typer.Option(help="LEVEL=60, FOCUS=60 or TRACK=60: its own target; repeatable."),
    ] = None,
    figure_of: Annotated[
        list[str] | None,
        typer.Option(help="LEVEL=FIGURE: a survey, 'Pay records', 'Pricing: NAME'; repeatable."),
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option(help="Build this level alone; repeatable.")
    ] = None,
    month: Annotated[str, typer.Option(help="Date of the market; else this month.")] = "",
    currency: Annotated[
        str, typer.Option(help="Of the structure, or of the file's figures.")
    ] = "USD",
    exchange: Annotated[
        float | None, typer.Option(help="With --job: what one USD is worth in --currency.")
    ] = None,
    exchange_source: Annotated[str, typer.Option(help="Who states that rate, and when.")] = "",
    midpoints: Annotated[str, typer.Option(help="market, or line: log pay on grade.")] = "market",
    spread: Annotated[float, typer.Option(help="Percent, minimum to maximum.")] = 50,
    spread_of: Annotated[
        list[str] | None, typer.Option(help="LEVEL=PERCENT or TRACK=PERCENT; repeatable.")
    ] = None,
    around: Annotated[
        bool, typer.Option("--around", help="Spreads are either way around the midpoint.")
    ] = False,
    rounding: Annotated[float, typer.Option(help="The unit that pay is rounded to.")] = 100,
    steps: Annotated[int, typer.Option(help="Steps in each range; 0 for none.")] = 0,
    place: Annotated[
        list[str] | None, typer.Option(help="A geographic variant; repeatable.")
    ] = None,
    save: Annotated[str, typer.Option(help="Save as the next version of this name.")] = "",
    why: Why = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Build ranges from the market of a ladder, or from a file of market figures.

    Warnings go to the terminal: inversion, compression, off market, overlap, too narrow.

    Example: bandstand ranges build --job "Senior CSM" --midpoints line --spread-of management=60
    """
    from analytics.ranges.build import build_ranges
    from analytics.ranges.exchange import exchange_words
    from analytics.ranges.range_warnings import range_warnings
    from data.files.ranges_workbook import STRUCTURE, RangesFile
    from data.ranges.versions import save_version

    fmt = output_format(fmt, out)
    settings = settings_of_words(midpoints, spread, spread_of or [], around, rounding, steps)
    words = MarketWords(job, market, basis, percentile, month, level or [], percentile_of or [],
                        figure_of or [], place or [])  # fmt: skip
    money = CurrencyWords(currency, exchange, exchange_source)
    structure = read_store(lambda con: structure_of_words(con, words, money, settings))
    if unused := structure.unused_spreads:
        levels = ", ".join(dict.fromkeys(level.level for level in structure.markets))
        raise InputError(
            f"--spread-of {', '.join(unused)}: no such level or track; use professional, "
            f"management, {levels}"
        )
    built = build_ranges(structure)
    for left in built.left_out:
        typer.echo(f"bandstand: {left.level} is left out: it has no market figure", err=True)
    for warning in range_warnings(built.ranges, settings, structure.currency):
        typer.echo(f"bandstand: {warning.kind}: {warning.text}", err=True)
    asked = {"spreads": settings.both_conventions, "midpoints": midpoints}
    asked |= {"market of": structure.month, "currency": exchange_words(structure)}
    _write(RangesFile(STRUCTURE, (structure,)), "pay structure", asked, fmt, out)
    if save:
        saved = change_store(lambda con: save_version(con, save, structure, why))
        typer.echo(f"saved as {saved.label}, {saved.state}", err=True)


@ranges.command("list")
def list_versions(fmt: Format = None, out: OutFile = "-") -> None:
    """Every version: draft, live or archived, and which load its ranges are.

    Example: bandstand ranges list
    """
    from data.ranges.versions import read_versions, version_table

    fmt = output_format(fmt, out)
    table = version_table(read_store(read_versions))
    write_table(table, "structure versions", {}, fmt, out, "no structure is saved")


@ranges.command()
def export(
    name: Name,
    version: VersionNumber = 0,
    schedule: Annotated[bool, typer.Option("--steps", help="The step schedule instead.")] = False,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """A version's ranges, each with its key, to edit and to load back.

    Example: bandstand ranges export "Customer Success 2027" --out ranges.xlsx
    """
    from data.files.ranges_workbook import EDITABLE, STEPS, RangesFile
    from data.ranges.edited_file import about_file

    fmt = output_format(fmt, out)
    found = _find(name, version)
    about = about_file(found)
    if schedule:
        file = RangesFile(STEPS, (found.structure,))
        _write(file, "step schedule", about, fmt, out, "it has no steps")
        return
    file = RangesFile(EDITABLE, (found.structure,), found.checksum)
    _write(file, "pay structure", about, fmt, out)


@ranges.command()
def load(
    file: Annotated[Path, typer.Argument(help="A file of 'ranges export', edited.")],
    accept: Annotated[
        list[str] | None, typer.Option(help="A range by its key; repeatable.")
    ] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Every change.")] = False,
    why: Why = "",
) -> None:
    """List what was changed in an edited file, cell by cell; save what is accepted.

    Example: bandstand ranges load ranges.xlsx --accept "Customer Success | P3 | United States"
    """
    from analytics.ranges.changes import accept_changes
    from data.ranges.edited_file import read_edited
    from data.ranges.versions import read_versions, save_version

    content = read_bytes(file)
    edited = read_store(lambda con: read_edited(file.name, content, read_versions(con)))
    for problem in edited.problems:
        typer.echo(f"bandstand: {problem}", err=True)
    for change in edited.changes:
        typer.echo(f"{change.key}: {change.point} {change.before:,.2f} → {change.after:,.2f}")
    changed = {change.key for change in edited.changes}
    if unknown := [key for key in accept or [] if key not in changed]:
        raise InputError(f"--accept {unknown[0]!r}: the file changes no range with that key")
    accepted = changed if accept_all else set(accept or [])
    typer.echo(
        f"{file.name}: {edited.rows} rows, {len(edited.changes)} changed cells in {len(changed)} "
        f"ranges, {len(edited.problems)} rows left out, {len(edited.missing)} ranges not in the "
        f"file, {len(accepted)} accepted",
        err=True,
    )
    if not accepted:
        return
    version = edited.version
    structure = accept_changes(version.structure, edited.changes, accepted)
    saved = change_store(lambda con: save_version(con, version.name, structure, why))
    typer.echo(f"saved as {saved.label}, {saved.state}", err=True)


@ranges.command()
def diff(
    name: Name,
    before: Annotated[int, typer.Option("--from", help="Else the one before the newest.")] = 0,
    after: Annotated[int, typer.Option("--to", help="Else the newest.")] = 0,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """What changed between two versions, in figures.

    Example: bandstand ranges diff "Customer Success 2027" --from 1 --to 2
    """
    from analytics.ranges.changes import setting_changes
    from data.files.ranges_workbook import CHANGES, RangesFile

    fmt = output_format(fmt, out)
    new = _find(name, after)
    if not before and new.version == 1:
        raise InputError(f"{name!r} has one version, so there is nothing to compare")
    old = _find(name, before or new.version - 1)
    for text in setting_changes(old.structure, new.structure):
        typer.echo(f"bandstand: {text}", err=True)
    asked = {"before": old.label, "after": new.label}
    file = RangesFile(CHANGES, (old.structure, new.structure))
    _write(file, "structure changes", asked, fmt, out, "no range differs")


@ranges.command()
def drift(
    name: Name,
    version: VersionNumber = 0,
    month: Annotated[str, typer.Option(help="Month of today's market; else this one.")] = "",
    market: Annotated[
        Path | None, typer.Option(help="Else new figures: a file as 'build --market' reads.")
    ] = None,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Market movement: each midpoint beside today's market, and since when it has moved.

    Market figures are at the target percentile of each level.

    Example: bandstand ranges drift "Customer Success 2027" --month 2027-07 --out drift.xlsx
    """
    from datetime import date

    from analytics.pricing.ageing import Month, parse_month
    from data.files.ranges_workbook import DRIFT, RangesFile

    fmt = output_format(fmt, out)
    found = _find(name, version)
    today = Month(date.today().year, date.today().month)
    when = str(parse_month(month) if month else today)
    structures = _moved(found.structure, when, market)
    file = RangesFile(DRIFT, structures)
    table = file.frame
    limit = f"{found.structure.settings.off_market:.0%}"
    typer.echo(
        f"bandstand: {int(table.drifted.sum())} of {len(table)} midpoints are more than "
        f"{limit} from the market of {when}; {int(table.market_now.isna().sum())} have no such "
        "market figure",
        err=True,
    )
    _write(file, "market movement", {"structure": found.label, "market of": when}, fmt, out)


def _moved(
    structure: "Structure", month: str, market: Path | None
) -> "tuple[Structure, Structure, Structure]":
    """A structure, the same on the market of a month, and on today's store in its own month."""
    from dataclasses import replace

    from data.ranges.market_file import read_market_file
    from data.ranges.today import read_market_again

    if market:
        levels = read_market_file(market.name, read_bytes(market), structure.function)
        new = replace(structure, markets=levels, set_ranges={})
        return structure, replace(new, month=month), new
    now = read_store(lambda con: read_market_again(con, structure, month))
    return structure, now, read_store(lambda con: read_market_again(con, structure))


def _write(
    file: "RangesFile",
    what: str,
    about: dict[str, str],
    fmt: str,
    out: str,
    nothing: str = "it has no ranges",
) -> None:
    """Write a table of ranges; a workbook holds what `bandstand verify` computes it from."""
    write_table(file.frame, what, about, fmt, out, nothing, file.spec)


@ranges.command()
def live(name: Name, version: VersionNumber = 0) -> None:
    """Load a version's ranges, so that People and Home read them; withdraw the one before.

    Example: bandstand ranges live "Customer Success 2027"
    """
    from data.people.live_ranges import make_live

    found = _find(name, version)
    typer.echo(change_store(lambda con: make_live(con, found)))


@ranges.command()
def archive(name: Name, version: VersionNumber = 0) -> None:
    """Withdraw the ranges of a live version.

    Example: bandstand ranges archive "Customer Success 2027" --version 1
    """
    from data.ranges.versions import archive as withdraw_version

    found = _find(name, version)
    typer.echo(change_store(lambda con: withdraw_version(con, found)))


@ranges.command()
def posting(
    name: Name,
    level: Annotated[str, typer.Argument(help="The level that is advertised.")],
    version: VersionNumber = 0,
    place: Annotated[str, typer.Option(help="Where the job is: a state, or Ontario.")] = "",
    employees: Annotated[int, typer.Option(help="How many the employer has; 0 unknown.")] = 0,
    part: Annotated[str, typer.Option(help="The part that is meant, in percent.")] = "0-100",
    variable: Annotated[str, typer.Option(help="Variable pay, in words.")] = "",
    equity: Annotated[str, typer.Option(help="Equity, in words.")] = "",
) -> None:
    """The pay range for an advertisement, and the dated rules of the place. Not legal advice.

    Example: bandstand ranges posting "Customer Success 2027" P3 --place Ontario --part 20-80
    """
    from datetime import date

    from analytics.ranges.build import build_ranges
    from analytics.ranges.posting import (
        NO_ADVICE,
        PostingRule,
        check_posting_range,
        posting_range,
    )
    from analytics.rows import typed_rows
    from queries import run

    structure = _find(name, version).structure
    own = [r for r in build_ranges(structure).ranges if r.level.casefold() == level.casefold()]
    if not own:
        raise InputError(f"{name!r} has no range of {level!r}")
    chosen = next((r for r in own if r.place.casefold() == place.casefold()), own[0])
    low, high = _part(part)
    stated = posting_range(
        chosen.minimum, chosen.maximum, structure.currency, structure.pay_basis,
        from_share=low, to_share=high, variable=variable, equity=equity,
    )  # fmt: skip
    typer.echo(stated.text)
    rules = typed_rows(read_store(lambda con: run(con, "posting_rules")), PostingRule)
    today = str(date.today())
    for check in check_posting_range(stated, rules, place, today, employees or None):
        verdict = {True: "fits", False: "does not fit", None: "can't be told"}[check.passes]
        typer.echo(f"{verdict}: {check.text} ({check.rule.source})")
    typer.echo(f"bandstand: {NO_ADVICE}", err=True)


def _part(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    try:
        return float(low) / 100, float(high) / 100
    except ValueError:
        raise InputError(f"--part {text!r}: say it as 20-80") from None


def _find(name: str, version: int) -> "Version":
    from data.ranges.versions import find_version, read_versions

    return find_version(read_store(read_versions), name, version or None)
