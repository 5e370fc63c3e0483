"""What the store says of a job's pay at a place, as sources of a pricing."""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class FunctionPay:
    """What the store says of a function's pay at a place: all of its jobs share it.

    ``history`` is what the function's occupations paid, first and last year; ``local`` the
    wages that are printed of them at the place itself; ``rate`` the usual one. ``surveyed``
    are the codes of all jobs that the team's own surveys speak of.
    """

    places: Places
    history: pd.DataFrame
    local: Mapping[str, AreaWage]
    rate: Rate
    surveyed: frozenset[str]


def read_function_pay(
    con: duckdb.DuckDBPyConnection,
    market: Market,
    rate: Rate,
    function: str,
    place: str = "",
) -> FunctionPay:
    """What jobs of a function share at a place, which is empty for the nation."""
    socs = sorted(set(market.occupations[market.occupations.function == function].soc))
    return FunctionPay(
        read_places(con, function, place),
        run(con, "wage_history", socs=socs),
        read_local_wages(con, socs, place) if place else {},
        rate,
        _surveyed(con),
    )


def read_sources(
    con: duckdb.DuckDBPyConnection, market: Market, job: Mapping[str, Any], place: str = ""
) -> list[Source]:
    """Every source of a single job's pay; ``place`` is empty for the nation.

    ``job`` is a row of profiles. For several jobs, `read_function_pay` once a function
    and `read_job_sources` of each spare half the queries.
    """
    rate = read_usual_rate(con)
    shared = read_function_pay(con, market, rate, job["function"], place)
    return read_job_sources(con, market, job, shared)


def read_job_sources(
    con: duckdb.DuckDBPyConnection, market: Market, job: Mapping[str, Any], shared: FunctionPay
) -> list[Source]:
    """Every source of a job's pay beside what its function shares, own surveys first."""
    stored = sources_for(market, job, shared.history, shared.places, shared.rate, shared.local)
    if job["code"] not in shared.surveyed:
        return stored
    surveys = run(con, "survey_pay", code=job["code"])
    stated = _stated(con, job["function"], surveys)
    return [*survey_sources(surveys, shared.places, stated), *stored]


def _surveyed(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Jobs of surveys, active or not: most teams have few, and a query a job takes 4 ms."""
    codes = con.execute("select distinct code from imported_survey where code is not null")
    return frozenset(code for (code,) in codes.fetchall())


def read_usual_rate(con: duckdb.DuckDBPyConnection) -> Rate:
    """The yearly rate that pay is aged at unless somebody says another."""
    return usual_rate(typed_rows(run(con, "cost_changes"), CostChange))


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
