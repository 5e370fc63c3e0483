"""How far a modelled figure moves under many sets of assumptions."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: From this many sets on, their central 90 percent are told; of fewer, the lowest and highest.
MANY = 100
_CENTRAL = (0.05, 0.95)


def reach(values: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The lower and upper end of a figure's reach over the first axis, the sets of assumptions.

    The central 90 percent of `MANY` sets or more, else the lowest and the highest. The
    first set is the default, whose figure always lies inside.
    """
    found = np.asarray(values, float)
    if len(found) < MANY:
        return found.min(axis=0), found.max(axis=0)
    low, high = np.quantile(found, _CENTRAL, axis=0)
    return np.minimum(low, found[0]), np.maximum(high, found[0])


def reach_words(sets: int) -> str:
    """What a reach over so many sets is."""
    if sets < MANY:
        return f"lowest and highest under {sets} sets of assumptions"
    return f"central 90% under {sets} sets of assumptions that vary together"
