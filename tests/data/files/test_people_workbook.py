"""Every table of people is computed anew from its inputs, from base pay and range on."""

import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analytics.errors import InputError
from analytics.people.cost import Goal, cost_table
from analytics.people.groups import group_table
from analytics.people.level_check import TitleLevels, paid_like_another, title_means_another
from analytics.people.merit import merit_cost_table, merit_table
from analytics.people.offers import passed_over_table
from analytics.people.positions import positions_of
from analytics.people.raises import RaiseGoals, cheapest_raises, goal_table
from analytics.people.reporting import manager_pairs
from analytics.people.roster import read_roster
from analytics.people.scenario import freeze, scenario_result
from data.files import people_workbook as workbook
from data.files.exports import to_csv, to_excel
from data.files.people_workbook import PeopleFile, people_file, people_file_from_spec
from data.files.verify_workbook import verify_workbook
from tests.analytics.people.rosters import P3, PLACES, a_range, roster
from tests.analytics.people.test_merit import CYCLE
from tests.analytics.people.test_scenario import LOADS

ROSTER = roster(
    {"base": 62e3, "kept": {"Performance": "5", "Manager": "3"}, "hire_date": "2026-07-02"},
    {"base": 45e3, "fte": 0.5, "kept": {"Performance": "3", "Manager": "3"}},
    {"base": 64e3, "variable": 9e3, "kept": {"Performance": "5"}},
    {"base": 70e3, "fte": 0.0}, {"base": 55e3, "level": "P9"}, {"base": 101e3},
)  # fmt: skip
PEOPLE = positions_of(
    read_roster(ROSTER, [P3]), [a_range(), a_range("P4", minimum=90e3, midpoint=1e5, maximum=11e4)],
    PLACES, lambda _: 82e3, {"P3": ("", "P4")},
).people  # fmt: skip
GOALS = RaiseGoals(True, {"5": 0.9}, "Performance", 0.0)
MEANT = {"CSM": TitleLevels(("P4", "P5"), "the title says so")}
SCENARIO = freeze(PEOPLE, GOALS, "level", "everybody", LOADS)
TABLES = {
    workbook.PEOPLE: (people_file(workbook.PEOPLE, PEOPLE, "2026-11", LOADS), PEOPLE),
    workbook.MANAGERS: (
        people_file(workbook.MANAGERS, PEOPLE, "2026-11", LOADS), manager_pairs(PEOPLE),
    ),
    workbook.LEVELS: (
        people_file(workbook.LEVELS, PEOPLE, "2026-11", LOADS), paid_like_another(PEOPLE),
    ),
    workbook.TITLES: (
        people_file(workbook.TITLES, PEOPLE, "2026-11", LOADS, settings=MEANT),
        title_means_another(PEOPLE, MEANT),
    ),
    workbook.OFFER: (
        people_file(workbook.OFFER, PEOPLE[PEOPLE.pay < 95e3], "2026-11", LOADS, settings=95e3),
        passed_over_table(PEOPLE[PEOPLE.pay < 95e3], 95e3),
    ),
    workbook.OF_SCENARIO: (
        people_file(workbook.OF_SCENARIO, SCENARIO.people, "2026-11", LOADS, "level", (), GOALS),
        scenario_result(SCENARIO).raises,
    ),
}  # fmt: skip


def of_groups(table: str, by: str, settings: workbook.Settings) -> PeopleFile:
    return people_file(table, PEOPLE, "2026-11", LOADS, by, ("P9", "P3"), settings)


order, merit = ("P9", "P3"), merit_table(PEOPLE, CYCLE)
plan = cheapest_raises(PEOPLE, GOALS)
TABLES |= {
    workbook.GROUPS: (
        of_groups(workbook.GROUPS, "position", None), group_table(PEOPLE, "position", order),
    ),
    workbook.COST: (
        of_groups(workbook.COST, "level", Goal("market")),
        cost_table(PEOPLE, Goal("market"), "level", order),
    ),
    workbook.MERIT: (of_groups(workbook.MERIT, "", CYCLE), merit),
    workbook.MERIT_COST: (
        of_groups(workbook.MERIT_COST, "level", CYCLE),
        merit_cost_table(PEOPLE, merit, "level", order),
    ),
    workbook.RAISES: (of_groups(workbook.RAISES, "", GOALS), plan.raises),
    workbook.PRICES: (of_groups(workbook.PRICES, "", GOALS), goal_table(plan, "USD")),
}  # fmt: skip


def test_each_table_has_something_to_compute():
    assert set(TABLES) == set(workbook._TABLES)
    assert {name: len(table) for name, (_, table) in TABLES.items()} == {
        workbook.PEOPLE: 6, workbook.MANAGERS: 1, workbook.LEVELS: 1, workbook.TITLES: 5,
        workbook.OFFER: 4, workbook.OF_SCENARIO: 2, workbook.GROUPS: 5, workbook.COST: 1,
        workbook.MERIT: 6, workbook.MERIT_COST: 2, workbook.RAISES: 2, workbook.PRICES: 4,
    }  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_from_its_inputs_is_written_alike(name):
    file, table = TABLES[name]
    again = people_file_from_spec(file.spec)
    assert again.spec == file.spec
    assert to_csv(again.frame) == to_csv(table)
    assert again.frame.attrs["units"].items() >= table.attrs["units"].items()


def test_the_inputs_hold_no_figure_that_follows_from_others():
    file, _ = TABLES[workbook.COST]
    assert not {"paid", "pay", "position", "compa_ratio", "to_minimum"} & set(file.people)
    assert_frame_equal(file.whole[["pay", "compa_ratio"]], PEOPLE[["pay", "compa_ratio"]])


def test_a_changed_figure_in_a_workbook_is_named_and_other_pay_gives_other_figures():
    file, table = TABLES[workbook.PEOPLE]
    book = openpyxl.load_workbook(io.BytesIO(to_excel(table, {}, pd.DataFrame(), file.spec)))
    at = next(cell for cell in book["Table"][1] if cell.value == "compa_ratio").column_letter
    # 62,000 on a midpoint of 80,000.
    assert book["Table"][f"{at}2"].value == 0.775
    book["Table"][f"{at}2"] = 0.78
    out = io.BytesIO()
    book.save(out)
    found = verify_workbook("people.xlsx", out.getvalue())
    assert (found.what, found.loads) == ("table of people (people)", LOADS)
    (changed,) = found.differences
    assert (changed.cell, changed.in_file, changed.computed) == (f"{at}2", "0.78", "0.775")
    cost, _ = TABLES[workbook.COST]
    raised = replace(cost, people=cost.people.assign(base=cost.people.base + 1e3))
    # 82,000 less 62 and 64 thousand: 20,000 and 18,000 are due, then 19,000 and 17,000.
    assert (cost.frame.cost.sum(), raised.frame.cost.sum()) == (38_000, 36_000)


def test_what_is_no_table_of_people_is_refused():
    with pytest.raises(InputError, match="not a Bandstand file of people"):
        people_file_from_spec('{"format": "bandstand people workbook 1"}')
    with pytest.raises(InputError, match="no table of people 'x'"):
        _ = replace(TABLES[workbook.COST][0], table="x").frame
    with pytest.raises(InputError, match="lacks its settings"):
        _ = replace(TABLES[workbook.COST][0], settings=None).frame
