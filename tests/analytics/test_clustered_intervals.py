"""Intervals of percentiles sampled by organization: a slow oracle, and how often they cover."""

import doctest
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from analytics import clustered_intervals
from analytics.clustered_intervals import Members, clustered_bands
from analytics.grouped_quantiles import group_bands, sort_groups
from analytics.percentiles import PERCENTILES
from benchmarks.intervals import Market, both_intervals, covers

#: (pay, organization) of each person of each cell.
People = list[tuple[int, int]]
PERSON = st.tuples(st.integers(0, 40) | st.integers(0, 10**9), st.integers(0, 9))
CELLS = st.lists(
    st.lists(PERSON, max_size=12) | st.lists(PERSON, min_size=30, max_size=80),
    min_size=1,
    max_size=4,
)


def market_interval(people: People, p: float) -> tuple[float, float] | None:
    """The limits by the definition, one organization at a time; NaN where there is no end.

    None where the organizations say nothing: fewer than five, or none unlike another.
    """
    pay = sorted(value for value, _ in people)
    n, position = len(pay), (len(pay) - 1) * p
    below, above = pay[math.floor(position + 1e-9)], pay[math.ceil(position - 1e-9)]
    paid: dict[int, list[float]] = {}
    for value, organization in people:
        half = ((value <= below) + (value < above)) / 2
        paid.setdefault(organization, []).append(half)
    if len(paid) < 5:
        return None
    everyone = [half for halves in paid.values() for half in halves]
    share = sum(everyone) / n
    alone = sum(half * half for half in everyone) / n - share * share
    variance = sum(
        (sum(halves) - len(halves) * share) ** 2 / (1 - len(halves) / n) for halves in paid.values()
    )
    if variance < 1e-9:
        return None
    effective = n * n / sum(len(halves) ** 2 for halves in paid.values())
    deviation = math.sqrt(variance / n**2 / alone * p * (1 - p))
    reach = student.ppf(0.975, effective - 1) * deviation
    return at_share(pay, p - reach), at_share(pay, p + reach)


def at_share(pay: Sequence[int], share: float) -> float:
    """The pay that this share of people is below: the k-th of n has k - 1/2 below it."""
    if not 0 <= share <= 1:
        return math.nan
    rank = min(max(share * len(pay) + 0.5, 1), len(pay))
    whole = int(rank)
    beyond = pay[min(whole, len(pay) - 1)]
    return pay[whole - 1] + (beyond - pay[whole - 1]) * (rank - whole)


def members_of(cells: list[People]) -> Members:
    """The cells as arrays; the organizations of each are numbered on from the cell before."""
    starts = np.cumsum([0, *map(len, cells)])
    names = [sorted({organization for _, organization in people}) for people in cells]
    firsts = np.cumsum([0, *map(len, names)])
    clusters = [
        first + names[i].index(organization)
        for i, (people, first) in enumerate(zip(cells, firsts.tolist(), strict=False))
        for _, organization in people
    ]
    pay = [value for people in cells for value, _ in people]
    return Members(np.array(pay, np.int64), np.array(clusters, np.int64), starts, firsts)


@settings(deadline=None)
@given(CELLS)
def test_each_interval_is_that_of_its_definition(cells):
    members = members_of(cells)
    values = members.values.copy()
    sort_groups(values, members.starts)
    bands = group_bands(values, members.starts, PERCENTILES)
    counts = np.diff(members.cluster_starts)
    market = clustered_bands(bands, values, members.starts, members.part, counts, PERCENTILES)
    assert np.array_equal(market.values, bands.values, equal_nan=True)
    for i, people in enumerate(cells):
        for j, p in enumerate(PERCENTILES):
            found = market.lows[i, j], market.highs[i, j]
            alone = bands.lows[i, j], bands.highs[i, j]
            expected = market_interval(people, p) if people else None
            if expected is None or np.isnan(alone[0]):
                expected = alone
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-6, nan_ok=True)


def test_an_interval_by_hand():
    # Six organizations of six people; of one all are paid less than everybody else, of
    # another more, and in each of the others the pay is spread like that of all.
    pay = [
        *((10 + i, 0) for i in range(6)),
        *((90 + i, 1) for i in range(6)),
        *((30 + 4 * i + g, g) for g in range(2, 6) for i in range(6)),
    ]
    members = members_of([pay])
    values = np.sort(members.values)
    starts = members.starts
    bands = group_bands(values, starts, [0.5])
    market = clustered_bands(bands, values, starts, members.part, np.array([6]), [0.5])
    # Half of 36 people, 18, are below; of organizations 6, 0 and four times 3. Of 6 half is
    # 3: Σd² = 9 + 9, over 1 − 1/6 and 36² is 1/60. t of five degrees is 2.5706.
    reach = 2.5706 / math.sqrt(60)
    assert reach == pytest.approx(0.33186, abs=1e-5)
    # Ranks 18.5 ± 11.947: 6.553 lies between 15 and 32, 30.447 between 55 and 90.
    assert market.lows[0, 0] == pytest.approx(15 + 0.553 * 17, abs=0.02)
    assert market.highs[0, 0] == pytest.approx(55 + 0.447 * 35, abs=0.02)


MARKETS = [Market(8, 0.0, 0.3), Market(15, 0.8, 0.15), Market(30, 0.8, 0.3), Market(60, 0.0, 0.05)]


@pytest.fixture(scope="module")
def sampled():
    """Both intervals of 600 samples of each market."""
    draw = np.random.default_rng(20261127)
    return [both_intervals(market.sample(draw, 600)) for market in MARKETS]


def test_the_interval_covers_the_market(sampled):
    coverage = np.array([covers(market).mean(0) for _, market in sampled])
    assert (coverage >= 0.915).all(), coverage
    assert (coverage <= 0.985).all(), coverage
    assert 0.94 <= coverage.mean() <= 0.965


def test_an_interval_a_fifth_narrower_would_not(sampled):
    narrow = np.array([covers(market, 0.8).mean(0) for _, market in sampled])
    assert narrow.mean() < 0.93
    assert (narrow.mean(1) < 0.94).all(), narrow.mean(1)


def test_that_of_the_people_alone_does_not_cover_the_market(sampled):
    coverage = np.array([covers(people).mean(0) for people, _ in sampled])
    assert coverage[0, 2] < 0.80  # eight organizations, alike by .3
    assert coverage[2, 2] < 0.70  # thirty of unequal size


def test_the_documented_examples_hold():
    assert doctest.testmod(clustered_intervals).failed == 0
