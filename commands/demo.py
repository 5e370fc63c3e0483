"""`bandstand demo`: generated data, labeled demo, for trying things out."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError

demo = typer.Typer(
    help="Generate data for trying things out, always labeled demo.\n\n"
    "Example: bandstand demo records --rows 100000",
    no_args_is_help=True,
)


@demo.command()
def records(
    rows: Annotated[int, typer.Option(help="Number of people.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(help="Write a .parquet file instead of loading into the store."),
    ] = None,
) -> None:
    """Pay records of nobody: lognormal around a known median for each focus, level and place.

    Example: bandstand demo records --rows 1000000 --seed 7 --out demo.parquet
    """
    from data.records.demo import write_parquet

    if rows < 1:
        raise InputError(f"--rows {rows}: must be 1 or more")
    if out is not None:
        if out.suffix.casefold() != ".parquet":
            raise InputError(f"--out {out}: the file name must end in .parquet")
        try:
            write_parquet(out, rows, seed)
        except OSError as error:
            raise InputError(f"{out}: can't be written: {error.strerror}") from error
        typer.echo(f"{out}: {rows:,} demo records", err=True)
        return
    from commands.import_files import load_file
    from data.records.demo_load import demo_name

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.parquet"
        write_parquet(file, rows, seed)
        load_file("records", file, demo_name(rows, seed))


@demo.command()
def company(
    people: Annotated[int, typer.Option(help="Number of people.")] = 2_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same company.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(help="Write roster.csv and ranges.csv into a folder instead of loading."),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Withdraw what was loaded of demo companies.")
    ] = False,
) -> None:
    """A company of nobody: a roster and pay ranges, with known circles, compression and cost.

    Example: bandstand demo company --people 500 --out demo
    """
    from data.people.demo_company import demo_company

    if not 100 <= people <= 20_000:
        raise InputError(f"--people {people}: must be from 100 to 20,000")
    if out is not None:
        made = demo_company(people, seed)
        try:
            out.mkdir(parents=True, exist_ok=True)
            made.roster.to_csv(out / "roster.csv", index=False)
            made.ranges.to_csv(out / "ranges.csv", index=False)
        except OSError as error:
            raise InputError(f"{out}: can't be written: {error.strerror}") from error
        typer.echo(f"{out}: {people:,} demo people, {len(made.ranges):,} demo ranges", err=True)
        return
    from commands.shared import change_store
    from data.people.demo_load import load_company, remove_company

    if remove:
        typer.echo(f"{change_store(remove_company)} demo loads are withdrawn")
        return
    for message in change_store(lambda con: load_company(con, people, seed)):
        typer.echo(message)
