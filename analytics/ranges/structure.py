"""How neighboring ranges of a pay structure lie to each other."""

from collections.abc import Sequence
from itertools import pairwise


def midpoint_progression(midpoints: Sequence[float]) -> list[float]:
    """How much each midpoint is above the one before it, as a share of that one.

    One figure fewer than there are ranges, which come from the lowest up. Source:
    mid[n + 1] / mid[n] - 1.

    >>> [round(step, 4) for step in midpoint_progression([37_416, 64_506, 66_966])]
    [0.724, 0.0381]
    """
    return [high / low - 1 for low, high in pairwise(midpoints)]


def range_overlap(lower: tuple[float, float], upper: tuple[float, float]) -> float | None:
    """The part of the upper range that the lower one covers, as a share of the upper.

    Each range is its minimum and maximum. Above 1 where the lower range ends above the
    upper one; None for an upper range without width. Source: max(0, max of the lower -
    min of the upper) / (max - min of the upper).

    >>> range_overlap((64_992, 80_016), (72_396, 84_660)).__round__(4)
    0.6213
    """
    minimum, maximum = upper
    if maximum <= minimum:
        return None
    return max(0.0, lower[1] - minimum) / (maximum - minimum)
