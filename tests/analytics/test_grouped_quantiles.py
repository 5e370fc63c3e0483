"""Percentiles of many groups against numpy, and their intervals against the definition."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analytics import grouped_quantiles
from analytics.grouped_quantiles import (
    contiguous_spans,
    count_distinct,
    gather,
    group_bands,
    sort_groups,
)
from analytics.order_statistics import ranks_by_size
from analytics.percentiles import PERCENTILES

GROUPS = st.lists(st.lists(st.integers(-(10**9), 10**11), max_size=60), min_size=1, max_size=8)


def flat(groups: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    starts = np.cumsum([0, *map(len, groups)])
    values = np.array([value for group in groups for value in group], np.int64)
    sort_groups(values, starts)
    return values, starts


@settings(deadline=None)
@given(GROUPS)
def test_percentiles_are_numpys(groups):
    bands = group_bands(*flat(groups), PERCENTILES)
    assert bands.n.tolist() == [len(group) for group in groups]
    for group, values in zip(groups, bands.values, strict=True):
        if group:
            assert values == pytest.approx(np.quantile(group, PERCENTILES), rel=1e-12, abs=1e-6)
        else:
            assert np.isnan(values).all()


def scalar_rank(n: int, p: float, tail: float) -> float | None:
    """Nyblom's rank, one sample at a time, by scipy's binomial."""
    r = int(binom.ppf(tail, n, p))
    while r > 0 and binom.cdf(r - 1, n, p) > tail:
        r -= 1
    while binom.cdf(r, n, p) <= tail:
        r += 1
    if r < 1:
        return None
    below, above = binom.cdf(r - 1, n, p), binom.cdf(r, n, p)
    share = (tail - below) / (above - below)
    return r + (n - r) * p * share / ((n - r) * p * share + r * (1 - p) * (1 - share))


@settings(deadline=None)
@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=30), st.sampled_from(PERCENTILES))
def test_ranks_of_many_sizes_equal_those_of_each(sizes, p):
    lows, highs = (ends[:, 0] for ends in ranks_by_size(sizes, [p]))
    for n, low, high in zip(sizes, lows, highs, strict=True):
        below, above = scalar_rank(n, p, 0.025), scalar_rank(n, 1 - p, 0.025)
        if below is None or above is None:
            assert np.isnan(low)
            assert np.isnan(high)
        else:
            assert (low, high) == pytest.approx((below, n + 1 - above), rel=1e-9)


@settings(deadline=None)
@given(GROUPS)
def test_intervals_are_interpolated_between_the_groups_own_values(groups):
    values, starts = flat(groups)
    bands = group_bands(values, starts, PERCENTILES)
    for i, group in enumerate(groups):
        for j, p in enumerate(PERCENTILES):
            ranks = (scalar_rank(len(group), p, 0.025), scalar_rank(len(group), 1 - p, 0.025))
            if not group or None in ranks:
                assert np.isnan(bands.lows[i, j])
                continue
            ends = (ranks[0], len(group) + 1 - ranks[1])
            expected = np.interp(ends, np.arange(1, len(group) + 1), sorted(group))
            assert (bands.lows[i, j], bands.highs[i, j]) == pytest.approx(expected, rel=1e-9)


@settings(deadline=None)
@given(GROUPS, st.data())
def test_runs_are_gathered_in_the_given_order(groups, data):
    values, starts = flat(groups)
    runs = np.array(data.draw(st.permutations(range(len(groups)))))
    gathered = gather(values, starts, contiguous_spans(runs))
    assert gathered.tolist() == [value for run in runs for value in sorted(groups[run])]


@pytest.mark.parametrize("code_count", [3, 2_000_000])
def test_codes_are_counted_once_whether_marked_or_sorted(code_count):
    codes, starts = np.array([1, 2, 1, 0, 0]), np.array([0, 3, 3, 5])
    assert count_distinct(codes, starts, code_count).tolist() == [2, 0, 1]


def test_the_documented_examples_hold():
    assert doctest.testmod(grouped_quantiles).failed == 0
