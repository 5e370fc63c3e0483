"""Intervals of sample percentiles: published limits, closed forms, coverage."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from analytics import order_statistics
from analytics.errors import InputError
from analytics.order_statistics import interval_ranks, percentile_interval


def test_hettmansperger_and_sheather_at_the_median_of_ten():
    # EnvStats interpolates between ranks (2, 9) and (3, 8) here. By their closed form:
    cover = [1 - 2 * binom.cdf(r - 1, 10, 0.5) for r in (2, 3)]
    share = (cover[0] - 0.95) / (cover[0] - cover[1])
    weight = (10 - 2) * share / (2 + (10 - 2 * 2) * share)
    assert interval_ranks(10, 0.5) == pytest.approx((2 + weight, 9 - weight))


def test_a_published_limit_fits_data_in_tenths():
    # EnvStats prints UCL = 35.874775 for ten values in tenths: x9 − .657658 · (x9 − x8).
    low, high = interval_ranks(10, 0.5) or (0, 0)
    weight = low - 2
    assert 9 - high == pytest.approx(weight)
    upper = 35.874775 + weight * 4.6
    assert upper == pytest.approx(round(upper, 1), abs=1e-6)


@pytest.mark.parametrize(("p", "least"), [(0.5, 6), (0.25, 13), (0.75, 13), (0.1, 36), (0.9, 36)])
def test_the_smallest_sample_with_an_interval(p, least):
    assert interval_ranks(least - 1, p) is None
    assert interval_ranks(least, p) is not None
    assert percentile_interval(range(least - 1), p) is None


@given(st.integers(36, 3000), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_intervals_nest_in_confidence_and_contain_the_percentile(n, p):
    narrow, wide = interval_ranks(n, p, 0.8), interval_ranks(n, p, 0.95)
    assert narrow is not None
    assert wide is not None
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]
    assert narrow[0] - 1 <= p * n <= narrow[1]


@given(st.integers(36, 2000), st.sampled_from([0.1, 0.25, 0.5]))
def test_the_interval_of_1_minus_p_is_the_mirror_image(n, p):
    low, high = interval_ranks(n, p) or (0, 0)
    other_low, other_high = interval_ranks(n, 1 - p) or (0, 0)
    assert (other_low, other_high) == pytest.approx((n + 1 - high, n + 1 - low))


@pytest.mark.parametrize(("p", "n"), [(0.5, 40), (0.25, 60), (0.1, 40), (0.9, 200)])
def test_coverage_is_at_least_nominal(p, n):
    draw = np.random.default_rng(20261122)
    low, high = interval_ranks(n, p) or (0, 0)
    pays = np.sort(np.exp(0.4 * draw.standard_normal((4_000, n))), axis=1)
    true = np.exp(0.4 * norm.ppf(p))
    i, j = int(low), int(high)
    lows = pays[:, i - 1] * (1 - (low - i)) + pays[:, i] * (low - i)
    highs = pays[:, j - 1] * (1 - (high - j)) + pays[:, min(j, n - 1)] * (high - j)
    assert 0.94 <= ((lows <= true) & (true <= highs)).mean() <= 0.98


def test_a_percentile_outside_0_to_1_is_rejected():
    with pytest.raises(InputError):
        percentile_interval([1, 2, 3], 90)


def test_the_documented_examples_hold():
    assert doctest.testmod(order_statistics).failed == 0
