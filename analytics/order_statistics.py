"""Intervals of sample percentiles from the sample's own order."""

from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr

from analytics.errors import InputError

#: Sizes of which some are likely the same.
_MANY = 1_000


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
    """The interval's ends as ranks from 1 to n, fractions meaning between two values."""
    low, high = (float(end[0, 0]) for end in ranks_by_size([n], [p], confidence))
    return None if np.isnan(low) else (low, high)


def ranks_by_size(
    sizes: ArrayLike, percentiles: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ends of `interval_ranks` for many samples, shape (sizes, percentiles); NaN for none.

    They depend on n, p and the confidence alone: where sizes are many, each is
    worked out once.
    """
    different = np.asarray(sizes, np.int64)
    at: Any = slice(None)
    if len(different) > _MANY:
        different, at = np.unique(different, return_inverse=True)
    p = np.asarray(percentiles, float)
    n = different[:, None]
    shares, of = _shares(tuple(p.tolist()))
    ranks = _ranks(n, shares, (1 - confidence) / 2)
    low, high = ranks[:, of[: len(p)]], n + 1 - ranks[:, of[len(p) :]]
    none = np.isnan(low) | np.isnan(high)
    low[none] = high[none] = np.nan
    return low[at], high[at]


@lru_cache(maxsize=64)
def _shares(percentiles: tuple[float, ...]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """What ranks are worked out for, and which of them each percentile's two ends take.

    P10's upper end is P90's lower one counted from the other end of the sample.
    """
    p = np.array(percentiles)
    return np.unique(np.concatenate((p, 1 - p)).round(12), return_inverse=True)


def _ranks(n: NDArray[np.int64], p: NDArray[np.float64], tail: float) -> NDArray[np.float64]:
    """Rank below which the percentile lies with probability ``tail``, by sample size.

    P(percentile < x_(r)) is the binomial's P(B ≤ r − 1) for B ~ (n, p); between
    the last rank that is at most ``tail`` and the next, Nyblom interpolates.
    """
    z = NormalDist().inv_cdf(tail)
    # Cornish and Fisher's guess is seldom off by one, and never by much.
    guess = n * p + z * np.sqrt(n * p * (1 - p)) + (1 - 2 * p) * (z * z - 1) / 6
    r = np.maximum(np.rint(guess), 1)
    while (high := ((below := bdtr(r - 1, n, p)) > tail) & (r > 1)).any():
        r -= high
    while (low := (above := bdtr(r, n, p)) <= tail).any():
        r, below = r + low, np.where(low, above, below)
    share = (tail - below) / (above - below)
    weight = (n - r) * p * share / ((n - r) * p * share + r * (1 - p) * (1 - share))
    return np.where(below > tail, np.nan, r + weight)


def _at(ordered: NDArray[np.float64], rank: float) -> float:
    whole = int(rank)
    share = rank - whole
    if share == 0 or whole >= len(ordered):
        return float(ordered[whole - 1])
    return float(ordered[whole - 1] * (1 - share) + ordered[whole] * share)
