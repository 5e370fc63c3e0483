"""What may be shown of other people's pay: every threshold, and who counts toward it.

A threshold on each cell is not enough: two cells that both pass it can differ by
one person. So figures are made of whole blocks of people, each of which may be
shown by itself; whatever is added or subtracted is then again a sum of whole
blocks. Source: docs/methods.md, "Small cells".
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.grouped_quantiles import FloatArray, IntArray


@dataclass(frozen=True)
class Thresholds:
    """When a cell may be shown, and how coarsely.

    A cell needs ``contributors`` for its median and quartiles, and
    ``tail_contributors`` for percentiles further out and for intervals, of one company
    for quartiles as well; none of them may account for more than ``largest_share`` of
    its people. Pay is rounded to at most ``rounding``, as a share of it, and numbers of
    people are reported in bands that begin at each of ``size_limits``.
    """

    contributors: int = 5
    tail_contributors: int = 10
    largest_share: float = 0.25
    rounding: float = 0.01
    size_limits: tuple[int, ...] = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class PayerEntries:
    """How many people each payer has in each group: three arrays of shape (entries,).

    A payer is a code: an organization, or a date where all records are of one
    organization. It may have several entries in a group until they are `merged`.
    """

    group: IntArray
    payer: IntArray
    people: IntArray

    def merged(self) -> "PayerEntries":
        """One entry for each group and payer with people, ordered by both.

        >>> entries = PayerEntries(np.array([0, 0, 0]), np.array([4, 2, 4]), np.array([1, 5, 2]))
        >>> entries.merged().payer.tolist(), entries.merged().people.tolist()
        ([2, 4], [5, 3])
        """
        width = int(self.payer.max(initial=0)) + 1
        keys = self.group.astype(np.int64) * width + self.payer
        pairs, position = np.unique(keys, return_inverse=True)
        people = np.bincount(position, self.people, len(pairs)).astype(np.int64)
        pairs, people = pairs[people > 0], people[people > 0]
        return PayerEntries(pairs // width, pairs % width, people)

    def minus(self, others: "PayerEntries") -> "PayerEntries":
        """The people of these entries who are not among ``others``, merged.

        >>> everyone = PayerEntries(np.array([0, 0]), np.array([1, 2]), np.array([3, 4]))
        >>> some = PayerEntries(np.array([0, 0]), np.array([1, 2]), np.array([3, 1]))
        >>> everyone.minus(some).payer.tolist(), everyone.minus(some).people.tolist()
        ([2], [3])
        """
        return PayerEntries(
            np.concatenate((self.group, others.group)),
            np.concatenate((self.payer, others.payer)),
            np.concatenate((self.people, -others.people)),
        ).merged()


@dataclass(frozen=True)
class Contributors:
    """Who stands behind each group's figures: two arrays of shape (groups,).

    ``count`` is how many certainly different contributors there are, and
    ``largest_share`` the share of the people that the largest accounts for; 0
    where people count for themselves.
    """

    count: NDArray[np.int64]
    largest_share: FloatArray


def count_contributors(entries: PayerEntries, groups: int, single: bool) -> Contributors:
    """The contributors of ``groups`` groups, from `PayerEntries` of theirs.

    Organizations count, or, where all records are of a ``single`` organization,
    people: as one person may have a record on each of several dates, only the
    people of the date that has the most are certainly different.

    >>> entries = PayerEntries(np.array([0, 0, 1]), np.array([3, 8, 3]), np.array([6, 2, 4]))
    >>> organizations = count_contributors(entries, 2, single=False)
    >>> organizations.count.tolist(), organizations.largest_share.tolist()
    ([2, 1], [0.75, 1.0])
    >>> count_contributors(entries, 2, single=True).count.tolist()
    [6, 4]
    """
    merged = entries.merged()
    largest = np.zeros(groups, np.int64)
    np.maximum.at(largest, merged.group, merged.people)
    if single:
        return Contributors(largest, np.zeros(groups))
    people = np.bincount(merged.group, merged.people, groups)
    share = np.divide(largest, people, out=np.zeros(groups), where=people > 0)
    return Contributors(np.bincount(merged.group, minlength=groups), share)


def may_be_shown(
    count: ArrayLike, largest_share: ArrayLike, limits: Thresholds = THRESHOLDS
) -> NDArray[np.bool_]:
    """Whether each cell has enough contributors, and none with too large a share.

    >>> may_be_shown([4, 5, 9], [0.25, 0.25, 0.3]).tolist()
    [False, True, False]
    """
    enough = np.asarray(count) >= limits.contributors
    return enough & (np.asarray(largest_share) <= limits.largest_share)


def too_few_reason(single: bool, limits: Thresholds = THRESHOLDS) -> str:
    """Why a cell with too few contributors is not shown; see `count_contributors`.

    >>> too_few_reason(single=False)
    'fewer than 5 organizations'
    """
    return f"fewer than {limits.contributors} {contributor_noun(single)}"


def tails_reason(single: bool, limits: Thresholds = THRESHOLDS) -> str:
    """Why a cell is shown without some percentiles, and without intervals.

    Of one company that is all but the median, since somebody there may know who has
    which place in the order of pay.

    >>> tails_reason(single=False)
    'P10, P90 and intervals need 10 organizations'
    >>> tails_reason(single=True)
    'all but the median needs 10 people'
    """
    if single:
        return f"all but the median needs {limits.tail_contributors} {contributor_noun(single)}"
    return f"P10, P90 and intervals need {limits.tail_contributors} {contributor_noun(single)}"


def tariff_reason() -> str:
    """Why a cell whose people are paid alike is shown as one figure.

    >>> tariff_reason()
    'paid alike: one figure, no spread'
    """
    return "paid alike: one figure, no spread"


def are_paid_alike(p25: ArrayLike, p75: ArrayLike) -> NDArray[np.bool_]:
    """Whether the quartiles are one figure as they are shown: the pay of a tariff.

    >>> are_paid_alike([60_010, 60_010, np.nan], [60_060, 66_000, 60_000]).tolist()
    [True, False, False]
    """
    alike: NDArray[np.bool_] = round_for_disclosure(p25) == round_for_disclosure(p75)
    return alike


def dominance_reason(limits: Thresholds = THRESHOLDS) -> str:
    """Why a cell that one organization dominates is not shown.

    >>> dominance_reason()
    'one organization accounts for over 25%'
    """
    return f"one organization accounts for over {limits.largest_share:.0%}"


def contributor_noun(single: bool) -> str:
    """What contributors are called.

    >>> contributor_noun(single=True)
    'people'
    """
    return "people" if single else "organizations"


def is_tail(percentile: float, single: bool = False) -> bool:
    """Whether a percentile lies outside the quartiles; of one company, is not the median.

    >>> [is_tail(p) for p in (0.1, 0.25, 0.5)]
    [True, False, False]
    >>> [is_tail(p, single=True) for p in (0.1, 0.25, 0.5)]
    [True, True, False]
    """
    return percentile != 0.5 if single else not 0.25 <= percentile <= 0.75


def round_for_disclosure(pay: ArrayLike, limits: Thresholds = THRESHOLDS) -> FloatArray:
    """Pay rounded to 1, 2 or 5 times a power of ten, at most 1% of it; NaN stays NaN.

    >>> round_for_disclosure([117_600, 63_260, 48]).tolist()
    [118000.0, 63500.0, 48.0]
    """
    value = np.asarray(pay, float)
    most = np.abs(value) * limits.rounding
    unit = np.ones_like(value)
    large = most >= 1
    power = 10.0 ** np.floor(np.log10(most[large]))
    leading = most[large] / power
    unit[large] = power * np.where(leading >= 5, 5, np.where(leading >= 2, 2, 1))
    rounded: FloatArray = np.round(value / unit) * unit
    return rounded


def size_band(n: int, limits: Thresholds = THRESHOLDS) -> str:
    """A number of people as a band.

    >>> [size_band(n) for n in (4, 20, 12_345)]
    ['under 5', '20–49', '10,000 or more']
    """
    sizes = limits.size_limits
    i = bisect_right(sizes, n)
    if i == 0:
        return f"under {sizes[0]}"
    if i == len(sizes):
        return f"{sizes[-1]:,} or more"
    return f"{sizes[i - 1]:,}–{sizes[i] - 1:,}"
