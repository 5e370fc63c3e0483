"""What it costs to bring everybody to a point: the minimum, a compa-ratio, or the market."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.people.groups import filled, in_order
from analytics.ranges.position import amount_to_reach
from analytics.units import with_units

MINIMUM, COMPA_RATIO, MARKET = "minimum", "compa-ratio", "market"
GOALS = (MINIMUM, COMPA_RATIO, MARKET)
_UNITS = {
    **dict.fromkeys(("people", "raised"), "count"),
    **dict.fromkeys(("cost", "payroll", "largest"), "currency"),
    "fte_raised": "number",
    "share_of_payroll": "share",
    "group": "text",
    "currency": "text",
}


@dataclass(frozen=True)
class Goal:
    """Where everybody is to be at least: one of `GOALS`, with the ratio of a compa-ratio.

    No raise goes beyond the maximum of somebody's range.
    """

    kind: str
    ratio: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in GOALS:
            raise InputError(f"no goal {self.kind!r}; use {', '.join(GOALS)}")
        if not 0 < self.ratio <= 2:
            raise InputError(f"a compa-ratio of {self.ratio:g} must be above 0 and at most 2")

    @property
    def label(self) -> str:
        """The goal in words."""
        return f"a compa-ratio of {self.ratio:.2f}" if self.kind == COMPA_RATIO else (
            "the minimum of the range" if self.kind == MINIMUM else "the market's median"
        )  # fmt: skip


def raises_to(people: pd.DataFrame, goal: Goal) -> pd.Series:
    """What each person gets, as paid at the FTE; NaN without a range, or without a market.

    ``people`` is a table of positions (`analytics.people.positions`).
    """
    target = {
        MINIMUM: people.minimum,
        COMPA_RATIO: (goal.ratio * people.midpoint).clip(upper=people.maximum),
        MARKET: people.market.clip(upper=people.maximum),
    }[goal.kind]
    return pd.Series(amount_to_reach(people.paid, target, people.fte), people.index)


def cost_table(
    people: pd.DataFrame, goal: Goal, by: str, order: Sequence[str] = ()
) -> pd.DataFrame:
    """One row for each value of ``by``: who is raised, the cost a year, and what share it is.

    ``people`` are a table of positions in one currency. ``payroll`` is what everybody of
    the group with a known target is paid, on the basis of their ranges.
    """
    amounts = raises_to(people, goal)
    known = people[amounts.notna()].assign(amount=amounts)
    raised = known.amount.where(known.amount > 0)
    each = known.assign(raised=raised, of=known.fte.where(raised.notna())).groupby(
        filled(known[by])
    )
    frame = pd.DataFrame(
        {
            "people": each.size(),
            "raised": each.raised.count(),
            "fte_raised": each.of.sum().astype(float),
            "cost": each.raised.sum().astype(float).round(2),
            "payroll": each.paid.sum().astype(float),
            "largest": each.raised.max().astype(float).fillna(0.0),
        }
    )
    share = (frame.cost / frame.payroll.where(frame.payroll > 0)).fillna(0.0)
    frame.insert(5, "share_of_payroll", share)
    currency = known.currency.iloc[0] if len(known) else ""
    return with_units(in_order(frame, order).assign(currency=currency), _UNITS)
