"""Every level of a ladder priced on the same terms, as the band table of an answer."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analytics.market_tables import MODEL, SURVEYS
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.pricing.pricing import PricedFigure, PricedJob
from analytics.rows import JobProfile
from analytics.table_units import PROVENANCE, percentile_units, texts
from analytics.units import with_units

COMPOSITE = "Market composite"
_INTERVAL = "interval of the median"


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
    used = [part for part in priced.contributions if part.source.name in priced.target.shares]
    statuses = {part.source.status for part in used}
    return {"modelled": MODEL, "imported": SURVEYS}.get(
        statuses.pop() if len(statuses) == 1 else "", COMPOSITE
    )


def status_of(priced: PricedJob) -> str:
    """The status of an answer: that of its least certain ingredient."""
    used = [part for part in priced.contributions if part.source.name in priced.target.shares]
    return "modelled" if any(p.source.status == "modelled" for p in used) else "computed"


def _row(job: JobProfile, priced: PricedJob) -> dict[str, Any]:
    figures = {percentile_name(figure.p): figure for figure in priced.figures}
    names = [percentile_name(p) for p in PERCENTILES]
    median = figures.get("p50")
    used = [part for part in priced.contributions if part.source.name in priced.target.shares]
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
