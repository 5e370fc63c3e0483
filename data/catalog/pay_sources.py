"""What the store says of a job's pay at a place, as sources of a pricing."""

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from analytics.market_tables import Market
from analytics.places import find_places
from analytics.pricing.inputs import Rate, Source
from analytics.pricing.market_sources import ANYWHERE, sources_for, survey_sources, usual_rate
from analytics.pricing.places import Places, cell_kind, place_factors
from analytics.rows import CostChange, typed_rows
from analytics.wage_rows import AreaWage, PlaceMedian, PlaceName
from queries import run


def read_sources(
    con: duckdb.DuckDBPyConnection,
    market: Market,
    job: Mapping[str, Any],
    place: str = "",
    history: pd.DataFrame | None = None,
    rate: Rate | None = None,
) -> list[Source]:
    """Every source of a job's pay, own surveys first; ``place`` is empty for the nation.

    ``job`` is a row of profiles; ``history`` is that of its function (`read_history`) and
    ``rate`` the usual one, each read where it isn't given.
    """
    places = read_places(con, job["function"], place)
    rate = rate or usual_rate(typed_rows(run(con, "cost_changes"), CostChange))
    socs = _socs(market, job["function"])
    if history is None:
        history = read_history(con, market, job["function"])
    local = read_local_wages(con, socs, place) if place else {}
    stored = sources_for(market, job, history, places, rate, local)
    surveys = run(con, "survey_pay", code=job["code"])
    return [*survey_sources(surveys, places, _stated(con, job["function"], surveys)), *stored]


def _stated(
    con: duckdb.DuckDBPyConnection, function: str, surveys: pd.DataFrame
) -> dict[str, Places]:
    """The places that surveys name, as far as they are known, by the names they go by there."""
    stated = [place for place in surveys.place.unique() if place not in ANYWHERE]
    if not stated:
        return {}
    known = typed_rows(run(con, "places"), PlaceName)
    found = {place: find_places(place, known) for place in stated}
    return {
        place: read_places(con, function, rows[0].place)
        for place, rows in found.items()
        if len(rows) == 1 and rows[0].kind != "nation"
    }


def read_history(con: duckdb.DuckDBPyConnection, market: Market, function: str) -> pd.DataFrame:
    """What the occupations that a function is mapped to paid, first and last year."""
    return run(con, "wage_history", socs=_socs(market, function))


def _socs(market: Market, function: str) -> list[str]:
    occupations = market.occupations
    return sorted(set(occupations[occupations.function == function].soc))


def read_places(con: duckdb.DuckDBPyConnection, function: str, place: str) -> Places:
    """The factors that convert national pay of a function to a place, if one is given."""
    if not place:
        return Places()
    medians = typed_rows(run(con, "place_medians", function=function, place=place), PlaceMedian)
    return Places(place, place_factors(place, medians), cell_kind(medians))


def read_local_wages(
    con: duckdb.DuckDBPyConnection, socs: list[str], place: str
) -> dict[str, AreaWage]:
    """The newest wages that BLS prints of occupations at a place itself, by code."""
    rows = typed_rows(run(con, "wages", socs=socs, years=[], areas=[place]), AreaWage)
    return {row.soc: row for row in sorted(rows, key=lambda row: (row.year, row.o_group))}
