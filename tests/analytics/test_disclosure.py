"""What may be shown of small cells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure import may_be_shown, round_for_disclosure, size_band


def test_five_payers_of_whom_none_holds_over_a_quarter():
    assert may_be_shown([4, 5, 5, 9], [0.25, 0.25, 0.251, 0.1]).tolist() == [
        False,
        True,
        False,
        True,
    ]


@settings(deadline=None)
@given(st.floats(1_000, 1e9))
def test_pay_is_rounded_by_at_most_half_a_per_cent(pay):
    coarse = float(round_for_disclosure(pay))
    assert abs(coarse - pay) <= 0.005 * pay + 1e-6
    assert float(round_for_disclosure(coarse)) == pytest.approx(coarse)


@pytest.mark.parametrize(
    ("pay", "coarse"),
    [
        (117_499, 117_000),
        (117_500, 118_000),
        (234_567, 234_000),
        (523_400, 525_000),
        (63_260, 63_500),
        (0, 0),
        (-117_499, -117_000),
    ],
)
def test_the_steps_are_one_two_and_five(pay, coarse):
    assert float(round_for_disclosure(pay)) == coarse


def test_what_is_not_known_stays_so():
    assert np.isnan(round_for_disclosure([np.nan, 5.0])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("n", "band"),
    [(4, "under 5"), (5, "5–9"), (9, "5–9"), (10, "10–19"), (19_999, "10,000 or more")],
)
def test_people_come_in_bands(n, band):
    assert size_band(n) == band
