"""Decimal signs and the order of dates: what is proof, and what is asked."""

import pytest

from data.imports.team_files.number_format import date_order


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["13/03/2026"], "dmy"),
        (["03/13/2026"], "mdy"),
        (["31/01/2026"], "dmy"),
        (["12/03/2026", "03/12/2026", "13/03/2026"], "dmy"),
        (["12/03/2026", "03/12/2026", "03/13/2026"], "mdy"),
        (["13.03.2026"], "dmy"),
        (["13-03-2026 12:30"], "dmy"),
    ],
)
def test_a_number_above_12_is_a_day(dates, order):
    guess = date_order(dates)
    assert (guess.sign, guess.question) == (order, "")


@pytest.mark.parametrize("date", ["12/03/2026", "03/12/2026", "12/11/2026", "01/02/2026"])
def test_numbers_up_to_12_could_each_be_a_month(date):
    guess = date_order([date])
    assert guess.sign == ""
    assert date in guess.question


@pytest.mark.parametrize("dates", [[], ["12/12/2026"], ["2026-03-12"], ["12 Mar 2026", "1/1/2026"]])
def test_dates_that_read_alike_in_both_orders_need_none(dates):
    guess = date_order(dates)
    assert (guess.sign, guess.question) == ("", "")


def test_dates_that_prove_both_orders_contradict_each_other():
    guess = date_order(["13/03/2026", "03/13/2026"])
    assert guess.sign == ""
    assert "'13/03/2026' and '03/13/2026'" in guess.question
