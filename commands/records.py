"""`bandstand records`: pay records that stay on another engine."""

from typing import TYPE_CHECKING

import typer

from analytics.errors import InputError

if TYPE_CHECKING:
    from data.records.engines.records import EngineRecords

records = typer.Typer(
    help="Pay records that stay where they are: Postgres, Spark, or Parquet in a folder.\n\n"
    "BANDSTAND_RECORDS_URL and BANDSTAND_RECORDS_TABLE say where (docs/engines.md).\n\n"
    "Example: bandstand records connect",
    no_args_is_help=True,
)


@records.command()
def connect() -> None:
    """Connect to the engine, and say which column is taken for which field; reads no record.

    Example: BANDSTAND_RECORDS_URL=lake/ bandstand records connect
    """
    found = _open()
    typer.echo(f"{found.table.name} on {found.engine.name}")
    for name, column in found.table.columns.items():
        typer.echo(f"  {name}: {column}")
    unit = "hundredths" if found.table.hundredths else "units"
    typer.echo(f"money in {unit} of the currency; BANDSTAND_RECORDS_MONEY says otherwise")


@records.command()
def check() -> None:
    """Check the records there, as an import would; each count reads the whole table.

    Leaves with 2 where records are left out.

    Example: BANDSTAND_RECORDS_URL=lake/ bandstand records check
    """
    from data.records.engines.check import check_records

    opened = _open()
    found = check_records(opened)
    for sentence in (*found.left_out, *found.warnings):
        typer.echo(sentence)
    left_out = found.records - found.usable
    typer.echo(f"{found.records:,} records: {found.usable:,} count, {left_out:,} are left out")
    typer.echo(f"stamp {opened.stamp()}")
    if left_out:
        raise InputError(f"{opened.table.name}: {left_out:,} records are left out of every answer")


@records.command()
def copy() -> None:
    """Copy the records there into a sorted index beside the store; answers then take milliseconds.

    The table is read in order once, and some ten times more to compare the copy with it. A
    copy that was broken off goes on where it was.

    Example: BANDSTAND_RECORDS_URL=lake/ bandstand records copy
    """
    from commands.shared import progress_bar
    from data.records.engines.copying import copy_records
    from data.store.location import store_path

    with progress_bar("Copying") as tell:
        made = copy_records(_open(), store_path(), tell)
    facts = made.facts
    typer.echo(
        f"{facts.people:,} records of {facts.source} copied {facts.copied_at}; totals, values and "
        f"{facts.questions} questions to the cent are as on the engine"
    )
    typer.echo(f"{made.folder}, stamp {facts.stamp[:8]}")


def _open() -> "EngineRecords":
    from commands.shared import read_store
    from data.records.engines.settings import open_records

    return read_store(open_records)
