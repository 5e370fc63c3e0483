"""Everybody of the loaded rosters against the loaded ranges."""

from collections.abc import Callable
from functools import cache, partial

import duckdb

from analytics.deltas import Rung
from analytics.job_rows import JobProfile
from analytics.own_pay import OwnRange, every_range, job_of_range, place_of_range
from analytics.people.level_check import neighbor_levels
from analytics.people.positions import Positions, positions_of
from analytics.people.roster import read_roster
from analytics.pricing.ageing import Month
from analytics.pricing.answers import answer_question
from analytics.pricing.question import BASES, PayQuestion
from analytics.rows import typed_rows
from analytics.wage_rows import PlaceName
from data.catalog.market import read_market
from data.catalog.pay_sources import read_function_pay, read_job_sources, read_usual_rate
from queries import run

MarketOf = Callable[[OwnRange], float | None]


def read_positions(con: duckdb.DuckDBPyConnection, market_of: MarketOf) -> Positions:
    """Everybody on the rosters that stand, with ``market_of`` their range (`positions_of`)."""
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    loads = run(con, "loads")
    names = dict(zip(loads.load.tolist(), loads.name.astype(str), strict=True))
    roster = read_roster(run(con, "loaded_roster", load=""), profiles, names)
    ranges = every_range(run(con, "loaded_ranges", load=""), profiles)
    levels = run(con, "levels").drop_duplicates("level")
    rungs = [Rung(r.level, r.track, r.ordinal, r.grade) for r in levels.itertuples()]
    return positions_of(roster, ranges, read_places(con), market_of, neighbor_levels(rungs))


def read_places(con: duckdb.DuckDBPyConnection) -> list[PlaceName]:
    """The places that pay can be converted to."""
    return typed_rows(run(con, "places"), PlaceName)


def market_medians(con: duckdb.DuckDBPyConnection, month: Month) -> MarketOf:
    """The market's median for a range in a month, on its basis and at its place."""
    market, places = read_market(con), read_places(con)
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    rate = read_usual_rate(con)
    shared = cache(partial(read_function_pay, con, market, rate))
    known: dict[tuple[str, str, str], float | None] = {}

    def median(pay_range: OwnRange) -> float | None:
        job = job_of_range(pay_range, profiles)
        if job is None or pay_range.currency != "USD" or pay_range.pay_basis not in BASES:
            return None
        key = (job.code, place_of_range(pay_range, places), pay_range.pay_basis)
        if key not in known:
            sources = read_job_sources(con, market, vars(job), shared(job.function, key[1]))
            priced = answer_question(PayQuestion(job, key[1], key[2], 0.5, month), sources, rate)
            known[key] = priced.target.composite if priced else None
        return known[key]

    return median
