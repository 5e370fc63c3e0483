"""`bandstand load` and what belongs to it: templates, the list of loads, undoing."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from commands.shared import (
    Format,
    OutFile,
    ask_store,
    bytes_of,
    change_store,
    format_of,
    readable,
    write,
)

load = typer.Typer(
    help="Load what is yours, checked before anything is kept.\n\n"
    "Example: bandstand load taxonomy my-taxonomy",
    no_args_is_help=True,
)


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
    name = readable(folder.resolve().name)
    try:
        if not dry_run:
            typer.echo(change_store(lambda con: imports.load_taxonomy(con, files, name)))
            return
        if known := ask_store(lambda con: imports.loaded_already(con, files)):
            typer.echo(known)
            return
        read, problems = ask_store(lambda con: taxonomy.read(con, files))
        if problems:
            raise RejectedError(problems)
        typer.echo(f"{name}: {len(read):,} rows, nothing wrong; nothing was loaded")
    except RejectedError as error:
        if reject_to:
            table = problem_table(error.problems)
            write(table, "problems", {"folder": name}, format_of(None, reject_to), reject_to)
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

    content = bytes_of(file)
    release = oews.read_release(readable(file.name), content, year)
    if dry_run:
        found = ask_store(lambda con: oews_load.sort_out(con, release))
        rejected = [*release.rejected, *found.contradicting]
        typer.echo(
            f"OEWS May {release.year}: {release.rows_in:,} rows, {len(found.new):,} new, "
            f"{len(found.known):,} known already, {len({p.row for p in rejected}):,} to be left "
            "out; nothing was loaded"
        )
    else:
        said, rejected = change_store(lambda con: imports.load_oews(con, release, content))
        typer.echo(said)
    for problem in rejected[:20]:
        typer.echo(f"  left out: {problem}", err=True)
    if reject_to:
        asked = {"file": readable(file.name)}
        table = problem_table(rejected)
        write(table, "rows left out", asked, format_of(None, reject_to), reject_to)


@load.command("survey")
def load_survey(
    file: Annotated[Path, typer.Argument(help="A survey's percentile table, CSV or workbook.")],
    name: Annotated[str, typer.Option(help="The survey's name.")],
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=HEADING; repeatable.")
    ] = None,
    basis: Annotated[str, typer.Option(help="Pay basis, if no column says it.")] = "",
    currency: Annotated[str, typer.Option(help="Currency, if no column says it.")] = "",
    as_of: Annotated[str, typer.Option(help="Effective date, if no column says it.")] = "",
    decimal: Annotated[str, typer.Option(help="Decimal sign, . or , if unclear.")] = "",
    dates: Annotated[str, typer.Option(help="dmy or mdy, if unclear.")] = "",
    units: Annotated[float, typer.Option(help="1000 for thousands, 2080 for hourly.")] = 1.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    reject_to: Annotated[
        str | None, typer.Option("--reject-to", help="File for the rows left out.")
    ] = None,
) -> None:
    """A survey of yours: each job a source of pricings for the profile that it means.

    Example: bandstand load survey tech2026.csv --name "Tech 2026" --basis base --currency USD
    """
    from decimal import Decimal

    from data import imports
    from data.matching import read_matcher
    from data.problems import problem_table
    from data.survey import Choices, read_survey
    from data.survey_load import place

    said = dict(pair.split("=", 1) for pair in columns or [] if "=" in pair)
    if len(said) < len(columns or []):
        raise InputError("--map takes FIELD=HEADING, such as p50=Median")
    choices = Choices(said, decimal, dates, Decimal(str(units)), basis, currency.upper(), as_of)
    survey = read_survey(readable(file.name), bytes_of(file), choices)
    placed, unknown = ask_store(lambda con: place(con, read_matcher(con), survey))
    rejected = [*survey.rejected, *unknown]
    left_out = len({problem.row for problem in rejected})
    told = ", ".join(f"{f} from {h!r}" for f, h in survey.columns.items())
    typer.echo(f"{survey.encoding}, header in row {survey.header_row}: {told}", err=True)
    if survey.unused:
        typer.echo(f"not used: {', '.join(survey.unused)}", err=True)
    if dry_run:
        used = sum(bool(p.code) for p in placed)
        typer.echo(
            f"{survey.rows_in:,} rows, {len(placed):,} to load, {left_out:,} to be left out; "
            f"{used:,} mean a profile; nothing was loaded"
        )
    else:
        typer.echo(
            change_store(lambda con: imports.load_survey(con, survey, placed, left_out, name))
        )
    for problem in rejected[:20]:
        typer.echo(f"  left out: {problem}", err=True)
    if reject_to:
        asked = {"file": readable(file.name)}
        write(
            problem_table(rejected), "rows left out", asked, format_of(None, reject_to), reject_to
        )


def loads(fmt: Format = None, out: OutFile = "-") -> None:
    """What you have loaded, and whether it stands.

    Example: bandstand loads
    """
    from queries import run as ask

    table = ask_store(lambda con: ask(con, "loads"))
    write(table, "loads", {}, format_of(fmt, out), out)


def withdraw(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Take a load's rows out; its files stay.

    Example: bandstand withdraw 1
    """
    from data import imports

    typer.echo(change_store(lambda con: imports.withdraw(con, number)))


def reapply(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Put a withdrawn load back.

    Example: bandstand reapply 1
    """
    from data import imports

    typer.echo(change_store(lambda con: imports.reapply(con, number)))


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
