"""From one pay basis to another, by stated assumptions alone."""

import pytest

from analytics.errors import InputError
from analytics.pricing.bridges import bridge


@pytest.mark.parametrize(
    ("start", "end", "factor", "assumption"),
    [
        ("base", "base", 1, ""),
        ("base", "target_cash", 1.25, "base is 80% of target cash"),
        ("target_cash", "base", 0.8, "base is 80% of target cash"),
        ("total_comp", "target_cash", 0.9, "equity is 10% of total pay"),
        ("total_comp", "base", 0.72, "base is 80% of target cash, equity is 10% of total pay"),
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
