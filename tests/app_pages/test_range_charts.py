"""The charts of ranges: the market line, and what changed between two versions."""

from analytics.ranges.changes import change_table
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
