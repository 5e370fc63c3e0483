"""What may be shown of small cells."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import disclosure
from analytics.disclosure import (
    PayerEntries,
    count_contributors,
    may_be_shown,
    round_for_disclosure,
    size_band,
)


def test_five_contributors_of_whom_none_has_over_a_quarter():
    assert may_be_shown([4, 5, 5, 9], [0.25, 0.25, 0.251, 0.1]).tolist() == [
        False,
        True,
        False,
        True,
    ]


@settings(deadline=None)
@given(st.floats(1_000, 1e9))
def test_pay_is_rounded_by_at_most_half_a_percent(pay):
    rounded = float(round_for_disclosure(pay))
    assert abs(rounded - pay) <= 0.005 * pay + 1e-6
    assert float(round_for_disclosure(rounded)) == pytest.approx(rounded)


@pytest.mark.parametrize(
    ("pay", "rounded"),
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
def test_pay_is_rounded_to_one_two_or_five_times_a_power_of_ten(pay, rounded):
    assert float(round_for_disclosure(pay)) == rounded


def test_a_missing_figure_stays_missing():
    assert np.isnan(round_for_disclosure([np.nan, 5.0])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("n", "band"),
    [(4, "under 5"), (5, "5–9"), (9, "5–9"), (10, "10–19"), (19_999, "10,000 or more")],
)
def test_numbers_of_people_are_reported_in_bands(n, band):
    assert size_band(n) == band


# Group 0 has organizations 1 and 2, with 8 and 2 people; group 1 nobody; group 2 organization 0.
ENTRIES = PayerEntries(
    group=np.array([0, 0, 0, 2, 2]),
    payer=np.array([1, 2, 1, 0, 0]),
    people=np.array([3, 2, 5, 1, 1]),
)


def test_organizations_count_once_and_the_largest_with_all_its_people():
    contributors = count_contributors(ENTRIES, 3, single=False)
    assert contributors.count.tolist() == [2, 0, 1]
    assert contributors.largest_share.tolist() == [0.8, 0, 1]


def test_of_a_single_organization_the_people_of_the_largest_date_count():
    contributors = count_contributors(ENTRIES, 3, single=True)
    assert contributors.count.tolist() == [8, 0, 2]
    assert contributors.largest_share.tolist() == [0, 0, 0]


def test_who_is_left_when_some_are_taken_away():
    left = ENTRIES.minus(PayerEntries(np.array([0, 2]), np.array([1, 0]), np.array([7, 2])))
    assert left.group.tolist() == [0, 0]
    assert left.payer.tolist() == [1, 2]
    assert left.people.tolist() == [1, 2]


def test_the_documented_examples_hold():
    assert doctest.testmod(disclosure).failed == 0
