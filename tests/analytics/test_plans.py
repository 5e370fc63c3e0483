"""Attainment, payout and pay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.ote import Split
from analytics.plans import (
    Accelerator,
    Component,
    Plan,
    attainment,
    base_range,
    check_retention,
    package,
    payout_spread,
    retention,
    total_compensation,
)

STEPPED = Plan(0.5, 0.0, (Accelerator(1.0, 1.5), Accelerator(1.3, 2.0)), 2.0)


@st.composite
def plans(draw) -> Plan:
    threshold = draw(st.floats(0, 0.95))
    rates = draw(st.lists(st.floats(0, 4), min_size=1, max_size=3))
    steps = tuple(Accelerator(1 + 0.3 * i, rate) for i, rate in enumerate(rates))
    cap = draw(st.none() | st.floats(1, 4))
    return Plan(threshold, draw(st.floats(0, 1)), steps, cap)


@given(plans(), st.floats(0, 5), st.floats(0, 1))
def test_payout_is_one_at_target_never_falls_and_keeps_to_its_cap(plan, a, more):
    assert plan.payout(1) == pytest.approx(1)
    assert plan.payout(a) <= plan.payout(a + more) + 1e-12
    assert plan.cap is None or plan.payout(a) <= plan.cap


@pytest.mark.parametrize(
    ("a", "paid"),
    [(0, 0), (0.49, 0), (0.5, 0), (0.8, 0.6), (1, 1), (1.2, 1.3), (1.3, 1.45), (1.5, 1.85), (2, 2)],
)
def test_a_stepped_plan_by_hand(a, paid):
    assert STEPPED.payout(a) == pytest.approx(paid)


def test_retention_of_110_is_no_attainment_of_110():
    nrr = Component("NRR", 0.6, 0.90, 1.10)
    grr = Component("GRR", 0.4, 0.80, 0.92)
    assert nrr.attainment(1.10) == pytest.approx(1)
    assert attainment([nrr, grr], [1.10, 0.86]) == pytest.approx(0.6 + 0.4 * 0.5)
    assert nrr.attainment(0.5) == 0


def test_retention_by_hand():
    assert retention(1_000, 50, 70, 200) == pytest.approx((0.88, 1.08))


@given(st.floats(1, 1e6), st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 2))
def test_gross_is_at_most_one_and_at_most_net(start, contraction, churn, expansion):
    gross, net = retention(start, start * contraction, start * churn, start * expansion)
    check_retention(gross, net)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: check_retention(0.95, 0.90), "GRR 95% is above NRR 90%"),
        (lambda: check_retention(1.1, 1.2), "GRR 110% must be"),
        (lambda: Plan(cap=0.9), "cap 90% is under target"),
        (lambda: Plan(threshold=1.0), "threshold"),
        (lambda: Plan(accelerators=(Accelerator(1.2, 2),)), "accelerators begin at 100 %"),
        (lambda: Plan(accelerators=(Accelerator(1, 2), Accelerator(1, 3))), "accelerators begin"),
        (lambda: attainment([Component("A", 0.5, 0, 1)], [1]), "weights sum to 50%"),
        (lambda: attainment([Component("A", 1, 1, 1)], [1]), "A: target 1 is not above its floor"),
        (lambda: package(base=1, variable=1, ote=2), "give two of"),
        (lambda: package(base=3, ote=2), "is more than OTE"),
        (lambda: package(base=-1, ote=2), "0 or more"),
        (lambda: base_range(1, Split(0.8), 1), "equity share"),
    ],
)
def test_what_cant_be_says_why(make, message):
    with pytest.raises(InputError, match=message):
        make()


@given(st.floats(1e4, 1e6), st.floats(0, 1e6))
def test_any_two_figures_give_the_third(base, variable):
    ote = base + variable
    for made in (package(base=base, variable=variable), package(base=base, ote=ote)):
        assert made.base + made.variable == pytest.approx(made.ote) == pytest.approx(ote)
    assert package(variable=variable, ote=ote).base == pytest.approx(base)


def test_pay_at_attainments_by_hand():
    made = package(base=104_000, ote=130_000)
    assert made.split.label == "80/20"
    assert [made.pay(STEPPED.payout(a)) for a in (0, 0.8, 1, 1.2)] == pytest.approx(
        [104_000, 119_600, 130_000, 137_800]
    )


def test_the_payout_of_the_mean_is_not_the_mean_payout():
    spread = payout_spread(STEPPED, 1.0, 0.2)
    draw = np.random.default_rng(1).normal(1.0, 0.2, 400_000).clip(0)
    paid = np.array([STEPPED.payout(a) for a in draw[:60_000]])
    assert spread.payout_at_mean == 1
    assert spread.mean == pytest.approx(paid.mean(), abs=0.005)
    assert spread.mean < 0.98
    assert spread.deciles[4] == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("mean", "at_zero", "at_cap"),
    # Nothing is paid up to an attainment of .5. The cap of 2 is reached where
    # 1.45 + 2 · (attainment − 1.3) = 2, at 1.575. Half of a normal lies below its mean.
    [(0.5, 0.5, 0.0), (1.0, 0.006, 0.002), (1.575, 0.0, 0.5)],
)
def test_the_shares_paid_nothing_and_the_cap(mean, at_zero, at_cap):
    spread = payout_spread(STEPPED, mean, 0.2)
    assert (spread.share_at_zero, spread.share_at_cap) == pytest.approx((at_zero, at_cap), abs=1e-3)


def test_without_a_cap_nobody_is_paid_the_cap():
    assert payout_spread(Plan(), 5.0, 0.2).share_at_cap == 0


@pytest.mark.parametrize(("mean", "sd"), [(1.0, -0.01), (float("nan"), 0.1), (float("inf"), 0.1)])
def test_a_spread_that_cannot_be_is_refused(mean, sd):
    with pytest.raises(InputError):
        payout_spread(STEPPED, mean, sd)


def test_on_a_straight_line_the_two_agree():
    straight = Plan()
    spread = payout_spread(straight, 1.0, 0.1)
    assert spread.mean == pytest.approx(spread.payout_at_mean, abs=1e-9)
    assert payout_spread(straight, 1.2, 0).deciles == pytest.approx([1.2] * 9)


def test_total_and_what_base_may_be():
    made = package(base=104_000, ote=130_000)
    assert total_compensation(made, 20_000, 40_000, 4) == 160_000
    assert base_range(160_000, Split(0.8), 0.2) == pytest.approx((102_400, 128_000))


def test_a_hair_below_the_threshold_is_at_it():
    measures = [Component("GRR", 0.5, 0.80, 0.92), Component("NRR", 0.5, 0.90, 1.10)]
    reached = attainment(measures, [0.86, 1.00])
    assert reached != 0.5
    assert Plan(0.5, 0.5).payout(reached) == 0.5
