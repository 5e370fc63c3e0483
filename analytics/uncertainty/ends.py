"""Both ends of an interval along all percentiles, so that neither ever falls."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from analytics.uncertainty.cells import Array

_score = NormalDist().inv_cdf
#: Percentiles at which ends are computed; between them they run straight in normal score.
GRID = (0.01, 0.02, *(round(0.05 * i, 2) for i in range(1, 20)), 0.98, 0.99)


def grid_with(percentiles: Iterable[float]) -> tuple[float, ...]:
    """`GRID` and further percentiles, rising."""
    return tuple(sorted({*GRID, *percentiles}))


def scores(percentiles: Iterable[float]) -> Array:
    """Normal scores of percentiles in (0, 1)."""
    return np.array([_score(p) for p in percentiles])


@dataclass(frozen=True)
class Ends:
    """Lower and upper ends in logs at normal scores ``z``, all rising; see `rising_ends`."""

    z: Array
    low: Array
    high: Array
    center: Array

    def at(self, z: float, center: float) -> tuple[float, float]:
        """Both ends, in logs, around ``center`` at normal score ``z``."""
        inside = float(np.clip(z, self.z[0], self.z[-1]))
        shift = 0.0
        if z != inside:
            shift = center - float(self.center[0 if z < inside else -1])
        low = float(np.interp(inside, self.z, self.low)) + shift
        high = float(np.interp(inside, self.z, self.high)) + shift
        return min(low, center), max(high, center)


def rising_ends(z: Array, center: Array, below: Array, above: Array, anchors: Array) -> Ends:
    """Ends from half-widths, in logs: never beyond those of the anchors on either side.

    ``anchors`` marks the percentiles that are published: what lies between two of them
    can't lie outside what the two may be. Along the percentiles the ends are then raised
    and lowered just as far as needed to rise.
    """
    low, high = center - below, center + above
    at = np.flatnonzero(anchors)
    if len(at):
        after = np.searchsorted(at, np.arange(len(z)))
        before = np.searchsorted(at, np.arange(len(z)), "right") - 1
        ceiling = np.where(after < len(at), high[at[np.minimum(after, len(at) - 1)]], np.inf)
        floor = np.where(before >= 0, low[at[np.maximum(before, 0)]], -np.inf)
        low, high = np.maximum(low, floor), np.minimum(high, ceiling)
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    return Ends(z, low, high, center)
