"""Bands of many cells of pay at once: percentiles, their intervals, who pays.

A cell's pays stand next to each other in one flat array; ``starts``, of shape
(cells + 1,), says where each cell begins and the last one ends.
"""

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.order_statistics import ranks_by_size

Ints = NDArray[Any]
Floats = NDArray[np.float64]
#: Pays from which on a second thread is worth waking.
_MANY = 100_000
_OTHERS = ThreadPoolExecutor()


@dataclass(frozen=True)
class GroupBands:
    """What is known of each cell.

    ``n`` has shape (cells,); ``values``, ``lows`` and ``highs`` have shape
    (cells, percentiles), in the unit of the pays. A cell of nobody has NaN
    throughout; an interval that n can't support is NaN.
    """

    n: NDArray[np.int64]
    values: Floats
    lows: Floats
    highs: Floats


def group_bands(pays: Ints, starts: Ints, percentiles: Sequence[float]) -> GroupBands:
    """Percentiles with their 95 % intervals of cells whose pays are in order.

    Linear interpolation, as numpy's default and SQL's ``percentile_cont``; the
    intervals are Nyblom's (`analytics.order_statistics`).
    """
    starts = np.asarray(starts)
    n = starts[1:] - starts[:-1]
    some = np.flatnonzero(n)
    first, size = starts[some], n[some]
    shares = np.asarray(percentiles, float)
    places = np.empty((3, len(some), len(shares)))
    places[0] = (size - 1)[:, None] * shares
    places[1:] = ranks_by_size(size, shares)
    places[1:] -= 1
    found = np.full((3, len(n), len(shares)), np.nan)
    found[:, some] = _between(pays, first[:, None], size[:, None], places)
    return GroupBands(n, *found)


def sort_groups(pays: Ints, starts: Ints) -> None:
    """Put the pays of each cell in order, in place; many of them on two threads."""
    waiting = list(itertools.pairwise(starts.tolist()))

    def order() -> None:
        with suppress(IndexError):  # none waits any more
            while True:
                start, end = waiting.pop()
                pays[start:end].sort()

    if len(pays) < _MANY:
        order()
        return
    waiting.sort(key=lambda cell: cell[1] - cell[0])  # the largest goes first
    other = _OTHERS.submit(order)  # sorting lets others run
    order()
    other.result()


def contiguous_spans(runs: Ints) -> tuple[Ints, Ints]:
    """First and last of each stretch of runs that touch, for `gather`."""
    if not len(runs):
        return runs, runs
    broken = np.flatnonzero(runs[1:] != runs[:-1] + 1)
    return runs[np.concatenate(([0], broken + 1))], runs[np.concatenate((broken, [-1]))]


def gather(values: Ints, starts: Ints, stretches: tuple[Ints, Ints]) -> Ints:
    """The values of some stretches of runs, one after another; a single one is not copied."""
    first, last = starts[stretches[0]].tolist(), starts[stretches[1] + 1].tolist()
    if not first:
        return values[:0]
    if len(first) == 1:
        return values[first[0] : last[0]]
    return np.concatenate([values[a:b] for a, b in zip(first, last, strict=True)])


def count_payers(organisation: Ints, starts: Ints, organisations: int) -> NDArray[np.int64]:
    """How many organisations there are among the entries of each cell.

    Entries are codes below ``organisations``, in which one may come several times.
    """
    there = np.zeros(organisations, bool)

    def different(some: Ints) -> int:
        if 20 * len(some) < organisations:
            return len(np.unique(some))
        there[some] = True
        many = int(np.count_nonzero(there))
        there[:] = False
        return many

    cells = itertools.pairwise(starts.tolist())
    return np.array([different(organisation[a:b]) for a, b in cells], np.int64)


def largest_payer(organisation: Ints, people: Ints, starts: Ints) -> NDArray[np.int64]:
    """Most people of one organisation in each cell; entries as in `count_payers`, with people."""
    many = len(starts) - 1
    width = int(organisation.max(initial=0)) + 1
    key = np.repeat(np.arange(many), np.diff(starts)) * width + organisation
    pairs, at = np.unique(key, return_inverse=True)
    most = np.zeros(many, np.int64)
    np.maximum.at(most, pairs // width, np.bincount(at, people, len(pairs)).astype(np.int64))
    return most


def _between(pays: Ints, first: Ints, size: Ints, at: Floats) -> Floats:
    """The values at fractional places ``at`` of each cell, counted from 0; NaN at NaN."""
    whole = np.fmax(at, 0).astype(np.int64)
    share = at - whole
    low = pays[first + whole].astype(float)
    high = pays[first + np.minimum(whole + 1, size - 1)].astype(float)
    found: Floats = low + (high - low) * share
    return found
