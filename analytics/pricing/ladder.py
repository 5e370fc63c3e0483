"""The levels of a ladder priced alike: steps with intervals, and bands that rise."""

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any

import pandas as pd

from analytics.deltas import Delta, Pay, mover, step_flag
from analytics.errors import InputError
from analytics.isotonic import isotonic_pay
from analytics.market_tables import MODEL
from analytics.pricing.pricing import PricedFigure, PricedJob, Pricing, price_job
from analytics.table_units import texts
from analytics.units import with_units

Answer = tuple[str, str, PricedJob | None]

_UNITS = {
    **texts("level", "track", "verdict"),
    **dict.fromkeys(("typical", "low", "high", "rising"), "USD"),
    **dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "share"),
    "sources": "count",
}


def ladder_prices(answers: Sequence[Answer], paired: Mapping[tuple[str, str], Any]) -> pd.DataFrame:
    """One row a level, in ladder order: the target figure, its step from below, and ``rising``.

    ``answers`` are (level, track, priced), None where a level can't be priced; no
    step crosses such a gap. ``rising`` is the nearest figure that never falls
    along the track; ``market_composite`` stays as computed beside it. Steps between levels
    that both rest on the modelled ladder alone are those of ``paired`` (rows of the
    step table), since the two share its assumptions; others carry MOVER intervals.
    A verdict stands only where the interval rules a step of 5 per cent out.
    """
    rows = []
    for track in dict.fromkeys(track for _, track, _ in answers):
        here = [
            (level, priced.target if priced else None)
            for level, of, priced in answers
            if of == track
        ]
        smooth = iter(isotonic_pay([figure.typical for _, figure in here if figure]))
        before: tuple[str, PricedFigure] | None = None
        for level, figure in here:
            if figure:
                step = _step(before, (level, figure), paired) if before else None
                rows.append(_row(level, track, figure, next(smooth), step))
            before = (level, figure) if figure else None
    return with_units(pd.DataFrame(rows), _UNITS)


def priced_level(level: str, track: str, pricing: Pricing) -> Answer:
    """A level's answer; None where no source is left to price it from."""
    try:
        return level, track, price_job(pricing)
    except InputError:
        return level, track, None


def _step(
    start: tuple[str, PricedFigure],
    end: tuple[str, PricedFigure],
    paired: Mapping[tuple[str, str], Any],
) -> Delta | None:
    (low, below), (high, above) = start, end
    shared = paired.get((low, high))
    if shared and _modelled(below) and _modelled(above):
        at, low_end, high_end = shared.ratio, shared.ratio_low, shared.ratio_high
        pay = below.typical
        return Delta(pay * at, pay * low_end, pay * high_end, at, low_end, high_end)
    if not (below.reach and above.reach):
        return None
    return mover(Pay(below.typical, *below.reach), Pay(above.typical, *above.reach))


def _modelled(figure: PricedFigure) -> bool:
    return all(name.startswith(MODEL) for name in figure.shares)


def _row(
    level: str, track: str, figure: PricedFigure, risen: float, step: Delta | None
) -> dict[str, Any]:
    return {
        "level": level,
        "track": track,
        "typical": figure.typical,
        "low": figure.low,
        "high": figure.high,
        "rising": risen,
        "ratio": step.ratio if step else nan,
        "ratio_low": step.ratio_low if step else nan,
        "ratio_high": step.ratio_high if step else nan,
        "verdict": step_flag(step) if step else "",
        "sources": len(figure.shares),
    }
