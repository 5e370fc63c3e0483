"""What may be shown of cells of other people's pay: one place for every threshold.

A threshold on each cell is not enough: the difference of two cells that both
pass it can be one person. So figures are made of whole blocks of people alone,
each of which may be shown by itself; whatever is added or subtracted is then
again a number of whole blocks. Source: docs/methods.md, "Small cells".
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Thresholds:
    """When a cell may be shown.

    ``count_payers`` is how many organisations a cell needs for its median and
    quartiles, ``payers_in_tails`` for what lies further out and for intervals;
    ``share`` is the most that one of them may hold of its people; ``step`` is
    how coarsely pay is rounded, as a share of it.
    """

    payers: int = 5
    payers_in_tails: int = 10
    share: float = 0.25
    step: float = 0.01
    sizes: tuple[int, ...] = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


THRESHOLDS = Thresholds()


def too_few_reason(single: bool, limits: Thresholds = THRESHOLDS) -> str:
    """Why a cell of too few payers is not shown; of a ``single`` payer people count."""
    return f"fewer than {limits.payers} {'people' if single else 'organisations'}"


def dominance_reason(limits: Thresholds = THRESHOLDS) -> str:
    """Why a cell that one payer dominates is not shown."""
    return f"one organisation holds over {limits.share:.0%}"


def may_be_shown(
    organisations: ArrayLike, top_share: ArrayLike, limits: Thresholds = THRESHOLDS
) -> NDArray[np.bool_]:
    """Whether each cell has enough payers, and none of them too large a share."""
    enough = np.asarray(organisations) >= limits.payers
    return enough & (np.asarray(top_share) <= limits.share)


def is_tail(percentile: float) -> bool:
    """Whether a percentile lies outside the quartiles."""
    return not 0.25 <= percentile <= 0.75


def round_for_disclosure(pay: ArrayLike, limits: Thresholds = THRESHOLDS) -> NDArray[np.float64]:
    """Pay rounded to 1, 2 or 5 times a power of ten, at most ``step`` of it; NaN stays."""
    value = np.asarray(pay, float)
    most = np.abs(value) * limits.step
    unit = np.ones_like(value)
    large = most >= 1
    power = 10.0 ** np.floor(np.log10(most[large]))
    lead = most[large] / power
    unit[large] = power * np.where(lead >= 5, 5, np.where(lead >= 2, 2, 1))
    coarse: NDArray[np.float64] = np.round(value / unit) * unit
    return coarse


def size_band(n: int, limits: Thresholds = THRESHOLDS) -> str:
    """How many people, as a band such as ``20–49``."""
    at = bisect_right(limits.sizes, n)
    if at == 0:
        return f"under {limits.sizes[0]}"
    if at == len(limits.sizes):
        return f"{limits.sizes[-1]:,} or more"
    return f"{limits.sizes[at - 1]:,}–{limits.sizes[at] - 1:,}"
