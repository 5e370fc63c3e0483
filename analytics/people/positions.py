"""Each person against the pay range of their job, level and zone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from analytics.load_source import load_source
from analytics.own_pay import OwnRange
from analytics.people.range_finder import Placement, RangeFinder
from analytics.people.roster import POSITION_COLUMNS, Roster
from analytics.ranges.position import (
    amount_to_reach,
    compa_ratio,
    penetration,
    position_in_range,
)
from analytics.table_units import texts
from analytics.units import with_units
from analytics.wage_rows import PlaceName

_KEY = (
    *("code", "level", "profile_level", "function", "focus", "title", "place", "zone"),
    *("currency", "has_variable"),
)
_OF_RANGE = ("minimum", "midpoint", "maximum", "market", "midpoint_below", "midpoint_above")
#: What `with_positions` computes.
COMPUTED = (
    *("paid", "pay", "position", "compa_ratio", "penetration", "to_minimum", "over_maximum"),
)
_MONEY = ("paid", "pay", *_OF_RANGE, "to_minimum", "over_maximum")


@dataclass(frozen=True)
class Positions:
    """Everybody against their range: one row a person, in both tables.

    ``paid`` is what is paid a year for the FTE, ``pay`` the same full-time, both on the
    range's pay basis (base where there is no range). Ends, midpoint and ``market``, the
    market's median for the range, are full-time; ``to_minimum`` and ``over_maximum`` are
    at the FTE, as they would be paid. ``why`` says why somebody has no range; it is empty
    for those who have one. `Roster` explains ``further`` and ``earlier``.
    """

    people: pd.DataFrame
    leavers: pd.DataFrame
    further: tuple[str, ...]
    earlier: int


@dataclass(frozen=True)
class _Lookup:
    """What finds somebody's range, the market's median of it, and the ranges beside it."""

    finder: RangeFinder
    market_of: Callable[[OwnRange], float | None]
    neighbors: Mapping[str, tuple[str, str]]

    def row(self, person: Placement) -> dict[str, object]:
        """The columns that a table of positions takes from the range."""
        found = self.finder.find(person)
        r = found.pay_range
        below, above = self.neighbors.get(r.level, ("", "")) if r else ("", "")
        return {
            "pay_basis": r.pay_basis if r else "base",
            "range": range_label(r) if r else "",
            "minimum": r.minimum if r else None,
            "midpoint": r.midpoint if r else None,
            "maximum": r.maximum if r else None,
            "market": self.market_of(r) if r else None,
            "level_below": below,
            "midpoint_below": self._midpoint_at(below, person, r),
            "level_above": above,
            "midpoint_above": self._midpoint_at(above, person, r),
            "why": found.why,
            "range_source": r.source if r else "",
        }

    def _midpoint_at(self, level: str, person: Placement, own: OwnRange | None) -> float | None:
        """The midpoint of somebody's range if they were on another level; None if not alike."""
        if not level or own is None:
            return None
        code = f"{person.code.rpartition('.')[0]}.{level}" if person.code else ""
        there = replace(person, code=code, level=level, profile_level="", title="")
        r = self.finder.find(there).pay_range
        alike = r is not None and (r.place, r.pay_basis) == (own.place, own.pay_basis)
        return r.midpoint if r is not None and alike else None


def positions_of(
    roster: Roster,
    ranges: Iterable[OwnRange],
    places: Sequence[PlaceName] = (),
    market_of: Callable[[OwnRange], float | None] = lambda _: None,
    neighbors: Mapping[str, tuple[str, str]] | None = None,
) -> Positions:
    """Everybody's position; rows in are rows out, those without a range included.

    ``places`` are the known ones; ``market_of`` gives the market's median of a range, on
    its own pay basis, and None where there is none. ``neighbors`` has the levels below
    and above each level (`analytics.people.level_check.neighbor_levels`).
    """
    lookup = _Lookup(RangeFinder(ranges, places), cache(market_of), neighbors or {})
    return Positions(
        _placed(roster.people, roster.further, lookup),
        _placed(roster.leavers, roster.further, lookup),
        roster.further,
        roster.earlier,
    )


def _placed(people: pd.DataFrame, further: Sequence[str], lookup: _Lookup) -> pd.DataFrame:
    people = people.assign(has_variable=people.variable.notna())
    found = _ranges_of(people, lookup)
    table = pd.concat([people, found], axis=1)
    table = with_positions(table).assign(source=table.load.map(load_source))
    return with_units(
        table[[*POSITION_COLUMNS, *further]].reset_index(drop=True), position_units(further)
    )


def with_positions(table: pd.DataFrame) -> pd.DataFrame:
    """The table with all that follows from pay, FTE and range, computed or computed anew.

    It has ``base``, ``variable``, ``pay_basis``, ``fte``, ``why`` and the range's columns; it
    is given `COMPUTED`. Who has an FTE of 0 has no range.
    """
    paid = table.base + np.where(table.pay_basis == "target_cash", table.variable.fillna(0), 0)
    fte = table.fte.astype(float)
    no_time = ~(fte > 0)
    table = table.assign(
        paid=paid,
        pay=np.where(no_time, np.nan, paid / fte.where(~no_time)),
        why=np.where(no_time, "the FTE is 0", table.why),
        **{end: table[end].where(~no_time) for end in _OF_RANGE},
    )
    return table.assign(
        position=position_in_range(paid, table.minimum, table.maximum, fte).astype(object),
        compa_ratio=compa_ratio(table.pay, table.midpoint),
        penetration=penetration(table.pay, table.minimum, table.maximum),
        to_minimum=amount_to_reach(paid, table.minimum, fte),
        over_maximum=amount_to_reach((fte * table.maximum).round(2), paid),
    )


def position_units(further: Sequence[str]) -> dict[str, str]:
    """The units of a table of positions with these further columns of the roster."""
    return {
        **texts(*POSITION_COLUMNS, *further),
        **dict.fromkeys(("base", "variable", *_MONEY), "currency"),
        "fte": "number",
        "compa_ratio": "ratio",
        "penetration": "share",
        **dict.fromkeys(("hire_date", "as_of"), "date"),
    }


def _ranges_of(people: pd.DataFrame, lookup: _Lookup) -> pd.DataFrame:
    """Each person's range, found once for all who are placed alike."""
    keys = people[list(_KEY)]
    if not lookup.finder.names_titles:
        keys = keys.assign(title="")
    number = keys.groupby(list(_KEY), sort=False).ngroup()
    first = ~number.duplicated()
    rows = [lookup.row(Placement(*key)) for key in keys[first].values.tolist()]
    columns = list(lookup.row(Placement(*("",) * 9, False)))
    table = pd.DataFrame(rows, columns=columns).iloc[number.tolist()]
    numbers = {name: table[name].astype(float) for name in _OF_RANGE}
    return table.assign(**numbers).set_axis(people.index)


def range_label(pay_range: OwnRange) -> str:
    """A range as people tell it apart: its level, what it is for, and where."""
    parts = (pay_range.level, pay_range.function, pay_range.name, pay_range.place)
    return ", ".join(filter(None, parts))
