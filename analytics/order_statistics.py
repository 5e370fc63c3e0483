"""Intervals of sample percentiles from the sample's own order."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

from analytics.errors import InputError


def percentile_interval(
    pays: ArrayLike, p: float, confidence: float = 0.95
) -> tuple[float, float] | None:
    """Nyblom's interval of percentile ``p``: interpolated order statistics.

    None where the sample is too small for a finite two-sided interval (below 6
    for the median, 13 for quartiles, 36 for P10 and P90 at 95 %). No shape of the
    distribution is assumed.

    Source: Nyblom (1992), which for the median is Hettmansperger and Sheather
    (1986). Oracle: EnvStats' ``eqnpar`` on its ACE.13.TCE example.
    """
    if not (0 < p < 1 and 0 < confidence < 1):
        raise InputError(f"percentile {p!r} and confidence {confidence!r} must lie in (0, 1)")
    ordered = np.sort(np.asarray(pays, float))
    ranks = interval_ranks(len(ordered), p, confidence)
    if ranks is None:
        return None
    low, high = ranks
    return _at(ordered, low), _at(ordered, high)


@lru_cache(maxsize=65_536)
def interval_ranks(n: int, p: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """The interval's ends as ranks from 1 to n, fractions meaning between two values.

    They depend on n, p and the confidence alone, so one look-up serves every
    cell of the same size.
    """
    tail = (1 - confidence) / 2
    low = _rank(n, p, tail)
    high = _rank(n, 1 - p, tail)
    if low is None or high is None:
        return None
    return low, n + 1 - high


def _rank(n: int, p: float, tail: float) -> float | None:
    """Rank below which the percentile lies with probability ``tail``.

    P(percentile < x_(r)) is the binomial's P(B ≤ r − 1) for B ~ (n, p); between
    the last rank that is at most ``tail`` and the next, Nyblom interpolates.
    """
    r = int(binom.ppf(tail, n, p))
    while r > 0 and binom.cdf(r - 1, n, p) > tail:
        r -= 1
    while binom.cdf(r, n, p) <= tail:
        r += 1
    if r < 1:
        return None
    below, above = float(binom.cdf(r - 1, n, p)), float(binom.cdf(r, n, p))
    share = (tail - below) / (above - below)
    weight = (n - r) * p * share / ((n - r) * p * share + r * (1 - p) * (1 - share))
    return r + weight


def _at(ordered: NDArray[np.float64], rank: float) -> float:
    whole = int(rank)
    share = rank - whole
    if share == 0 or whole >= len(ordered):
        return float(ordered[whole - 1])
    return float(ordered[whole - 1] * (1 - share) + ordered[whole] * share)
