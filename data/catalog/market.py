"""Read the market from the store, and filter its tables.

Shared by the Market page and the command line, so that the two always agree.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import UnknownNameError
from analytics.market_tables import Market
from analytics.suggestions import nearest
from queries import run


@dataclass(frozen=True)
class Filters:
    """Which rows of a table to keep; an empty filter keeps all."""

    function: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    track: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    pay_basis: tuple[str, ...] = ()
    series: tuple[str, ...] = ()

    def passes(self, row: Any) -> bool:
        """Whether a row passes every filter; one for a column that it lacks doesn't count."""
        return all(
            getattr(row, name, values[0]) in values for name, values in vars(self).items() if values
        )

    def keep(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of ``table`` that pass every filter."""
        return table[[self.passes(row) for row in table.itertuples()]]


def read_market(con: duckdb.DuckDBPyConnection) -> Market:
    """Everything that the market tables are made from."""
    return Market(
        run(con, "levels"),
        run(con, "modelled_levels"),
        run(con, "published_pay"),
        run(con, "occupation_pay"),
        run(con, "sources"),
    )


def check_known(market: Market, filters: Filters) -> None:
    """Raise `UnknownNameError` for a filter value that the market lacks, naming the nearest."""
    columns = {
        "function": "function_title",
        "focus": "focus_title",
        "track": "track",
        "level": "level",
    }
    for name, column in columns.items():
        options = list(dict.fromkeys(market.levels[column]))
        for value in getattr(filters, name):
            if value not in options:
                raise UnknownNameError(f"no {name} {value!r}; {nearest(value, options)}")
