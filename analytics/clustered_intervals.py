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


@dataclass(frozen=True)
class ClusterCounts:
    """How many values of each cluster lie below the percentiles of its group.

    ``groups``, the group of each cluster, and ``sizes`` have shape (clusters,).
    ``twice_below``, of shape (clusters, percentiles), counts a value below the percentile
    twice and one that equals it once; ``equal``, of shape (groups, percentiles), counts
    the latter in the whole group.

    >>> at_most, less = np.array([[2], [1]]), np.array([[1], [0]])
    >>> counts = ClusterCounts.of(np.array([0, 0]), np.array([3, 3]), at_most, less, groups=1)
    >>> counts.twice_below.tolist(), counts.equal.tolist()
    ([[3.0], [1.0]], [[2.0]])
    """

    groups: IntArray
    sizes: FloatArray
    twice_below: FloatArray
    equal: FloatArray

    @classmethod
    def of(
        cls,
        cluster_groups: IntArray,
        sizes: IntArray,
        at_most: IntArray,
        less: IntArray,
        groups: int,
    ) -> "ClusterCounts":
        """From how many of a cluster are at most, and less than, the values around a percentile.

        Those are the values that `neighbors` gives: at most the lower, less than the upper.
        """
        equal = np.zeros((groups, at_most.shape[1]))
        np.add.at(equal, cluster_groups, at_most - less)
        twice = (at_most + less).astype(float)
        return cls(cluster_groups, sizes.astype(float), twice, equal)


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
    reach = np.zeros(bands.values.shape)
    for first, last in _pieces(bands.n, clustered):
        chosen = first + np.flatnonzero(clustered[first:last])
        around = neighbors(values, starts[first : last + 1], percentiles)
        counts = _count_below(members_of(first, last), *around)
        reach[chosen] = cluster_reach(counts, percentiles)[chosen - first]
    return reaching_bands(bands, values, starts, reach, percentiles)


def reaching_bands(
    bands: GroupBands,
    values: IntArray,
    starts: IntArray,
    reach: FloatArray,
    percentiles: Sequence[float],
) -> GroupBands:
    """The bands with intervals that go so far to both sides; the last step of `clustered_bands`.

    ``reach``, of shape (groups, percentiles), is a share of each group's values; where it
    is 0, the interval of ``bands`` stays.

    >>> from analytics.grouped_quantiles import group_bands
    >>> values, starts = np.arange(10), np.array([0, 10])
    >>> bands = group_bands(values, starts, [0.5])
    >>> wider = reaching_bands(bands, values, starts, np.array([[0.4]]), [0.5])
    >>> wider.lows.round(6).tolist(), wider.highs.round(6).tolist()
    ([[0.5]], [[8.5]])
    """
    chosen = np.flatnonzero((reach > _NOTHING).any(axis=1))
    part = GroupBands(
        bands.n[chosen], bands.values[chosen], bands.lows[chosen], bands.highs[chosen]
    )
    ends = np.full((2, *reach.shape), np.nan)
    positions = np.array(end_positions(part, reach[chosen], percentiles))
    ends[:, chosen] = interpolated(values, starts[chosen, None], part.n[:, None], positions)
    return replaced_ends(bands, reach, *ends)


def replaced_ends(
    bands: GroupBands, reach: FloatArray, lows: FloatArray, highs: FloatArray
) -> GroupBands:
    """The bands with these ends, but for those where ``reach`` is 0; all of its shape.

    >>> bands = GroupBands(np.array([9]), *np.array([[[5.0]], [[1.0]], [[8.0]]]))
    >>> market = replaced_ends(bands, np.array([[0.4]]), np.array([[0.0]]), np.array([[9.0]]))
    >>> market.lows.tolist(), market.highs.tolist()
    ([[0.0]], [[9.0]])
    """
    differ = reach > _NOTHING
    return replace(
        bands,
        lows=np.where(differ, lows, bands.lows),
        highs=np.where(differ, highs, bands.highs),
    )


def end_positions(
    bands: GroupBands, reach: FloatArray, percentiles: Sequence[float]
) -> tuple[FloatArray, FloatArray]:
    """Where both ends of intervals that reach so far lie among a group's values, from 0.

    NaN where a share is below 0 or above 1, or ``bands`` have no interval.

    >>> from analytics.grouped_quantiles import group_bands
    >>> bands = group_bands(np.arange(10), np.array([0, 10]), [0.5])
    >>> low, high = end_positions(bands, np.array([[0.4]]), [0.5])
    >>> low.round(6).tolist(), high.round(6).tolist()
    ([[0.5]], [[8.5]])
    """
    n = bands.n[:, None]

    def positions(share: FloatArray, ends: FloatArray) -> FloatArray:
        inside = (share >= 0) & (share <= 1) & ~np.isnan(ends)
        return np.where(inside, np.clip(n * share - 0.5, 0, n - 1), np.nan)

    p = np.asarray(percentiles)
    return positions(p - reach, bands.lows), positions(p + reach, bands.highs)


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


def neighbors(
    values: IntArray, starts: IntArray, percentiles: Sequence[float]
) -> tuple[IntArray, IntArray]:
    """The values that each percentile lies between, both of shape (groups, percentiles).

    ``values`` and ``starts`` are as in `group_bands`.

    >>> below, above = neighbors(np.array([10, 20, 30, 40, 50]), np.array([0, 4]), [0.5, 1 / 3])
    >>> below.tolist(), above.tolist()
    ([[20, 20]], [[30, 20]])
    """
    begins = np.minimum(starts[:-1, None], len(values) - 1)  # an empty group's is nobody's
    below, above = neighbor_positions(np.diff(starts), percentiles)
    return values[begins + below], values[begins + above]


def neighbor_positions(sizes: IntArray, percentiles: Sequence[float]) -> tuple[IntArray, IntArray]:
    """Where the values of `neighbors` lie in sorted groups of these sizes, from 0.

    >>> below, above = neighbor_positions(np.array([4]), [0.5, 1 / 3])
    >>> below.tolist(), above.tolist()
    ([[1, 1]], [[2, 1]])
    """
    positions = np.maximum(sizes[:, None] - 1, 0) * np.asarray(percentiles)
    # What a float adds to a whole number makes no position in between.
    below = np.floor(positions + 1e-9).astype(np.int64)
    above = np.ceil(positions - 1e-9).astype(np.int64)
    return below, above


def _count_below(members: Members, below: IntArray, above: IntArray) -> ClusterCounts:
    """How many of each cluster lie below the percentiles that lie between these values."""
    groups = len(members.starts) - 1
    n = np.diff(members.starts)
    group = np.repeat(np.arange(groups), np.diff(members.cluster_starts))
    twice_below = np.empty((len(group), below.shape[1]))
    equal = np.empty(below.shape)
    for j in range(below.shape[1]):
        at_most = members.values <= np.repeat(below[:, j], n)
        less = members.values < np.repeat(above[:, j], n)
        twice = at_most.view(np.int8) + less.view(np.int8)
        twice_below[:, j] = np.bincount(members.clusters, twice, len(group))
        equal[:, j] = np.add.reduceat(
            np.append(twice == 1, False), members.starts[:-1], dtype=np.int64
        )
    sizes = np.bincount(members.clusters, minlength=len(group)).astype(float)
    return ClusterCounts(group, sizes, twice_below, equal)


def cluster_reach(counts: ClusterCounts, percentiles: Sequence[float]) -> FloatArray:
    """How far the share may lie from each percentile; of shape (groups, percentiles).

    A value that equals a percentile counts half as below it. The formula and its
    sources are those of `clustered_bands`.

    >>> below = np.array([[6], [0], [3], [3], [3], [3]])
    >>> six = ClusterCounts.of(np.zeros(6, int), np.full(6, 6), below, below, groups=1)
    >>> cluster_reach(six, [0.5]).round(5).tolist()
    [[0.33186]]
    """
    from scipy.special import stdtrit  # only here: a start of the dashboard is spared it

    groups = len(counts.equal)
    group, sizes = counts.groups, counts.sizes

    def total(of_clusters: FloatArray) -> FloatArray:
        return np.bincount(group, of_clusters, groups).astype(float, copy=False)

    with np.errstate(divide="ignore", invalid="ignore"):
        n, squares = total(sizes), total(sizes * sizes)
        t = stdtrit(n * n / squares - 1, 0.975)
        correction = 1 / (1 - sizes / n[group])
        reach = np.empty(counts.equal.shape)
        for j, p in enumerate(percentiles):
            below = counts.twice_below[:, j] / 2
            share = total(below) / n
            alone = share * (1 - share) - counts.equal[:, j] / n / 4  # the variance of one value
            beyond = below - sizes * share[group]
            variance = total(beyond * beyond * correction) / n**2
            reach[:, j] = t * np.sqrt(variance / alone * p * (1 - p))
    found: FloatArray = np.nan_to_num(reach, nan=0.0, posinf=np.inf)
    return found
