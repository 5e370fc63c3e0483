import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.ote import Split, base_and_variable, parse_split, target_cash_from_base

SHARES = st.floats(0.01, 1)


def test_eighty_twenty_makes_variable_a_quarter_of_base():
    base, variable = base_and_variable(125_000, parse_split("80/20"))
    assert (base, variable) == (100_000, 25_000)
    assert variable / base == 0.25


@given(st.floats(0, 10_000_000), SHARES)
def test_base_and_variable_sum_to_target_cash(cash, share):
    base, variable = base_and_variable(cash, Split(share))
    assert base + variable == pytest.approx(cash)
    assert target_cash_from_base(float(base), Split(share)) == pytest.approx(cash)


@pytest.mark.parametrize("text", ["80/20", "85/15", "70.5/29.5", "100/0", " 60 / 40 "])
def test_a_split_is_written_as_it_is_read(text):
    assert parse_split(text).label == text.replace(" ", "")


@pytest.mark.parametrize("text", ["80", "80/30", "0/100", "-10/110", "a/b", "80/20/0", "120/-20"])
def test_what_is_no_split_is_refused(text):
    with pytest.raises(InputError):
        parse_split(text)


def test_negative_cash_is_refused():
    with pytest.raises(InputError, match="below 0"):
        base_and_variable([-1.0], Split(0.8))
