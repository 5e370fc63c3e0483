"""The market tables: bands by level, benchmarks beside them, steps between levels.

The one composition of queries and analytics that the Market page and the
command line share, so that they can't tell different stories.
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
    """Which rows to keep; an empty filter keeps all."""

    function: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    track: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    pay_basis: tuple[str, ...] = ()
    series: tuple[str, ...] = ()

    def passes(self, row: Any) -> bool:
        """Whether a row passes each filter that it has a value for."""
        return all(
            getattr(row, name, wanted[0]) in wanted for name, wanted in vars(self).items() if wanted
        )

    def keep(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of ``table`` that pass."""
        return table[[self.passes(row) for row in table.itertuples()]]


def read_market(con: duckdb.DuckDBPyConnection) -> Market:
    """Read the market once; ``con`` is a cursor of its own."""
    return Market(
        run(con, "levels"),
        run(con, "modelled_levels"),
        run(con, "published_pay"),
        run(con, "occupation_pay"),
        run(con, "sources"),
    )


def check_known(market: Market, filters: Filters) -> None:
    """Refuse a filter value that the market doesn't hold, naming the nearest that it does.

    Raises `UnknownNameError`.
    """
    columns = {
        "function": "function_title",
        "focus": "focus_title",
        "track": "track",
        "level": "level",
    }
    for name, column in columns.items():
        known = list(dict.fromkeys(market.levels[column]))
        for value in getattr(filters, name):
            if value not in known:
                raise UnknownNameError(f"no {name} {value!r}; {nearest(value, known)}")
