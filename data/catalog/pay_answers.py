"""What answering a question of pay reads from the store, and the report of an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import duckdb
import pandas as pd

from analytics.context import context_text
from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.market_tables import band_table, sources_named
from analytics.money import money
from analytics.pay_basis import LABELS
from analytics.pay_rows import Band
from analytics.pricing.answers import answer_question, ladder_questions, ladder_table
from analytics.pricing.derivation import derivation
from analytics.pricing.explanation import trust_line, waterfall
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.pricing.sensitivity import sensitivities
from analytics.pricing.statement import assumption_line, context_of, shown_figures
from analytics.rows import typed_rows
from data.catalog.market import read_market
from data.catalog.pay_sources import (
    read_function_pay,
    read_job_sources,
    read_sources,
    read_usual_rate,
)
from data.files.report import Bar, Report
from queries import run

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


def read_answer(con: duckdb.DuckDBPyConnection, question: PayQuestion) -> Answer:
    """Answer a question from the store, without anything that is kept in memory."""

    market, rate = read_market(con), read_usual_rate(con)
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    shared = cache(partial(read_function_pay, con, market, rate))

    def answer(asked: PayQuestion) -> PricedJob | None:
        of_function = shared(asked.job.function, asked.place)
        offered = read_job_sources(con, market, vars(asked.job), of_function)
        return answer_question(asked, offered, rate)

    levels = [(asked, answer(asked)) for asked in ladder_questions(question, profiles)]
    table = ladder_table(levels, band_table(market))
    return Answer(question, answer(question), typed_rows(table, Band) if len(table) else [])


def read_priced(con: duckdb.DuckDBPyConnection, question: PayQuestion) -> PricedJob:
    """The answer to a question alone; raises `InputError` where no source gives one."""
    offered = read_sources(con, read_market(con), vars(question.job), question.place)
    priced = answer_question(question, offered, read_usual_rate(con))
    if priced is None:
        raise InputError(no_answer(question))
    return priced


def no_answer(question: PayQuestion) -> str:
    """What to say where no source answers a question."""
    return (
        f"no source answers for {question.job.label} on {LABELS[question.basis]}; load a survey "
        "of your own, or ask for another basis"
    )


def pay_report(
    question: PayQuestion,
    priced: PricedJob,
    ladder: Iterable[Band],
    sources: pd.DataFrame,
    made_on: str,
    taken: str = "",
) -> Report:
    """The page that can be handed on, with every source that the answer rests on.

    ``taken`` says what the words of the question were taken for, where that isn't plain.
    """
    value, interval = shown_figures(priced)
    used = sources_named(sources, priced.origins)
    return Report(
        question=question.text,
        answer=value,
        interval=interval,
        currency=priced.pricing.currency,
        trust=trust_line(priced),
        context=context_text(context_of(question, priced)),
        assumption=" · ".join(filter(None, (taken, assumption_line(priced)))),
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
