"""How closely published percentiles tell the pay of single people, by their place in the order.

Somebody who knows how many people each block has reads from a published percentile of some
blocks together that so many of them have at most, or at least, so much. What other blocks
can't account for, a block must; counts of several cells that share blocks close in on
the pay of its people. Source: docs/methods.md, "Small cells".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure import round_for_disclosure
from analytics.grouped_quantiles import FloatArray

#: Closer than this, as a share of it, somebody's pay counts as known.
CLOSE = 0.02


@dataclass(frozen=True)
class PublishedFigure:
    """A percentile of the people of some ``blocks`` together, rounded as it was published."""

    blocks: tuple[int, ...]
    percentile: float
    shown: float

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that was rounded to it.

        >>> PublishedFigure((0,), 0.5, 60_500).ends
        (60250.0, 60750.0)
        """
        half = _half_unit(self.shown)
        return self.shown - half, self.shown + half


def pay_bounds(sizes: Sequence[int], figures: Sequence[PublishedFigure]) -> list[FloatArray]:
    """The lowest and the highest pay that each person of each block can have, in order of pay.

    ``sizes`` are the people of each block. Each array has shape (2, people of the block);
    a bound that nothing gives is infinite. Percentiles are those of `analytics.quantiles`.

    >>> figures = [PublishedFigure((0,), p, pay) for p, pay in ((0.25, 50_000), (0.75, 60_000))]
    >>> pay_bounds([5], figures)[0][:, 1:4].tolist()
    [[49750.0, 49750.0, 59750.0], [50250.0, 60250.0, 60250.0]]
    """
    return CountedPay.of(sizes, figures).given(range(len(figures))).bounds()


@dataclass(frozen=True)
class CountedPay:
    """People of each block who have at most so much: at least and at most so many.

    ``least`` and ``most`` have shape (blocks, ends), and ``ends`` are the pays that one of
    the figures may have been rounded from. ``counts`` are what the figures say, of which
    ``taken`` are used; ``within`` has shape (figures, blocks): which blocks each is of.
    """

    sizes: tuple[int, ...]
    ends: FloatArray
    counts: "tuple[_Count, ...]"
    taken: tuple[int, ...]
    within: NDArray[np.bool_]
    least: NDArray[np.int64]
    most: NDArray[np.int64]

    @classmethod
    def of(cls, sizes: Sequence[int], figures: Sequence[PublishedFigure]) -> "CountedPay":
        """With nothing known yet but the people of each block.

        >>> CountedPay.of([5], [PublishedFigure((0,), 0.5, 60_500)]).bounds()[0][0, 0]
        -inf
        """
        ends = np.unique([end for figure in figures for end in figure.ends])
        people = np.array(sizes)
        counts = tuple(_count(figure, people, ends) for figure in figures)
        most = np.repeat(people[:, None], len(ends), axis=1)
        within = np.zeros((len(figures), len(sizes)), bool)
        for i, figure in enumerate(figures):
            within[i, list(figure.blocks)] = True
        return cls(tuple(sizes), ends, counts, (), within, np.zeros_like(most), most)

    def given(self, figures: Iterable[int]) -> "CountedPay":
        """The same with what some of the figures say, by their position, closed in on.

        >>> figures = [PublishedFigure((0,), 0.5, 60_500)]
        >>> CountedPay.of([5], figures).given([0]).bounds()[0][:, 2].tolist()
        [60250.0, 60750.0]
        """
        due = np.array(list(figures), np.intp)
        taken = (*self.taken, *due.tolist())
        least, most = self.least.copy(), self.most.copy()
        while len(due):
            blocks = np.flatnonzero(self.within[due].any(axis=0))
            before = least[blocks], most[blocks]
            for i in due:
                self.counts[i].narrow(least, most)
            least[blocks] = np.maximum.accumulate(least[blocks], axis=1)
            most[blocks] = np.minimum.accumulate(most[blocks, ::-1], axis=1)[:, ::-1]
            closer = (least[blocks] != before[0]) | (most[blocks] != before[1])
            again = self.within[:, blocks[closer.any(axis=1)]].any(axis=1)
            due = np.intersect1d(np.flatnonzero(again), taken)
        return replace(self, taken=taken, least=least, most=most)

    def closely_known_beyond(self, before: "CountedPay") -> set[tuple[int, int]]:
        """`closely_known`, of the blocks of which more is known than ``before``."""
        more = ((self.least != before.least) | (self.most != before.most)).any(axis=1)
        blocks = np.flatnonzero(more).tolist()
        found = closely_known([self._bounds_of(block) for block in blocks])
        return {(blocks[i], rank) for i, rank in found}

    def bounds(self) -> list[FloatArray]:
        """As `pay_bounds` gives them."""
        return [self._bounds_of(block) for block in range(len(self.sizes))]

    def _bounds_of(self, block: int) -> FloatArray:
        return _bounds(self.least[block], self.most[block], self.ends, self.sizes[block])


def closely_known(bounds: Sequence[FloatArray], within: float = CLOSE) -> set[tuple[int, int]]:
    """Block and place in the order, from 0, of each person whose pay is known that closely.

    >>> sorted(closely_known([np.array([[49_750.0, 49_750.0], [50_250.0, 60_250.0]])]))
    [(0, 0)]
    """
    return {
        (block, rank)
        for block, (low, high) in enumerate(bounds)
        for rank in np.flatnonzero(
            np.isfinite(low) & np.isfinite(high) & (high - low <= within * np.abs(high))
        ).tolist()
    }


@lru_cache(maxsize=100_000)
def _half_unit(shown: float) -> float:
    """Half of what a figure was rounded to: the larger one where the unit changes there."""
    near = np.unique(round_for_disclosure(shown * np.linspace(0.985, 1.015, 61)))
    return 0.5 * float(np.diff(near).max()) if len(near) > 1 else 0.5


@dataclass(frozen=True)
class _Count:
    """What a figure says: ``reaching`` people have at most its high end, ``under`` less."""

    blocks: NDArray[np.intp]
    low: int
    high: int
    reaching: int
    under: int

    def narrow(self, least: NDArray[np.int64], most: NDArray[np.int64]) -> None:
        """Close in on the people of each block, given what the other blocks can account for."""
        blocks = self.blocks
        others = most[blocks, self.high].sum() - most[blocks, self.high]
        least[blocks, self.high] = np.maximum(least[blocks, self.high], self.reaching - others)
        others = least[blocks, self.low].sum() - least[blocks, self.low]
        most[blocks, self.low] = np.minimum(most[blocks, self.low], self.under - others)


def _count(figure: PublishedFigure, people: NDArray[np.int64], ends: FloatArray) -> _Count:
    blocks = np.array(figure.blocks, np.intp)
    position = (people[blocks].sum() - 1) * figure.percentile
    whole = int(np.floor(position + 1e-9))
    between = position - whole > 1e-9  # then it lies between two people's pay
    low, high = np.searchsorted(ends, figure.ends).tolist()
    return _Count(blocks, low, high, whole + 1, whole + 1 if between else whole)


def _bounds(
    least: NDArray[np.int64], most: NDArray[np.int64], ends: FloatArray, size: int
) -> FloatArray:
    rank = np.arange(1, size + 1)
    reached = least >= rank[:, None]
    high = np.where(reached.any(axis=1), ends[reached.argmax(axis=1)], np.inf)
    above = most < rank[:, None]
    last = len(ends) - 1 - above[:, ::-1].argmax(axis=1)
    low = np.where(above.any(axis=1), ends[last], -np.inf)
    return np.stack((low, high))
