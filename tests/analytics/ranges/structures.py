"""A small structure that tests can follow by hand."""

from analytics.ranges.build import Structure
from analytics.ranges.rows import MarketLevel
from analytics.ranges.settings import RangeSettings


def market(level: str, pay: float | None, low=None, high=None, function="Sales") -> MarketLevel:
    """The market of a level such as P3 or M3, whose grade is one above its number."""
    track = "professional" if level[0] == "P" else "management"
    grade = int(level[1:]) + (level[0] == "M")
    return MarketLevel(function, level, track, grade, pay, low, high, 0.5, "Survey A", "imported")


def structure(*markets: MarketLevel, **settings) -> Structure:
    """A structure of base pay in dollars on some market figures."""
    return Structure("base", "USD", "2027-01", markets, RangeSettings(**settings))


#: Midpoints of 80, 100 and 110 thousand; at 50 percent of spread ends are .8 and 1.2 of them.
THREE = structure(market("P1", 80_000), market("P2", 100_000), market("P3", 110_000))
