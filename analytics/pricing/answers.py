"""A question answered, and every level of its ladder on the same terms as a band table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.market_tables import MODEL, SURVEYS
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.pricing.defaults import default_sources
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.priced_job import PricedFigure, PricedJob
from analytics.pricing.pricing import price_job
from analytics.pricing.question import PayQuestion
from analytics.table_units import PROVENANCE, percentile_units, texts
from analytics.units import with_units

COMPOSITE = "Market composite"
_INTERVAL = "interval of the median"


def answer_question(
    question: PayQuestion, offered: Sequence[Source], rate: Rate
) -> PricedJob | None:
    """The job priced from the sources that answer by default; None where none does.

    ``offered`` are the store's sources of the job at the place, ``rate`` is what pay is
    aged at where a source has no history of its own.
    """
    pricing = Pricing(
        question.job.label,
        question.basis,
        question.month,
        rate,
        default_sources(offered, question.basis),
        question.percentile,
        code=question.job.code,
        place=question.place,
    )
    try:
        return price_job(pricing)
    except InputError:
        return None


def ladder_questions(question: PayQuestion, profiles: Iterable[JobProfile]) -> list[PayQuestion]:
    """The same question at the median of each level of the job's ladder.

    One job a level, of the job's own focus where it has the level; professional levels
    first.
    """
    job = question.job
    rows = [row for row in profiles if row.ladder == job.ladder]
    by_level = {row.level: row for row in reversed(rows)}
    by_level |= {row.level: row for row in rows if row.focus == job.focus}
    ordered = sorted(by_level.values(), key=lambda row: (row.track == "management", row.grade))
    return [replace(question, job=row, percentile=0.5) for row in ordered]


def ladder_table(
    answers: Sequence[tuple[PayQuestion, PricedJob | None]], bands: pd.DataFrame
) -> pd.DataFrame:
    """The answers to `ladder_questions`, with what is published for a level beside them.

    ``bands`` is the market's band table. Empty where no level is answered and nothing is
    published.
    """
    table = answer_band_table([(asked.job, priced) for asked, priced in answers if priced])
    functions = {asked.job.function_title for asked, _ in answers}
    published = bands[bands.function.isin(functions) & (bands.status == "published")]
    frames = [frame for frame in (table, published) if len(frame)]
    if not frames:
        return pd.DataFrame()
    joined = pd.concat(frames, ignore_index=True)[list(frames[0].columns)]
    joined.attrs = dict(frames[0].attrs)
    order = {asked.job.level: i for i, (asked, _) in enumerate(answers)}
    ranked = joined.assign(_rank=joined.level.map(order)).sort_values("_rank", kind="stable")
    return ranked.drop(columns="_rank").reset_index(drop=True)


def answer_band_table(answers: Sequence[tuple[JobProfile, PricedJob]]) -> pd.DataFrame:
    """One row a level that can be priced, in the order given.

    Columns are those of the band table (`analytics.market_tables.band_table`):
    percentiles with their intervals, the interval of the median as ``low`` and
    ``high``, and where the figure comes from. Pay is a year's, in ``currency``.
    """
    units = {
        **PROVENANCE,
        **texts("function", "focus", "track", "level", "title", "low_high", "series"),
        **dict.fromkeys(("low", "high"), "currency"),
        **percentile_units(PERCENTILES),
    }
    return with_units(pd.DataFrame([_row(job, priced) for job, priced in answers]), units)


def series_of(priced: PricedJob) -> str:
    """Under which name an answer is shown: the model, the team's surveys, or a composite."""
    statuses = {part.source.status for part in priced.answering}
    return {"modelled": MODEL, "imported": SURVEYS}.get(
        statuses.pop() if len(statuses) == 1 else "", COMPOSITE
    )


def status_of(priced: PricedJob) -> str:
    """The status of an answer: that of its least certain ingredient."""
    if any(c.source.status == "modelled" for c in priced.answering):
        return "modelled"
    return "extrapolated" if priced.target.extrapolated else "computed"


def answer_name(priced: PricedJob) -> str:
    """What an answer is called: modelled pay is no market figure."""
    modelled = all(c.source.status == "modelled" for c in priced.answering)
    return "modelled" if modelled else "market composite"


def _row(job: JobProfile, priced: PricedJob) -> dict[str, Any]:
    figures = {percentile_name(figure.p): figure for figure in priced.figures}
    names = [percentile_name(p) for p in PERCENTILES]
    median = figures.get("p50")
    used = priced.answering
    sizes = [part.source.n for part in used]
    return {
        "function": job.function_title,
        "focus": job.focus_title,
        "track": job.track,
        "level": job.level,
        "title": job.title,
        "pay_basis": priced.pricing.basis,
        "currency": priced.pricing.currency,
        **{name: figures[name].composite if name in figures else None for name in names},
        "low": _end(median, 0),
        "high": _end(median, 1),
        "low_high": _INTERVAL,
        "status": status_of(priced),
        "source": ", ".join(dict.fromkeys(p.source.origin for p in used if p.source.origin)),
        "as_of": str(priced.pricing.to),
        "n": f"{sum(n for n in sizes if n):,}" if all(sizes) else "not published",
        "series": series_of(priced),
        **{f"{name}_low": _end(figures.get(name), 0) for name in names},
        **{f"{name}_high": _end(figures.get(name), 1) for name in names},
    }


def _end(figure: PricedFigure | None, end: int) -> float | None:
    return figure.interval[end] if figure and figure.interval else None
