"""How wide a pay range is: the two conventions, and a whole range from one of its points.

The spread is the maximum relative to the minimum; the width is the distance of either
end from a midpoint half way, relative to that midpoint. Source: the conversions are
algebra on spread = maximum / minimum - 1; both conventions are in Ellig, *The Complete
Guide to Executive Compensation* (2007), p. 173.
"""

from dataclasses import dataclass

from analytics.errors import InputError


@dataclass(frozen=True)
class RangeEnds:
    """A pay range whose midpoint is half way between its ends, in one currency a year."""

    minimum: float
    midpoint: float
    maximum: float


def range_spread(minimum: float, maximum: float) -> float:
    """The spread of a range, min to max: 0.5 is a maximum half as high again.

    Raises `InputError` for a minimum that is not above 0, or a maximum below it.

    >>> round(range_spread(33_672, 41_160), 4)
    0.2224
    """
    if not 0 < minimum <= maximum:
        raise InputError(f"no range from {minimum:,.2f} to {maximum:,.2f}; needs 0 < min ≤ max")
    return maximum / minimum - 1


def spread_from_width(width: float) -> float:
    """The spread, min to max, of a range that reaches ``width`` around its midpoint.

    >>> round(spread_from_width(0.25), 4)
    0.6667
    """
    if not 0 <= width < 1:
        raise InputError(f"a width of {width:g} around the midpoint must be from 0 to below 1")
    return 2 * width / (1 - width)


def width_from_spread(spread: float) -> float:
    """How far each end is from the midpoint, relative to it, of a range with a spread.

    >>> round(width_from_spread(0.5), 2)
    0.2
    """
    return _checked(spread) / (2 + spread)


def range_from_minimum(minimum: float, spread: float) -> RangeEnds:
    """The range with a minimum and a spread, min to max."""
    return RangeEnds(minimum, minimum * (2 + _checked(spread)) / 2, minimum * (1 + spread))


def range_from_midpoint(midpoint: float, spread: float) -> RangeEnds:
    """The range with a midpoint and a spread, min to max.

    >>> range_from_midpoint(80_000, 0.5)
    RangeEnds(minimum=64000.0, midpoint=80000, maximum=96000.0)
    """
    minimum = 2 * midpoint / (2 + _checked(spread))
    return RangeEnds(minimum, midpoint, minimum * (1 + spread))


def range_from_maximum(maximum: float, spread: float) -> RangeEnds:
    """The range with a maximum and a spread, min to max.

    >>> round(range_from_maximum(1_500, 0.40).midpoint)
    1286
    """
    minimum = maximum / (1 + _checked(spread))
    return RangeEnds(minimum, minimum * (2 + spread) / 2, maximum)


def _checked(spread: float) -> float:
    if not 0 <= spread < float("inf"):
        raise InputError(f"a spread of {spread:g} must be 0 or more, such as 0.5 for 50 percent")
    return spread
