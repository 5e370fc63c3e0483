"""The cheapest raises against every combination of raises on small rosters."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.people.positions import positions_of
from analytics.people.raises import RaiseGoals, cheapest_raises
from analytics.people.roster import read_roster
from tests.analytics.people.rosters import P3, PLACES, a_range, roster

#: In thousands: a narrow range, so that every combination can be tried.
RANGE = a_range(minimum=62e3, midpoint=64e3, maximum=66e3)
FLOORS = RaiseGoals(minimum=True, floors={"5": 1.0}, rating="Performance", manager_step=0.0)


def people(*rows: tuple[int, float, str, str]) -> pd.DataFrame:
    """Rows of full-time pay in thousands, FTE, the manager's id and a rating."""
    made = [
        {"base": 1e3 * pay * fte, "fte": fte, "kept": {"Manager ID": m, "Performance": rating}}
        for pay, fte, m, rating in rows
    ]
    return positions_of(read_roster(roster(*made), [P3]), [RANGE], PLACES).people


def every_combination(table: pd.DataFrame, goals: RaiseGoals) -> float:
    """The least cost of raises in whole thousands, by trying all."""
    at = {name: i for i, name in enumerate(table.employee_id)}
    pairs = [(at[m], i) for i, m in enumerate(table.manager) if m in at and at[m] != i]
    costs = []
    for amounts in product(range(8), repeat=len(table)):
        new = table.pay.to_numpy() + 1e3 * np.array(amounts)
        inside = all(new <= np.maximum(table.pay, 66e3))
        floors = [64e3 if rating == "5" else 0 for rating in table.Performance]
        enough = all(new >= 62e3) and (not goals.floors or all(new >= floors))
        if inside and enough and all(new[m] >= new[r] for m, r in pairs):
            costs.append(float(table.fte.to_numpy() @ np.array(amounts) * 1e3))
    return min(costs)


TEAMS = st.lists(
    st.tuples(
        st.integers(60, 66),
        st.sampled_from([0.5, 1.0]),
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["3", "5"]),
    ),
    min_size=1,
    max_size=4,
)


@given(TEAMS)
def test_the_optimum_is_that_of_enumeration(team):
    # Two who manage each other would need equal pay, which is a goal as well.
    table = people(*team)
    plan = cheapest_raises(table, FLOORS)
    assert plan.cost == pytest.approx(every_combination(table, FLOORS))
    assert plan.raises.raise_paid.sum() == pytest.approx(plan.cost)
    assert all(price >= 0 for price in plan.prices.values())


def test_prices_of_goals_by_hand():
    # The report must reach 64, so must the manager at half time, who needs 62 anyway.
    table = people((61, 0.5, "", "3"), (63, 1, "1", "5"))
    plan = cheapest_raises(table, FLOORS)
    assert plan.cost == 1_500 + 1_000
    assert plan.prices == {
        "minimum": 0, "floors by rating": 2_500 - 1_000, "managers above reports": 1_000,
    }  # fmt: skip
    assert plan.raises.employee_id.tolist() == ["1", "2"]
    assert plan.raises.new_pay.tolist() == [64e3, 64e3]


def test_a_pair_that_no_range_allows_is_named_and_left():
    table = people((64, 1, "", "3"), (70, 1, "1", "3"))
    plan = cheapest_raises(table, RaiseGoals(manager_step=0.0))
    assert (plan.cost, plan.unreachable) == (0, (("1", "2"),))


def test_goals_that_exclude_each_other_are_refused():
    chain = people((64, 1, "", "3"), (64, 1, "1", "3"), (64, 1, "2", "3"))
    assert cheapest_raises(chain, RaiseGoals(manager_step=0.01)).cost > 0
    with pytest.raises(InputError, match="no raises within the ranges"):
        cheapest_raises(chain, RaiseGoals(manager_step=0.03))


def test_nobody_and_no_goal_cost_nothing():
    assert cheapest_raises(people((64, 1, "", "3")).head(0), RaiseGoals()).cost == 0
    assert cheapest_raises(people((60, 1, "", "3")), RaiseGoals(minimum=False)).cost == 0
