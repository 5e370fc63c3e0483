"""Intervals of percentiles that were sampled by clusters, such as people by organization.

People of one organization are paid alike, so that they say less of the market than as
many people of as many organizations. What is told apart is how much the organizations'
shares of people below a percentile differ from one another.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.grouped_quantiles import FloatArray, GroupBands, IntArray, interpolated

#: From so many clusters on they say how much they differ from one another.
FEWEST_CLUSTERS = 5
#: Values that are looked at together; so many stay in the processor's cache.
_PIECE = 100_000
#: A share that rounding alone makes.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Members:
    """The values of some groups, in any order within each, and the cluster of each.

    ``values`` and ``clusters`` have shape (values,); clusters are numbered from 0, those
    of one group after those of another, and a number may be nobody's. ``starts`` and
    ``cluster_starts``, both of shape (groups + 1,), are where each group begins.
    """

    values: IntArray
    clusters: IntArray
    starts: IntArray
    cluster_starts: IntArray

    def part(self, first: int, last: int) -> "Members":
        """The members of groups ``first`` to before ``last``.

        >>> pay, company = np.array([50, 60, 70, 80]), np.array([0, 0, 1, 2])
        >>> both = Members(pay, company, np.array([0, 2, 4]), np.array([0, 1, 3]))
        >>> both.part(1, 2).values.tolist(), both.part(1, 2).clusters.tolist()
        ([70, 80], [0, 1])
        """
        starts = self.starts[first : last + 1]
        clusters = self.cluster_starts[first : last + 1]
        people = slice(starts[0], starts[-1])
        return Members(
            self.values[people],
            self.clusters[people] - clusters[0],
            starts - starts[0],
            clusters - clusters[0],
        )


#: Gives the members of groups ``first`` to before ``last``.
MembersOf = Callable[[int, int], Members]


def clustered_bands(
    bands: GroupBands,
    values: IntArray,
    starts: IntArray,
    members_of: MembersOf,
    cluster_counts: IntArray,
    percentiles: Sequence[float],
) -> GroupBands:
    """The bands with the 95% intervals of what the clusters were sampled from.

    ``bands``, ``values``, ``starts`` and ``percentiles`` are as in `group_bands`, whose
    intervals a group keeps that has fewer than `FEWEST_CLUSTERS` clusters, or whose
    clusters do not differ at all. ``cluster_counts`` has shape (groups,).

    The share of a group below its percentile p has the variance Σ d²/(1 − w)/n² over
    clusters, d being how many of a cluster are below beyond p of it, and w its share of
    the group. The interval runs from the percentile at p less t standard deviations to
    that at p plus t, with t for Σw²'s inverse, less 1, degrees of freedom. An end at a
    share below 0 or above 1 is NaN, as where `group_bands` has no interval: there is none.

    Source: Woodruff (1952), Francisco and Fuller (1991); Bell and McCaffrey (2002) for
    1 − w; Kish (1965) for the effective number of clusters.

    >>> from analytics.grouped_quantiles import group_bands
    >>> values, starts = np.arange(60), np.array([0, 60])
    >>> members = Members(values, values // 3 % 6, starts, np.array([0, 6]))
    >>> bands = group_bands(values, starts, [0.5, 0.9])
    >>> market = clustered_bands(bands, values, starts, members.part, np.array([6]), [0.5, 0.9])
    >>> bands.lows.round(1).tolist(), bands.highs.round(1).tolist()
    ([[22.0, 48.7]], [[37.0, 57.4]])
    >>> market.lows.round(1).tolist(), market.highs.round(1).tolist()
    ([[21.1, 44.6]], [[37.9, nan]])
    """
    clustered = np.asarray(cluster_counts) >= FEWEST_CLUSTERS
    if not clustered.any():
        return bands
    lows, highs = bands.lows.copy(), bands.highs.copy()
    for first, last in _pieces(bands.n, clustered):
        chosen = first + np.flatnonzero(clustered[first:last])
        n = bands.n[chosen, None]
        neighbors = _neighbors(values, starts, bands.n, first, last, percentiles)
        reach = _reach(members_of(first, last), *neighbors, percentiles)[chosen - first]
        differ = reach > _NOTHING
        for ends, sign in ((lows, -1), (highs, 1)):
            share = np.asarray(percentiles) + sign * reach
            inside = (share >= 0) & (share <= 1) & ~np.isnan(ends[chosen])
            positions = np.where(inside, np.clip(n * share - 0.5, 0, n - 1), np.nan)
            found = interpolated(values, starts[chosen, None], n, positions)
            ends[chosen] = np.where(differ, found, ends[chosen])
    return replace(bands, lows=lows, highs=highs)


def _pieces(n: IntArray, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Stretches of groups, first and end, of one group or at most `_PIECE` values."""
    ends = np.concatenate(([0], np.cumsum(n)))
    first, stop = 0, int(np.flatnonzero(wanted)[-1]) + 1
    while first < stop:
        within = int(np.searchsorted(ends, ends[first] + _PIECE, "right")) - 1
        last = min(max(within, first + 1), stop)
        if wanted[first:last].any():
            yield first, last
        first = last


def _neighbors(
    values: IntArray,
    starts: IntArray,
    n: IntArray,
    first: int,
    last: int,
    percentiles: Sequence[float],
) -> tuple[IntArray, IntArray]:
    """The values that each percentile lies between, both of shape (groups, percentiles)."""
    size = n[first:last, None]
    positions = np.maximum(size - 1, 0) * np.asarray(percentiles)
    begins = np.minimum(starts[first:last, None], len(values) - 1)  # an empty group's is nobody's
    # What a float adds to a whole number makes no position in between.
    below = begins + np.floor(positions + 1e-9).astype(np.int64)
    above = begins + np.ceil(positions - 1e-9).astype(np.int64)
    return values[below], values[above]


def _reach(
    members: Members, below: IntArray, above: IntArray, percentiles: Sequence[float]
) -> FloatArray:
    """How far the share may lie from each percentile; of shape (groups, percentiles).

    A value that equals a percentile counts half as below it.
    """
    from scipy.special import stdtrit  # only here: a start of the dashboard is spared it

    groups = len(members.starts) - 1
    n = np.diff(members.starts)
    group = np.repeat(np.arange(groups), np.diff(members.cluster_starts))

    def total(of_clusters: FloatArray) -> FloatArray:
        return np.bincount(group, of_clusters, groups).astype(float, copy=False)

    sizes = np.bincount(members.clusters, minlength=len(group)).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = total(sizes * sizes)
        t = stdtrit(n * n / squares - 1, 0.975)
        correction = 1 / (1 - sizes / n[group])
        reach = np.empty(below.shape)
        for j, p in enumerate(percentiles):
            at_most = members.values <= np.repeat(below[:, j], n)
            less = members.values < np.repeat(above[:, j], n)
            twice = at_most.view(np.int8) + less.view(np.int8)
            counts = np.bincount(members.clusters, twice, len(group)) / 2
            share = total(counts) / n
            equal = np.add.reduceat(
                np.append(twice == 1, False), members.starts[:-1], dtype=np.int64
            )
            alone = share * (1 - share) - equal / n / 4  # the variance of one value
            beyond = counts - sizes * share[group]
            variance = total(beyond * beyond * correction) / n**2
            reach[:, j] = t * np.sqrt(variance / alone * p * (1 - p))
    found: FloatArray = np.nan_to_num(reach, nan=0.0, posinf=np.inf)
    return found
