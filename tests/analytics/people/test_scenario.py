"""A scenario opens alike, refuses what was changed, and its figures are those by hand."""

import json
from dataclasses import replace

import pytest

from analytics.errors import InputError
from analytics.people.merit import MeritCycle
from analytics.people.raises import RaiseGoals
from analytics.people.scenario import (
    LoadName,
    compare_scenarios,
    freeze,
    scenario_from_spec,
    scenario_result,
    scenario_spec,
)
from tests.analytics.people.test_merit import CYCLE, MATRIX, people

LOADS = (LoadName(2, "roster", "Our roster", "ab12"),)
ROWS = [(60e3, 1.0, "5", "2026-07-02"), (95e3, 0.5, "5", None), (70e3, 1.0, "", None)]


def test_figures_by_hand_and_the_way_through_a_spec():
    # 60,000 x 6 % x 183/365 days; 47,500 x 2.5 % with 500 until the maximum at half time.
    made = freeze(people(*ROWS), CYCLE, "level", "everybody", LOADS, 3_000.0)
    again = scenario_from_spec(scenario_spec(made))
    assert scenario_spec(again) == scenario_spec(made)
    assert (again.kind, again.loads, again.settings) == ("merit matrix", LOADS, CYCLE)
    result = scenario_result(again)
    figures = {name: value for name, (value, _) in result.figures.items()}
    assert (figures["Raises a year"], figures["Lump sums"]) == (2_304.93, 687.5)
    assert figures["Cost"] == 2_992.43
    assert figures["Left of the budget"] == 7.57
    assert (figures["People raised"], figures["Below the minimum after"]) == (2, 1)
    assert figures["Compa-ratio before"] == pytest.approx(225 / 240)
    assert figures["Compa-ratio after"] == pytest.approx((225_000 + 1_804.93 + 1_000) / 240_000)
    assert result.groups[["group", "raises", "lump_sums"]].values.tolist() == [
        ["P3", 2_304.93, 687.5]
    ]


def test_groups_stand_in_the_order_that_was_saved_and_filters_are_kept():
    table = people(*ROWS)
    table["level"] = ["P10", "P3", "none"]
    plain = freeze(table, CYCLE, "level", "", LOADS)
    assert scenario_result(plain).groups.group.tolist() == ["P10", "P3", "none"]
    kept = replace(plain, order=("P3", "P10"), filters=(("level", ("P3", "P10")),))
    again = scenario_from_spec(scenario_spec(kept))
    assert (again.order, again.filters) == (kept.order, kept.filters)
    assert scenario_result(again).groups.group.tolist() == ["P3", "P10", "none"]
    assert '"order"' not in scenario_spec(plain)


def test_scenarios_side_by_side():
    table = people(*ROWS)
    merit = freeze(table, MeritCycle(MATRIX, "Performance"), "level", "", LOADS)
    raises = freeze(table, RaiseGoals(), "level", "", LOADS)
    both = compare_scenarios({"A": scenario_result(merit), "B": scenario_result(raises)})
    cost = both[both.figure == "Cost"]
    # 6 % of 60,000 and 2.5 % of 47,500; to the minimum it is 4,000 for the first alone.
    assert cost[["unit", "A", "B"]].values.tolist() == [["USD", 4_787.5, 4_000.0]]
    assert scenario_from_spec(scenario_spec(raises)).settings == RaiseGoals()


def test_a_changed_person_or_another_text_is_refused():
    spec = json.loads(scenario_spec(freeze(people(*ROWS), CYCLE, "level", "", LOADS)))
    spec["people"]["paid"][0] += 1
    with pytest.raises(InputError, match="were changed after it was made"):
        scenario_from_spec(json.dumps(spec))
    for text in ("{}", "[]", '{"format": "bandstand scenario 1"}'):
        with pytest.raises(InputError, match="not a Bandstand scenario"):
            scenario_from_spec(text)
