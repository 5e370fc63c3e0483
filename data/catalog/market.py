"""Reading the market from the store, and filtering its tables."""

from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import InputError, UnknownNameError
from analytics.job_rows import JobProfile
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

    @property
    def across_levels(self) -> "Filters":
        """The filters for figures of a whole function, which have no focus, track or level."""
        return replace(self, focus=(), track=(), level=())

    def passes(self, row: Any) -> bool:
        """Whether a row passes every filter.

        Raises `InputError` for a filter on a column that the row does not have.
        """
        for column, values in vars(self).items():
            if values and not hasattr(row, column):
                raise InputError(f"these rows have no {column} to filter by")
            if values and getattr(row, column) not in values:
                return False
        return True

    def passes_job(self, job: JobProfile) -> bool:
        """Whether a job profile passes the filters that a job can: focus, track and level."""
        asked = ((self.focus, job.focus_title), (self.track, job.track), (self.level, job.level))
        return all(not values or value in values for values, value in asked)

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
    """Refuse an unknown filter value, suggesting the nearest known one.

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
