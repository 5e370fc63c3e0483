"""What a structure is built from: the market of each level of a ladder, and place ratios."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

import duckdb
import pandas as pd

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.pricing.inputs import Pricing, Source
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.pricing.serialization import from_spec
from analytics.ranges.market_choice import (
    RECORDS,
    answer_choice,
    chosen_pricing,
    record_source,
)
from analytics.ranges.market_levels import level_questions, market_levels
from analytics.ranges.rows import MarketLevel, PlaceRatio
from analytics.record_rows import RecordCell
from analytics.rows import typed_rows
from data.catalog.market import read_market
from data.catalog.pay_sources import (
    read_function_pay,
    read_job_sources,
    read_places,
    read_usual_rate,
)
from data.records.bands import PayRecords, has_records, record_band_table
from data.records.question import OWNER, RecordQuery, server_mode
from data.store import saved_work
from data.store.location import store_path
from queries import run

Answer = Callable[[PayQuestion, str], PricedJob | None]


def read_market_levels(
    con: duckdb.DuckDBPyConnection,
    question: PayQuestion,
    percentiles: Mapping[str, float] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> tuple[MarketLevel, ...]:
    """The market of each level of the question's ladder in the whole country, on its terms.

    ``percentiles`` are those of single levels, focuses or tracks (`level_questions`);
    ``chosen`` names by level the figure that it takes instead of the usual sources.
    """
    profiles, answer = typed_rows(run(con, "profiles"), JobProfile), market_answers(con)
    named = chosen or {}
    asked = level_questions(question, profiles, percentiles)
    return market_levels([(q, answer(q, named.get(q.job.level, ""))) for q in asked], named)


def market_answers(con: duckdb.DuckDBPyConnection) -> Answer:
    """What answers a level's question in the whole country from a figure chosen by its name."""
    market, rate = read_market(con), read_usual_rate(con)
    shared = cache(partial(read_function_pay, con, market, rate))

    def answer(asked: PayQuestion, figure: str) -> PricedJob | None:
        offered = read_job_sources(con, market, vars(asked.job), shared(asked.job.function))
        if figure == RECORDS:
            offered = [*read_record_sources(con, asked), *offered]
        saved = run(con, "saved_work", kind="pricing") if chosen_pricing(figure) else None
        pricing = read_pricing(saved, figure) if saved is not None else None
        return answer_choice(asked, figure, offered, rate, pricing)

    return answer


def read_pricing(saved: pd.DataFrame, figure: str) -> Pricing | None:
    """The newest version of the saved pricing that is chosen, if one is.

    ``saved`` are rows of the saved-work query. Raises `UnknownNameError`.
    """
    name = chosen_pricing(figure)
    return from_spec(saved_work.find(saved, name)) if name else None


def read_record_sources(con: duckdb.DuckDBPyConnection, asked: PayQuestion) -> list[Source]:
    """The team's own pay records of a level as a source; none where there are none to be seen."""
    if server_mode() != OWNER or not has_records(con):
        return []
    query = RecordQuery("USD", asked.basis, ("function", "level"))
    table = record_band_table(con, PayRecords.open(con, store_path()), query)
    return record_sources_of(typed_rows(table, RecordCell), asked.job)


def record_sources_of(cells: Sequence[RecordCell], job: JobProfile) -> list[Source]:
    """The cell of a job's function and level as a source."""
    wanted = (job.function_title.casefold(), job.level)
    mine = [
        cell
        for cell in cells
        if (cell.dimensions["function"].casefold(), cell.dimensions["level"]) == wanted
    ]
    return [source for source in map(record_source, mine) if source]


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
