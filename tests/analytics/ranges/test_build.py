"""Structures built from market figures, against published lines and by hand."""

import math
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.ranges.build import build_ranges, range_steps, round_to, set_range
from analytics.ranges.market_line import fit_market_line
from analytics.ranges.rows import Ends, PlaceRatio
from analytics.ranges.serialization import checksum, from_spec, to_spec
from analytics.ranges.settings import AROUND, LINE, RangeSettings
from analytics.ranges.tables import line_table, step_schedule, structure_table
from tests.analytics.ranges.structures import THREE, market, structure


def ends(built) -> list[tuple[float, float, float]]:
    return [(r.minimum, r.midpoint, r.maximum) for r in built.ranges]


def test_market_line_of_the_published_example():
    # y = 50x + 2,000: transtutors 13356185.
    line = fit_market_line([10, 35, 60], [2_500, 3_750, 5_000], logarithmic=False)
    assert [line.pay(x) for x in (25, 50, 70)] == pytest.approx([3_250, 4_500, 5_500])
    assert line.residuals == pytest.approx([0, 0, 0], abs=1e-9)


def test_log_line_and_its_interval_by_hand():
    # ln pay = 11, 11.4, 11.5 at 1, 2, 3: slope .25, mean 11.3; residuals -.05, .1, -.05;
    # s = sqrt(.015 / 1); t of .95 with one degree of freedom is 6.3138 (any table).
    line = fit_market_line([1, 2, 3], [math.exp(x) for x in (11, 11.4, 11.5)])
    assert line.slope == pytest.approx(0.25)
    assert line.residuals == pytest.approx([-0.05, 0.1, -0.05])
    low, high = line.interval(2)
    reach = 6.313752 * math.sqrt(0.015) * math.sqrt(1 / 3)
    assert math.log(low) == pytest.approx(11.3 - reach)
    assert math.log(high) == pytest.approx(11.3 + reach)
    low, high = line.interval(3)
    wider = 6.313752 * math.sqrt(0.015) * math.sqrt(1 / 3 + 1 / 2)
    assert math.log(high / low) == pytest.approx(2 * wider)
    assert line.progression == pytest.approx(math.exp(0.25) - 1)


def test_two_points_have_no_interval_and_one_grade_no_line():
    assert fit_market_line([1, 2], [50_000, 60_000]).interval(1) is None
    with pytest.raises(InputError, match="at least two grades"):
        fit_market_line([3, 3], [50_000, 60_000])


def test_straight_from_the_market():
    assert ends(build_ranges(THREE)) == [
        (64_000, 80_000, 96_000), (80_000, 100_000, 120_000), (88_000, 110_000, 132_000),
    ]  # fmt: skip


def test_around_the_midpoint_is_converted():
    # ±25 percent is a spread of 66.67 percent: Ellig 2007, p. 173.
    settings = RangeSettings(convention=AROUND, spread=0.25)
    (r,) = build_ranges(structure(market("P1", 80_000), convention=AROUND, spread=0.25)).ranges
    assert (r.minimum, r.maximum) == (60_000, 100_000)
    assert settings.both_conventions == ("66.7% from minimum to maximum, ±25.0% of midpoint")


def test_spreads_of_a_level_before_those_of_its_track():
    asked = structure(
        market("P1", 80_000), market("M3", 80_000), market("M4", 80_000),
        spreads={"management": 0.6, "M4": 1.0}, rounding=1,
    )  # fmt: skip
    spreads = structure_table(asked, build_ranges(asked).ranges).spread.round(3).tolist()
    assert spreads == [0.5, 0.6, 1.0]


def test_line_fills_a_level_without_a_market_and_straight_leaves_it_out():
    # 50, 100 and 200 thousand at grades 1, 2 and 3: the line doubles pay.
    rows = (market("P1", 50_000), market("P2", None), market("P3", 200_000))
    built = build_ranges(structure(*rows, midpoints=LINE))
    assert [r.midpoint for r in built.ranges] == [50_000, 100_000, 200_000]
    assert built.left_out == ()
    straight = build_ranges(structure(*rows))
    assert [level.level for level in straight.left_out] == ["P2"]
    assert [r.level for r in straight.ranges] == ["P1", "P3"]


def test_line_table_tells_residuals():
    rows = (market("P1", 50_000), market("P2", 110_000), market("P3", 200_000))
    asked = structure(*rows, midpoints=LINE)
    table = line_table(asked, build_ranges(asked))
    line = (50 * 110 * 200) ** (1 / 3) * 1_000  # at the middle grade, the geometric mean
    assert table.line[1] == pytest.approx(line)
    assert table.residual[1] == pytest.approx(110_000 / line - 1)
    assert len(line_table(THREE, build_ranges(THREE))) == 0


def test_places_multiply_market_and_midpoint():
    asked = replace(
        structure(market("P1", 80_000, 76_000, 90_000)), places=(PlaceRatio("Colorado", 1.1, "w"),)
    )
    national, there = build_ranges(asked).ranges
    assert (national.place, there.place) == ("United States", "Colorado")
    assert there.ends == Ends(70_400, 88_000, 105_600)
    assert (there.market, there.low) == pytest.approx((88_000, 83_600))


def test_set_range_stays_in_a_new_build_and_returns_when_unset():
    key = "Sales | P2 | United States"
    own = set_range(THREE, key, Ends(82_000, 101_000, 121_000))
    wider = replace(own, settings=RangeSettings(spread=1.0))
    ranges = {r.level: r for r in build_ranges(wider).ranges}
    assert (ranges["P2"].ends, ranges["P2"].locked) == (Ends(82_000, 101_000, 121_000), True)
    assert ranges["P1"].maximum == round_to(80_000 * 4 / 3, 100)
    assert build_ranges(set_range(own, key, None)) == build_ranges(THREE)
    with pytest.raises(InputError, match="is no range"):
        set_range(THREE, key, Ends(82_000, 81_000, 121_000))


def test_progression_and_overlap_of_the_table():
    table = structure_table(THREE, build_ranges(THREE).ranges)
    assert table.progression.round(4).tolist()[1:] == [0.25, 0.1]
    # (96 − 80) of 40, and (120 − 88) of 44.
    assert table.overlap.round(4).tolist()[1:] == [0.4, 0.7273]
    assert table.market_index.tolist() == [1, 1, 1]


def test_tracks_and_functions_have_steps_of_their_own():
    rows = (market("P4", 150_000), market("M3", 140_000), market("P5", 170_000, function="IT"))
    asked = structure(*rows)
    assert structure_table(asked, build_ranges(asked).ranges).progression.isna().all()


def test_steps():
    assert range_steps(64_000, 96_000, 3) == [64_000, 80_000, 96_000]
    assert range_steps(64_000, 96_000, 0) == []
    asked = structure(market("P1", 80_000), steps=5)
    assert step_schedule(asked, build_ranges(asked).ranges).pay.tolist() == [
        64_000, 72_000, 80_000, 88_000, 96_000,
    ]  # fmt: skip


def test_a_level_that_stands_twice_is_refused():
    with pytest.raises(InputError, match="Sales P1 stands twice"):
        build_ranges(structure(market("P1", 1e5), market("P1", 2e5)))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"midpoints": "x"}, "use market or line"),
        ({"convention": "x"}, "use min to max or around midpoint"),
        ({"rounding": 0}, "unit above 0"),
        ({"steps": 1}, "from 2 to 30"),
        ({"spread": -0.1}, "must be 0 or more"),
        ({"spreads": {"M6": 1.0}, "convention": AROUND}, "below 1"),
    ],
)
def test_settings_that_are_not_possible(settings, words):
    with pytest.raises(InputError, match=words):
        RangeSettings(**settings)


def test_a_spec_reads_back_unchanged():
    asked = replace(
        structure(market("P1", 80_000, 76_000, 90_000), market("P2", None), spreads={"P1": 0.4}),
        places=(PlaceRatio("Colorado", 1.1, "wages"),),
        set_ranges={"Sales | P1 | Colorado": Ends(1.0, 2.0, 3.0)},
    )
    assert from_spec(to_spec(asked)) == asked
    assert checksum("a", 1, to_spec(asked)) != checksum("a", 2, to_spec(asked))
    for other in ("{}", "[]", "no", to_spec(asked).replace('"markets"', '"m"')):
        with pytest.raises(InputError, match="not a Bandstand structure"):
            from_spec(other)


@given(st.floats(20_000, 900_000), st.floats(0, 2), st.sampled_from([1, 50, 100, 1_000]))
def test_ends_are_multiples_in_order_and_near_the_spread(pay, spread, rounding):
    (r,) = build_ranges(structure(market("P1", pay), spread=spread, rounding=rounding)).ranges
    assert r.minimum <= r.midpoint <= r.maximum
    assert all(x % rounding == 0 for x in (r.minimum, r.midpoint, r.maximum))
    assert abs(r.midpoint - pay) <= rounding / 2 + 1e-6
    assert abs(r.maximum - r.minimum * (1 + spread)) <= rounding * (2 + spread) / 2 + 1e-6


def test_five_hundred_ranges_take_less_than_a_second():
    rows = [
        market(f"P{i}", 50_000 * 1.1**i, function=f"F{f}") for f in range(10) for i in range(1, 11)
    ]
    asked = replace(
        structure(*rows, midpoints=LINE),
        places=tuple(PlaceRatio(f"Place {i}", 1 + i / 50) for i in range(4)),
    )
    start = time.perf_counter()
    table = structure_table(asked, build_ranges(asked).ranges)
    assert time.perf_counter() - start < 1
    assert len(table) == 500
