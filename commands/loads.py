"""`bandstand load` and the commands around it: templates, loads, withdraw, reapply."""

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

#: Problems that are printed; a file of rows left out has all.
_SHOWN = 20
load = typer.Typer(
    help="Load your own data; it is checked before anything is stored.\n\n"
    "Example: bandstand load taxonomy my-taxonomy",
    no_args_is_help=True,
)


@load.command("taxonomy")
def load_taxonomy(
    folder: Annotated[Path, typer.Argument(help="Folder with functions.csv and the other files.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    reject_to: Annotated[
        str | None, typer.Option("--reject-to", help="File for all problems.")
    ] = None,
) -> None:
    """Your own taxonomy: all of it, or nothing.

    Example: bandstand load taxonomy my-taxonomy
    """
    from data.files.problems import RejectedError, problem_table
    from data.imports import load as imports
    from data.imports.taxonomy.files import files_in_folder
    from data.imports.taxonomy.read import read_taxonomy

    files = files_in_folder(folder)
    name = readable(folder.resolve().name)
    try:
        if not dry_run:
            typer.echo(change_store(lambda con: imports.load_taxonomy(con, files, name)))
            return
        if message := read_store(lambda con: imports.loaded_already(con, files)):
            typer.echo(message)
            return
        taxonomy, problems = read_store(lambda con: read_taxonomy(con, files))
        if problems:
            raise RejectedError(problems)
        typer.echo(f"{name}: {len(taxonomy):,} rows, no problems; nothing was loaded")
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
    year: Annotated[int | None, typer.Option(help="Its year, if no name has it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    reject_to: Annotated[
        str | None, typer.Option("--reject-to", help="File for the rows left out.")
    ] = None,
) -> None:
    """BLS wages of any release since 2014; rows with problems are left out and listed.

    Example: bandstand load oews national_M2024_dl.xlsx --reject-to left-out.csv
    """
    from data.files.problems import problem_table
    from data.imports import load as imports
    from data.imports.oews.reconcile import reconcile
    from data.imports.oews.release import read_release

    content = read_bytes(file)
    release = read_release(readable(file.name), content, year)
    if dry_run:
        reconciled = read_store(lambda con: reconcile(con, release))
        rejected = [*release.rejected, *reconciled.contradicting]
        message = (
            f"OEWS May {release.year}: {release.rows_in:,} rows, {len(reconciled.new):,} new, "
            f"{len(reconciled.known):,} already known, {len({p.row for p in rejected}):,} to be "
            "left out; nothing was loaded"
        )
    else:
        message, rejected = change_store(lambda con: imports.load_oews(con, release, content))
    typer.echo(message)
    for problem in rejected[:_SHOWN]:
        typer.echo(f"  left out: {problem}", err=True)
    if reject_to:
        about = {"file": readable(file.name)}
        table = problem_table(rejected)
        fmt = output_format(None, reject_to)
        write_table(table, "rows left out", about, fmt, reject_to, "no row is left out")


_FILES = {
    "survey": (
        "A survey: each job becomes a source for pricing the profile that it matches.",
        'bandstand load survey tech2026.csv --name "Tech 2026" --set basis=base --set currency=USD',
    ),
    "records": (
        "Pay records, one row a person's pay, from one organization or many.",
        "bandstand load records payroll.csv --set currency=USD --reject-to left-out.csv",
    ),
    "roster": (
        "Your own people, for compa-ratios and pay-gap work; leave names out.",
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
    """Your loads, and whether each is active.

    Example: bandstand loads
    """
    from queries import run as ask

    table = read_store(lambda con: ask(con, "loads"))
    write_table(table, "loads", {}, output_format(fmt, out), out)


def withdraw(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Take a load's rows out of the store's answers; its files stay.

    Example: bandstand withdraw 1
    """
    from data.imports import load as imports

    typer.echo(change_store(lambda con: imports.withdraw(con, number)))


def reapply(number: Annotated[int, typer.Argument(help="The load's number.")]) -> None:
    """Restore a withdrawn load.

    Example: bandstand reapply 1
    """
    from data.imports import load as imports

    typer.echo(change_store(lambda con: imports.reapply(con, number)))


def template(
    kind: Annotated[str, typer.Argument(help="taxonomy, survey, records, roster or ranges.")],
    to: Annotated[Path, typer.Argument(help="File, .xlsx or .csv; for a taxonomy a folder.")],
) -> None:
    """Write a template with a small example and the meaning of each column.

    Example: bandstand template roster roster.xlsx
    """
    from data.files.whole_file import write_whole
    from data.imports.taxonomy.templates import taxonomy_files
    from data.imports.team_files.file_types import NAMES, file_type
    from data.imports.team_files.templates import as_csv, as_excel
    from data.store.disk_errors import in_words

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
            raise InputError(f"{file}: already exists; choose another name")
    try:
        for file, content in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
    except OSError as error:
        raise InputError(f"{to}: can't be written: {in_words(error)}") from error
    typer.echo(f"{to}: {len(files)} file{'s' if len(files) > 1 else ''}", err=True)
