"""What a structure is built from: the market of each level of a ladder, and place ratios."""

from collections.abc import Mapping, Sequence

import duckdb

from analytics.errors import InputError
from analytics.pricing.answers import answer_question
from analytics.pricing.market_sources import usual_rate
from analytics.pricing.question import PayQuestion
from analytics.ranges.market_levels import level_questions, market_levels
from analytics.ranges.rows import MarketLevel, PlaceRatio
from analytics.rows import CostChange, JobProfile, typed_rows
from data.catalog.market import read_market
from data.catalog.pay_sources import read_places, read_sources
from queries import run


def read_market_levels(
    con: duckdb.DuckDBPyConnection,
    question: PayQuestion,
    percentiles: Mapping[str, float] | None = None,
) -> tuple[MarketLevel, ...]:
    """The market of each level of the question's ladder in the whole country, on its terms.

    ``percentiles`` are those of single levels, focuses or tracks (`level_questions`).
    """
    market, profiles = read_market(con), typed_rows(run(con, "profiles"), JobProfile)
    rate = usual_rate(typed_rows(run(con, "cost_changes"), CostChange))
    return market_levels([
        (asked, answer_question(asked, read_sources(con, market, vars(asked.job)), rate))
        for asked in level_questions(question, profiles, percentiles)
    ])  # fmt: skip


def read_place_ratios(
    con: duckdb.DuckDBPyConnection, function: str, places: Sequence[str]
) -> tuple[PlaceRatio, ...]:
    """By what national pay of a function is multiplied at each place; raises `InputError`.

    The ratio is that of pay which is no single occupation's (`analytics.pricing.places`).
    """
    ratios = []
    for place in places:
        found = read_places(con, function, place).of()
        if found.error == "not stated":
            raise InputError(f"{place}: no wages are known there to take a ratio from")
        ratios.append(PlaceRatio(place, found.factor, found.label))
    return tuple(ratios)
