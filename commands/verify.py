"""`bandstand verify`: a workbook that Bandstand wrote, computed anew from its own inputs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.shared import read_bytes, read_store

if TYPE_CHECKING:
    from data.files.verify_workbook import Verified

#: Differences that are listed one by one.
_MOST = 50


def verify(file: Annotated[Path, typer.Argument(help="A pricing or scenario as Excel.")]) -> None:
    """Compute every figure of an exported workbook anew from its inputs, and list what differs.

    Of a scenario it says too which of the loads that it stands on are no longer those of
    your store. Leaves with 2 where a cell differs.

    Example: bandstand verify pricing.xlsx
    """
    from data.files.verify_workbook import verify_workbook

    found = verify_workbook(str(file), read_bytes(file))
    for difference in found.differences[:_MOST]:
        typer.echo(
            f"{difference.sheet}!{difference.cell}: the file has {difference.in_file!r}, "
            f"its inputs give {difference.computed!r}"
        )
    if len(found.differences) > _MOST:
        typer.echo(f"and {len(found.differences) - _MOST:,} more")
    for sentence in _of_store(found):
        typer.echo(sentence)
    if found.differences:
        raise InputError(f"{file}: {len(found.differences):,} of {found.cells:,} cells differ")
    typer.echo(
        f"{file}: a {found.what}; {found.cells:,} cells of {', '.join(found.sheets)} computed "
        "anew, none differs"
    )
    if found.not_computed:
        typer.echo(f"words, not computed: {', '.join(found.not_computed)}")


def _of_store(found: "Verified") -> list[str]:
    """Which loads that a file stands on are not in the store as they were."""
    from analytics.people.loads_since import loads_since
    from queries import run

    if not found.loads:
        return []
    return loads_since(found.loads, read_store(lambda con: run(con, "loads")))
