"""Each person against the pay range of their job, level and zone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
_MONEY = ("paid", "pay", "minimum", "midpoint", "maximum", "market", "to_minimum", "over_maximum")


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


def positions_of(
    roster: Roster,
    ranges: Iterable[OwnRange],
    places: Sequence[PlaceName] = (),
    market_of: Callable[[OwnRange], float | None] = lambda _: None,
) -> Positions:
    """Everybody's position; rows in are rows out, those without a range included.

    ``places`` are the known ones; ``market_of`` gives the market's median of a range, on
    its own pay basis, and None where there is none.
    """
    finder = RangeFinder(ranges, places)
    return Positions(
        _placed(roster.people, roster.further, finder, market_of),
        _placed(roster.leavers, roster.further, finder, market_of),
        roster.further,
        roster.earlier,
    )


def _placed(
    people: pd.DataFrame,
    further: Sequence[str],
    finder: RangeFinder,
    market_of: Callable[[OwnRange], float | None],
) -> pd.DataFrame:
    people = people.assign(has_variable=people.variable.notna())
    found = _ranges_of(people, finder, market_of)
    table = pd.concat([people, found], axis=1)
    paid = table.base + np.where(table.pay_basis == "target_cash", table.variable.fillna(0), 0)
    fte = table.fte.astype(float)
    no_time = ~(fte > 0)
    table = table.assign(
        paid=paid,
        pay=np.where(no_time, np.nan, paid / fte.where(~no_time)),
        why=np.where(no_time, "the FTE is 0", table.why),
        source=table.load.map(load_source),
    )
    for end in ("minimum", "midpoint", "maximum", "market"):
        table[end] = table[end].where(~no_time)
    table = table.assign(
        position=position_in_range(paid, table.minimum, table.maximum, fte).astype(object),
        compa_ratio=compa_ratio(table.pay, table.midpoint),
        penetration=penetration(table.pay, table.minimum, table.maximum),
        to_minimum=amount_to_reach(paid, table.minimum, fte),
        over_maximum=amount_to_reach((fte * table.maximum).round(2), paid),
    )
    units = {
        **texts(*POSITION_COLUMNS, *further),
        **dict.fromkeys(("base", "variable", *_MONEY), "currency"),
        "fte": "number",
        "compa_ratio": "ratio",
        "penetration": "share",
        "as_of": "date",
    }
    return with_units(table[[*POSITION_COLUMNS, *further]].reset_index(drop=True), units)


def _ranges_of(
    people: pd.DataFrame, finder: RangeFinder, market_of: Callable[[OwnRange], float | None]
) -> pd.DataFrame:
    """Each person's range, found once for all who are placed alike."""
    keys = people[list(_KEY)]
    if not finder.names_titles:
        keys = keys.assign(title="")
    number = keys.groupby(list(_KEY), sort=False).ngroup()
    first = ~number.duplicated()
    rows = [_range_row(finder, Placement(*key), market_of) for key in keys[first].values.tolist()]
    empty = dict.fromkeys(_range_row(RangeFinder(()), Placement(*("",) * 9, False), market_of))
    table = pd.DataFrame(rows, columns=list(empty)).iloc[number.tolist()]
    numbers = {c: table[c].astype(float) for c in ("minimum", "midpoint", "maximum", "market")}
    return table.assign(**numbers).set_axis(people.index)


def _range_row(
    finder: RangeFinder, person: Placement, market_of: Callable[[OwnRange], float | None]
) -> Mapping[str, object]:
    found = finder.find(person)
    r = found.pay_range
    return {
        "pay_basis": r.pay_basis if r else "base",
        "range": range_label(r) if r else "",
        "minimum": r.minimum if r else None,
        "midpoint": r.midpoint if r else None,
        "maximum": r.maximum if r else None,
        "market": market_of(r) if r else None,
        "why": found.why,
        "range_source": r.source if r else "",
    }


def range_label(pay_range: OwnRange) -> str:
    """A range as people tell it apart: its level, what it is for, and where."""
    parts = (pay_range.level, pay_range.function, pay_range.name, pay_range.place)
    return ", ".join(filter(None, parts))
