"""Intervals of sample percentiles from the sample's own order statistics."""

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import InputError

#: Samples from which on it pays to compute each distinct size only once.
_MANY_SAMPLES = 1_000


def percentile_interval(
    pay: ArrayLike, p: float, confidence: float = 0.95
) -> tuple[float, float] | None:
    """Nyblom's interval of percentile ``p``: interpolated order statistics.

    ``pay`` has shape (n,), in any order; ``p`` and ``confidence`` lie in (0, 1).
    No shape of the distribution is assumed.

    Returns both ends in the unit of the sample, or None where it is too small for a
    finite two-sided interval: at 95%, below 6 for the median, 13 for quartiles, 36
    for P10 and P90. Raises `InputError` for a ``p`` or ``confidence`` outside (0, 1).

    Source: Nyblom (1992), which for the median is Hettmansperger and Sheather
    (1986). Oracle: EnvStats' ``eqnpar`` on its ACE.13.TCE example.

    >>> low, high = percentile_interval([56, 14, 84, 28, 70, 42], 0.5)
    >>> round(low, 6), round(high, 6)
    (19.0, 79.0)
    >>> percentile_interval([14, 28, 42, 56, 70], 0.5) is None
    True
    """
    if not (0 < p < 1 and 0 < confidence < 1):
        raise InputError(f"percentile {p!r} and confidence {confidence!r} must lie in (0, 1)")
    ordered = np.sort(np.asarray(pay, float))
    ranks = interval_ranks(len(ordered), p, confidence)
    if ranks is None:
        return None
    low, high = ranks
    return _at_rank(ordered, low), _at_rank(ordered, high)


@lru_cache(maxsize=65_536)
def interval_ranks(n: int, p: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """The ends of `percentile_interval` as ranks from 1 to n; a fraction lies between two values.

    Of six values, ranks 1 and 6 bracket the median with probability 31/32 and ranks 2
    and 5 with 25/32. A probability of 95% lies between; Nyblom's ranks are 1 + 5/14
    and 6 - 5/14.

    >>> low, high = interval_ranks(6, 0.5)
    >>> round(14 * low, 6), round(14 * high, 6)
    (19.0, 79.0)
    """
    low, high = (float(end[0, 0]) for end in ranks_by_size([n], [p], confidence))
    return None if np.isnan(low) else (low, high)


def ranks_by_size(
    sizes: ArrayLike, percentiles: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The lower and upper `interval_ranks` of many samples, both of shape (sizes, percentiles).

    NaN where a sample is too small. The ranks depend only on n, p and the
    confidence: those of many samples are computed once for each distinct size.

    >>> low, high = ranks_by_size([6, 5], [0.5])
    >>> (14 * low).round(6).tolist(), (14 * high).round(6).tolist()
    ([[19.0], [nan]], [[79.0], [nan]])
    """
    n = np.asarray(sizes, np.int64)
    p = tuple(np.asarray(percentiles, float).tolist())
    if len(n) <= _MANY_SAMPLES:
        return _interval_ranks(n, p, confidence)
    distinct, position = np.unique(n, return_inverse=True)
    low, high = _interval_ranks(distinct, p, confidence)
    return low[position], high[position]


def _interval_ranks(
    n: NDArray[np.int64], percentiles: tuple[float, ...], confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    p, position = _end_percentiles(percentiles)
    ranks = _lower_ranks(n[:, None], p, (1 - confidence) / 2)
    of_low, of_high = position[: len(percentiles)], position[len(percentiles) :]
    low, high = ranks[:, of_low], n[:, None] + 1 - ranks[:, of_high]
    none = np.isnan(low) | np.isnan(high)
    low[none] = high[none] = np.nan
    return low, high


@lru_cache(maxsize=64)
def _end_percentiles(
    percentiles: tuple[float, ...],
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The distinct percentiles of all lower and upper ends, and the position of each end's.

    P10's upper end is P90's lower one, counted from the other end of the sample.
    """
    p = np.array(percentiles)
    return np.unique(np.concatenate((p, 1 - p)).round(12), return_inverse=True)


def _lower_ranks(n: NDArray[np.int64], p: NDArray[np.float64], tail: float) -> NDArray[np.float64]:
    """Rank below which the percentile lies with probability ``tail``, by sample size.

    P(percentile < x_(r)) is the binomial's P(B ≤ r - 1) for B ~ (n, p). Nyblom
    interpolates between the last rank for which it is at most ``tail`` and the next.
    """
    from scipy.special import bdtr  # its import takes longer than a page

    z = NormalDist().inv_cdf(tail)
    # Cornish and Fisher's approximation is seldom off by one, and never by much.
    guess = n * p + z * np.sqrt(n * p * (1 - p)) + (1 - 2 * p) * (z * z - 1) / 6
    r = np.maximum(np.rint(guess), 1)
    while (too_high := ((below := bdtr(r - 1, n, p)) > tail) & (r > 1)).any():
        r -= too_high
    while (too_low := (above := bdtr(r, n, p)) <= tail).any():
        r, below = r + too_low, np.where(too_low, above, below)
    share = (tail - below) / (above - below)
    weight = (n - r) * p * share / ((n - r) * p * share + r * (1 - p) * (1 - share))
    return np.where(below > tail, np.nan, r + weight)


def _at_rank(ordered: NDArray[np.float64], rank: float) -> float:
    whole = int(rank)
    share = rank - whole
    if share == 0 or whole >= len(ordered):
        return float(ordered[whole - 1])
    return float(ordered[whole - 1] * (1 - share) + ordered[whole] * share)
