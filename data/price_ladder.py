"""The levels of a ladder priced alike: steps with intervals, and bands that rise."""

from collections.abc import Sequence

import pandas as pd

from analytics.deltas import Pay, mover, verdict
from analytics.errors import InputError
from analytics.isotonic import rising
from analytics.pricing import Priced, Pricing, price


def ladder_prices(answers: Sequence[tuple[str, str, Priced]]) -> pd.DataFrame:
    """One row a level, in ladder order: the target figure, its step from below, and ``rising``.

    ``answers`` are (level, track, priced). ``rising`` is the nearest figure that
    never falls along the track; ``typical`` stays as computed beside it. Steps
    carry MOVER intervals, as the levels are priced independently, and a verdict
    where the interval rules a step of 5 per cent out.
    """
    rows = []
    for track in dict.fromkeys(track for _, track, _ in answers):
        here = [(level, priced.target) for level, of, priced in answers if of == track]
        smooth = rising([figure.typical for _, figure in here])
        before: Pay | None = None
        for (level, figure), risen in zip(here, smooth, strict=True):
            pay = Pay(figure.typical, figure.low, figure.high) if figure.reach else None
            step = mover(before, pay) if before and pay else None
            rows.append(
                {
                    "level": level,
                    "track": track,
                    "typical": figure.typical,
                    "low": figure.low,
                    "high": figure.high,
                    "rising": risen,
                    "ratio": step.ratio if step else float("nan"),
                    "ratio_low": step.ratio_low if step else float("nan"),
                    "ratio_high": step.ratio_high if step else float("nan"),
                    "verdict": verdict(step) if step else "",
                    "sources": len(figure.shares),
                }
            )
            before = pay
    return pd.DataFrame(rows)


def answer(level: str, track: str, pricing: Pricing) -> tuple[str, str, Priced] | None:
    """A level's answer, or None where no source is left to price it from."""
    try:
        return level, track, price(pricing)
    except InputError:
        return None
