"""Answers to the question of the home page: one job priced, and its whole ladder."""

from analytics.pay_rows import Band
from analytics.pricing.ageing import parse_month
from analytics.pricing.answers import answer_question, ladder_questions, ladder_table
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import cached_read
from app_pages.cache.market_tables import market_band_frame
from app_pages.cache.pricing import price_sources, usual_rate
from app_pages.components.tables import Table


@cached_read(most=512)
def answer(code: str, place: str, basis: str, percentile: float, month: str) -> PricedJob | None:
    """A job priced from the sources that answer by default; None where none does."""
    asked = _question(code, place, basis, percentile, month)
    return answer_question(asked, price_sources(code, place), usual_rate())


@cached_read(most=64)
def ladder_answers(code: str, place: str, basis: str, month: str) -> Table[Band]:
    """Every level of a job's ladder on the same terms, with what is published for a level."""
    asked = _question(code, place, basis, 0.5, month)
    levels = [
        (level, answer(level.job.code, place, basis, level.percentile, month))
        for level in ladder_questions(asked, profiles().rows)
    ]
    table = ladder_table(levels, market_band_frame())
    return Table.of(table, Band, hidden=["series"]) if len(table) else Table.of(table)


def _question(code: str, place: str, basis: str, percentile: float, month: str) -> PayQuestion:
    job = next(row for row in profiles().rows if row.code == code)
    return PayQuestion(job, place, basis, percentile, parse_month(month))
