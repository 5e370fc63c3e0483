"""The cheapest raises that reach several goals at once, and what each of the goals costs.

A linear programme: raises in full-time pay are at least 0 and never go beyond the
maximum of a range, and the cost at each one's FTE is least. Solved by HiGHS (Huangfu and
Hall, 2018) through `scipy.optimize.linprog`. What is paid at the FTE is then rounded up to
the cent, so that no goal is missed by less than one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.errors import InputError
from analytics.grouped_quantiles import FloatArray, IntArray
from analytics.table_units import texts
from analytics.units import with_units

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class RaiseGoals:
    """What raises are to reach.

    ``minimum`` brings everybody to the minimum of their range; ``floors`` has the lowest
    compa-ratio for each value of the column ``rating``; with ``manager_step`` a manager
    gets at least so much more than each report, 0 being no less.
    """

    minimum: bool = True
    floors: Mapping[str, float] = field(default_factory=dict)
    rating: str = ""
    manager_step: float | None = None


@dataclass(frozen=True)
class RaisePlan:
    """The cheapest raises, one row for each person raised, and their cost a year.

    ``prices`` says for each goal how much less the others alone would cost.
    ``unreachable`` has pairs of manager and report whom no raise within the manager's
    range sets right; they are left as they are.
    """

    raises: pd.DataFrame
    cost: float
    prices: Mapping[str, float]
    unreachable: tuple[tuple[str, str], ...]


def goal_table(plan: RaisePlan, currency: str) -> pd.DataFrame:
    """Each goal with its price a year, and the plan's cost: one row each.

    Prices need not add up to the cost: where two goals ask for the same raise, leaving
    out either saves nothing.
    """
    rows = [("all goals together", plan.cost), *plan.prices.items()]
    table = pd.DataFrame(rows, columns=["goal", "price"]).assign(currency=currency)
    return with_units(table, {**texts("goal", "currency"), "price": "currency"})


@dataclass(frozen=True)
class _Solved:
    """What is paid on top at each one's FTE, and the pairs that can't be set right."""

    paid: FloatArray
    unreachable: list[tuple[int, int]]

    @property
    def cost(self) -> float:
        """The sum a year."""
        return round(float(self.paid.sum()), 2)


def cheapest_raises(people: pd.DataFrame, goals: RaiseGoals) -> RaisePlan:
    """The plan for people of a table of positions in one currency; those with a range alone.

    Raises `InputError` where no raises within the ranges reach all the goals.
    """
    placed = people[people.position != ""].reset_index(drop=True)
    solved = _solve(placed, goals)
    without = {
        "minimum": replace(goals, minimum=False) if goals.minimum else None,
        "floors by rating": replace(goals, floors={}) if goals.floors else None,
        "managers above reports": (
            replace(goals, manager_step=None) if goals.manager_step is not None else None
        ),
    }
    prices = {
        name: max(0.0, round(solved.cost - _solve(placed, fewer).cost, 2))
        for name, fewer in without.items()
        if fewer is not None
    }
    ids = placed.employee_id.astype(str)
    pairs = tuple((ids[m], ids[r]) for m, r in solved.unreachable)
    return RaisePlan(_table(placed, solved.paid), solved.cost, prices, pairs)


def _solve(people: pd.DataFrame, goals: RaiseGoals) -> _Solved:
    """The cheapest raises, to the cent as paid."""
    from scipy.optimize import linprog  # only here: a start of the dashboard is spared it

    pay, fte = people.pay.to_numpy(float), people.fte.to_numpy(float)
    lowest, highest = _bounds(people, goals)
    managers, reports = _pairs(people) if goals.manager_step is not None else ([], [])
    step = 1 + (goals.manager_step or 0.0)
    reachable = highest[managers] >= step * lowest[reports] - 0.005
    unreachable = [(m, r) for m, r, ok in zip(managers, reports, reachable, strict=True) if not ok]
    m, r = np.asarray(managers, int)[reachable], np.asarray(reports, int)[reachable]
    if not len(people):
        return _Solved(np.zeros(0), unreachable)
    # step * (pay + raise) of a report is at most (pay + raise) of the manager.
    matrix = _pair_matrix(m, r, step, len(people))
    found = linprog(
        fte,
        A_ub=matrix if len(m) else None,
        b_ub=pay[m] - step * pay[r] if len(m) else None,
        bounds=np.column_stack((lowest - pay, highest - pay)),
        method="highs",
    )
    if not found.success:
        raise InputError(
            "no raises within the ranges reach all of these goals; lower a floor or the step "
            "between managers and reports"
        )
    most = np.maximum(np.round(fte * highest, 2) - people.paid.to_numpy(float), 0.0)
    raised = np.minimum(_cents_up(fte * found.x), most)
    return _Solved(_keep_steps(raised, people, (m, r), step, most), unreachable)


def _keep_steps(
    raised: FloatArray,
    people: pd.DataFrame,
    pairs: tuple[IntArray, IntArray],
    step: float,
    most: FloatArray,
) -> FloatArray:
    """Cents for managers whose reports' raises were rounded up, up the reporting lines."""
    managers, reports = pairs
    paid, fte = people.paid.to_numpy(float), people.fte.to_numpy(float)
    raised = raised.copy()
    # Two who manage each other at different FTEs may never agree to the cent.
    for _ in range(min(len(people), 50)):
        pay = (paid + raised) / fte
        due = _cents_up(fte[managers] * step * pay[reports] - paid[managers])
        more = raised.copy()
        np.maximum.at(more, managers, np.minimum(due, most[managers]))
        if np.array_equal(more, raised):
            break
        raised = more
    return raised


def _cents_up(amounts: FloatArray) -> FloatArray:
    """Amounts rounded up to the cent, at least 0; a rounding error of the solver is none."""
    up: FloatArray = np.maximum(np.ceil(np.round(100 * amounts, 4)), 0.0) / 100
    return up


def _bounds(people: pd.DataFrame, goals: RaiseGoals) -> tuple[FloatArray, FloatArray]:
    """The lowest and highest full-time pay that each person may end with."""
    pay = people.pay.to_numpy(float)
    lowest = pay.copy()
    highest = np.maximum(people.maximum.to_numpy(float), pay)
    if goals.minimum:
        lowest = np.maximum(lowest, people.minimum.to_numpy(float))
    if goals.floors:
        ratio = people[goals.rating].astype(str).map(dict(goals.floors)).fillna(0.0)
        floor = np.minimum(ratio.to_numpy(float) * people.midpoint.to_numpy(float), highest)
        lowest = np.maximum(lowest, floor)
    return lowest, highest


def _pairs(people: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Positions of each manager and report who are both among the people."""
    at = {name: i for i, name in enumerate(people.employee_id)}
    pairs = [(at[m], i) for i, m in enumerate(people.manager) if at.get(m, i) != i]
    return [m for m, _ in pairs], [r for _, r in pairs]


def _pair_matrix(managers: IntArray, reports: IntArray, step: float, people: int) -> "csr_array":
    from scipy.sparse import coo_array

    rows = np.arange(len(managers))
    values = np.concatenate((np.full(len(rows), step), np.full(len(rows), -1.0)))
    places = (np.concatenate((rows, rows)), np.concatenate((reports, managers)))
    return coo_array((values, places), shape=(len(rows), people)).tocsr()


def _table(people: pd.DataFrame, paid: FloatArray) -> pd.DataFrame:
    some, amounts = people[paid > 0], paid[paid > 0]
    full_time = amounts / some.fte
    table = some[["employee_id", "level", "title", "fte", "pay", "midpoint", "currency"]].assign(
        raise_full_time=full_time,
        raise_paid=amounts,
        new_pay=some.pay + full_time,
        new_compa_ratio=(some.pay + full_time) / some.midpoint,
        source=some.source,
        range_source=some.range_source,
    )
    money = ("pay", "midpoint", "raise_full_time", "raise_paid", "new_pay")
    units = {**texts(*table.columns), **dict.fromkeys(money, "currency")}
    ordered = table.sort_values("raise_paid", ascending=False, kind="stable")
    units |= {"fte": "number", "new_compa_ratio": "ratio"}
    return with_units(ordered.reset_index(drop=True), units)
