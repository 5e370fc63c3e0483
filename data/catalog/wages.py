"""OEWS wages of the store by occupation, year and area, asked for by name."""

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.errors import UnknownNameError
from analytics.places import find_places
from analytics.rows import typed_rows
from analytics.suggestions import nearest
from analytics.wage_rows import PlaceName
from queries import run

NATION = "US"
_ALL = "all"
_MOST = 5


def read_wages(
    con: duckdb.DuckDBPyConnection,
    socs: Sequence[str],
    years: Sequence[int],
    areas: Sequence[str],
) -> pd.DataFrame:
    """The rows of the wages query; no code or year means all, and so does the area "all".

    Raises `UnknownNameError` for a code, a year or a place that the store doesn't
    have, or a name that several places bear.
    """
    held = run(con, "occupations")
    _refuse_unknown("occupation", socs, sorted(set(held.soc)))
    known_years = sorted({str(y) for y in run(con, "wage_years").year})
    _refuse_unknown("year", [str(y) for y in years], known_years)
    names = [] if _ALL in areas else [find_area(con, area) for area in areas]
    return run(con, "wages", socs=list(socs), years=list(years), areas=names)


def find_area(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """The one place that a name means, as the store calls it; raises `UnknownNameError`."""
    if text.strip().lower() in ("us", "usa", "united states"):
        return NATION
    places = typed_rows(run(con, "places"), PlaceName)
    found = find_places(text, places)
    if len(found) == 1:
        return found[0].place
    if not found:
        names = [row.place for row in places]
        raise UnknownNameError(f"no place {text!r}; {nearest(text, names)}")
    several = "; ".join(row.place for row in found[:_MOST])
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    raise UnknownNameError(f"{text!r} may be one of {len(found)} places: {several}{more}")


def _refuse_unknown(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            raise UnknownNameError(f"no {name} {value!r}; {nearest(value, list(known))}")
