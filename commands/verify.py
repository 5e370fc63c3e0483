"""`bandstand verify`: a workbook that Bandstand wrote, computed anew from its own inputs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.shared import read_bytes, read_store

if TYPE_CHECKING:
    import duckdb

    from data.files.verify_workbook import Verified

#: Differences that are listed one by one.
_MOST = 50


def verify(
    file: Annotated[Path, typer.Argument(help="Pricings, ranges, people or a scenario as Excel.")],
    store: Annotated[
        bool, typer.Option(help="Also say what today's store has otherwise than the file.")
    ] = True,
) -> None:
    """Compute every figure of an exported workbook anew from its inputs, and list what differs.

    Then from today's store: which sources, market figures, people or loads are others by
    now, and what the answer would be on them. Leaves with 2 where a cell differs.

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
    if store:
        sentences = read_store(lambda con: _of_store(con, found))
        for sentence in sentences or ["the same inputs give the same figures"]:
            typer.echo(f"today's store: {sentence}")
    if found.differences:
        raise InputError(f"{file}: {len(found.differences):,} of {found.cells:,} cells differ")
    typer.echo(
        f"{file}: a {found.what}; {found.cells:,} cells of {', '.join(found.sheets)} computed "
        "anew, none differs"
    )
    if found.not_computed:
        typer.echo(f"words, not computed: {', '.join(found.not_computed)}")


def _of_store(con: "duckdb.DuckDBPyConnection", found: "Verified") -> list[str]:
    """What the store has otherwise by now than a file's inputs, a sentence each."""
    from analytics.pricing.inputs import Pricing
    from data.catalog.pricing_today import read_pricings_since
    from data.files.compared_workbook import ComparedFile
    from data.files.people_workbook import PeopleFile
    from data.files.prices_workbook import PricesFile
    from data.files.ranges_workbook import RangesFile
    from data.people.people_today import read_people_since
    from data.people.scenario_today import read_scenario_since
    from data.ranges.today import read_ranges_since
    from data.records.question import OWNER, server_mode

    inputs = found.inputs
    if isinstance(inputs, Pricing):
        return read_pricings_since(con, [inputs])
    if isinstance(inputs, PricesFile):
        return read_pricings_since(con, inputs.pricings)
    if isinstance(inputs, RangesFile):
        return read_ranges_since(con, inputs.structures[0])
    if server_mode() != OWNER:
        return [f"not held against your people, since BANDSTAND_RECORDS is {server_mode()}"]
    if isinstance(inputs, PeopleFile):
        return read_people_since(con, inputs)
    if isinstance(inputs, ComparedFile):
        each = {name: read_scenario_since(con, s) for name, s in inputs.scenarios.items()}
        return [f"{name}: {said}" for name, sentences in each.items() for said in sentences]
    return read_scenario_since(con, inputs)
