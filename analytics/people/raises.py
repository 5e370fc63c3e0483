"""The cheapest raises that reach several goals at once, and what each of the goals costs.

A linear programme: raises in full-time pay are at least 0 and never go beyond the
maximum of a range, and the cost at each one's FTE is least. Solved by HiGHS (Huangfu and
Hall, 2018) through `scipy.optimize.linprog`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

from analytics.errors import InputError
from analytics.grouped_quantiles import FloatArray, IntArray
from analytics.table_units import texts
from analytics.units import with_units


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


def cheapest_raises(people: pd.DataFrame, goals: RaiseGoals) -> RaisePlan:
    """The plan for people of a table of positions in one currency; those with a range alone.

    Raises `InputError` where no raises within the ranges reach all the goals.
    """
    placed = people[people.position != ""].reset_index(drop=True)
    amounts, unreachable = _solve(placed, goals)
    cost = _cost(placed, amounts)
    without = {
        "minimum": replace(goals, minimum=False) if goals.minimum else None,
        "floors by rating": replace(goals, floors={}) if goals.floors else None,
        "managers above reports": (
            replace(goals, manager_step=None) if goals.manager_step is not None else None
        ),
    }
    prices = {
        name: round(cost - _cost(placed, _solve(placed, fewer)[0]), 2)
        for name, fewer in without.items()
        if fewer is not None
    }
    pairs = tuple((str(placed.employee_id[m]), str(placed.employee_id[r])) for m, r in unreachable)
    return RaisePlan(_table(placed, amounts), cost, prices, pairs)


def _solve(people: pd.DataFrame, goals: RaiseGoals) -> tuple[FloatArray, list[tuple[int, int]]]:
    """The raise of each person, and the pairs that can't be set right."""
    pay = people.pay.to_numpy(float)
    lowest, highest = _bounds(people, goals)
    managers, reports = _pairs(people) if goals.manager_step is not None else ([], [])
    step = 1 + (goals.manager_step or 0.0)
    reachable = highest[managers] >= step * lowest[reports] - 0.005
    unreachable = [(m, r) for m, r, ok in zip(managers, reports, reachable, strict=True) if not ok]
    m, r = np.asarray(managers, int)[reachable], np.asarray(reports, int)[reachable]
    if not len(people):
        return np.zeros(0), unreachable
    # step * (pay + raise) of a report is at most (pay + raise) of the manager.
    matrix = _pair_matrix(m, r, step, len(people))
    found = linprog(
        people.fte.to_numpy(float),
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
    amounts: FloatArray = np.maximum(np.round(found.x, 2), 0.0)
    return amounts, unreachable


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


def _pair_matrix(managers: IntArray, reports: IntArray, step: float, people: int) -> csr_array:
    rows = np.arange(len(managers))
    values = np.concatenate((np.full(len(rows), step), np.full(len(rows), -1.0)))
    places = (np.concatenate((rows, rows)), np.concatenate((reports, managers)))
    return coo_array((values, places), shape=(len(rows), people)).tocsr()


def _cost(people: pd.DataFrame, amounts: FloatArray) -> float:
    return round(float((people.fte.to_numpy(float) * amounts).sum()), 2)


def _table(people: pd.DataFrame, amounts: FloatArray) -> pd.DataFrame:
    raised = amounts >= 0.01
    some = people[raised]
    table = some[["employee_id", "level", "title", "fte", "pay", "midpoint", "currency"]].assign(
        raise_full_time=amounts[raised],
        raise_paid=(some.fte * amounts[raised]).round(2),
        new_pay=some.pay + amounts[raised],
        new_compa_ratio=(some.pay + amounts[raised]) / some.midpoint,
    )
    money = ("pay", "midpoint", "raise_full_time", "raise_paid", "new_pay")
    units = {**texts(*table.columns), **dict.fromkeys(money, "currency")}
    ordered = table.sort_values("raise_paid", ascending=False).reset_index(drop=True)
    return with_units(ordered, {**units, "fte": "number", "new_compa_ratio": "ratio"})
