"""Price every level of a ladder the same way: differences with intervals, smoothed bands."""

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any

import pandas as pd

from analytics.deltas import Delta, Pay, mover, step_flag
from analytics.errors import InputError
from analytics.isotonic import isotonic_pay
from analytics.market_tables import MODEL
from analytics.pricing.inputs import Pricing
from analytics.pricing.priced_job import PricedFigure, PricedJob
from analytics.pricing.pricing import price_job
from analytics.table_units import texts
from analytics.units import with_units

#: A level, its track, and its priced job; None where it can't be priced.
LevelPrice = tuple[str, str, PricedJob | None]

_UNITS = {
    **texts("level", "track", "verdict"),
    **dict.fromkeys(("typical", "low", "high", "rising"), "USD"),
    **dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "share"),
    "sources": "count",
}


def ladder_prices(
    levels: Sequence[LevelPrice], paired: Mapping[tuple[str, str], Any]
) -> pd.DataFrame:
    """One row per level, in ladder order: the target figure and the step from the level below.

    No step crosses a level that can't be priced. ``rising`` is the figure
    smoothed so that it never falls along the track; ``typical`` beside it stays
    as computed. Steps between levels that both rest on the modelled ladder alone
    are those of ``paired`` (rows of the level-difference table by start and
    end), because the two share its assumptions; others have MOVER intervals. A
    ``verdict`` is given only where the interval rules out a step of 5 percent.
    """
    rows = []
    for track in dict.fromkeys(track for _, track, _ in levels):
        figures = [
            (level, priced.target if priced else None)
            for level, level_track, priced in levels
            if level_track == track
        ]
        smoothed = iter(isotonic_pay([figure.composite for _, figure in figures if figure]))
        below: tuple[str, PricedFigure] | None = None
        for level, figure in figures:
            if figure:
                step = _step(below, (level, figure), paired) if below else None
                rows.append(_row(level, track, figure, next(smoothed), step))
            below = (level, figure) if figure else None
    return with_units(pd.DataFrame(rows), _UNITS)


def priced_level(level: str, track: str, pricing: Pricing) -> LevelPrice:
    """A level with its priced job; None for the job where no source is left to price from."""
    try:
        return level, track, price_job(pricing)
    except InputError:
        return level, track, None


def _step(
    start: tuple[str, PricedFigure],
    end: tuple[str, PricedFigure],
    paired: Mapping[tuple[str, str], Any],
) -> Delta | None:
    (lower_level, lower), (upper_level, upper) = start, end
    pair = paired.get((lower_level, upper_level))
    if pair and _modelled(lower) and _modelled(upper):
        pay = lower.composite
        return Delta(
            pay * pair.ratio,
            pay * pair.ratio_low,
            pay * pair.ratio_high,
            pair.ratio,
            pair.ratio_low,
            pair.ratio_high,
        )
    if not (lower.interval and upper.interval):
        return None
    return mover(Pay(lower.composite, *lower.interval), Pay(upper.composite, *upper.interval))


def _modelled(figure: PricedFigure) -> bool:
    return all(name.startswith(MODEL) for name in figure.shares)


def _row(
    level: str, track: str, figure: PricedFigure, smoothed: float, step: Delta | None
) -> dict[str, Any]:
    return {
        "level": level,
        "track": track,
        "typical": figure.composite,
        "low": figure.low,
        "high": figure.high,
        "rising": smoothed,
        "ratio": step.ratio if step else nan,
        "ratio_low": step.ratio_low if step else nan,
        "ratio_high": step.ratio_high if step else nan,
        "verdict": step_flag(step) if step else "",
        "sources": len(figure.shares),
    }
