"""Cells without a value, cells that can't be read, dates of many styles, and rows that are none."""

from dataclasses import replace
from datetime import date

import pytest

from data.imports.team_files.questions import with_answer
from tests.commands import bandstand
from tests.data.imports.team_files.test_check import PEOPLE
from tests.data.loads import SAID, bring, load

POINT = replace(SAID, decimal=".")
MARKS = ("NA", "N/A", "n/a", "NULL", "#N/A", "--", "-", "–", " -   ", "$ -", "(null)", "")


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_for_no_value_is_an_empty_cell(mark):
    text = f'Company,Title,Base,Bonus\nA,CSM,95000,"{mark}"\nA,CSM,95000,5000\n'
    found = bring("records", text, POINT)
    assert found.values("variable") == [None, 5_000]
    assert (found.problems, found.report.warnings()) == ([], [])
    assert found.report.facts().get("Read as empty", "") == mark.strip()


@pytest.mark.parametrize(("field", "mark", "kept"), [
    ("Title", "N/A", None), ("Title", "NA", None), ("Location", "NA", "NA"),
    ("Location", "N/A", None), ("Title", "Nashville", "Nashville"), ("Title", "C-3", "C-3"),
])  # fmt: skip
def test_a_text_that_says_nothing_is_empty_and_a_place_may_be_north_america(field, mark, kept):
    found = bring("records", f"Company,{field},Base\nA,{mark},95000\n", POINT)
    assert found.rows[0]["v_place" if field == "Location" else "v_title"] == kept


def test_a_needed_cell_that_says_nothing_is_named_as_such():
    found = bring("records", "Company,Base,Bonus\nA,N/A,1\nNULL,95000,1\n,95000,1\n", POINT)
    assert [(p.row, p.value, p.reason) for p in found.problems] == [
        (2, "N/A", "means no value: base is missing"),
        (3, "NULL", "means no value, where one is needed"),
        (4, "", "is empty"),
    ]


def test_an_unreadable_optional_cell_is_left_empty_and_listed(own):
    text = (
        "ID,Title,Base,Bonus,FTE,Hire date\n"
        "1,CSM,95000,some,1,2020-01-01\n"
        "2,CSM,90000,£500,0.5,next May\n"
        "3,CSM,85000,500,1.6,2021-01-01\n"
        "4,CSM,unknown,500,1,2021-01-01\n"
    )
    said = load(own, "roster", text, replace(PEOPLE, pay_is="actual"))
    assert said.startswith("load 1: 4 rows in, 3 loaded, 1 rejected")
    held = own.execute(
        "select variable, fte::double, hire_date from employee order by row"
    ).fetchall()
    assert held == [
        (None, 1, date(2020, 1, 1)), (None, 0.5, None), (50_000, 1, date(2021, 1, 1)),
    ]  # fmt: skip
    report = bring("roster", text, PEOPLE).report
    assert [(c.column, c.rows, c.first) for c in report.cleared] == [
        ("FTE", 1, (4,)), ("Bonus", 1, (2,)), ("Bonus", 1, (3,)), ("Hire date", 1, (3,)),
    ]  # fmt: skip
    assert "1 cell is left empty in Bonus: each is not an amount of pay (first in row 2)" in (
        report.warnings()
    )


def test_an_unreadable_rate_is_spared_only_beside_base_pay():
    text = "Company,Base,Hourly rate,Hours\nA,95000,?,40\nA,,?,40\nA,,20,forty\nA,95000,,forty\n"
    found = bring("records", text, POINT)
    assert found.values("base") == [95_000, 95_000]
    assert [(p.row, p.value) for p in found.problems] == [(3, "?"), (4, "forty")]


def test_the_command_lists_the_cells_that_it_leaves_empty(mine, tmp_path):
    file = tmp_path / "pay.csv"
    file.write_text("Company,Base,Bonus\nA,95000,lots\n")
    said = bandstand("load", "records", str(file), "--set", "currency=USD", "--set",
                     "effective_date=2026-03", "--dry-run")  # fmt: skip
    assert "left empty: pay.csv, row 2, column Bonus: 'lots' is not an amount of pay" in said.stderr


def test_two_digit_years_are_asked_order_and_century():
    text = "ID,Title,Base,Hire date\n1,CSM,95000,07/05/11\n2,CSM,91000,1/9/87\n"
    order, hundred = bring("roster", text, PEOPLE).report.questions
    assert (order.key, hundred.key) == ("dates", "years_from")
    answered = with_answer(with_answer(PEOPLE, "dates", "mdy"), "years_from", "1950")
    assert bring("roster", text, answered).values("hire_date") == [
        date(2011, 7, 5),
        date(1987, 1, 9),
    ]
    european = replace(answered, dates="dmy", years_from=1880 + 20)
    assert bring("roster", text, european).values("hire_date") == [
        date(1911, 5, 7), date(1987, 9, 1),
    ]  # fmt: skip


def test_a_month_in_letters_needs_only_the_century():
    text = "ID,Title,Base,Hire date\n1,CSM,95000,07-May-11\n"
    (question,) = bring("roster", text, PEOPLE).report.questions
    assert question.key == "years_from"
    answered = with_answer(PEOPLE, "years_from", "2000")
    assert bring("roster", text, answered).values("hire_date") == [date(2011, 5, 7)]


def test_a_year_alone_is_a_date_where_it_is_asked_for():
    text = "ID,Title,Base,Hire date\n1,CSM,95000,2011\n"
    found = bring("roster", text, PEOPLE)
    assert (found.values("hire_date"), found.report.to_load) == ([None], 1)
    assert "--bare-years 01-01" in found.report.cleared[0].reason
    july = replace(PEOPLE, bare_years="07-01")
    assert bring("roster", text, july).values("hire_date") == [date(2011, 7, 1)]


def test_a_day_number_of_excel_is_named_and_read_where_it_is_asked_for():
    text = "Company,Base,Effective date\nA,95000,46082\nA,91000,46113.5\n"
    said = replace(POINT, set_values={"currency": "USD"})
    (question,) = bring("records", text, said).report.questions
    assert question.text.startswith("'46082' is a day number of Excel, 2026-03-01")
    found = bring("records", text, with_answer(said, question.key, "excel"))
    assert found.values("effective_date") == [date(2026, 3, 1), date(2026, 4, 1)]
    odd = bring("records", text, replace(said, dates="mdy")).problems
    assert "is a day number of Excel" in odd[0].reason


SHEET = (
    "Organization,Title,Base,Bonus\n"
    "Alpha,CSM,95000,5000\n"
    "Total Energies,CSM,95000,5000\n"
    "Alpha,Total Rewards Manager,95000,5000\n"
    "{row}\n"
)


@pytest.mark.parametrize(
    "row",
    [
        "Total,,186000,", "TOTALS:,,186000,", "Grand Total:,,186000,", "Sub-total,,186000,",
        "Subtotal,12 people,186000,", "Total Alpha,,186000,", "Alpha Total,,186000,",
        ",Total,186000,", "Average,,95000,",
    ],
)  # fmt: skip
def test_a_sum_is_left_out_and_named_as_one(row):
    found = bring("records", SHEET.format(row=row), POINT)
    assert found.values("base") == [95_000] * 3
    assert [(p.row, p.reason) for p in found.problems] == [(5, "is a sum, not a row of its own")]
    assert found.report.warnings() == [
        "1 row left out: each is a sum, not a row of its own (first in row 5)"
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("* Rounded to the nearest dollar.,,,", "has one filled cell only"),
        ("Source: HRIS", "has one filled cell only"),
        ("Page 2 of 3,,,", "has one filled cell only"),
        ("Organization,Title,Base,Bonus", "repeats the header"),
    ],
)
def test_notes_page_marks_and_repeated_headers_are_named(row, reason):
    (problem,) = bring("records", SHEET.format(row=row), POINT).problems
    assert problem.row == 5
    assert problem.reason.startswith(reason)


def test_a_row_called_total_with_a_name_besides_is_taken_and_pointed_out():
    found = bring("records", SHEET.format(row="Total,CSM,95000,5000"), POINT)
    assert (found.report.to_load, found.report.left_out) == (4, 0)
    assert "looks like a total" in found.report.warnings()[0]


def test_an_employer_with_total_in_its_name_alone_is_no_sum():
    assert bring("records", "Company,Base\nTotal Energies,95000\n", POINT).values("base") == [
        95_000
    ]
