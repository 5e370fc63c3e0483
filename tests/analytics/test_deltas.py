from math import exp, hypot, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.deltas import Delta, Pay, Rung, Step, delta, ladder_steps, mover, step_flag
from analytics.errors import InputError
from analytics.order_statistics import percentile_interval

PAY = st.floats(10_000, 900_000)
LADDER = [
    Rung("P4", "professional", 4, 4),
    Rung("P3", "professional", 3, 3),
    Rung("M3", "management", 7, 4),
    Rung("M4", "management", 8, 5),
]


def test_steps_go_up_each_track_and_across_at_one_grade():
    assert ladder_steps(LADDER) == [
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


def test_mover_by_hand():
    step = mover(Pay(100.0, 90.0, 112.0), Pay(120.0, 110.0, 130.0))
    down = hypot(log(120 / 110), log(112 / 100))
    up = hypot(log(130 / 120), log(100 / 90))
    assert (step.ratio_low, step.ratio_high) == pytest.approx(
        (1.2 * exp(-down) - 1, 1.2 * exp(up) - 1)
    )
    assert step.amount == 20


def test_mover_in_dollars_is_counted_from_the_pay_at_the_start():
    step = mover(Pay(88_000, 80_000, 100_000), Pay(120_000, 110_000, 135_000))
    # Down √(ln(120/110)² + ln(100/88)²) = .154636, up √(ln(135/120)² + ln(88/80)²) = .151515.
    # 120/88 · e^−.154636 = 1.168264 and 120/88 · e^.151515 = 1.586722; times 88,000 − 88,000.
    assert step.amount == 32_000
    assert (step.amount_low, step.amount_high) == pytest.approx((14_807.22, 51_631.53), abs=0.01)
    assert (step.ratio_low, step.ratio_high) == pytest.approx((0.168264, 0.586722), abs=1e-6)


FIGURE = st.tuples(st.floats(3e4, 3e5), st.floats(1, 1.5), st.floats(1, 1.5)).map(
    lambda t: Pay(t[0], t[0] / t[1], t[0] * t[2])
)


@given(FIGURE, FIGURE)
def test_mover_is_antisymmetric_and_narrower_than_subtracting_the_ends(a, b):
    forth, back = mover(a, b), mover(b, a)
    assert 1 + forth.ratio_low == pytest.approx(1 / (1 + back.ratio_high))
    assert forth.ratio_low - 1e-9 <= forth.ratio <= forth.ratio_high + 1e-9
    assert 1 + forth.ratio_high <= b.high / a.low * (1 + 1e-12)


@given(st.floats(3e4, 3e5), FIGURE)
def test_from_a_start_without_error_the_step_is_off_by_the_end_alone(start, end):
    step = mover(Pay(start, start, start), end)
    limits = (end.low - start, end.value - start, end.high - start)
    assert (step.amount_low, step.amount, step.amount_high) == pytest.approx(limits, abs=0.01)


@given(FIGURE, st.floats(3e4, 3e5))
def test_to_an_end_without_error_the_ratio_is_off_by_the_start_alone(start, end):
    step = mover(start, Pay(end, end, end))
    limits = (end / start.high - 1, end / start.low - 1)
    assert (step.ratio_low, step.ratio_high) == pytest.approx(limits, abs=1e-9)
    dollars = (start.value * limits[0], start.value * limits[1])
    assert (step.amount_low, step.amount_high) == pytest.approx(dollars, abs=0.01)


def test_mover_covers_the_true_step():
    draw = np.random.default_rng(7)
    n, true, hits = 60, 1.15, 0
    for _ in range(1_000):
        pays = [np.exp(draw.normal(m, 0.3, n)) for m in (0.0, log(true))]
        ends = [percentile_interval(p, 0.5) or (0, 0) for p in pays]
        a, b = (Pay(float(np.median(p)), *e) for p, e in zip(pays, ends, strict=True))
        step = mover(a, b)
        hits += 1 + step.ratio_low <= true <= 1 + step.ratio_high
    assert 0.94 <= hits / 1_000 <= 0.99


@pytest.mark.parametrize(
    ("high", "flag"), [(-0.01, "inversion"), (0.04, "compression"), (0.05, ""), (0.3, "")]
)
def test_only_what_the_interval_rules_out_is_named(high, flag):
    assert step_flag(Delta(0, 0, 0, -0.02, -0.1, high)) == flag


@pytest.mark.parametrize("pay", [Pay(0, 0, 1), Pay(2, 3, 4), Pay(2, 1, 1.5)])
def test_pay_that_its_limits_dont_hold_is_refused(pay):
    with pytest.raises(InputError):
        mover(pay, Pay(1, 1, 1))
