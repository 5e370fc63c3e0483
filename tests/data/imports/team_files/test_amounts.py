"""Amounts as people write them: Indian grouping, other digits, of a year, per cents of base."""

from dataclasses import replace

import pytest

from data.imports.team_files.validation_rules import OTHER_CURRENCY
from tests.data.loads import SAID, bring

INDIA = replace(SAID, set_values={**SAID.set_values, "currency": "INR"})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,34,567", 1_234_567), ("9,50,000.50", 950_000.5), ("1,05,00,000", 10_500_000),
        ("₹ 850000", 850_000), ("Rs. 8,50,000", 850_000), ("Rs 850000", 850_000),
        ("８５００００", 850_000), ("٨٥٠٠٠٠", 850_000), ("850,000", 850_000),
    ],
)  # fmt: skip
def test_amounts_in_indian_grouping_and_other_digits(cell, value):
    found = bring("records", f'Company,Base\nA,"{cell}"\n', INDIA)
    assert (found.values("base"), found.problems) == ([value], [])


def test_an_amount_of_another_currency_is_read_in_the_row_s_as_its_message_says():
    text = 'Company,Base\nA,"€95,000"\nA,90000\n'
    assert "--currency-signs ignore" in bring("records", text, SAID).problems[0].reason
    found = bring("records", text, replace(SAID, currency_signs="ignore"))
    assert (found.values("base"), found.problems) == ([95_000, 90_000], [])


@pytest.mark.parametrize("cell", ["₹ 850000", "Rs. 850000"])
def test_rupees_in_a_row_of_dollars_are_refused(cell):
    (problem,) = bring("records", f"Company,Base\nA,{cell}\n", SAID).problems
    assert problem.reason == OTHER_CURRENCY


@pytest.mark.parametrize(
    "cell",
    ["$105,000/yr", "105,000 per annum", "105000 p.a.", "USD 105,000 per year", "105k/year",
     "105,000 annually", "$105,000 a year"],
)  # fmt: skip
def test_an_amount_may_say_that_it_is_a_years(cell):
    assert bring("records", f'Company,Base\nA,"{cell}"\n', SAID).values("base") == [105_000]


@pytest.mark.parametrize("cell", ["$52.50/hr", "90-120k", "110k+", "~100k", "1,2,345"])
def test_an_amount_of_another_period_or_no_single_one_is_refused(cell):
    (problem,) = bring("records", f'Company,Base\nA,"{cell}"\nB,95000.5,\n', SAID).problems[:1]
    assert problem.reason == "is not an amount of pay"


def test_a_per_cent_of_variable_pay_is_money_of_base_pay():
    text = "Company,Base,Bonus\nA,90000,10%\nB,5000,12.5 %\nC,90000,9000\nD,90000,1000%x\n"
    found = bring("records", text, replace(SAID, decimal="."))
    assert found.values("variable") == [9_000, 625, 9_000, None]
    assert [p.value for p in found.cleared] == ["1000%x"]
    assert found.report.facts()["Per cents"] == "variable pay as a per cent is of base pay"
