"""From one pay basis to another, by stated assumptions alone."""

from math import log

import pytest

from analytics.errors import InputError
from analytics.pricing.bridges import bridge


@pytest.mark.parametrize(
    ("start", "end", "factor", "assumption"),
    [
        ("base", "base", 1, ""),
        ("base", "target_cash", 1.25, "base is 80% of target cash"),
        ("target_cash", "base", 0.8, "base is 80% of target cash"),
        ("total_comp", "target_cash", 0.9, "equity is 10% of total pay, at most 20%"),
        (
            "total_comp",
            "base",
            0.72,
            "base is 80% of target cash, equity is 10% of total pay, at most 20%",
        ),
        (
            "total_cash",
            "base",
            0.8,
            "cash actually paid is taken as target cash, base is 80% of target cash",
        ),
        ("unstated", "base", 1, "pay of no stated basis is taken as base pay"),
        (
            "oews_wage",
            "target_cash",
            1,
            "the BLS wage, with commissions and without bonuses and equity, is taken as "
            "target cash",
        ),
    ],
)
def test_each_bridge_has_its_factor_and_its_assumption(start, end, factor, assumption):
    found = bridge(start, end, 0.8, 0.1)
    assert (found.factor, found.assumption) == (pytest.approx(factor), assumption)


@pytest.mark.parametrize(("split", "equity"), [(0, 0.1), (1.1, 0.1), (0.8, 1), (0.8, -0.1)])
def test_assumptions_out_of_range_are_refused(split, equity):
    with pytest.raises(InputError):
        bridge("base", "total_comp", split, equity)


def test_a_basis_outside_a_package_is_no_target():
    with pytest.raises(InputError, match="base pay can't be converted to OEWS wage"):
        bridge("base", "oews_wage", 0.8, 0.1)


def test_the_reach_of_a_bridge_is_that_of_equity_from_none_to_its_ceiling():
    # 10 % is taken; with none base is 1/.9 as high, with 20 % it is .8/.9 as high.
    down, up = bridge("total_comp", "base", 0.8, 0.1, 0.2).reach
    assert (down, up) == pytest.approx((log(0.9 / 0.8), -log(0.9)))
    assert bridge("base", "total_comp", 0.8, 0.1, 0.2).reach == pytest.approx((up, down))
    assert bridge("base", "target_cash", 0.8, 0.1, 0.2).reach == (0, 0)
    # Equity stated above the ceiling is the ceiling.
    assert bridge("total_comp", "base", 0.8, 0.3, 0.2).reach == pytest.approx((0, -log(0.7)))
