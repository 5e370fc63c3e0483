"""Attacks on what is published: what somebody who knows every head count can work out.

The pivot: each published percentile of a cell says how many of its people have at least,
or at most, so much. The pay of a block's people, in order, lies between bounds; with the
counts of several cells that share blocks, those bounds close in on each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import round_for_disclosure
from analytics.percentiles import PERCENTILES, percentile_name

Bounds = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """A percentile of some blocks together, as it was published, and what it was rounded by."""

    blocks: tuple[int, ...]
    percentile: float
    low: float
    high: float


def figures_of(
    cells: Mapping[tuple[int, ...], Mapping[str, float]],
) -> list[Figure]:
    """Every figure of some cells, with the pays that it may stand for."""
    found = []
    for blocks, row in cells.items():
        for p in PERCENTILES:
            shown = row[percentile_name(p)]
            if not pd.isna(shown):
                half = 0.5 * _unit(shown)
                found.append(Figure(blocks, p, shown - half, shown + half))
    return found


def bounds_of(sizes: Sequence[int], figures: Sequence[Figure]) -> list[Bounds]:
    """The lowest and highest pay that each person of each block can have, in order of pay.

    Each array has shape (2, people of the block). Counting alone: for every pay that is an
    end of a figure, the fewest and the most people of each block who have at most so much.
    """
    ends = np.unique([end for figure in figures for end in (figure.low, figure.high)])
    at = {end: i for i, end in enumerate(ends.tolist())}
    people = np.array(sizes)
    # People of each block at or under each end: at least `least`, at most `most`.
    least = np.zeros((len(sizes), len(ends)), int)
    most = np.repeat(people[:, None], len(ends), axis=1)
    before = -1
    while before != (before := int(least.sum() - most.sum())):
        for figure in figures:
            blocks = list(figure.blocks)
            position = (people[blocks].sum() - 1) * figure.percentile
            whole = int(np.floor(position + 1e-9))
            exact = abs(position - whole) < 1e-9
            high, low = at[figure.high], at[figure.low]
            # So many have at most the figure's high end: what others can't cover, each must.
            room = most[blocks, high].sum() - most[blocks, high]
            least[blocks, high] = np.maximum(least[blocks, high], whole + 1 - room)
            # And no more than so many have less than its low end.
            others = least[blocks, low].sum() - least[blocks, low]
            under = whole if exact else whole + 1
            most[blocks, low] = np.minimum(most[blocks, low], under - others)
        least = np.maximum.accumulate(least, axis=1)
        most = np.minimum.accumulate(most[:, ::-1], axis=1)[:, ::-1]
    bounds = []
    for block, size in enumerate(sizes):
        rank = np.arange(1, size + 1)
        reached = least[block][None, :] >= rank[:, None]
        high = np.where(reached.any(axis=1), ends[reached.argmax(axis=1)], np.inf)
        above = most[block][None, :] < rank[:, None]
        last = len(ends) - 1 - above[:, ::-1].argmax(axis=1)
        low = np.where(above.any(axis=1), ends[last], -np.inf)
        bounds.append(np.stack((low, high)))
    return bounds


def pinned(bounds: Sequence[Bounds], within: float = 0.02) -> set[tuple[int, int]]:
    """Block and place in the order of pay of each person whose pay is known that closely."""
    return {
        (block, rank)
        for block, (low, high) in enumerate(bounds)
        for rank in np.flatnonzero(
            np.isfinite(low) & np.isfinite(high) & (high - low <= within * np.abs(high))
        ).tolist()
    }


def determined(cells: Sequence[frozenset[int]], unknowns: int) -> list[int]:
    """The unknowns that follow from the sums of the cells by any linear combination."""
    sums = np.zeros((len(cells), unknowns))
    for i, cell in enumerate(cells):
        sums[i, list(cell)] = 1
    _, strength, space = np.linalg.svd(sums, full_matrices=False)
    space = space[strength > 1e-9 * strength[0]]
    return np.flatnonzero((space**2).sum(axis=0) > 1 - 1e-9).tolist()


def differences_of_few(cells: Sequence[frozenset[int]], few: int) -> int:
    """How many pairs of cells, one within the other, differ by fewer than so many people."""
    return sum(
        0 < len(large) - len(small) < few and small < large
        for small, large in combinations(sorted(set(cells), key=len), 2)
    )


def _unit(shown: float) -> float:
    """What a published figure may have been rounded by."""
    around = shown * np.linspace(0.985, 1.015, 61)
    steps = np.diff(np.unique(round_for_disclosure(around)))
    return float(steps.max()) if len(steps) else 1.0
