"""The charts of ranges: the market line, and what changed between two versions."""

from analytics.ranges.build import build_ranges
from analytics.ranges.changes import change_table
from analytics.ranges.drift import drift_table
from analytics.ranges.market_line import fit_market_line
from analytics.rows import typed_rows
from app_pages import charts
from tests.analytics.ranges.structures import THREE, market, structure


def test_the_line_is_drawn_with_its_interval_and_each_level():
    levels = [market("P1", 50_000), market("P2", 110_000), market("M3", 200_000)]
    line = fit_market_line([level.grade for level in levels], [5e4, 1.1e5, 2e5])
    area, drawn, *points = charts.line_chart(levels, line, "USD")["data"]
    assert area["fill"] == "toself"
    assert drawn["y"][0] < 50_000 * 1.2
    assert [p["text"] for p in points] == [["P1", "P2"], ["M3"]]
    assert "Market $110,000" in points[0]["customdata"][1]
    assert "P2 $110k, +" in charts.line_alt(levels, line, "USD")


def test_changes_are_drawn_before_and_after():
    later = structure(market("P1", 80_000), market("P2", 105_000), market("P4", 130_000))
    rows = typed_rows(change_table(THREE, later), charts.RangeChange)
    before, _, after, middles = charts.change_chart(rows, "USD")["data"]
    # P2 and P3 were there before; P2 and P4 are there after.
    assert before["x"] == [80_000, 120_000, None, 88_000, 132_000, None]
    assert after["x"] == [84_000, 126_000, None, 104_000, 156_000, None]
    assert middles["x"] == [105_000, 130_000]
    said = charts.change_alt(rows, "USD")
    assert "Sales | P2 | United States changed, midpoint $100k to $105k" in said
    assert "Sales | P3 | United States removed" in said


def test_midpoints_are_drawn_beside_their_market_then_and_now():
    now = structure(market("P1", 88_000), market("P2", 112_000), market("P3", None))
    table = drift_table(THREE, build_ranges(THREE).ranges, now, THREE)
    rows = typed_rows(table, charts.RangeMovement)
    chart = charts.movement_chart(rows, "USD")
    way, then, today, midpoints = chart["data"]
    assert way["x"] == [80_000, 88_000, None, 100_000, 112_000, None]
    assert (then["x"], today["x"]) == ([8e4, 1e5, 1.1e5], [88_000, 112_000])
    assert midpoints["x"] == [80_000, 100_000, 110_000]
    # 100,000 is 10.7 percent below 112,000, beyond the limit of 10.
    assert [a["text"] for a in chart["layout"]["annotations"]] == [" −9.1%", " <b>−10.7%</b>"]
    assert "P2 midpoint $100k, market $112k, −10.7%" in charts.movement_alt(rows, "USD")
