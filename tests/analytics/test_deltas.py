import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.deltas import Rung, Step, delta, steps
from analytics.errors import InputError

PAY = st.floats(10_000, 900_000)
LADDER = [
    Rung("P4", "professional", 4, 4),
    Rung("P3", "professional", 3, 3),
    Rung("M3", "management", 7, 4),
    Rung("M4", "management", 8, 5),
]


def test_steps_go_up_each_track_and_across_at_one_grade():
    assert steps(LADDER) == [
        Step("P3", "P4", "within"),
        Step("P4", "M3", "across"),
        Step("M3", "M4", "within"),
    ]


def test_a_step_is_worth_the_difference_with_the_reach_of_the_fits():
    worth = delta([100, 90, 120], [125, 117, 132])
    assert (worth.amount, worth.amount_low, worth.amount_high) == (25, 12, 27)
    assert (worth.ratio, worth.ratio_low, worth.ratio_high) == pytest.approx((0.25, 0.1, 0.3))


@given(st.lists(st.tuples(PAY, PAY), min_size=1, max_size=8))
def test_steps_are_antisymmetric_and_inside_their_interval(fits):
    start, end = zip(*fits, strict=True)
    up, down = delta(start, end), delta(end, start)
    assert up.amount == -down.amount
    assert up.amount_low == -down.amount_high
    assert up.amount_low <= up.amount <= up.amount_high
    assert (1 + up.ratio) * (1 + down.ratio) == pytest.approx(1)


@pytest.mark.parametrize(("start", "end"), [([0], [1]), ([1], [-1]), ([1, 2], [1])])
def test_nonsense_is_refused(start, end):
    with pytest.raises(InputError):
        delta(start, end)
