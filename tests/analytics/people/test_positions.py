"""Everybody against their range: found, or told why not, and never dropped."""

import pandas as pd
import pytest

from analytics.own_pay import OwnRange
from analytics.people.positions import Positions, positions_of, range_label
from analytics.people.roster import read_roster
from tests.analytics.people.rosters import P3, PLACES, a_range, roster


def placed(*rows: dict[str, object], ranges: list[OwnRange]) -> Positions:
    return positions_of(read_roster(roster(*rows), [P3]), ranges, PLACES)


def the_range(person: dict[str, object], *ranges: OwnRange) -> str:
    """The source of the one person's range, or why there is none."""
    row = placed(person, ranges=list(ranges)).people.iloc[0]
    return str(row.range_source or row.why)


def test_figures_of_full_time_half_time_and_of_those_outside():
    table = placed(
        {"base": 75e3}, {"base": 31e3, "fte": 0.5}, {"base": 80e3, "fte": 0.8}, {"base": 64e3},
        ranges=[a_range()],
    ).people  # fmt: skip
    assert table.pay.tolist() == [75e3, 62e3, 100e3, 64e3]
    assert table.compa_ratio.tolist() == [0.9375, 0.775, 1.25, 0.8]
    assert table.penetration.tolist() == [0.34375, -0.0625, 1.125, 0.0]
    assert table.position.tolist() == [
        "2nd quarter", "Below minimum", "Above maximum", "1st quarter",
    ]  # fmt: skip
    # Half of 64,000 is 32,000; eight tenths of 96,000 is 76,800.
    assert table.to_minimum.tolist() == [0, 1e3, 0, 0]
    assert table.over_maximum.tolist() == [0, 0, 3.2e3, 0]


def test_pay_stated_for_full_time_work_is_paid_for_the_fte():
    row = placed({"base": 80e3, "fte": 0.5, "pay_is": "full-time"}, ranges=[a_range()]).people.iloc[
        0
    ]
    assert (row.base, row.pay, row.compa_ratio) == (40e3, 80e3, 1.0)
    unknown = placed({"base": 80e3, "fte": None}, ranges=[a_range()]).people.iloc[0]
    assert (unknown.fte, unknown.pay) == (1.0, 80e3)


def test_target_cash_is_compared_where_the_range_is_of_it():
    person = {"base": 60e3, "variable": 15e3}
    row = placed(person, ranges=[a_range(pay_basis="target_cash")]).people.iloc[0]
    assert (row.paid, row.pay_basis, row.compa_ratio) == (75e3, "target_cash", 0.9375)
    # Where there is a range of base pay as well, that is the one.
    both = [a_range(pay_basis="target_cash", source="cash"), a_range(source="base")]
    assert the_range(person, *both) == "base"


@pytest.mark.parametrize(
    ("person", "pay_range", "why"),
    [
        ({"level": None, "title": "Chef"}, {}, "no level, and the title means no profile"),
        ({"level": "P9"}, {}, "no range of P9"),
        ({"currency": "EUR"}, {}, "ranges of P3 are in USD, not in EUR"),
        ({}, {"place": "Colorado"}, "no range of P3 for Boston or for the whole country"),
        ({}, {"function": "Sales"}, "ranges of P3 are for other functions"),
        ({}, {"pay_basis": "target_cash"}, "ranges of P3 are of target_cash, which is not known"),
        ({"fte": 0.0}, {}, "the FTE is 0"),
    ],
)
def test_who_has_no_range_is_listed_with_the_reason(person, pay_range, why):
    row = placed(person, {"level": "P3"}, ranges=[a_range(**pay_range), a_range("P4")]).people
    assert len(row) == 2
    assert row.why.iloc[0].startswith(why)
    assert row.position.iloc[0] == ""
    assert pd.isna(row.compa_ratio.iloc[0])
    assert pd.isna(row.to_minimum.iloc[0])


def test_the_closest_range_goes_first():
    zone = a_range(place="Zone A", source="zone")
    city = a_range(place="Denver", source="city")
    state = a_range(place="CO", source="state")
    nation = a_range(source="nation")
    denver = {"place": "Denver", "kept": {"Geo Zone": "zone a"}}
    assert the_range(denver, nation, state, city, zone) == "zone"
    assert the_range({"place": "Denver"}, nation, state, city, zone) == "city"
    assert the_range({"place": "Aurora, CO"}, nation, state, zone) == "state"
    assert the_range({"place": "Paris"}, nation, state, city) == "nation"
    # What the range is for outranks where it is.
    focus = a_range(focus="Renewals", source="focus")
    function = a_range(function="Customer Success", source="function")
    renewals = {"place": "Denver", "kept": {"Focus": "renewals", "Function": "Customer Success"}}
    assert the_range(renewals, city, function, focus) == "focus"
    assert the_range(renewals, city, function) == "function"
    job = a_range(code="F.CS.P3", place="US", source="job")
    assert the_range({"code": "F.CS.P3", "place": "Denver"}, city, focus, job) == "job"
    assert the_range({"code": None, "place": "Denver"}, city, job) == "city"


def test_a_profile_gives_level_function_and_focus_that_the_roster_lacks():
    person = {"code": "F.CS.P3", "level": None}
    assert the_range(person, a_range(function="Customer Success", source="cs")) == "cs"
    # A level of the team's own goes before the profile's.
    own = {"code": "F.CS.P3", "level": "G7"}
    assert the_range(own, a_range("P3", source="p3"), a_range("G7", source="g7")) == "g7"


def test_a_range_for_a_title_needs_no_level():
    title = a_range("", title="Chef", source="title")
    assert the_range({"level": None, "title": "chef"}, title) == "title"
    assert the_range({"level": "P3", "title": "CSM"}, title).startswith("ranges of P3 are for")


def test_two_ranges_that_fit_equally_are_not_chosen_from():
    twins = [a_range(source="a"), a_range(place="USA", maximum=99e3, source="b")]
    assert the_range({}, *twins) == "several ranges fit equally: P3, US and P3, USA"
    same = [a_range(), a_range(place="USA")]
    assert the_range({}, *same) == "own-load-1"


def test_each_person_once_from_the_newest_roster_and_leavers_apart():
    rows = (
        {"employee_id": "1", "base": 70e3, "as_of": "2026-01-01"},
        {"employee_id": "1", "base": 75e3, "as_of": "2026-03-01", "load": 2},
        {"employee_id": "2", "as_of": "2026-01-01"},
        {"employee_id": "3", "has_left": True},
        {"employee_id": "4", "termination_date": "2026-12-31"},
    )
    found = placed(*rows, ranges=[a_range()])
    assert sorted(found.people.employee_id) == ["1", "2", "4"]
    assert sorted(found.leavers.employee_id) == ["3"]
    assert found.people.set_index("employee_id").pay["1"] == 75e3
    assert found.earlier == 1


def test_kept_columns_group_people_and_never_hide_a_figure():
    kept = {"Department": "East", "Manager ID": "9", "position": "Lead"}
    found = placed({"kept": kept}, {}, ranges=[a_range()])
    assert found.further == ("Department", "position (roster)")
    assert found.people.Department.tolist() == ["East", ""]
    assert found.people.manager.tolist() == ["9", ""]
    assert found.people.position.tolist() == ["3rd quarter", "3rd quarter"]


def test_nobody_is_nobody():
    empty = roster({}).head(0)
    found = positions_of(read_roster(empty, [P3]), [a_range()], PLACES)
    assert (len(found.people), found.earlier) == (0, 0)


def test_a_range_is_told_by_what_it_is_for():
    assert range_label(a_range(function="Sales", name="Field", place="Zone A")) == (
        "P3, Sales, Field, Zone A"
    )
