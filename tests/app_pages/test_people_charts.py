"""The charts of people are figures that Plotly accepts, and draw what their rows say."""

import plotly.graph_objects as go
import pytest

from analytics.people.rows import LevelPay, LevelRange, PeopleGroup, PersonPay
from analytics.people.selection import PayByLevel
from app_pages.charts import people_alt, people_legend, people_scatter, position_alt, position_chart
from app_pages.charts.people import POSITION_COLORS

GROUPS = [
    PeopleGroup("P3", 9, 8.5, 8, 1, 0.98, 0.97, 1, 2, 2, 1, 1, 1, 2e3, 3e3, None, "USD"),
    PeopleGroup("<b>P9", 2, 2.0, 0, 2, None, None, 0, 0, 0, 0, 0, 0, 0.0, 0.0, None, "USD"),
]
RANGES = [LevelRange("P3", 64e3, 80e3, 96e3, 5), LevelRange("P3", 70e3, 88e3, 106e3, 3)]
DOTS = [
    PersonPay("1", "P3", 60e3, "Below minimum", 0.75),
    PersonPay("2", "P3", 80e3, "3rd quarter", 1.0),
    PersonPay("<i>3", "P9", 99e3, "", None),
]
LEVELS = [LevelPay("P3", 3_000, 60e3, 70e3, 78e3, 88e3, 95e3)]


def test_shares_of_each_group_are_those_of_its_people_with_a_range():
    figure = position_chart(GROUPS)
    go.Figure(figure)
    assert [trace["x"] for trace in figure["data"]] == [
        [1 / 8], [2 / 8], [2 / 8], [1 / 8], [1 / 8], [1 / 8],
    ]  # fmt: skip
    assert figure["layout"]["yaxis"]["ticktext"] == ["P3 · 8"]
    assert position_alt(GROUPS).endswith("P3: 8 people, 1 below the minimum, 1 above the maximum")


@pytest.mark.parametrize(
    ("drawn", "marks"),
    [(PayByLevel(DOTS, (), RANGES), 3), (PayByLevel((), LEVELS, RANGES), 3)],
)
def test_pay_by_level_has_ranges_behind(drawn, marks):
    figure = people_scatter(drawn, ["P3", "P9"], "USD")
    go.Figure(figure)
    behind, midpoints, *front = figure["data"]
    # One box from the lowest minimum to the highest maximum, with both midpoints.
    assert (behind["base"], behind["y"]) == ([64e3], [42e3])
    assert {y for y in midpoints["y"] if y} == {80e3, 88e3}
    assert len(front) == marks
    told = {employee for trace in front for employee in trace.get("meta", [])}
    assert told == {d.employee_id for d in drawn.dots}
    assert "P3 8 people, ranges $64k to $106k" in people_alt(drawn, ["P3", "P9"], "USD")


def test_circles_are_drawn_on_top_and_names_are_text():
    traces = people_scatter(PayByLevel(DOTS, (), RANGES), ["P3", "P9"], "USD")["data"]
    assert traces[-1]["marker"]["symbol"] == "triangle-down"
    told = [words for trace in traces[2:] for words in trace["customdata"]]
    assert "<b>&lt;i&gt;3</b> · P9<br>$99,000<br>no range" in told


def test_who_is_marked_has_a_ring_on_the_dot_and_in_boxes_a_place_of_their_own():
    dotted = people_scatter(PayByLevel(DOTS, (), RANGES), ["P3", "P9"], "USD", DOTS[1:])
    go.Figure(dotted)
    *_, inside, no_range, below, rings = dotted["data"]
    assert rings["meta"] == ["2", "<i>3"]
    assert rings["y"] == [80e3, 99e3]
    places = {
        m: x for t in (inside, no_range, below) for m, x in zip(t["meta"], t["x"], strict=True)
    }
    assert rings["x"] == [places["2"], places["<i>3"]]
    boxes = people_scatter(PayByLevel((), LEVELS, RANGES), ["P3", "P9"], "USD", DOTS[:1])
    assert boxes["data"][-1]["x"] == [0]
    drawn = PayByLevel(DOTS, (), RANGES)
    assert people_alt(drawn, ["P3"], "USD", DOTS[:1]).endswith("Marked: 1")


def test_the_legend_names_each_position():
    legend = people_legend(POSITION_COLORS, dots=False)
    assert all(name in legend for name in (*POSITION_COLORS, "P25–P75"))
