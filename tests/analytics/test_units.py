"""Units: each is written as its people write it, and none is guessed."""

import doctest

import pandas as pd
import pytest

from analytics import money, units
from analytics.errors import UnitError
from analytics.units import format_number, row_unit, unit_of, unit_of_row, units_of, with_units


@pytest.mark.parametrize(
    ("unit", "value", "written"),
    [
        ("count", 2_814_000, "2,814,000"),
        ("year", 2025, "2025"),
        ("ordinal", 1234, "1234"),
        ("percent", 3.5, "3.5%"),
        ("percent", 0.33, "0.33%"),
        ("share", 0.035, "3.5%"),
        ("index", 88.007, "88.007"),
        ("USD", 117_500.4, "$117,500"),
        ("EUR", 71_000, "€71,000"),
        ("CHF", 95_000, "CHF 95,000"),
        ("USD/hour", 21.53, "$21.53"),
        ("ratio", 0.95, "0.95"),
        ("factor", 1.0691561, "1.0692"),
        ("years", 12.5, "12.5"),
        ("score", 4.0, "4"),
        ("ln(USD)", 11.6743, "11.6743"),
        ("USD", -500, "−$500"),
    ],
)
def test_a_number_is_written_by_its_unit(unit, value, written):
    assert format_number(value, unit_of(unit)) == written


@pytest.mark.parametrize("value", [None, float("nan")])
def test_what_is_unknown_is_written_as_nothing(value):
    assert format_number(value, unit_of("USD")) == ""


@pytest.mark.parametrize(
    ("label", "name"),
    [("jobs", "count"), ("percent", "percent"), ("US = 100", "index"), ("EUR", "EUR"),
     ("December 2005 = 100", "index")],
)  # fmt: skip
def test_a_row_names_its_own_unit(label, name):
    assert unit_of_row(label).name == name
    assert row_unit(unit_of("by unit"), {"unit": label}).name == name


def test_money_of_a_row_is_in_the_currency_of_the_row():
    unit = row_unit(unit_of("currency"), {"currency": "EUR"})
    assert format_number(71_000, unit) == "€71,000"


@pytest.mark.parametrize("name", ["dollars", "usd", "USD/day", ""])
def test_an_unknown_unit_is_refused(name):
    with pytest.raises(UnitError, match="no unit"):
        unit_of(name)


def test_a_column_without_a_unit_is_named():
    frame = with_units(pd.DataFrame({"a": [1], "b": [2]}), {"a": "count"})
    with pytest.raises(UnitError, match=r"column\(s\) b$"):
        units_of(frame)


def test_units_travel_with_the_table():
    frame = with_units(pd.DataFrame({"a": [1, 2], "p50": [1.0, 2.0]}), {"a": "count", "p50": "USD"})
    narrowed = frame[frame.a > 1].drop(columns="a").head(1)
    assert {name: unit.name for name, unit in units_of(narrowed).items()} == {"p50": "USD"}


def test_a_table_made_of_another_gets_units_of_its_own():
    whole = with_units(
        pd.DataFrame({"pay": [80_000], "year": [2025]}), {"pay": "USD", "year": "year"}
    )
    part = with_units(whole[whole.pay > 0].sort_values("pay"), {"pay": "EUR"})
    assert {name: unit.name for name, unit in units_of(part).items()} == {
        "pay": "EUR",
        "year": "year",
    }
    assert units_of(whole)["pay"].name == "USD"
    assert whole.copy().attrs == {"units": {"pay": "USD", "year": "year"}}


@pytest.mark.parametrize("module", [units, money], ids=["units", "money"])
def test_the_examples_in_the_docstrings_run(module):
    assert doctest.testmod(module).failed == 0
