"""`bandstand load` and what belongs to it: templates, the list of loads, undoing."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from analytics.suggestions import nearest
from commands.import_files import load_command
from commands.shared import (
    Format,
    OutFile,
    change_store,
    output_format,
    read_bytes,
    read_store,
    readable,
    write_table,
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
    from data.files.problems import RejectedError, problem_table
    from data.imports import load as imports
    from data.imports.taxonomy import files as taxonomy_files
    from data.imports.taxonomy import tables as taxonomy

    files = taxonomy_files.files_in_folder(folder)
    name = readable(folder.resolve().name)
    try:
        if not dry_run:
            typer.echo(change_store(lambda con: imports.load_taxonomy(con, files, name)))
            return
        if known := read_store(lambda con: imports.loaded_already(con, files)):
            typer.echo(known)
            return
        read, problems = read_store(lambda con: taxonomy.read_taxonomy(con, files))
        if problems:
            raise RejectedError(problems)
        typer.echo(f"{name}: {len(read):,} rows, nothing wrong; nothing was loaded")
    except RejectedError as error:
        if reject_to:
            table = problem_table(error.problems)
            write_table(
                table, "problems", {"folder": name}, output_format(None, reject_to), reject_to
            )
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
    from data.files.problems import problem_table
    from data.imports import load as imports
    from data.imports.oews import reconcile as oews_load
    from data.imports.oews import release as oews

    content = read_bytes(file)
    release = oews.read_release(readable(file.name), content, year)
    if dry_run:
        found = read_store(lambda con: oews_load.reconcile(con, release))
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
        fmt = output_format(None, reject_to)
        write_table(table, "rows left out", asked, fmt, reject_to, "no row is left out")


_FILES = {
    "survey": (
        "A survey of yours: each job a source of pricings for the profile that it means.",
        'bandstand load survey tech2026.csv --name "Tech 2026" --set basis=base --set currency=USD',
    ),
    "records": (
        "Pay records, one row a person's pay, from one organisation or many.",
        "bandstand load records payroll.csv --set currency=USD --reject-to left-out.csv",
    ),
    "roster": (
        "Your own people, for compa-ratios and pay-gap work; no names are wanted.",
        "bandstand load roster people.xlsx --set as_of=2026-11-01 --keep Ethnicity --dry-run",
    ),
    "ranges": (
        "Your own pay ranges: minimum, midpoint and maximum.",
        "bandstand load ranges structure.xlsx --map 2026-structure --set basis=base",
    ),
}
for _kind, (_about, _example) in _FILES.items():
    load.command(_kind)(load_command(_kind, _about, _example))


def loads(fmt: Format = None, out: OutFile = "-") -> None:
    """What you have loaded, and whether it stands.

    Example: bandstand loads
    """
    from queries import run as ask

    table = read_store(lambda con: ask(con, "loads"))
    write_table(table, "loads", {}, output_format(fmt, out), out)


def withdraw(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Take a load's rows out; its files stay.

    Example: bandstand withdraw 1
    """
    from data.imports import load as imports

    typer.echo(change_store(lambda con: imports.withdraw(con, number)))


def reapply(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Put a withdrawn load back.

    Example: bandstand reapply 1
    """
    from data.imports import load as imports

    typer.echo(change_store(lambda con: imports.reapply(con, number)))


def template(
    kind: Annotated[str, typer.Argument(help="taxonomy, survey, records, roster or ranges.")],
    to: Annotated[Path, typer.Argument(help="File, .xlsx or .csv; for a taxonomy a folder.")],
) -> None:
    """Write the template of a kind, with a small example and what each column is.

    Example: bandstand template roster roster.xlsx
    """
    from data.imports.taxonomy.templates import taxonomy_files
    from data.imports.team_files.file_types import NAMES, file_type
    from data.imports.team_files.templates import as_csv, as_excel

    if kind == "taxonomy":
        files = {to / name: content for name, content in taxonomy_files().items()}
    elif kind not in NAMES:
        raise InputError(f"no template {kind!r}; {nearest(kind, ('taxonomy', *NAMES))}")
    elif to.suffix.casefold() not in (".csv", ".xlsx"):
        raise InputError(f"{to}: name a file that ends in .xlsx or .csv")
    else:
        make = as_csv if to.suffix.casefold() == ".csv" else as_excel
        files = {to: make(file_type(kind))}
    for file in files:
        if file.exists():
            raise InputError(f"{file}: is there already; name another")
    try:
        for file, content in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{to}: can't be written: {error.strerror}") from error
    typer.echo(f"{to}: {len(files)} file{'s' if len(files) > 1 else ''}", err=True)
