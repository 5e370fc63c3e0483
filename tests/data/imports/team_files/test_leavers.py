"""Who has left is kept, said, and not counted as today's staff."""

from dataclasses import replace

import pytest

from data.imports.team_files.questions import with_answer
from queries import run
from tests.data.imports.team_files.test_check import PEOPLE
from tests.data.loads import bring, load

HEAD = "ID,Title,Base,Hire date,Status,Termination date\n"


#: Hired, status and termination date, and whether that person has left.
PERSONS = [
    ("2020-01-01", "Active", "", False),
    ("2020-01-01", "", "2026-02-27", True),
    ("2020-01-01", "", "2199-01-31", False),
    ("2020-01-01", "Terminated", "", True),
    ("2020-01-01", "Terminated - voluntary", "2026-02-27", True),
    ("2020-01-01", "Terminated", "2199-01-31", False),
    ("2020-01-01", "T", "", True),
    ("2020-01-01", "Leave of Absence", "", False),
    ("2020-01-01", "On Leave (paid)", "", False),
    ("2020-01-01", "RETIRED", "", True),
    # Hired again since; and a later roster, of 2026-03-01, that says active.
    ("2025-01-01", "", "2023-05-31", False),
    ("", "Active", "2023-05-31", False),
    # The roster of March could not know of April.
    ("2020-01-01", "Active", "2026-04-30", True),
]


def test_who_has_left(own):
    text = HEAD + "".join(
        f"{number},CSM,95000,{hired},{status},{ended}\n"
        for number, (hired, status, ended, _) in enumerate(PERSONS)
    )
    said = load(own, "roster", text, PEOPLE)
    assert said.startswith(f"load 1: {len(PERSONS)} rows in, {len(PERSONS)} loaded, 0 rejected")
    people = run(own, "loaded_roster", load="1")
    found = dict(zip(people.employee_id.astype(int), people.has_left, strict=True))
    assert found == {number: left for number, (*_, left) in enumerate(PERSONS)}
    gone = [w.rows for w in bring("roster", text, PEOPLE).report.row_warnings
            if w.reason.startswith("left,")]  # fmt: skip
    assert gone == [sum(left for *_, left in PERSONS)]


def test_the_report_says_what_is_taken_for_what():
    text = HEAD + (
        "1,CSM,95000,2020-01-01,Terminated,2026-01-31\n"
        "2,CSM,95000,2020-01-01,Active,2199-01-31\n"
        "3,CSM,95000,2025-01-01,Active,2023-05-31\n"
    )
    assert bring("roster", text, PEOPLE).report.warnings() == [
        "1 row: left, by status or termination date: kept, and not counted as today's staff "
        "(first in row 2)",
        "1 row: a termination date that has not passed: still counted as staff (first in row 3)",
        "1 row: a termination date before the hire date, or before a roster that says active or "
        "on leave: taken for an earlier employment, and counted as staff (first in row 4)",
    ]


def test_an_unknown_status_is_asked_and_may_be_said_once(own):
    text = "ID,Title,Base,Status\n1,CSM,95000,Active\n2,CSM,95000,Inactive\n"
    (question,) = bring("roster", text, PEOPLE).report.questions
    assert question.text == "Status says 'Inactive': what employment status is that"
    assert "--map-status 'active=Inactive'" in question.option
    load(own, "roster", text, with_answer(PEOPLE, question.key, "left"))
    assert run(own, "loaded_roster", load="1").has_left.tolist() == [False, True]


def test_full_time_and_part_time_are_no_employment_status():
    text = "ID,Title,Base,Employment status\n1,CSM,95000,Full-time\n2,CSM,95000,Part-time\n"
    found = bring("roster", text, PEOPLE)
    assert (found.report.questions, found.values("status")) == ((), [None, None])
    mapped = replace(PEOPLE, columns={"status": "Employment status"})
    assert len(bring("roster", text, mapped).report.questions) == 2


def test_a_status_that_no_word_is_known_for_further_down_is_left_empty_and_listed():
    rows = "".join(f"{i},CSM,95000,Active\n" for i in range(2_500))
    found = bring("roster", f"ID,Title,Base,Status\n{rows}x,CSM,95000,Inactive\n", PEOPLE)
    (cleared,) = found.cleared
    assert (cleared.row, cleared.value) == (2_502, "Inactive")
    assert "--map-status says which it is" in cleared.reason


@pytest.mark.parametrize(
    ("heading", "cells", "left"),
    [
        ("Active", ["Yes", "No"], [False, True]),
        ("Is Active", ["Y", "N"], [False, True]),
        ("Active?", ["1", "0"], [False, True]),
        # Under Active a T is true; under Status it is PeopleSoft's terminated.
        ("Active", ["T", "F"], [False, True]),
        ("Active", ["TRUE", "FALSE"], [False, True]),
        ("Terminated", ["No", "Yes"], [False, True]),
        ("Inactive", ["N", "Y"], [False, True]),
    ],
)
def test_a_column_of_yes_and_no_says_who_has_left(own, heading, cells, left):
    text = f"ID,Title,Base,{heading}\n1,CSM,95000,{cells[0]}\n2,CSM,95000,{cells[1]}\n"
    load(own, "roster", text, PEOPLE)
    assert run(own, "loaded_roster", load="1").has_left.tolist() == left


def test_what_yes_means_is_said_and_can_be_said_otherwise():
    text = "ID,Title,Base,Active\n1,CSM,95000,Yes\n2,CSM,95000,No\n3,CSM,95000,Maybe\n"
    found = bring("roster", text, PEOPLE)
    (question,) = found.report.questions
    assert question.text == "Active says 'Maybe': what employment status is that"
    said = replace(PEOPLE, statuses={"Maybe": "on leave", "No": "active"})
    found = bring("roster", text, said)
    assert found.report.facts()["Status"] == "Active: yes is active, no is left"
    assert found.values("status") == ["active", "active", "on leave"]


def test_a_status_of_hours_does_not_hide_the_column_that_says_who_is_active():
    text = "ID,Title,Base,Employment Status,Active\n1,CSM,95000,Full-time,No\n"
    assert bring("roster", text, PEOPLE).values("status") == ["left"]
