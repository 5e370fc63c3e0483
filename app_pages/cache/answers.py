"""Answers to the question of the home page: one job priced, and its whole ladder."""

import pandas as pd

from analytics.errors import InputError
from analytics.pricing.ageing import parse_month
from analytics.pricing.answers import answer_band_table
from analytics.pricing.defaults import default_sources
from analytics.pricing.pricing import PricedJob, Pricing, Rate, price_job
from analytics.rows import Band, JobProfile
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import cached_read
from app_pages.cache.market_tables import market_band_frame
from app_pages.cache.pricing import cost_changes, price_sources
from app_pages.components.tables import Table

ECI_GROUP = "Management, professional, and related"


@cached_read()
def usual_rate() -> Rate:
    """The yearly rate that pay is aged at unless somebody says another."""
    eci = next(r for r in cost_changes() if r.worker_group == ECI_GROUP)
    return Rate(eci.rate, f"ECI, {eci.worker_group}, to {eci.quarter}")


@cached_read(most=512)
def answer(code: str, place: str, basis: str, percentile: float, month: str) -> PricedJob | None:
    """A job priced from the sources that answer by default; None where none does."""
    job = next(row for row in profiles().rows if row.code == code)
    pricing = Pricing(
        job.label,
        basis,
        parse_month(month),
        usual_rate(),
        default_sources(price_sources(code, place), basis),
        percentile,
        code=code,
        place=place,
    )
    try:
        return price_job(pricing)
    except InputError:
        return None


@cached_read(most=64)
def ladder_answers(code: str, place: str, basis: str, month: str) -> Table[Band]:
    """Every level of a job's ladder on the same terms, with what is published for a level."""
    job = next(row for row in profiles().rows if row.code == code)
    answers = [
        (other, priced)
        for other in _ladder_of(job)
        if (priced := answer(other.code, place, basis, 0.5, month)) is not None
    ]
    table = answer_band_table(answers)
    published = _published_beside(job)
    frames = [frame for frame in (table, published) if len(frame)]
    if not frames:
        return Table.of(pd.DataFrame())
    joined = pd.concat(frames, ignore_index=True)[list(frames[0].columns)]
    joined.attrs = dict(frames[0].attrs)
    order = {level: i for i, level in enumerate(row.level for row in _ladder_of(job))}
    ranked = joined.assign(_rank=joined.level.map(order)).sort_values("_rank", kind="stable")
    return Table.of(ranked.drop(columns="_rank").reset_index(drop=True), Band, hidden=["series"])


def _ladder_of(job: JobProfile) -> list[JobProfile]:
    """The jobs of a ladder, one a level, professional levels first; the job's own focus first."""
    rows = [row for row in profiles().rows if row.ladder == job.ladder]
    by_level = {row.level: row for row in reversed(rows)}
    by_level |= {row.level: row for row in rows if row.focus == job.focus}
    return sorted(by_level.values(), key=lambda row: (row.track == "management", row.grade))


def _published_beside(job: JobProfile) -> pd.DataFrame:
    """Figures published for levels of the function, as they stand."""
    frame = market_band_frame()
    return frame[(frame.function == job.function_title) & (frame.status == "published")]
