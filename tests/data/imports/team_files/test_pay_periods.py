"""Pay of an hour, a day, a week or a month is annualized as the file says, or asked about."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.imports.team_files.headings import split_period, tidy_heading
from data.imports.team_files.pay_periods import TIMES_A_YEAR
from data.imports.team_files.questions import with_answer
from tests.data.imports.team_files.test_check import PEOPLE
from tests.data.loads import SAID, bring

POINT = replace(SAID, decimal=".")
FULL = replace(POINT, set_values={**SAID.set_values, "hours_per_week": "40"})


def base(text: str, options=POINT, kind: str = "records") -> list[float]:
    found = bring(kind, text, options)
    assert not found.report.questions, found.report.questions
    assert found.problems == []
    return found.values("base")


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("Annual", 2_000), ("per annum", 2_000), ("Yearly", 2_000), ("Semi-annually", 4_000),
        ("QUARTERLY", 8_000), ("Monthly", 24_000), ("Month", 24_000), ("/month", 24_000),
        ("4-weekly", 26_000), ("Semi-monthly", 48_000), ("Bi-Weekly", 52_000),
        ("Fortnight", 52_000), ("week", 104_000), ("DAILY", 520_000), ("jährlich", 2_000),
    ],
)  # fmt: skip
def test_each_row_is_annualized_by_its_own_period(said, year):
    assert base(f"Company,Salary,Pay Frequency\nA,2000,{said}\nB,60000,Annual\n") == [year, 60_000]


def test_an_hour_takes_the_hours_of_its_row_and_is_shown_as_read():
    text = "Company,Salary,Pay Frequency,Hours\nA,25.50,Hourly,37.5\nB,5000,Monthly,\n"
    found = bring("records", text, POINT)
    assert found.values("base") == [49_725, 60_000]  # 25.50 × 37.5 × 52
    assert found.report.facts()["Pay periods"] == (
        "1 × hour, times hours times 52; 1 × month, times 12"
    )


def test_the_hours_of_hourly_pay_are_asked_where_no_column_has_them():
    text = "Company,Salary,Pay Frequency\nA,25.50,Hourly\nB,60000,Annual\n"
    (question,) = bring("records", text, POINT).report.questions
    assert (question.key, "--set hours_per_week=40" in question.option) == ("hours_per_week", True)
    assert base(text, with_answer(POINT, question.key, "40")) == [53_040, 60_000]


def test_a_rate_beside_a_period_is_of_that_period():
    text = (
        "Company,Pay Rate,Pay Basis,Hours\n"
        "A,20,HOURLY,40\nA,17017,ANNUAL,40\nA,93,DAILY,40\nA,4100,ANNUAL,40\n"
    )
    assert base(text) == [41_600, 17_017, 24_180, 4_100]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("Monthly Salary", 60_000), ("Salary (month)", 60_000), ("Base pay / month", 60_000),
        ("MonthlySalary", 60_000), ("Salary per week", 260_000), ("Weekly base pay", 260_000),
        ("Annual Salary", 5_000), ("Base Salary - Annualized", 5_000), ("Salary", 5_000),
    ],
)  # fmt: skip
def test_a_heading_says_the_period(heading, year):
    assert base(f"Company,{heading}\nA,5000\n") == [year]


def test_a_column_mapped_by_hand_is_never_a_year_where_its_heading_says_month():
    text = "ID,Title,Money each month\n1,CSM,5993\n"
    mapped = replace(PEOPLE, columns={"base": "Money each month"})
    found = bring("roster", text, mapped)
    assert found.values("base") == [71_916]
    assert found.report.facts()["Pay periods"] == "Money each month is of a month, times 12"
    for units, year in ((12, 71_916), (13, 77_909), (1_000, 71_916_000)):
        assert bring("roster", text, replace(mapped, units=Decimal(units))).values("base") == [year]


def test_base_pay_mapped_to_an_hourly_heading_is_a_rate():
    mapped = replace(FULL, columns={"base": "Hourly wage"})
    assert base("Company,Hourly wage\nA,25.50\n", mapped) == [53_040]
    by_hand = replace(mapped, units=Decimal(2000))
    assert base("Company,Hourly wage\nA,25.50\n", by_hand) == [51_000]
    ranges = bring("ranges", "Level,Min per hour,Max per hour\nP1,20,30\n").report.questions
    assert "units" in {q.key for q in ranges}


def test_headings_that_say_their_period_outrank_a_column_of_pay_frequencies():
    text = "Company,Annual Salary,Pay Frequency\nA,60000,Biweekly\n"
    found = bring("records", text, POINT)
    assert found.values("base") == [60_000]
    assert "pay_period" not in found.report.layout.mapped


def test_a_pay_frequency_beside_a_plain_years_pay_is_asked():
    text = "Company,Salary,Pay Frequency\nA,95000,Biweekly\nB,88000,Biweekly\n"
    (question,) = bring("records", text, POINT).report.questions
    assert "says two weeks where Salary is about 91,500" in question.text
    assert [label for _, label in question.choices] == ["pay of two weeks", "a year's pay"]
    year, weeks = (with_answer(POINT, question.key, answer) for answer in ("", "Pay Frequency"))
    assert base(text, year) == [95_000, 88_000]
    assert base(text, weeks) == [2_470_000, 2_288_000]


def test_a_period_that_is_not_known_is_asked_and_kept_with_the_mapping():
    text = "Company,Salary,Pay Frequency\nA,5000,Lunar\nB,60000,Annual\n"
    (question,) = bring("records", text, POINT).report.questions
    assert question.text == "Pay Frequency says 'Lunar': what period is that"
    answered = with_answer(POINT, question.key, "four weeks")
    assert base(text, answered) == [65_000, 60_000]
    assert bring("records", text, answered).report.layout.as_options().periods == {
        "Lunar": "four weeks"
    }


def test_a_row_whose_period_is_not_known_later_on_is_left_out():
    rows = "A,60000,Annual\n" * 2_100
    found = bring("records", f"Company,Salary,Pay Frequency\n{rows}B,5000,Bimonthly\nC,1,\n", POINT)
    assert [(p.row, p.column, p.value) for p in found.problems] == [
        (2102, "Pay Frequency", "Bimonthly"), (2103, "Pay Frequency", ""),
    ]  # fmt: skip
    assert "is not one of hour, day, week, two weeks" in found.problems[0].reason


@pytest.mark.parametrize(
    ("of", "year"), [("week", 138_902.4), ("two weeks", 69_451.2), ("mixed", 69_451.2)]
)
def test_hours_above_a_long_week_are_asked(of, year):
    text = "Company,Hourly Rate,Standard Hours\nA,33.39,80\n"
    (question,) = bring("records", text, POINT).report.questions
    assert question.text == "Standard Hours says 80: what are its hours of"
    assert base(text, with_answer(POINT, question.key, of)) == [year]


def test_mixed_hours_are_of_two_weeks_only_above_sixty():
    text = "Company,Hourly Rate,Hours\nA,10,80\nA,10,60\nA,10,37.5\n"
    assert base(text, replace(POINT, hours_per="mixed")) == [20_800, 31_200, 19_500]


@pytest.mark.parametrize(
    ("heading", "hours"),
    [("Biweekly hours", "80"), ("Hours per week", "40"), ("Annual hours", "2080")],
)
def test_a_heading_says_what_hours_are_of(heading, hours):
    assert base(f"Company,Hourly Rate,{heading}\nA,10,{hours}\n") == [20_800]


def test_hours_that_no_pay_needs_are_not_asked():
    assert base("Company,Salary,Standard Hours\nA,50000,80\n") == [50_000]


@pytest.mark.parametrize(
    ("heading", "words", "period"),
    [
        ("Base Pay (Bi-Weekly)", "base pay", "two weeks"), ("Day rate", "day rate", ""),
        ("Rate per day", "rate", "day"), ("Months of service", "months of service", ""),
        ("Pay day", "pay", "day"), ("Salary p.a.", "salary", "year"), ("Month", "month", ""),
    ],
)  # fmt: skip
def test_a_period_in_a_heading_is_apart_from_its_words(heading, words, period):
    assert split_period(heading) == (words, period)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("JobTitle", "job title"), ("EmployeeID", "employee id"), ("# Incs", "incs"),
        ("FTE %", "fte percent"), ("Base\r\nSalary", "base salary"), ("  Base   pay ", "base pay"),
        ("50th %ile", "50th percentile"), ("HRBand", "hr band"), ("P25th", "p25th"),
    ],
)  # fmt: skip
def test_a_heading_is_read_in_words(heading, words):
    assert tidy_heading(heading) == words


def test_the_times_a_year_are_those_of_52_weeks_of_5_days():
    assert TIMES_A_YEAR["day"] == 5 * TIMES_A_YEAR["week"] == 10 * TIMES_A_YEAR["two weeks"]


@pytest.mark.parametrize("heading", ["Salary Type", "How paid"])
def test_a_column_of_periods_is_known_by_its_cells(heading):
    text = f"Company,Salary,{heading}\nA,94477.50,Annual\nA,22.71,Hourly\nA,8000,Monthly\n"
    found = bring(
        "records", text, replace(SAID, set_values={**SAID.set_values, "hours_per_week": "40"})
    )
    assert found.report.questions == ()
    assert found.values("base") == [94_477.5, 47_236.8, 96_000]


def test_states_and_years_alone_are_no_column_of_periods():
    for cells in (["PA", "MO"], ["Annual", "Annual"], ["Monthly", "Late shift"]):
        text = f"Company,Salary,Note\nA,94477,{cells[0]}\nA,95000,{cells[1]}\n"
        assert bring("records", text, SAID).values("base") == [94_477, 95_000]


def test_other_pay_beside_a_column_of_periods_is_asked_and_never_a_month_taken_for_a_year():
    text = "Company,Salary,Pay Frequency,Commission\nA,5000,Monthly,500\nB,60000,Annual,6000\n"
    (question,) = bring("records", text, POINT).report.questions
    assert (question.key, "--other-pay-per row" in question.option) == ("other_pay_per", True)
    year, row = (with_answer(POINT, question.key, answer) for answer in ("year", "row"))
    assert bring("records", text, year).values("variable") == [500, 6_000]
    assert bring("records", text, row).values("variable") == [6_000, 6_000]
    assert bring("records", text, row).values("base") == [60_000, 60_000]


def test_other_pay_further_down_than_questions_look_is_left_empty_and_listed():
    head = "Company,Salary,Pay Frequency,Commission\n" + "A,60000,Annual,0\n" * 2_500
    found = bring("records", head + "B,5000,Monthly,500\nC,5000,Monthly,10%\n", POINT)
    assert not found.report.questions
    assert found.values("variable")[-2:] == [None, 6_000]
    ((column, rows),) = [(c.column, c.rows) for c in found.report.cleared]
    assert (column, rows) == ("Commission", 1)


def test_other_pay_is_not_asked_of_yearly_rows_or_where_it_is_empty_a_percentage_or_stated():
    for text in (
        "Company,Salary,Pay Frequency,Commission\nA,5000,Monthly,\nB,60000,Annual,6000\n",
        "Company,Salary,Pay Frequency,Commission\nA,5000,Monthly,10%\n",
        "Company,Salary,Pay Frequency,Annual Commission\nA,5000,Monthly,500\n",
        "Company,Salary,Pay Frequency,Commission\nA,60000,Annual,500\n",
    ):
        assert not bring("records", text, POINT).report.questions, text


@pytest.mark.parametrize("total", ["5500", "66000"])
def test_a_total_of_the_row_s_period_or_of_a_year_is_base_plus_variable(total):
    text = f"Company,Salary,Pay Frequency,Annual Bonus,Total Cash\nA,5000,Monthly,6000,{total}\n"
    other = text.replace(total, "71000")
    warned = [bring("records", t, POINT).report.warnings() for t in (text, other)]
    assert ["is not base plus variable" in str(w) for w in warned] == [False, True]
