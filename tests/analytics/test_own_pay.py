"""Own ranges and people on a ladder, and what about them needs attention."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.attention import is_old, off_target
from analytics.job_rows import JobProfile
from analytics.own_pay import (
    OwnPerson,
    OwnRange,
    own_people,
    own_ranges,
    people_for,
    ranges_for,
)
from analytics.pricing.ageing import Month
from analytics.pricing.question import PayQuestion
from analytics.wage_rows import PlaceName

P3 = JobProfile(
    "F.CS.P3", "post-sales", "cs", "Customer Success", "cs", "CSM", "canon", "P3",
    "professional", 3, "CSM",
)  # fmt: skip
ASKED = PayQuestion(P3, "", "base", 0.5, Month(2026, 11))
RANGE = OwnRange(
    "", "canon", "P3", "", "US", "base", "USD", 90e3, 100e3, 115e3, "2026-01-01", "own-load-1"
)
PERSON = OwnPerson("F.CS.P3", "canon", "P3", "Boston", "USD", 95e3, None, "2026-11-01")


def ranges(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {
        "load": 1, "code": None, "function": None, "focus": None, "level": "P3", "title": None,
        "place": "US", "currency": "USD", "pay_basis": "base", "minimum": 90e3,
        "midpoint": 100e3, "maximum": 115e3, "effective_date": "2026-01-01",
    }  # fmt: skip
    return pd.DataFrame([usual | row for row in rows])


def roster(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {
        "load": 1, "employee_id": "1", "code": "F.CS.P3", "place": "Boston", "currency": "USD",
        "full_time_base": 60e3, "full_time_variable": None, "has_left": False,
        "as_of": "2026-01-01",
    }  # fmt: skip
    return pd.DataFrame([usual | row for row in rows])


def test_the_newest_range_of_a_level_stands():
    frame = ranges({"midpoint": 105e3, "effective_date": "2026-07-01"}, {})
    (one,) = own_ranges(frame, [P3])
    assert (one.midpoint, one.effective_date) == (105e3, "2026-07-01")


def test_a_range_of_another_function_is_not_on_the_ladder():
    other = own_ranges(ranges({"function": "Sales"}), [P3])
    own = own_ranges(ranges({"function": "customer success"}), [P3])
    coded = own_ranges(ranges({"code": "F.CS.P3", "level": None}), [P3])
    assert ranges_for(other, ASKED) == []
    assert [r.level for r in ranges_for([*own, *coded], ASKED)] == ["P3", "P3"]


def test_ranges_of_the_place_go_before_national_ones_and_other_bases_stay_out():
    boston, cash = replace(RANGE, place="Boston"), replace(RANGE, pay_basis="target_cash")
    euros = replace(RANGE, currency="EUR")
    every = [RANGE, boston, cash, euros]
    assert ranges_for(every, replace(ASKED, place="boston")) == [boston]
    assert ranges_for(every, replace(ASKED, place="Ohio")) == [RANGE]
    assert ranges_for(every, ASKED) == [RANGE]


def test_each_person_counts_once_by_the_newest_roster():
    frame = roster({"full_time_variable": 15e3}, {"as_of": "2026-06-01", "full_time_base": 80e3})
    (person,) = own_people(frame, [P3])
    assert (person.base, person.target_cash, person.as_of) == (80e3, None, "2026-06-01")
    (older,) = own_people(frame.head(1), [P3])
    assert (older.base, older.target_cash) == (60e3, 75e3)


def test_who_has_left_by_the_newest_roster_is_marked():
    people = own_people(roster({}, {"as_of": "2026-06-01", "has_left": True}), [P3])
    assert [person.has_left for person in people] == [True]


def test_somebody_whose_newest_job_is_unknown_is_not_shown_in_an_old_one():
    assert own_people(roster({}, {"as_of": "2026-06-01", "code": None}), [P3]) == []


def test_people_without_pay_on_the_basis_or_at_the_place_are_not_asked():
    assert people_for([PERSON], ASKED) == [PERSON]
    assert people_for([PERSON], replace(ASKED, basis="target_cash")) == []
    assert people_for([PERSON], replace(ASKED, place="Ohio")) == []
    assert people_for([PERSON], replace(ASKED, place="Boston")) == [PERSON]


@pytest.mark.parametrize(
    ("market", "found"),
    [(90e3, [1 / 9]), (91e3, []), (111e3, []), (112e3, [-12 / 112]), (None, [])],
)
def test_a_midpoint_is_off_target_beyond_ten_percent(market, found):
    # 100,000 / 91,000 is 9.9 percent above, 100,000 / 111,000 is 9.9 percent below.
    assert [o.ratio for o in off_target([RANGE], lambda _: market)] == pytest.approx(found)


def test_thirteen_months_are_old_and_a_date_that_is_none_is_not():
    today = Month(2026, 11)
    assert [is_old(said, today) for said in ("2025-10", "2025-11", "not stated")] == [
        True, False, False,
    ]  # fmt: skip


def test_people_of_a_city_are_at_its_area_and_in_its_state():
    known = [
        PlaceName("Massachusetts", "state", "MA"),
        PlaceName("Boston-Cambridge-Newton, MA-NH", "metropolitan", "MA-NH"),
        PlaceName("Ohio", "state", "OH"),
    ]
    for place, there in (
        ("Boston-Cambridge-Newton, MA-NH", [PERSON]), ("Massachusetts", [PERSON]), ("Ohio", []),
    ):  # fmt: skip
        assert people_for([PERSON], replace(ASKED, place=place), known) == there
    zone = replace(RANGE, place="Zone A")
    assert ranges_for([zone], replace(ASKED, place="Massachusetts"), known) == []
