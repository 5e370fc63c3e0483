"""Typed rows of a pay structure: the market of each level, and the range built on it.

All pay is a year's, full-time, on one basis and in one currency.
"""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True)
class MarketLevel:
    """What the market pays a level of a function at its target percentile.

    ``market`` is None where no source answers; ``low`` and ``high`` are the ends of its
    interval, where it has one. ``percentile`` lies in (0, 1). ``grade`` makes levels of
    several tracks comparable. ``source`` names what the figure is from, ``status`` is
    published, computed, modelled or imported. ``code`` is the job profile whose market it
    is, by which it can be asked for again; empty for a figure of a file. ``chosen`` names the
    figure that somebody chose for the level (`analytics.ranges.market_choice`); it is empty
    for the sources that answer by default.
    """

    function: str
    level: str
    track: str
    grade: float
    market: float | None
    low: float | None = None
    high: float | None = None
    percentile: float = 0.5
    source: str = ""
    status: str = ""
    code: str = ""
    chosen: str = ""

    def times(self, factor: float) -> Self:
        """The level at so many times the pay: at a place, or in another currency."""
        pays = (self.market, self.low, self.high)
        market, low, high = (None if pay is None else pay * factor for pay in pays)
        return replace(self, market=market, low=low, high=high)


@dataclass(frozen=True)
class PlaceRatio:
    """By what national pay is multiplied at a place, and what that rests on."""

    place: str
    factor: float
    basis: str = ""


@dataclass(frozen=True)
class Ends:
    """The three points of a range that somebody set."""

    minimum: float
    midpoint: float
    maximum: float


@dataclass(frozen=True)
class StructureRange:
    """A pay range of a structure, with the market that it stands on.

    ``locked`` marks one whose figures somebody set; a new build keeps them.
    """

    function: str
    level: str
    track: str
    grade: float
    place: str
    minimum: float
    midpoint: float
    maximum: float
    market: float | None
    low: float | None
    high: float | None
    percentile: float
    source: str
    status: str
    locked: bool = False

    @property
    def key(self) -> str:
        """What tells the range from all others of its structure, also in a workbook."""
        return range_key(self.function, self.level, self.place)

    @property
    def label(self) -> str:
        """The level, with its place where it is not the whole country's."""
        return f"{self.level}, {self.place}"

    @property
    def ends(self) -> Ends:
        """Its three points."""
        return Ends(self.minimum, self.midpoint, self.maximum)


def range_key(function: str, level: str, place: str) -> str:
    """The key of a range, alike in the grid, in a workbook and in what is saved.

    >>> range_key("Sales", "P3", "Colorado")
    'Sales | P3 | Colorado'
    """
    return " | ".join(filter(None, (function, level, place)))
