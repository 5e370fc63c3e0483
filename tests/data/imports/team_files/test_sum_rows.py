"""Sums, averages and headcounts among the rows of people and jobs, in English and German."""

import pytest

from tests.data.imports.team_files.test_survey import SAID as SURVEY_SAID
from tests.data.loads import SAID, bring

PEOPLE = (
    "Company,Employee ID,Title,Function,Location,Base\n"
    "Acme,1,CSM,Sales,Berlin,95000\n"
    "Acme,2,Senior CSM,Sales,Wien,96000\n"
    "Acme,3,CSM,Sales,Berlin,97000\n"
    "Acme,4,CSM,Vertrieb,Berlin,98000\n"
    "Acme,5,CSM,Vertrieb,Berlin,99000\n"
)
SUMS = (
    "Subtotal Berlin", "Berlin Subtotal", "Sub-total: Berlin", "sub total", "Total Berlin",
    "Gesamt", "GESAMTSUMME", "Summe", "Zwischensumme Wien", "Wien Zwischensumme:",
    "Gesamt Vertrieb", "Summe Vertrieb", "Durchschnitt", "Durchschnitt aller",
    "Sum of Berlin", "Average of all", "Median of CSM", "Headcount: 6", "Head count 6",
    "Total (6)", "Total CSM", "Berlin Average", "Insgesamt", "Total for Wien", "Median",
)  # fmt: skip
TITLES = (
    "Total Rewards Manager", "Total Rewards", "Total Quality Lead", "Headcount Planning Manager",
    "Analyst, Subtotal Reporting", "Subtotal Reconciliation Analyst", "Average Cost Accountant",
    "Sum Assured Specialist", "Medical Writer", "Gesamt-Projektleiter", "Count Room Supervisor",
    "Gesamt Projektleiter", "Head of Berlin", "Summer Intern", "Median Strip Planner",
)  # fmt: skip


@pytest.mark.parametrize("place", ["Berlin", ""])
def test_sums_beside_the_name_of_the_employer_and_the_place_are_left_out(place):
    rows = "".join(f'Acme,,"{title}",,{place},441000\n' for title in SUMS)
    found = bring("records", PEOPLE + rows, SAID)
    assert found.values("title") == ["CSM", "Senior CSM", "CSM", "CSM", "CSM"]
    assert [p.value for p in found.problems] == list(SUMS)
    assert {p.reason for p in found.problems} == {"is a sum, not a row of its own"}


@pytest.mark.parametrize("number", ["{0}", ""])
def test_a_title_with_such_a_word_is_somebody_s(number):
    rows = "".join(f'Acme,{number},"{t}",Rewards,Wien,90000\n' for t in TITLES)
    rows = "".join(row.format(n) + "\n" for n, row in enumerate(rows.splitlines(), 10))
    found = bring("records", PEOPLE + rows, SAID)
    assert found.problems == []
    assert found.values("title")[5:] == list(TITLES)


def test_a_total_with_a_person_s_number_is_a_person():
    row = "Acme,6,Total Berlin,,Berlin,98000\n"
    assert bring("records", PEOPLE + row, SAID).problems == []


@pytest.mark.parametrize("row", [
    "Acme,Total,,,,441000", "Acme,Summe: 6,,,,441000", "Acme Subtotal,,CSM,Sales,,441000",
    "Acme,,,Gesamt,,441000", "Acme,,,Total,Berlin,441000", "Summe von Acme,,,,,441000",
    "Acme,,,Vertrieb Zwischensumme,,441000",
])  # fmt: skip
def test_a_sum_is_known_in_the_column_of_numbers_employers_and_functions(row):
    found = bring("records", PEOPLE + row + "\n", SAID)
    assert [(p.row, p.reason) for p in found.problems] == [(7, "is a sum, not a row of its own")]


def test_employers_with_such_words_are_employers():
    text = "Company,Title,Base\nSum of Us,CSM,95000\nTotal,CSM,95000\nMedian Group,CSM,95000\n"
    assert bring("records", text, SAID).problems == []


def test_a_row_without_a_person_s_number_among_rows_that_have_one_is_said():
    found = bring("records", PEOPLE + "Acme,,All of Berlin,,Berlin,441000\n", SAID)
    assert found.report.to_load == 6
    assert found.report.warnings() == [
        "1 row is odd: Employee ID is empty, where nearly all rows have a person's number; "
        "is it a sum? (first in row 7)"
    ]
    half = PEOPLE + "Acme,,CSM,,Berlin,1\n".replace("1\n", "95000\n") * 3
    assert not any("number" in line for line in bring("records", half, SAID).report.warnings())


def test_an_average_of_a_survey_is_no_job():
    text = "Job Title,Base Salary 50th\nCSM,95000\nAverage of all,96000\nTotal CSM,97000\n"
    found = bring("survey", text, SURVEY_SAID)
    assert [p.value for p in found.problems] == ["Average of all", "Total CSM"]
