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
    amounts = np.array(list(product(range(8), repeat=len(table)))) * 1e3
    new = table.pay.to_numpy() + amounts
    floors = np.array([64e3 if rating == "5" else 62e3 for rating in table.Performance])
    passes = (new <= np.maximum(table.pay.to_numpy(), 66e3)).all(axis=1)
    passes &= (new >= (floors if goals.floors else 62e3)).all(axis=1)
    for manager, report in pairs:
        passes &= new[:, manager] >= new[:, report]
    return float((amounts[passes] @ table.fte.to_numpy()).min())


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


def test_a_step_between_manager_and_report_is_never_missed_by_a_cent():
    # 62,000.00 for the report, so at least 63,000.013 for the manager at .7 of full time.
    step = 1_000.0 / 62_000 + 2e-7
    table = people((61, 1, "2", "3"), (62, 0.7, "", "3"))
    plan = cheapest_raises(table, RaiseGoals(manager_step=step))
    paid = dict(zip(plan.raises.employee_id, plan.raises.raise_paid, strict=True))
    # 0.7 * 63,000.0124 is 44,100.0087, a cent more than the 44,100.00 of rounding down.
    assert paid == {"1": 1_000.0, "2": 700.01}
    manager = plan.raises.set_index("employee_id").new_pay["2"]
    assert manager >= (1 + step) * 62e3
    assert plan.cost == 1_700.01


@given(TEAMS, st.floats(0.0, 0.02))
def test_raises_reach_every_goal_to_the_cent_and_stay_in_the_range(team, step):
    # Only the first may manage: two who manage each other can't both be paid more.
    table = people(*[(pay, fte, m if i else "", r) for i, (pay, fte, m, r) in enumerate(team)])
    table.loc[table.manager == table.employee_id, "manager"] = ""
    table.loc[table.manager == "2", "manager"] = ""
    plan = cheapest_raises(table, RaiseGoals(manager_step=step))
    added = plan.raises.set_index("employee_id").raise_paid
    paid = table.paid + table.employee_id.map(added).fillna(0.0)
    assert (paid >= (62e3 * table.fte).round(2) - 1e-6).all()
    assert (paid <= (66e3 * table.fte).round(2) + 1e-6).all()
    pay = dict(zip(table.employee_id, paid / table.fte, strict=True))
    impossible = {report for _, report in plan.unreachable}
    for report, manager in zip(table.employee_id, table.manager, strict=True):
        if manager and report not in impossible:
            assert pay[manager] >= (1 + step) * pay[report] - 1e-4
