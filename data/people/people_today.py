"""A table of people from today's store: what became of its loads, its people and its figure."""

import duckdb

from analytics.errors import InputError
from analytics.money import money
from analytics.people.loads_since import loads_since
from analytics.people.merit import merit_cost
from analytics.people.people_since import people_since, still_there
from analytics.pricing.ageing import parse_month
from data.files.people_workbook import (
    COST,
    MERIT,
    MERIT_COST,
    OFFER,
    PRICES,
    RAISES,
    PeopleFile,
    people_file,
)
from data.people.positions import market_medians, read_positions
from queries import run


def read_people_since(con: duckdb.DuckDBPyConnection, file: PeopleFile) -> list[str]:
    """A sentence for each load that is another, for what differs of people, and for the figure.

    The market is held against that of the file's own month.
    """
    loads = loads_since(file.loads, run(con, "loads"))
    today = read_positions(con, market_medians(con, parse_month(file.month))).people
    told = people_since(file.whole, today)
    if not told or file.table == OFFER:
        return [*loads, *told]
    mine = still_there(file.people, today)
    try:
        again = people_file(
            file.table, mine, file.month, file.loads, file.by, file.order, file.settings
        )
        (label, then), (_, now) = _figure(file), _figure(again)
    except (KeyError, InputError) as error:
        return [*loads, *told, f"its figure today can't be computed: {error}"]
    return [*loads, *told, f"{label} for those who are still there: {then} → {now}"]


def _figure(file: PeopleFile) -> tuple[str, str]:
    """The figure that a table comes to: what it is called, and in words."""
    people, currency = file.whole, str(file.people.currency.iloc[0]) if len(file.people) else ""
    if file.table in (COST, MERIT_COST):
        return "its cost", money(float(file.frame.cost.sum()), currency, decimals=2)
    if file.table == MERIT:
        return "its cost", money(merit_cost(file.frame), currency, decimals=2)
    if file.table == RAISES:
        return "its cost", money(float(file.frame.raise_paid.sum()), currency, decimals=2)
    if file.table == PRICES:
        return "its cost", money(float(file.frame.price.iloc[0]), currency, decimals=2)
    placed = people[people.position != ""]
    middle = float(placed.midpoint.sum())
    ratio = f"{float(placed.pay.sum()) / middle:.4f}" if middle else "none"
    return "the compa-ratio", ratio
