"""Pay of part-timers becomes full-time pay where the file or the user says whose pay it is."""

from dataclasses import replace

import pytest

from data.imports.team_files.questions import with_answer
from queries import run
from tests.data.imports.team_files.test_check import PEOPLE
from tests.data.loads import SAID, bring, load

HALF = "Company,{},Bonus,Equity,FTE\nA,50000,6000,1000,0.5\nA,100000,,,1\nA,90000,,,\n"


def test_an_fte_other_than_one_is_asked_about():
    found = bring("records", HALF.format("Base"), SAID)
    (question,) = found.report.questions
    assert question.text == (
        "1 row has an FTE other than 1: is their pay as paid for it, or of full-time work"
    )
    assert "--pay-is actual" in question.option
    assert bring("records", "Company,Base,FTE\nA,50000,1\nA,60000,\n", SAID).report.questions == ()


@pytest.mark.parametrize(
    ("pay_is", "base", "variable"), [("actual", 100_000, 12_000), ("full-time", 50_000, 6_000)]
)
def test_actual_pay_is_divided_by_the_fte_and_full_time_pay_is_not(own, pay_is, base, variable):
    said = with_answer(SAID, "pay_is", pay_is)
    assert load(own, "records", HALF.format("Base"), said).startswith("load 1: 3 rows in, 3 loaded")
    held = run(own, "loaded_records", load="1")
    assert held.base.tolist() == [base, 100_000, 90_000]
    # Equity is not known to follow the FTE.
    assert (held.variable[0], held.equity[0]) == (variable, 1_000)
    assert held.fte.tolist()[:2] == [0.5, 1]
    assert set(held.pay_is) == {pay_is}


@pytest.mark.parametrize(
    ("heading", "first"), [("FTE Annual Salary", 50_000), ("Actual Salary", 100_000)]
)
def test_a_heading_says_whose_pay_it_is(heading, first):
    found = bring("records", HALF.format(heading), SAID)
    assert found.values("base") == [first, 100_000, 90_000]
    assert "by the heading of its column" in found.report.facts()["FTE"]


def test_hourly_pay_of_half_the_hours_is_full_time_pay_by_the_fte():
    text = "Company,Hourly rate,Hours,FTE\nA,25,20,0.5\n"
    # 25 × 20 × 52 = 26,000 for half the hours.
    assert bring("records", text, replace(SAID, pay_is="actual")).values("base") == [52_000]


def test_a_total_is_compared_with_pay_as_the_file_has_it():
    text = "Company,Base,Bonus,Total cash,FTE\nA,50000,5000,55000,0.5\n"
    found = bring("records", text, replace(SAID, pay_is="actual"))
    assert found.report.row_warnings == ()


@pytest.mark.parametrize(
    ("pay_is", "base", "variable"), [("actual", 94_000, 10_000), ("full-time", 47_000, 5_000)]
)
def test_a_roster_keeps_pay_as_it_is_and_tells_full_time_pay(own, pay_is, base, variable):
    text = "ID,Title,Base,Bonus,FTE\n1,CSM,47000,5000,0.5\n"
    load(own, "roster", text, replace(PEOPLE, pay_is=pay_is))
    held = run(own, "loaded_roster", load="1").iloc[0]
    assert (held.base, held.fte, held.pay_is) == (47_000, 0.5, pay_is)
    assert (held.full_time_base, held.full_time_variable) == (base, variable)
