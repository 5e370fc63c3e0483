"""Several rows of one person at one date are asked about, added up, or counted once."""

from dataclasses import replace

import pytest

from data.imports.team_files.questions import with_answer
from queries import run
from tests.data.loads import SAID, bring, load

TWO_JOBS = (
    "Company,Employee ID,Base,Bonus\n"
    "A,1,30000,1000\nA,2,90000,\nA,1,40000,2000\nB,1,70000,\n"
)  # fmt: skip
BY_TYPE = (
    "Company,Employee ID,Pay Type,Salary\n"
    "A,1,Bonus,6000\nA,1,Regular,60000\nA,1,Overtime,3000\nA,2,Regular,90000\nA,3,Bonus,500\n"
)


def test_several_rows_of_one_person_are_asked_about():
    (question,) = bring("records", TWO_JOBS, SAID).report.questions
    assert question.text == "1 person has several rows at one date, 2 in all: what are they"
    assert "--several-rows sum" in question.option
    dates = TWO_JOBS.replace("Bonus", "Effective date").replace("1000", "2025-01-01")
    assert bring("records", dates.replace("2000", "2026-01-01"), SAID).report.questions == ()


@pytest.mark.parametrize(
    ("how", "counts", "base", "variable"),
    [
        ("sum", "3 loaded, 1 rejected", [70_000, 90_000, 70_000], 3_000),
        ("once", "3 loaded, 1 rejected", [90_000, 40_000, 70_000], 2_000),
        ("all", "4 loaded, 0 rejected", [30_000, 90_000, 40_000, 70_000], 3_000),
    ],
)
def test_they_are_added_up_or_counted_once_or_all(own, how, counts, base, variable):
    said = with_answer(SAID, "several_rows", how)
    assert load(own, "records", TWO_JOBS, said) == f"load 1: 4 rows in, {counts}"
    held = run(own, "loaded_records", load="1")
    assert held.base.tolist() == base
    assert held.variable.sum() == variable


def test_what_is_added_up_is_said_and_listed():
    found = bring("records", TWO_JOBS, replace(SAID, several_rows="sum"))
    assert found.report.facts()["People"] == (
        "1 person has several rows at one date, 2 in all: added up to one each"
    )
    assert found.report.counts() == "4 rows, 3 to load, 1 to be left out"
    assert [(p.row, p.column, p.value, p.reason) for p in found.problems] == [
        (4, "Employee ID", "1", "is added to that person's first row of the same date")
    ]


def test_rows_of_one_pay_type_each_become_one_row_of_a_person(own):
    assert load(own, "records", BY_TYPE, SAID) == "load 1: 5 rows in, 2 loaded, 3 rejected"
    held = run(own, "loaded_records", load="1")
    assert held.base.tolist() == [60_000, 90_000]
    assert (held.variable[0], held.overtime[0]) == (6_000, 3_000)
    problems = bring("records", BY_TYPE, SAID).problems
    assert [(p.row, p.reason) for p in problems if p.row == 6] == [
        (6, "is of a person without a row of base pay")
    ]


def test_without_an_id_no_bonus_becomes_base_pay_and_nothing_is_known_of_people():
    found = bring("records", BY_TYPE.replace("Employee ID", "Seat"), SAID)
    assert found.values("base") == [60_000, 90_000]
    assert {p.reason for p in found.problems} == {
        "is pay beside base pay, and nothing says whose: --map person_id=HEADING"
    }
    assert found.report.facts()["People"] == (
        "no column identifies them, so whether one has several rows is not known"
    )


def test_an_unknown_pay_type_is_asked():
    text = BY_TYPE.replace("Overtime", "Spot award")
    (question,) = bring("records", text, SAID).report.questions
    assert question.key == "pay_type Spot award"
    found = bring("records", text, with_answer(SAID, question.key, "variable"))
    assert found.values("variable") == [9_000, None]


def test_two_jobs_of_half_time_are_one_of_full_time():
    text = "Company,Employee ID,Base,FTE\nA,1,25000,0.5\nA,1,35000,0.5\nA,2,20000,0.5\n"
    said = replace(SAID, several_rows="sum", pay_is="actual")
    assert bring("records", text, said).values("base") == [60_000, 40_000]


def test_a_pay_type_that_is_a_period_still_is_one():
    text = "Company,Salary,Pay Type\nA,5000,Monthly\nA,60000,Annual\n"
    assert bring("records", text, SAID).values("base") == [60_000, 60_000]
