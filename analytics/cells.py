"""Bands of many cells of pay at once: percentiles, their intervals, who pays.

A cell's pays stand next to each other in one flat array; ``starts``, of shape
(cells + 1,), says where each cell begins and the last one ends.
"""

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.order_statistics import ranks_by_size

Ints = NDArray[Any]
Floats = NDArray[np.float64]
#: Pays from which on two threads are worth their start.
_MANY = 100_000


@dataclass(frozen=True)
class Bands:
    """What is known of each cell.

    ``n`` has shape (cells,); ``values``, ``lows`` and ``highs`` have shape
    (cells, percentiles), in the unit of the pays. A cell of nobody has NaN
    throughout; an interval that n can't support is NaN.
    """

    n: NDArray[np.int64]
    values: Floats
    lows: Floats
    highs: Floats


def bands(pays: Ints, starts: Ints, percentiles: Sequence[float]) -> Bands:
    """Percentiles with their 95 % intervals of cells whose pays are in order.

    Linear interpolation, as numpy's default and SQL's ``percentile_cont``; the
    intervals are Nyblom's (`analytics.order_statistics`).
    """
    n = np.diff(starts)
    some = np.flatnonzero(n)
    first, size = np.asarray(starts)[some], n[some]
    shares = np.asarray(percentiles, float)
    low, high = ranks_by_size(size, shares)
    places = np.stack(((size - 1)[:, None] * shares, low - 1, high - 1))
    found = np.full((3, len(n), len(shares)), np.nan)
    found[:, some] = _between(pays, first[:, None], size[:, None], places)
    return Bands(n, *found)


def order_within(pays: Ints, starts: Ints) -> None:
    """Put the pays of each cell in order, in place; many of them on two threads."""
    cells = list(itertools.pairwise(starts.tolist()))

    def order(some: Sequence[tuple[int, int]]) -> None:
        for start, end in some:
            pays[start:end].sort()

    if len(pays) < _MANY:
        order(cells)
        return
    half = int(np.searchsorted(starts, len(pays) // 2))
    with ThreadPoolExecutor(1) as other:  # sorting lets other threads run
        rest = other.submit(order, cells[half:])
        order(cells[:half])
        rest.result()


def spans(runs: Ints) -> tuple[Ints, Ints]:
    """First and last of each stretch of runs that touch, for `gather`."""
    broken = np.flatnonzero(np.diff(runs) != 1)
    return runs[np.concatenate(([0], broken + 1))], runs[np.concatenate((broken, [-1]))]


def gather(values: Ints, starts: Ints, stretches: tuple[Ints, Ints]) -> Ints:
    """The values of some stretches of runs, one after another; a single one is not copied."""
    first, last = starts[stretches[0]].tolist(), starts[stretches[1] + 1].tolist()
    if len(first) == 1:
        return values[first[0] : last[0]]
    return np.concatenate([values[a:b] for a, b in zip(first, last, strict=True)])


def payers(
    cell: Ints, organisation: Ints, people: Ints, cells: int, organisations: int
) -> tuple[NDArray[np.int64], Floats]:
    """How many organisations pay in each cell, and the largest one's share of its people.

    Each entry says how many people of a cell an organisation pays; the same pair
    may come several times.
    """
    key = cell * np.int64(organisations)
    key += organisation
    if cells * organisations > 4 * len(key) + 1_000_000:
        pairs, at = np.unique(key, return_inverse=True)
        paid = np.bincount(at, people)
        cell = pairs // max(organisations, 1)
        many = np.bincount(cell, minlength=cells)
        top = np.zeros(cells)
        np.maximum.at(top, cell, paid)
        total = np.bincount(cell, paid, cells)
    else:
        table = np.bincount(key, people, cells * organisations).reshape(cells, organisations)
        many, top, total = (table > 0).sum(1), table.max(1, initial=0), table.sum(1)
    return many, np.divide(top, total, out=np.zeros(cells), where=total > 0)


def _between(pays: Ints, first: Ints, size: Ints, at: Floats) -> Floats:
    """The values at fractional places ``at`` of each cell, counted from 0; NaN at NaN."""
    whole = np.nan_to_num(at).astype(np.int64)
    share = at - whole
    low = pays[first + whole].astype(float)
    high = pays[first + np.minimum(whole + 1, size - 1)].astype(float)
    found: Floats = low + (high - low) * share
    return found
