"""The formulas of pay ranges, against public structures and by their own algebra."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.ranges.position import (
    GREEN,
    POSITIONS,
    QUARTERS,
    RED,
    amount_to_reach,
    compa_ratio,
    market_index,
    penetration,
    position_in_range,
)
from analytics.ranges.spread import (
    range_from_maximum,
    range_from_midpoint,
    range_from_minimum,
    range_spread,
    spread_from_width,
    width_from_spread,
)
from analytics.ranges.structure import midpoint_progression, range_overlap

#: Ranks of the Canadian Armed Forces: minimum and maximum, as published for 2024.
RANKS = {
    "Pvt": (33_672, 41_160),
    "Cpl": (56_568, 72_444),
    "MCpl": (58_944, 74_988),
    "Sgt": (64_992, 80_016),
    "WO": (72_396, 84_660),
}
PAY = st.floats(20_000, 900_000)
SPREADS = st.floats(0, 3)


def test_spreads_midpoints_progression_and_overlap_of_the_ranks():
    ranks = list(RANKS.values())
    spreads = [range_spread(*rank) for rank in ranks]
    assert [round(100 * s, 2) for s in spreads] == [22.24, 28.07, 27.22, 23.12, 16.94]
    midpoints = [
        range_from_minimum(low, s).midpoint for (low, _), s in zip(ranks, spreads, strict=True)
    ]
    assert midpoints == pytest.approx([37_416, 64_506, 66_966, 72_504, 78_528])
    steps = [round(100 * s, 2) for s in midpoint_progression(midpoints)]
    assert steps == [72.40, 3.81, 8.27, 8.31]
    overlaps = [range_overlap(a, b) for a, b in pairwise(ranks)]
    assert [round(100 * share, 2) for share in overlaps if share is not None] == [
        0, 84.14, 66.53, 62.13,
    ]  # fmt: skip


def test_a_range_from_its_maximum_as_the_published_example():
    assert round(range_from_maximum(1_500, 0.40).midpoint) == 1_286


@pytest.mark.parametrize(("width", "spread"), [(0.15, 0.3529), (0.25, 0.6667), (1 / 3, 1.0)])
def test_the_two_conventions_of_a_spread(width, spread):
    assert spread_from_width(width) == pytest.approx(spread, abs=5e-5)
    assert width_from_spread(spread_from_width(width)) == pytest.approx(width)


@pytest.mark.parametrize(("progression", "overlap"), [(0.12, 0.68), (0.25, 0.40)])
def test_overlap_of_ranges_with_a_spread_of_half(progression, overlap):
    lower = range_from_midpoint(100, 0.5)
    upper = range_from_midpoint(100 * (1 + progression), 0.5)
    share = range_overlap((lower.minimum, lower.maximum), (upper.minimum, upper.maximum))
    assert share == pytest.approx(overlap, abs=0.005)


def test_a_range_without_width_has_no_overlap_and_no_penetration():
    assert range_overlap((1, 3), (2, 2)) is None
    assert np.isnan(penetration(50_000, 50_000, 50_000))
    assert position_in_range(50_000, 50_000, 50_000).tolist() == QUARTERS[0]


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-1, 10), (11, 10), (float("nan"), 10)])
def test_what_is_no_range_is_refused(low, high):
    with pytest.raises(InputError, match="0 < min"):
        range_spread(low, high)


def test_what_is_no_spread_is_refused():
    for bad in (-0.1, float("nan"), float("inf")):
        with pytest.raises(InputError, match="spread"):
            range_from_midpoint(100, bad)
    with pytest.raises(InputError, match="width"):
        spread_from_width(1.0)


@given(PAY, SPREADS)
def test_a_range_is_the_same_from_each_of_its_points(minimum, spread):
    whole = range_from_minimum(minimum, spread)
    for again in (
        range_from_midpoint(whole.midpoint, spread),
        range_from_maximum(whole.maximum, spread),
    ):
        assert again.minimum == pytest.approx(minimum)
        assert again.midpoint == pytest.approx(whole.midpoint)
    assert range_spread(minimum, whole.maximum) == pytest.approx(spread, abs=1e-9)
    assert spread_from_width(width_from_spread(spread)) == pytest.approx(spread, abs=1e-9)
    assert whole.midpoint == pytest.approx((whole.minimum + whole.maximum) / 2)


@given(PAY, st.floats(0.01, 3))
def test_the_midpoint_is_1_and_the_ends_are_0_and_1(minimum, spread):
    whole = range_from_minimum(minimum, spread)
    assert compa_ratio(whole.midpoint, whole.midpoint) == 1
    ends = penetration([whole.minimum, whole.maximum], whole.minimum, whole.maximum)
    assert ends.tolist() == [0, 1]


@given(PAY, PAY, st.floats(0.01, 1), st.sampled_from([0.2, 0.5, 0.6667, 0.8, 1.0]))
def test_it_costs_nothing_exactly_where_nobody_is_below_the_minimum(pay, minimum, spread, fte):
    paid = round(pay * fte, 2)
    cost = float(amount_to_reach(paid, minimum, fte))
    is_green = str(position_in_range(paid, minimum, minimum * (1 + spread), fte)) == GREEN
    assert is_green == (cost > 0)
    after = position_in_range(paid + cost, minimum, minimum * (1 + spread), fte)
    assert str(after) != GREEN


@given(PAY, st.sampled_from([0.25, 0.3333, 0.5, 0.6667, 0.8, 1.0]))
def test_pay_that_is_an_end_at_its_fte_is_inside(end, fte):
    paid = round(end * fte, 2)
    assume(round(end, 2) == end or fte != 1)
    assert str(position_in_range(paid, end, 2 * end, fte)) == QUARTERS[0]
    assert str(position_in_range(paid, end / 2, end, fte)) == QUARTERS[3]


def test_positions_and_their_borders():
    pay = [63_999.99, 64_000, 72_000, 80_000, 88_000, 96_000, 96_000.01]
    assert position_in_range(pay, 64_000, 96_000).tolist() == [
        GREEN, *QUARTERS, QUARTERS[3], RED,
    ]  # fmt: skip
    assert len(POSITIONS) == 6


def test_what_is_unknown_has_no_position_and_no_cost():
    assert position_in_range([np.nan, 5.0], [1.0, np.nan], 9.0).tolist() == ["", ""]
    assert position_in_range(50_000, 40_000, 60_000, 0).tolist() == ""
    assert np.isnan(amount_to_reach(np.nan, 10.0))
    assert np.isnan(compa_ratio(5, 0))


def test_the_market_index_is_of_sums_and_of_those_with_a_market():
    assert market_index([50_000, 150_000], [100_000, 100_000]) == 1.0
    assert market_index([90_000, 500_000], [100_000, np.nan]) == 0.9
    assert np.isnan(market_index([], []))
