"""Where the people of a cell come from: which loads, and the first and last date among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analytics.grouped_quantiles import IntArray

#: The arrays of `OriginEntries`, and the types that they are stored as.
ORIGIN_ARRAYS = {"loads": "<i4", "first_days": "<i4", "last_days": "<i4", "load_starts": "<i8"}


@dataclass(frozen=True)
class Origins:
    """The origin of each cell; ``first`` and ``last`` are days since 1970, of shape (cells,).

    A cell of nobody has no loads, and its days mean nothing.
    """

    loads: Sequence[tuple[int, ...]]
    first: IntArray
    last: IntArray

    def spans(self) -> list[str]:
        """The dates of each cell: a day, or ``2025-03-01 to 2026-03-01``; empty for nobody."""
        ends = np.stack((self.first, self.last), axis=1).astype(np.int64)
        distinct, which = np.unique(ends, axis=0, return_inverse=True)
        days = np.datetime_as_string(distinct.astype("datetime64[D]"))
        names = [a if a == b else f"{a} to {b}" for a, b in days.reshape(-1, 2).tolist()]
        spans = np.array(names, object)[which.reshape(-1)].tolist()
        return [span if loads else "" for span, loads in zip(spans, self.loads, strict=True)]

    def with_nobody(self, count: int) -> "Origins":
        """The same, followed by ``count`` cells of nobody."""
        days = (0, count)
        return Origins(
            [*self.loads, *[()] * count], np.pad(self.first, days), np.pad(self.last, days)
        )


@dataclass(frozen=True)
class OriginEntries:
    """An entry for each run and load: the load, and the first and last day of its people.

    The first three have shape (entries,); ``starts``, of shape (runs + 1,), is where
    each run begins. Days are since 1970.
    """

    loads: IntArray
    first: IntArray
    last: IntArray
    starts: IntArray

    def of_groups(self, runs: IntArray, starts: IntArray) -> Origins:
        """The origin of each group of ``runs``, which follow one another.

        ``starts``, of shape (groups + 1,), is where each group's entries begin. Each
        group has at least one entry.
        """
        begins = starts[:-1]
        if not len(begins):
            return Origins([], begins, begins)
        entries = self._entries_of(runs)
        loads, first, last = self.loads[entries], self.first[entries], self.last[entries]
        return Origins(
            _distinct_of_groups(loads, starts),
            np.minimum.reduceat(first, begins),
            np.maximum.reduceat(last, begins),
        )

    def _entries_of(self, runs: IntArray) -> IntArray:
        """The positions of the entries of ``runs``, one run after another."""
        sizes = self.starts[runs + 1] - self.starts[runs]
        ends = np.cumsum(sizes)
        return np.repeat(self.starts[runs] - ends + sizes, sizes) + np.arange(int(ends[-1]))


def _distinct_of_groups(loads: IntArray, starts: IntArray) -> list[tuple[int, ...]]:
    """The distinct loads of each group, ascending."""
    low = int(loads.min())
    if low == int(loads.max()):  # as mostly
        return [(low,)] * (len(starts) - 1)
    group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    pairs = np.unique(group << 32 | loads.astype(np.int64))
    ends = np.searchsorted(pairs >> 32, np.arange(len(starts)))
    values: NDArray[np.int64] = pairs & 0xFFFFFFFF
    distinct = values.tolist()
    return [tuple(distinct[a:b]) for a, b in pairwise(ends.tolist())]
