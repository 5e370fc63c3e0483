"""The people of a scenario against a roster of today, by hand."""

from analytics.people.raises import RaiseGoals
from analytics.people.scenario import freeze
from analytics.people.scenario_since import scenario_since
from tests.analytics.people.test_merit import people
from tests.analytics.people.test_scenario import LOADS

BEFORE = people((60e3, 1.0, "5", None), (62e3, 1.0, "5", None), (70e3, 1.0, "", None))
SCENARIO = freeze(BEFORE, RaiseGoals(), "level", "everybody", LOADS)


def test_nothing_is_said_of_people_who_stand_as_they_did():
    assert scenario_since(SCENARIO, BEFORE) == []


def test_leavers_other_pay_and_other_ranges_are_counted_with_todays_cost():
    now = BEFORE.iloc[:2].copy()
    now.loc[0, ["paid", "pay"]] = 63e3
    now.loc[1, "minimum"] = 65e3
    # It was 4,000 and 2,000 to a minimum of 64,000; now 1,000 to it and 3,000 to one of 65,000.
    assert scenario_since(SCENARIO, now) == [
        "1 of 3 people no longer on the roster",
        "1 of 3 people paid otherwise",
        "1 of 3 people with another range",
        "its cost for those who are still there: $6,000.00 → $4,000.00",
    ]
