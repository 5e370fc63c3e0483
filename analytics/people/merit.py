"""A merit cycle: raises by performance and position in range, prorated and capped.

A person's rate is the matrix's at their rating and compa-ratio, times the share of the
review period that they were employed in. The raise of base pay ends at the maximum of the
range; what is beyond it is a lump sum, or nothing. All amounts are to the cent, as paid at
the FTE. Source: WorldatWork's merit matrix; docs/methods.md, "People and ranges".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.errors import InputError
from analytics.grouped_quantiles import FloatArray, IntArray
from analytics.people.groups import filled, in_order
from analytics.people.merit_matrix import MeritMatrix
from analytics.table_units import texts
from analytics.units import with_units

#: Rates are rounded down to a tenth of a percent where a round matrix is wanted.
RATE_STEP = 0.001
_MOST_FACTOR = 100.0
_MONEY = ("paid", "pay", "midpoint", "maximum", "merit", "raise_paid", "lump_sum", "new_pay")


@dataclass(frozen=True)
class MeritCycle:
    """How merit is given: the matrix, the column of ratings, the review period, the caps.

    Days of the period are such as ``2026-01-01``, both included; without them nobody is
    prorated. With ``lump_sums`` what is beyond the maximum is paid once.
    """

    matrix: MeritMatrix
    rating: str
    start: str = ""
    end: str = ""
    lump_sums: bool = True

    def __post_init__(self) -> None:
        if bool(self.start) != bool(self.end):
            raise InputError("a review period needs its first and its last day")
        if self.start and self.start > self.end:
            raise InputError(f"the review period ends on {self.end}, before {self.start}")


def employed_share(hired: pd.Series, start: str, end: str) -> FloatArray:
    """The share of a period's days that somebody was employed in; 1 without a hire date.

    >>> import pandas as pd
    >>> employed_share(pd.Series(["2026-07-02", None, "2027-02-01"]), "2026-01-01",
    ...     "2026-12-31").round(4).tolist()
    [0.5014, 1.0, 0.0]
    """
    if not start:
        return np.ones(len(hired))
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    since = pd.to_datetime(hired, errors="coerce").fillna(first).clip(lower=first)
    days = (last - since).dt.days.to_numpy(float) + 1
    shares: FloatArray = np.clip(days / ((last - first).days + 1), 0.0, 1.0)
    return shares


def merit_table(people: pd.DataFrame, cycle: MeritCycle) -> pd.DataFrame:
    """What each person gets: one row for everybody of a table of positions, in its order.

    ``rate`` is the matrix's; ``merit`` is pay times rate times ``employed``, of which
    ``raise_paid`` is within the range and ``lump_sum`` beyond it. Who has no range, or a
    rating that the matrix lacks, gets nothing, and ``why`` says so.
    """
    basis = _basis(people, cycle)
    rate, merit, raised, lump = _amounts(basis, cycle)
    new_pay = people.pay + raised / people.fte.where(people.fte > 0)
    placed = people.position != ""
    columns = ["employee_id", "level", "title", "fte", "hire_date", "paid", "pay", "compa_ratio"]
    table = people[[*columns, "midpoint", "maximum", "currency"]].assign(
        rating=filled(people[cycle.rating]),
        band=np.where(placed, np.array(cycle.matrix.bands)[basis.band], ""),
        rate=rate,
        employed=basis.employed,
        merit=merit,
        raise_paid=raised,
        lump_sum=lump,
        new_pay=new_pay,
        new_compa_ratio=new_pay / people.midpoint,
        why=np.select(
            [~placed, ~basis.counts], [people.why.to_numpy(object), "no rate for this rating"], ""
        ).astype(str),
        source=people.source,
        range_source=people.range_source,
    )
    units = {**texts(*table.columns), **dict.fromkeys(_MONEY, "currency"), "hire_date": "date"}
    shares = {**dict.fromkeys(("rate", "employed"), "share"), "fte": "number"}
    ratios = dict.fromkeys(("compa_ratio", "new_compa_ratio"), "ratio")
    return with_units(table, units | shares | ratios)


def merit_cost(table: pd.DataFrame) -> float:
    """What a table of `merit_table` costs: raises of a year and lump sums."""
    return round(float(table.raise_paid.sum() + table.lump_sum.sum()), 2)


def merit_to_budget(
    people: pd.DataFrame, cycle: MeritCycle, budget: float, step: float = 0.0
) -> tuple[MeritCycle, float]:
    """The cycle with its matrix times the largest factor that keeps within a budget.

    Rates are rounded down to ``step`` if it is above 0. The factor is 0 where not even
    that much is covered, and never above 100. Raises `InputError` for a budget below 0.
    """
    if not budget >= 0:
        raise InputError(f"a budget of {budget:g} must be 0 or more")

    def scaled(factor: float) -> MeritCycle:
        return replace(cycle, matrix=cycle.matrix.times(factor, step))

    basis = _basis(people, cycle)

    def cost(some: MeritCycle) -> float:
        _, _, raised, lump = _amounts(basis, some)
        return round(float(raised.sum() + lump.sum()), 2)

    def fits(factor: float) -> bool:
        return cost(scaled(factor)) <= budget

    if cost(cycle) == 0:
        return cycle, 1.0
    low, high = 0.0, _MOST_FACTOR
    if fits(high):
        return scaled(high), high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return scaled(low), low


def merit_cost_table(
    people: pd.DataFrame, table: pd.DataFrame, by: str, order: Sequence[str] = ()
) -> pd.DataFrame:
    """One row for each value of ``by``, a column of ``people``: heads, raises, lump sums, share.

    ``table`` is that of `merit_table` for the same people; ``payroll`` is what those with
    a range are paid.
    """
    capped = table.raise_paid < table.merit
    each = table.assign(
        has_raise=table.raise_paid > 0, capped=capped, in_range=table.paid.where(table.band != "")
    ).groupby(filled(people[by]))
    frame = pd.DataFrame(
        {
            "people": each.size(),
            "raised": each.has_raise.sum().astype(int),
            "capped": each.capped.sum().astype(int),
            "raises": each.raise_paid.sum().astype(float).round(2),
            "lump_sums": each.lump_sum.sum().astype(float).round(2),
            "cost": (each.raise_paid.sum() + each.lump_sum.sum()).astype(float).round(2),
            "payroll": each.in_range.sum().astype(float),
        }
    )
    share = (frame.cost / frame.payroll.where(frame.payroll > 0)).fillna(0.0)
    currency = table.currency.iloc[0] if len(table) else ""
    frame = in_order(frame.assign(share_of_payroll=share), order).assign(currency=currency)
    money = dict.fromkeys(("raises", "lump_sums", "cost", "payroll"), "currency")
    heads = dict.fromkeys(("people", "raised", "capped"), "count")
    return with_units(
        frame, {**texts("group", "currency"), **money, **heads, "share_of_payroll": "share"}
    )


@dataclass(frozen=True, eq=False)
class _Basis:
    """What merit is computed from, one value a person, whatever the rates are.

    ``row`` and ``band`` are places in the matrix, ``counts`` says who has both; ``room``
    is what base pay may rise by, as paid.
    """

    row: IntArray
    band: IntArray
    counts: NDArray[np.bool_]
    employed: FloatArray
    paid: FloatArray
    room: FloatArray


def _basis(people: pd.DataFrame, cycle: MeritCycle) -> _Basis:
    rows = filled(people[cycle.rating]).map({r: i for i, r in enumerate(cycle.matrix.ratings)})
    paid = people.paid.astype(float)
    room = ((people.fte * people.maximum).round(2) - paid).clip(lower=0.0).fillna(0.0)
    return _Basis(
        rows.fillna(0).astype(int).to_numpy(),
        _band(people, cycle.matrix),
        (rows.notna() & (people.position != "")).to_numpy(bool),
        employed_share(people.hire_date, cycle.start, cycle.end),
        paid.fillna(0.0).to_numpy(),
        room.round(2).to_numpy(),
    )


def _amounts(
    basis: _Basis, cycle: MeritCycle
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Each one's rate, merit, raise within the range and lump sum."""
    rate = np.where(basis.counts, np.array(cycle.matrix.rates)[basis.row, basis.band], 0.0)
    merit = np.round(basis.paid * rate * basis.employed, 2)
    raised = np.minimum(merit, basis.room)
    lump = np.round(merit - raised, 2) if cycle.lump_sums else np.zeros(len(merit))
    return rate, merit, raised, lump


def _band(people: pd.DataFrame, matrix: MeritMatrix) -> IntArray:
    """Each one's band; just where a band begins is in it."""
    ratios = people.compa_ratio.astype(float).round(9).fillna(0.0)
    at: IntArray = np.searchsorted(np.array(matrix.edges), ratios.to_numpy(), side="right")
    return at
