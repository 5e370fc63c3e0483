"""What answering a question of pay reads from the store, and the report of an answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from analytics.context import context_text
from analytics.market_tables import Market, band_table, sources_named
from analytics.money import money
from analytics.pricing.answers import answer_question, ladder_questions, ladder_table
from analytics.pricing.derivation import derivation
from analytics.pricing.explanation import trust_line, waterfall
from analytics.pricing.market_sources import Places, sources_for, survey_sources, usual_rate
from analytics.pricing.pricing import PricedJob, Source
from analytics.pricing.question import PayQuestion
from analytics.pricing.sensitivity import sensitivities
from analytics.pricing.statement import assumption_line, context_of, shown_figures
from analytics.rows import Band, CostChange, JobProfile, PlaceFactor, typed_rows
from data.catalog.market import read_market
from data.files.report import Bar, Report
from queries import run

#: Asks a query by its name and parameters.
Ask = Callable[..., pd.DataFrame]
_MOST_INPUTS = 3
_WOULD_CHANGE = (
    "A survey of your own for this job, loaded under Import.",
    "Another date, place, pay basis or percentile in the question.",
)


@dataclass(frozen=True)
class Answer:
    """A question with its answer and the median of every level of the ladder."""

    question: PayQuestion
    priced: PricedJob | None
    ladder: list[Band]


def job_sources(ask: Ask, market: Market, job: JobProfile, place: str) -> list[Source]:
    """What the store says of a job's pay at a place, as sources of a pricing."""
    factors = ask("places", function=job.function)
    places = Places(place, typed_rows(factors[factors.place == place], PlaceFactor), job.focus)
    stored = sources_for(market, vars(job), ask("wage_history"), places)
    return [*survey_sources(ask("survey_pay", code=job.code), places), *stored]


def read_answer(con: duckdb.DuckDBPyConnection, question: PayQuestion) -> Answer:
    """Answer a question from the store, without anything that is kept in memory."""

    def ask(name: str, **params: Any) -> pd.DataFrame:
        return run(con, name, **params)

    market = read_market(con)
    profiles = typed_rows(ask("profiles"), JobProfile)
    rate = usual_rate(typed_rows(ask("cost_changes"), CostChange))

    def answer(asked: PayQuestion) -> PricedJob | None:
        return answer_question(asked, job_sources(ask, market, asked.job, asked.place), rate)

    levels = [(asked, answer(asked)) for asked in ladder_questions(question, profiles)]
    table = ladder_table(levels, band_table(market))
    return Answer(question, answer(question), typed_rows(table, Band) if len(table) else [])


def pay_report(
    question: PayQuestion,
    priced: PricedJob,
    ladder: Iterable[Band],
    sources: pd.DataFrame,
    made_on: str,
) -> Report:
    """The page that can be handed on, with every source that the answer rests on."""
    value, interval = shown_figures(priced)
    used = sources_named(sources, priced.origins)
    return Report(
        question=question.text,
        answer=value,
        interval=interval,
        currency=priced.pricing.currency,
        trust=trust_line(priced),
        context=context_text(context_of(question, priced)),
        assumption=assumption_line(priced),
        bars=[_bar(row, question) for row in ladder if row.median is not None],
        steps=waterfall(priced),
        inputs=_inputs(priced),
        derivation=derivation(priced),
        changes=_WOULD_CHANGE,
        sources=used.astype(str).to_dict("records"),
        made_on=made_on,
    )


def _inputs(priced: PricedJob) -> Sequence[str]:
    """The inputs that matter most, each with the answer if it were another."""
    currency = priced.pricing.currency
    return [
        f"{effect.change[:1].upper()}{effect.change[1:]}: {money(effect.value, currency)} "
        f"({effect.ratio:+.1%})"
        for effect in sensitivities(priced)[:_MOST_INPUTS]
    ]


def _bar(row: Band, question: PayQuestion) -> Bar:
    published = ", published" if row.status == "published" else ""
    return Bar(
        f"{row.level} {row.title}{published}",
        row.percentiles["p50"],
        row.low,
        row.high,
        highlighted=row.level == question.job.level and not published,
    )
