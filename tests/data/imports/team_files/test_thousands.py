"""Headings that state thousands: the factor is a column's own, shown, and units given win."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.imports.team_files.thousands import split_thousands
from tests.data.loads import SAID, bring


@pytest.mark.parametrize(("heading", "words"), [
    ("Base Salary ($000)", "Base Salary"), ("Base Salary ($000s)", "Base Salary"),
    ("Base (000s)", "Base"), ("Base ('000)", "Base"), ("Base Salary (USD 000)", "Base Salary"),
    ("Base Salary, $000", "Base Salary"), ("Annual Base (k EUR)", "Annual Base"),
    ("Base KEUR", "Base"), ("Base (€k)", "Base"), ("Base (k)", "Base"), ("Base in k€", "Base"),
    ("Bonus (TEUR)", "Bonus"), ("Bonus T€", "Bonus"), ("Gehalt (Tsd. EUR)", "Gehalt"),
    ("Pay in thousands", "Pay"), ("Base (thousands of dollars)", "Base"),
    ("Base (in USD thousands)", "Base"), ("Gehalt in Tausend", "Gehalt"),
])  # fmt: skip
def test_a_heading_that_states_thousands_is_read_without_it(heading, words):
    assert split_thousands(heading) == (words, 1_000)


@pytest.mark.parametrize("heading", [
    "Base Salary", "Base > 100,000", "401(k) Match", "401K Pay", "Base Salary 2000", "KPI Bonus",
    "Bonus (TE)", "Base ($)", "Base (EUR)", "Total Kept", "Bonus 1000",
])  # fmt: skip
def test_other_headings_state_none(heading):
    assert split_thousands(heading) == (heading, 1)


TEXT = (
    "Company,Base Salary ($000),Bonus,Total Cash (TUSD),Equity\n"
    "A,95.5,5000,100.5,10\nA,101,6000,107,20\nA,120k,0,120,30\n"
)


def test_only_the_columns_that_say_it_are_multiplied():
    found = bring("records", TEXT, SAID)
    assert found.values("base") == [95_500, 101_000, 120_000]
    assert found.values("variable") == [5_000, 6_000, 0]
    assert found.values("total_cash") == [100_500, 107_000, 120_000]
    assert found.values("equity") == [10, 20, 30]
    assert found.report.facts()["Units"] == (
        "Base Salary ($000) is in thousands, times 1,000; "
        "Total Cash (TUSD) is in thousands, times 1,000"
    )
    assert found.report.warnings() == []


@pytest.mark.parametrize("units", [1, 1000])
def test_units_that_are_given_win_over_headings(units):
    said = replace(SAID, units=Decimal(units))
    found = bring("records", TEXT.replace(",120k,0", ",120,0"), said)
    assert found.values("base") == [95.5 * units, 101 * units, 120 * units]
    assert "thousands" not in found.report.facts().get("Units", "")
    again = type(said).from_json(found.report.layout.as_options().to_json())
    assert again.units == units


def test_thousands_and_the_period_of_a_heading_go_together():
    text = "Company;Monatsgehalt (TEUR);Bonus\nA;7,5;1000\nA;8,25;2000\n"
    said = replace(SAID, columns={"base": "Monthly Pay (TEUR)"})
    found = bring("records", text.replace("Monatsgehalt", "Monthly Pay"), said)
    assert found.values("base") == [90_000, 99_000]  # 7.5 × 1,000 × 12, 8.25 × 1,000 × 12


def test_a_count_in_thousands_is_not_taken_for_a_count():
    text = "Company,Base,FTE (000s)\nA,95000,1\n"
    assert "fte" not in bring("records", text, SAID).report.layout.mapped


def test_a_sign_that_nobody_earns_by_is_ruled_out_in_thousands_too():
    found = bring("records", 'Company,Base (k USD)\nA,"95,500"\n', SAID)
    assert found.values("base") == [95_500]  # 95,500,000 a year is nobody's
