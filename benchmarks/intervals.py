"""Intervals of sample percentiles: how often they cover, and how fast.

Of independent people, beside the bootstrap; and of people of organizations, who are
paid alike, beside the interval of independent people. Lognormal samples of known
percentiles, seeded. Usage: python -m benchmarks.intervals [samples of each kind]
"""

import itertools
import sys
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap, norm

from analytics.clustered_intervals import Members, clustered_bands
from analytics.grouped_quantiles import GroupBands, group_bands, sort_groups
from analytics.order_statistics import percentile_interval
from analytics.percentiles import PERCENTILES, percentile_name

SEED = 20261122
SIGMA = 0.4
SAMPLES = 2_000
BOOTSTRAPPED = 150
#: Cells, people in each, and organizations in all, of the cells that are timed.
CELLS, PEOPLE, ORGANIZATIONS = 36_000, 28, 2_000


@dataclass(frozen=True)
class Market:
    """A market to draw samples of organizations from.

    ``correlation`` is that of log pay within an organization; of ``organizations``, with
    ten people on average, the k-th largest has a size in proportion to k to the power of
    minus ``falling``.
    """

    organizations: int
    falling: float
    correlation: float

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many people each organization has."""
        shares = np.arange(1, self.organizations + 1) ** -self.falling
        sizes = 10 * self.organizations * shares / shares.sum()
        return np.maximum(1, np.rint(sizes)).astype(np.int64)

    def sample(self, draw: np.random.Generator, samples: int) -> Members:
        """Pay of many samples, each a group; medians are 100,000."""
        organization = np.repeat(np.arange(self.organizations), self.sizes)
        alike = draw.standard_normal((samples, self.organizations))[:, organization]
        alone = draw.standard_normal(alike.shape)
        score = np.sqrt(self.correlation) * alike + np.sqrt(1 - self.correlation) * alone
        pay = np.rint(100_000 * np.exp(SIGMA * score)).astype(np.int64)
        groups = np.arange(samples)
        clusters = organization + self.organizations * groups[:, None]
        ends = np.arange(samples + 1)
        return Members(
            pay.ravel(), clusters.ravel(), ends * pay.shape[1], ends * self.organizations
        )


#: 8 to 60 organizations of equal and of unequal size, people alike from little to much.
MARKETS = [
    Market(*each) for each in itertools.product((8, 15, 30, 60), (0.0, 0.8), (0.05, 0.15, 0.3))
]


def both_intervals(members: Members) -> tuple[GroupBands, GroupBands]:
    """The bands of each group with the interval of its people, and with the market's."""
    values = members.values.copy()
    sort_groups(values, members.starts)
    bands = group_bands(values, members.starts, PERCENTILES)
    counts = np.diff(members.cluster_starts)
    return bands, clustered_bands(bands, values, members.starts, members.part, counts, PERCENTILES)


def covers(bands: GroupBands, shrunk: float = 1.0) -> NDArray[np.bool_]:
    """Whether each interval, its width times ``shrunk``, has the market's percentile in it.

    Where there is no end, nothing lies beyond it.
    """
    true = 100_000 * np.exp(SIGMA * norm.ppf(PERCENTILES))
    low = bands.values - shrunk * (bands.values - bands.lows)
    high = bands.values + shrunk * (bands.highs - bands.values)
    return ~(low > true) & ~(high < true)


def print_clustered_coverage(samples: int) -> None:
    """Print how often both intervals cover the market, by percentile, for each market."""
    draw = np.random.default_rng(SEED)
    print(f"covers the market's percentile, {samples:,} samples of each market; of P90 no end")
    for market in MARKETS:
        people, clustered = both_intervals(market.sample(draw, samples))
        told = ", ".join(
            f"{percentile_name(p)} {ours:.1%} ({alone:.1%})"
            for p, ours, alone in zip(
                PERCENTILES, covers(clustered).mean(0), covers(people).mean(0), strict=True
            )
        )
        sizes = "unequal" if market.falling else "equal"
        print(
            f"{market.organizations} {sizes}, correlation {market.correlation}: market (people) "
            f"{told}; {np.isnan(clustered.highs[:, -1]).mean():.0%}"
        )


def print_clustered_speed() -> None:
    """Print the CPU seconds of both intervals of many cells."""
    draw = np.random.default_rng(SEED)
    starts = np.arange(CELLS + 1) * PEOPLE
    organization = np.sort(draw.integers(0, ORGANIZATIONS, (CELLS, PEOPLE)), axis=1)
    _, clusters = np.unique(
        organization + ORGANIZATIONS * np.arange(CELLS)[:, None], return_inverse=True
    )
    members = Members(
        np.rint(1e5 * np.exp(SIGMA * draw.standard_normal(CELLS * PEOPLE))).astype(np.int32),
        clusters.ravel(),
        starts,
        np.append(clusters.reshape(CELLS, PEOPLE).min(1), clusters.max() + 1),
    )
    values = members.values.copy()
    sort_groups(values, starts)
    counts = np.diff(members.cluster_starts)
    began = time.process_time()
    bands = group_bands(values, starts, PERCENTILES)
    people = time.process_time() - began
    clustered_bands(bands, values, starts, members.part, counts, PERCENTILES)
    market = time.process_time() - began - people
    print(
        f"{CELLS:,} cells of {PEOPLE} people, {len(PERCENTILES)} percentiles: CPU {people:.2f} s "
        f"for people, {market:.2f} s more for the market; ratio {1 + market / people:.1f}"
    )


def main(samples: int) -> None:
    """Print coverage and time of every kind of interval."""
    print_independent()
    print_clustered_coverage(samples)
    print_clustered_speed()


def print_independent() -> None:
    """Print coverage and milliseconds for each percentile and sample size."""
    draw = np.random.default_rng(SEED)
    print("percentile, n: ours covers, ms; scipy.stats.bootstrap covers, ms; times faster")
    for p, n in ((0.5, 36), (0.25, 36), (0.1, 36), (0.9, 100), (0.5, 200), (0.75, 200)):
        true = np.exp(SIGMA * norm.ppf(p))
        pays = np.exp(SIGMA * draw.standard_normal((SAMPLES, n)))
        start = time.perf_counter()
        ours = [percentile_interval(row, p) for row in pays]
        took = (time.perf_counter() - start) / SAMPLES
        covered = np.mean([end is not None and end[0] <= true <= end[1] for end in ours])
        start = time.perf_counter()
        theirs = [
            bootstrap(
                (row,), lambda x, axis=-1, p=p: np.quantile(x, p, axis=axis),
                method="percentile", rng=draw,
            ).confidence_interval
            for row in pays[:BOOTSTRAPPED]
        ]  # fmt: skip
        slow = (time.perf_counter() - start) / BOOTSTRAPPED
        hit = np.mean([low <= true <= high for low, high in theirs])
        print(
            f"P{100 * p:g}, {n}: {covered:.1%}, {1e3 * took:.3f}; {hit:.1%}, {1e3 * slow:.1f}; "
            f"{slow / took:.0f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 4_000)
