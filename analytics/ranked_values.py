"""Sorted values of which only those at some ranks are known, and which ranks percentiles need.

Another engine counts people per pay and hands over the few values around the ranks that
percentiles and their intervals are computed from; the computing is that of
`analytics.grouped_quantiles`, which takes these in place of an array.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np

from analytics.errors import EngineError
from analytics.grouped_quantiles import IntArray

#: How far the ranks of an interval are from its normal approximation, at most, rounded up.
SHIFT = 3
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class RankWindow:
    """The ranks from ``share``·n + ``spread``·√n less `SHIFT` to as many beyond."""

    share: float
    spread: float


def rank_windows(percentiles: Sequence[float]) -> list[RankWindow]:
    """Where the ranks lie that some percentiles and their 95% intervals need, whatever n is.

    Around n·p for the percentile, and around n·p ± z·√(n·p(1−p)) for the ends of its
    interval. Ranks 1, 2, n − 1 and n are needed besides.

    >>> [(w.share, round(w.spread, 3)) for w in rank_windows([0.5])]
    [(0.5, -0.98), (0.5, 0.0), (0.5, 0.98)]
    """
    return [
        RankWindow(p, side * _Z * sqrt(p * (1 - p))) for p in percentiles for side in (-1, 0, 1)
    ]


class RankedValues:
    """The values of sorted groups that are known, by their position among all.

    Each of ``values`` stands at the positions ``first`` to ``last``, counted from 0
    through all groups one after another; all three ascend by position. ``count`` is the
    number of positions. Looking at one that is not known raises `EngineError`.

    >>> known = RankedValues(np.array([0, 5]), np.array([2, 5]), np.array([50, 90]), 6)
    >>> known[np.array([1, 5])].tolist(), len(known)
    ([50, 90], 6)
    """

    def __init__(self, first: IntArray, last: IntArray, values: IntArray, count: int) -> None:
        self._first, self._last, self._values, self._count = first, last, values, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, positions: IntArray, /) -> IntArray:
        if not positions.size:
            return np.zeros(positions.shape, np.int64)
        entry = np.searchsorted(self._first, positions, "right") - 1
        if not len(self._first) or (entry < 0).any() or (positions > self._last[entry]).any():
            raise EngineError(
                "the engine's answer lacks a rank that a percentile needs; no figure is shown, "
                "as it would be a guess: ask again, and tell the authors if it comes back"
            )
        return self._values[entry]
