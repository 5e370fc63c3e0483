"""One person over the rosters that are loaded."""

import duckdb
import pandas as pd

from analytics.job_rows import JobProfile
from analytics.own_pay import every_range
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from analytics.rows import typed_rows
from data.people.positions import MarketOf, read_places
from queries import run


def read_history(
    con: duckdb.DuckDBPyConnection, employee_id: str, market_of: MarketOf
) -> pd.DataFrame:
    """Somebody's rows of the rosters that stand, oldest first, as a table of positions.

    Each is held against the ranges that stand today, not against those of its date.
    """
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    every = run(con, "loaded_roster", load="")
    mine = every[every.employee_id == employee_id].sort_values(["as_of", "load"], kind="stable")
    loads = run(con, "loads")
    names = dict(zip(loads.load.tolist(), loads.name.astype(str), strict=True))
    ranges = every_range(run(con, "loaded_ranges", load=""), profiles)
    places = read_places(con)
    found = [
        positions_of(read_roster(mine.iloc[[i]], profiles, names), ranges, places, market_of)
        for i in range(len(mine))
    ]
    tables = [table for f in found for table in (f.people, f.leavers) if len(table)]
    if not tables:
        return positions_of(read_roster(mine, profiles, names), (), places).people
    whole = pd.concat(tables, ignore_index=True)
    # Each roster keeps columns of its own.
    whole = whole[[name for name in tables[0] if all(name in table for table in tables)]]
    whole.attrs = tables[0].attrs
    return whole
