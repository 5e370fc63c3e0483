"""`bandstand people merit`: a merit cycle by a matrix, within a budget."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.people_shared import (
    Currency,
    Inputs,
    Where,
    among,
    column_of,
    inputs_of,
    owner_only,
    read_people,
    write_people,
)
from commands.shared import Format, OutFile, output_format, parse_day, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection

    from analytics.people.merit_matrix import MeritMatrix


def merit(
    matrix: Annotated[
        Path | None,
        typer.Option(help="CSV: rating,0,0.9,1.1 (where bands begin), then percents a rating."),
    ] = None,
    rating: Annotated[str, typer.Option(help="The column of ratings.")] = "Performance",
    since: Annotated[str, typer.Option(help="First day of the review period.")] = "",
    until: Annotated[str, typer.Option(help="Its last day; later hires are prorated.")] = "",
    budget: Annotated[float | None, typer.Option(help="Scale the matrix to this a year.")] = None,
    lump_sums: Annotated[bool, typer.Option(help="Pay what is beyond the maximum once.")] = True,
    by: Annotated[str, typer.Option(help="A column to group by; else one row a person.")] = "",
    where: Where = None,
    currency: Currency = "",
    inputs: Inputs = False,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Merit raises by performance and compa-ratio, prorated, capped at the range's maximum.

    Example: bandstand people merit --matrix merit.csv --budget 250000 --out merit.xlsx
    """
    from analytics.money import money
    from analytics.people.groups import filled
    from analytics.people.merit import (
        MeritCycle,
        merit_cost,
        merit_cost_table,
        merit_table,
        merit_to_budget,
    )
    from data.files.people_workbook import MERIT, MERIT_COST

    owner_only("plan merit")
    fmt = output_format(fmt, out)
    found = among(read_people(""), where or [], currency)
    column = column_of(found, rating)
    rates = _matrix(matrix, set(filled(found[column])) - {"not stated"})
    cycle = MeritCycle(rates, column, parse_day(since), parse_day(until), lump_sums)
    if budget is not None:
        cycle, factor = merit_to_budget(found, cycle, budget)
        typer.echo(f"bandstand: the matrix times {factor:.4f} meets the budget", err=True)
    table = merit_table(found, cycle)
    paid_in = found.currency.iloc[0] if len(found) else "USD"
    cost = money(merit_cost(table), paid_in, decimals=2)
    without = int((table.why != "").sum())
    typer.echo(f"bandstand: {cost} a year; {without:,} people without a rate or range", err=True)
    asked = {
        "matrix": str(matrix or "a published example"), "rating": column, "by": by or "person",
        "review period": f"{since} to {until}" if since else "none", "currency": paid_in,
        "budget": "none" if budget is None else f"{budget:,.2f}",
        "lump sums": "yes" if lump_sums else "no", "where": ", ".join(where or []) or "everybody",
    }  # fmt: skip
    group = column_of(found, by) if by else ""
    if by:
        table = merit_cost_table(found, table, group)
    spec = inputs_of(
        MERIT_COST if by else MERIT, found, fmt, by=group, settings=cycle, inputs=inputs
    )
    write_people(table, "people merit", asked, fmt, out, "nobody passes these filters", spec)


def _matrix(file: Path | None, ratings: "Collection[str]") -> "MeritMatrix":
    from analytics.people.merit_matrix import example_matrix, parse_matrix

    if file is not None:
        return parse_matrix(read_bytes(file).decode("utf-8-sig", "replace"))
    example = example_matrix(ratings)
    if example is None:
        known = ", ".join(sorted(ratings)[:8]) or "none"
        raise InputError(f"the ratings are {known}; give their rates with --matrix FILE.csv")
    typer.echo(
        "bandstand: rates of a published example (coda.io, merit matrix 30) by compa-ratio below "
        "0.90, 1.00, 1.10 and above; give your own with --matrix FILE.csv",
        err=True,
    )
    return example
