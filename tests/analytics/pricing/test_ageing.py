"""Ageing composes, and can be undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.pricing.ageing import (
    Month,
    ageing_factor,
    find_month,
    months_between,
    parse_month,
    target_month,
    yearly_rate,
)

RATES, MONTHS = st.floats(-0.5, 1.0), st.integers(-120, 120)


@given(RATES, MONTHS, MONTHS)
def test_ageing_composes_and_no_months_change_nothing(rate, a, b):
    twice = ageing_factor(rate, a) * ageing_factor(rate, b)
    assert twice == pytest.approx(ageing_factor(rate, a + b))
    assert ageing_factor(rate, 0) == 1


@given(st.floats(1e4, 1e6), RATES, st.integers(1, 120))
def test_the_rate_is_the_inverse(pay, rate, months):
    found_rate = yearly_rate(pay, pay * ageing_factor(rate, months), months)
    assert found_rate == pytest.approx(rate, abs=1e-9)


def test_a_year_at_three_per_cent():
    assert ageing_factor(0.03, 12) == pytest.approx(1.03)
    assert 100_000 * ageing_factor(0.04, 6) == pytest.approx(101_980.39, abs=0.005)


@pytest.mark.parametrize(
    ("mode", "to"), [("lag", "2027-01"), ("lead-lag", "2027-07"), ("lead", "2028-01")]
)
def test_a_plan_year_is_aged_to_its_start_middle_or_end(mode, to):
    assert str(target_month(mode, Month(2027, 1))) == to


@given(st.integers(1990, 2090), st.integers(1, 12), MONTHS)
def test_months_add_up(year, month, months):
    start = Month(year, month)
    assert months_between(start, start.plus(months)) == months
    assert parse_month(str(start)) == start


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-5", "Ma 2026", "13/2026"])
def test_what_is_no_month_says_how_to_write_one(text):
    with pytest.raises(InputError, match="write it like 2026-05"):
        parse_month(text)


@pytest.mark.parametrize(
    "text", ["2026-05", "05/2026", "5/2026", "May 2026", " may 2026", "MAY 2026"]
)
def test_a_month_is_read_as_people_write_it(text):
    assert parse_month(text) == Month(2026, 5)


def test_sept_is_september():
    assert parse_month("Sept 2027") == parse_month("Sep 2027") == Month(2027, 9)


@pytest.mark.parametrize(
    ("text", "month"), [("2026-05", Month(2026, 5)), ("undated", None), ("2026", None)]
)
def test_text_that_is_no_month_has_none(text, month):
    assert find_month(text) == month


@pytest.mark.parametrize("text", ["0001-01", "9999-12"])
def test_a_year_beyond_all_pay_is_refused(text):
    with pytest.raises(InputError, match="outside 1970 to 2100"):
        parse_month(text)


def test_odd_rates_and_modes_are_refused():
    with pytest.raises(InputError, match="outside"):
        ageing_factor(-1, 12)
    with pytest.raises(InputError, match="available: lag, lead-lag, lead"):
        target_month("soon", Month(2027, 1))
    with pytest.raises(InputError):
        yearly_rate(0, 1, 12)
