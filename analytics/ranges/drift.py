"""Market movement: the market of a structure's ranges read anew, and how far it has moved."""

from collections.abc import Sequence

import pandas as pd

from analytics.money import money, signed_percent
from analytics.pricing.question import NATION
from analytics.ranges.build import Structure
from analytics.ranges.rows import MarketLevel, PlaceRatio, StructureRange, range_key
from analytics.table_units import texts
from analytics.units import with_units

_COLUMNS = [
    *("key", "function", "level", "place", "percentile", "midpoint", "since", "market_then"),
    *("market_now", "market_low_now", "market_high_now", "market_change", "change_by_data"),
    *("midpoint_off", "drifted", "now", "currency", "pay_basis", "status", "source"),
]
_MONEY = ("midpoint", "market_then", "market_now", "market_low_now", "market_high_now")
_SHARES = ("percentile", "market_change", "change_by_data", "midpoint_off")
_UNITS = {
    **texts("key", "function", "level", "place", "since", "now", "currency", "pay_basis"),
    **texts("status", "source"),
    **dict.fromkeys(_MONEY, "currency"),
    **dict.fromkeys(_SHARES, "share"),
    "drifted": "boolean",
}


def drift_table(
    structure: Structure, ranges: Sequence[StructureRange], now: Structure, again: Structure
) -> pd.DataFrame:
    """One row a range: its midpoint beside the market that it stands on, then and now.

    ``now`` is the structure on today's market (`analytics.ranges.market_levels.market_again`),
    ``again`` on today's store in its own month. ``market_change`` is the market now over
    then, less 1; ``change_by_data`` the part of it that figures loaded since make, the rest
    being the months between. ``midpoint_off`` is the midpoint over the market now, less 1,
    and ``drifted`` where that is beyond the structure's limit either way; all are empty
    where the market is not known any longer. Market figures are at the percentile of each
    level. ``since`` is the month of the structure's market, ``now`` that of today's.
    """
    today, same_month = markets_by_range(now), markets_by_range(again)
    rows = [_row(structure, r, now.month, today.get(r.key), same_month.get(r.key)) for r in ranges]
    frame = pd.DataFrame(rows, columns=_COLUMNS).astype(dict.fromkeys((*_MONEY, *_SHARES), float))
    return with_units(frame.astype({"drifted": "boolean"}), _UNITS)


def markets_by_range(structure: Structure) -> dict[str, MarketLevel]:
    """The market of each range by its key, where it has one; a variant's by its place's ratio."""
    ratios = (PlaceRatio(NATION, 1.0), *structure.places)
    return {
        range_key(level.function, level.level, ratio.place): level.times(ratio.factor)
        for level in structure.markets
        if level.market is not None
        for ratio in ratios
    }


def market_changes(before: Structure, after: Structure) -> list[str]:
    """A sentence for each market figure or place's ratio that is another, to the cent.

    Figures that ``after`` does not have are named too.
    """
    now = {(level.function, level.level): level for level in after.markets}
    told = []
    for level in before.markets:
        name = f"{level.function} {level.level}".strip()
        new = now.get((level.function, level.level))
        if level.market is None and (new is None or new.market is None):
            continue
        if new is None or new.market is None:
            told.append(f"{name}: no such market figure any longer ({level.source})")
        elif level.market is None:
            told.append(f"{name}: no market figure → {money(new.market, after.currency)}")
        elif round(level.market - new.market, 2):
            told.append(f"{name}: market {_change(level.market, new.market, before.currency)}")
    ratios = {ratio.place: ratio.factor for ratio in after.places}
    told += [
        f"{ratio.place}: ratio of wages {ratio.factor:.4f} → {ratios[ratio.place]:.4f}"
        for ratio in before.places
        if abs(ratios.get(ratio.place, ratio.factor) - ratio.factor) > 5e-5
    ]
    return told


def _change(old: float, new: float, currency: str) -> str:
    ends = f"{money(old, currency, decimals=2)} → {money(new, currency, decimals=2)}"
    return f"{ends} ({signed_percent(new / old - 1, 1)})"


def _row(
    structure: Structure,
    r: StructureRange,
    month: str,
    now: MarketLevel | None,
    again: MarketLevel | None,
) -> dict[str, object]:
    pay = now.market if now else None
    off = r.midpoint / pay - 1 if pay else None
    return {
        **{name: getattr(r, name) for name in ("key", "function", "level", "place", "percentile")},
        "midpoint": r.midpoint,
        "since": structure.month,
        "market_then": r.market,
        "market_now": pay,
        "market_low_now": now.low if now else None,
        "market_high_now": now.high if now else None,
        "market_change": pay / r.market - 1 if pay and r.market else None,
        "change_by_data": again.market / r.market - 1
        if again and again.market and r.market
        else None,
        "midpoint_off": off,
        "drifted": None if off is None else abs(off) > structure.settings.off_market + 1e-12,
        "now": month,
        "currency": structure.currency,
        "pay_basis": structure.pay_basis,
        "status": now.status if now else "",
        "source": now.source if now else "",
    }
