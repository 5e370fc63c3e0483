"""Where pay stands in its range, and what it takes to bring it to a point of it.

Pay, midpoints and ends are yearly, full-time and of one currency and pay basis;
``paid`` is what is paid for the FTE. Numbers or arrays of one shape go in, and arrays
come out. Sources: compa-ratio, range penetration and market index as WorldatWork and
most texts define them (docs/methods.md, "People and ranges").
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.grouped_quantiles import FloatArray

#: Where pay can stand, from the lowest: a green circle, the quarters, a red circle.
GREEN, RED = "Below minimum", "Above maximum"
QUARTERS = ("1st quarter", "2nd quarter", "3rd quarter", "4th quarter")
POSITIONS = (GREEN, *QUARTERS, RED)


def compa_ratio(pay: ArrayLike, midpoint: ArrayLike) -> FloatArray:
    """Pay divided by the midpoint of its range; NaN where either is unknown or 0.

    >>> float(compa_ratio(75_000, 80_000))
    0.9375
    """
    return _ratio(np.asarray(pay, float), np.asarray(midpoint, float))


def penetration(pay: ArrayLike, minimum: ArrayLike, maximum: ArrayLike) -> FloatArray:
    """How far into its range pay is: 0 at the minimum, 1 at the maximum, beyond outside.

    NaN where the range has no width. Source: (pay - min) / (max - min).

    >>> float(penetration(75_000, 64_000, 96_000))
    0.34375
    """
    low = np.asarray(minimum, float)
    return _ratio(np.asarray(pay, float) - low, np.asarray(maximum, float) - low)


def market_index(pay: ArrayLike, market: ArrayLike) -> float:
    """All pay relative to all market pay, of those whose market is known; NaN for nobody.

    Source: sum of pay / sum of market pay.

    >>> market_index([90_000, 110_000, 70_000], [100_000, 100_000, float("nan")])
    1.0
    """
    paid, worth = np.broadcast_arrays(np.asarray(pay, float), np.asarray(market, float))
    known = ~(np.isnan(paid) | np.isnan(worth))
    total = float(worth[known].sum())
    return float(paid[known].sum()) / total if total > 0 else float("nan")


def amount_to_reach(paid: ArrayLike, target: ArrayLike, fte: ArrayLike = 1.0) -> FloatArray:
    """What must be added to bring pay to a full-time ``target``, at each one's FTE.

    Both sides are to the cent, so that pay which is the target at its FTE, rounded,
    needs nothing. Source: max(0, FTE * target - paid).

    >>> amount_to_reach([60_000, 31_000], 64_000, [1, 0.5]).tolist()
    [4000.0, 1000.0]
    """
    due = np.round(np.asarray(fte, float) * np.asarray(target, float), 2)
    missing = np.round(due - np.asarray(paid, float), 2)
    return np.where(np.isnan(missing), np.nan, np.maximum(missing, 0.0))


def position_in_range(
    paid: ArrayLike, minimum: ArrayLike, maximum: ArrayLike, fte: ArrayLike = 1.0
) -> NDArray[np.str_]:
    """Which of `POSITIONS` pay is in; empty where pay or range is unknown.

    Exactly the minimum is in the 1st quarter, exactly the maximum in the 4th, and a
    border between two quarters in the upper one. Somebody is below the minimum exactly
    where `amount_to_reach` of it is above 0.

    >>> position_in_range([63_000, 64_000, 80_000, 96_000, 97_000], 64_000, 96_000).tolist()
    ['Below minimum', '1st quarter', '3rd quarter', '4th quarter', 'Above maximum']
    """
    paid, share = np.asarray(paid, float), np.asarray(fte, float)
    low, high = np.asarray(minimum, float), np.asarray(maximum, float)
    below = amount_to_reach(paid, low, share) > 0
    above = np.round(paid - np.round(share * high, 2), 2) > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        depth = np.nan_to_num(penetration(paid / share, low, high), posinf=0.0, neginf=0.0)
    quarter = np.clip(np.floor(depth * 4 + 1e-9), 0, 3).astype(int)
    inside = np.array(QUARTERS, dtype=object)[quarter]
    named = np.where(below, GREEN, np.where(above, RED, inside))
    unknown = np.isnan(paid + low + high) | ~(share > 0)
    return np.where(unknown, "", named).astype(str)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    above, below = np.broadcast_arrays(above, below)
    ratio: FloatArray = np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
    return ratio
