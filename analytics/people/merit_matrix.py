"""A merit matrix: rates of raise by performance rating and compa-ratio band."""

import csv
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from analytics.errors import InputError

#: Rates in percent of a published example, ratings 5 to 1 by four bands (coda.io, "Merit
#: matrix 30"); where its bands begin is an assumption of Bandstand's.
EXAMPLE = ((6, 5, 4, 2.5), (4.5, 4, 3.5, 2), (3, 2.5, 2, 1), (2, 0.8, 0.5, 0), (0, 0, 0, 0))
EDGES = (0.9, 1.0, 1.1)


@dataclass(frozen=True)
class MeritMatrix:
    """Rates (0.03 is 3 percent) by performance rating and compa-ratio band.

    ``edges`` are where the second and each later band begins: with (0.9, 1.1) there are
    three, below 0.90, from 0.90 to below 1.10, and from 1.10 on. ``rates`` has a row for
    each of ``ratings``, a column for each band.
    """

    ratings: tuple[str, ...]
    edges: tuple[float, ...]
    rates: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if not self.ratings or len(set(self.ratings)) < len(self.ratings):
            raise InputError("a merit matrix needs at least one rating, each once")
        if any(not 0 < e <= 3 for e in self.edges) or list(self.edges) != sorted(set(self.edges)):
            raise InputError("compa-ratio bands begin at rising ratios above 0 and up to 3")
        if len(self.rates) != len(self.ratings) or any(
            len(row) != len(self.edges) + 1 for row in self.rates
        ):
            raise InputError(f"each rating needs {len(self.edges) + 1} rates, one a band")
        for rating, row in zip(self.ratings, self.rates, strict=True):
            if any(not 0 <= rate <= 1 for rate in row):
                raise InputError(f"rating {rating}: each rate must be from 0 to 100 percent")

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands in words, from the lowest."""
        if not self.edges:
            return ("any compa-ratio",)
        inner = [f"{a:.2f} to {b:.2f}" for a, b in zip(self.edges, self.edges[1:], strict=False)]
        return (f"below {self.edges[0]:.2f}", *inner, f"from {self.edges[-1]:.2f}")

    def times(self, factor: float, step: float = 0.0) -> "MeritMatrix":
        """The matrix with all rates times a factor, rounded down to ``step`` if above 0."""
        scaled = np.minimum(np.array(self.rates) * factor, 1.0)
        if step:
            scaled = np.floor(np.round(scaled / step, 6)) * step
        return replace(self, rates=tuple(tuple(map(float, row)) for row in scaled.round(9)))


def example_matrix(ratings: Collection[str]) -> MeritMatrix | None:
    """The published example where ratings are 1 to 5; None where they are called otherwise."""
    if not ratings or not set(ratings) <= set("12345"):
        return None
    return MeritMatrix(tuple("54321"), EDGES, _shares(EXAMPLE))


def parse_matrix(text: str) -> MeritMatrix:
    """A matrix from CSV: ``rating, 0, 0.9, 1.1``, then a row of percents for each rating.

    The headings are where each band begins, from 0. Raises `InputError` with the row.
    """
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise InputError("a merit matrix needs a row of bands and a row for each rating")
    starts = [_number(cell, "row 1") for cell in rows[0][1:]]
    if not starts or starts[0] != 0:
        raise InputError("the first band of a merit matrix begins at 0: rating,0,0.9,1.1")
    rates = [[_number(cell, f"row {i}") for cell in row[1:]] for i, row in enumerate(rows[1:], 2)]
    return MeritMatrix(tuple(row[0].strip() for row in rows[1:]), tuple(starts[1:]), _shares(rates))


def parse_edges(text: str) -> tuple[float, ...]:
    """Where bands begin, from ``0.90, 1.00, 1.10``; raises `InputError`."""
    return tuple(_number(part, "bands") for part in text.split(",") if part.strip())


def _shares(percents: Collection[Collection[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(rate / 100, 9) for rate in row) for row in percents)


def _number(cell: str, where: str) -> float:
    try:
        return float(cell.strip().rstrip("%") or 0)
    except ValueError:
        raise InputError(f"merit matrix, {where}: {cell!r} is not a number such as 2.5") from None
