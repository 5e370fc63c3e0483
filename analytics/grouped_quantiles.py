"""Percentiles of many groups of values at once.

The values of all groups lie in one flat array, one group after another.
``starts``, of shape (groups + 1,), holds the position at which each group
begins and, last, the position at which the final group ends.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.order_statistics import ranks_by_size

IntArray = NDArray[np.integer]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class GroupBands:
    """Percentiles of each group, with their 95% intervals.

    ``n``, the number of values, has shape (groups,); ``values``, ``lows`` and
    ``highs`` have shape (groups, percentiles), in the unit of the input. An empty
    group is NaN throughout; an interval is NaN where the group is too small for one.
    """

    n: IntArray
    values: FloatArray
    lows: FloatArray
    highs: FloatArray


def group_bands(values: IntArray, starts: IntArray, percentiles: Sequence[float]) -> GroupBands:
    """Percentiles of each group, with their 95% intervals.

    Percentiles are interpolated linearly between order statistics, as numpy does by
    default and SQL by ``percentile_cont``. ``values`` must be sorted within each
    group; ``percentiles`` lie in (0, 1).

    Source: Nyblom (1992) for the intervals (`analytics.order_statistics`).

    >>> bands = group_bands(np.array([14, 28, 42, 56, 70, 84, 5]), np.array([0, 6, 7]), [0.5])
    >>> bands.n.tolist(), bands.values.tolist()
    ([6, 1], [[49.0], [5.0]])
    >>> bands.lows.round(6).tolist(), bands.highs.round(6).tolist()
    ([[19.0], [nan]], [[79.0], [nan]])
    """
    n = starts[1:] - starts[:-1]
    occupied = np.flatnonzero(n)
    first, size = starts[occupied], n[occupied]
    figures = np.full((3, len(n), len(percentiles)), np.nan)
    positions = band_positions(size, percentiles)
    figures[:, occupied] = interpolated(values, first[:, None], size[:, None], positions)
    return GroupBands(n, *figures)


def band_positions(sizes: IntArray, percentiles: Sequence[float]) -> FloatArray:
    """Where the figures of `group_bands` lie among the sorted values of groups, from 0.

    Of shape (3, groups, percentiles): percentile, lower and upper end; ``sizes`` has shape
    (groups,) and no zero. A fraction lies between two values; NaN where a group is too
    small for an interval.

    >>> band_positions(np.array([6]), [0.5]).round(6).tolist()
    [[[2.5]], [[0.357143]], [[4.642857]]]
    """
    p = np.asarray(percentiles, float)
    positions = np.empty((3, len(sizes), len(p)))
    positions[0] = (sizes - 1)[:, None] * p
    positions[1:] = ranks_by_size(sizes, p)
    positions[1:] -= 1
    return positions


def sort_groups(values: IntArray, starts: IntArray) -> None:
    """Sort the values of each group in place.

    >>> values = np.array([3, 1, 2, 9, 8])
    >>> sort_groups(values, np.array([0, 3, 5]))
    >>> values.tolist()
    [1, 2, 3, 8, 9]
    """
    for start, end in itertools.pairwise(starts.tolist()):
        values[start:end].sort()


def contiguous_spans(runs: IntArray) -> tuple[IntArray, IntArray]:
    """First and last run of each stretch of consecutive run numbers, for `gather`.

    >>> first, last = contiguous_spans(np.array([4, 5, 6, 2]))
    >>> first.tolist(), last.tolist()
    ([4, 2], [6, 2])
    """
    if not len(runs):
        return runs, runs
    breaks = np.flatnonzero(runs[1:] != runs[:-1] + 1)
    return runs[np.concatenate(([0], breaks + 1))], runs[np.concatenate((breaks, [-1]))]


def gather(values: IntArray, starts: IntArray, spans: tuple[IntArray, IntArray]) -> IntArray:
    """The values of some spans of runs, one after another; a single span is not copied.

    ``starts`` holds where each run begins in ``values``.

    >>> values, starts = np.array([10, 11, 20, 30, 31]), np.array([0, 2, 3, 5])
    >>> gather(values, starts, contiguous_spans(np.array([2, 0]))).tolist()
    [30, 31, 10, 11]
    """
    first, last = starts[spans[0]].tolist(), starts[spans[1] + 1].tolist()
    if not first:
        return values[:0]
    if len(first) == 1:
        return values[first[0] : last[0]]
    return np.concatenate([values[a:b] for a, b in zip(first, last, strict=True)])


def count_distinct(codes: IntArray, starts: IntArray, code_count: int) -> NDArray[np.int64]:
    """How many different codes each group has; codes are below ``code_count``.

    >>> count_distinct(np.array([7, 3, 7, 0, 0]), np.array([0, 3, 5]), 8).tolist()
    [2, 1]
    """
    seen = np.zeros(code_count, bool)

    def distinct(group: IntArray) -> int:
        if 20 * len(group) < code_count:
            return len(np.unique(group))
        seen[group] = True
        count = int(np.count_nonzero(seen))
        seen[:] = False
        return count

    bounds = itertools.pairwise(starts.tolist())
    return np.array([distinct(codes[start:end]) for start, end in bounds], np.int64)


def number_distinct(keys: IntArray, bound: int) -> tuple[IntArray, IntArray]:
    """The distinct keys, all of them below ``bound``, and which of them each key is.

    >>> distinct, which = number_distinct(np.array([7, 3, 7]), 8)
    >>> distinct.tolist(), which.tolist()
    ([3, 7], [1, 0, 1])
    """
    if bound > 10 * len(keys) + 10_000:  # too sparse to mark every possible key
        return np.unique(keys, return_inverse=True)
    present = np.zeros(bound, bool)
    present[keys] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[keys]


def interpolated(
    values: IntArray, first: IntArray, size: IntArray, positions: FloatArray
) -> FloatArray:
    """Each group's values at fractional positions, counted from 0; NaN at NaN.

    ``first``, where each group begins, and its ``size`` have shape (groups, 1),
    ``positions`` shape (groups, percentiles). No group is empty.

    >>> first, size = np.array([[0], [3]]), np.array([[3], [1]])
    >>> interpolated(np.array([10, 20, 40, 7]), first, size, np.array([[1.5], [0]])).tolist()
    [[30.0], [7.0]]
    """
    whole = np.fmax(positions, 0).astype(np.int64)
    fraction = positions - whole
    below = values[first + whole].astype(float)
    above = values[first + np.minimum(whole + 1, size - 1)].astype(float)
    result: FloatArray = below + (above - below) * fraction
    return result
