"""What changed: between two versions of a structure, or between one and an edited file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analytics.errors import InputError
from analytics.ranges.build import Structure, build_ranges, range_around, set_range
from analytics.ranges.exchange import exchange_words
from analytics.ranges.rows import Ends, StructureRange
from analytics.ranges.spread import range_spread
from analytics.table_units import texts
from analytics.units import with_units

POINTS = ("minimum", "midpoint", "maximum")
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class CellChange:
    """One figure that differs: the range's key, which of its `POINTS`, before and after."""

    key: str
    point: str
    before: float
    after: float


def cell_changes(ranges: Sequence[StructureRange], edited: Mapping[str, Ends]) -> list[CellChange]:
    """Every figure of ``edited``, by the ranges' keys, that is another to the cent.

    Keys that no range has are the caller's to refuse; ranges that ``edited`` lacks are
    unchanged.
    """
    return [
        CellChange(r.key, point, getattr(r, point), getattr(edited[r.key], point))
        for r in ranges
        if r.key in edited
        for point in POINTS
        if round(getattr(r, point) - getattr(edited[r.key], point), 2)
    ]


def accept_changes(
    structure: Structure, changes: Sequence[CellChange], accepted: Collection[str]
) -> Structure:
    """The structure with the changes of the ranges whose key is accepted, each set as it says.

    Raises `InputError` where a range is none once it is changed.
    """
    now = {r.key: r.ends for r in build_ranges(structure).ranges}
    for key in dict.fromkeys(change.key for change in changes if change.key in accepted):
        points = {change.point: change.after for change in changes if change.key == key}
        structure = set_range(structure, key, replace(now[key], **points))
    return structure


def edit_ranges(
    structure: Structure,
    ranges: Sequence[StructureRange],
    edited: Mapping[str, tuple[Ends, bool]],
) -> Structure:
    """The structure after edits in a grid: by key, the points of a range and whether it is locked.

    A range whose figures changed is set to them, and so locked: a new build keeps it. A new
    midpoint alone takes the ends along, at the range's own spread. A lock that is taken
    off returns the range to what is built. Raises `InputError` for figures that are no range.
    """
    for r in ranges:
        ends, locked = edited.get(r.key, (r.ends, r.locked))
        if ends != r.ends:
            if (ends.minimum, ends.maximum) == (r.minimum, r.maximum) and ends.midpoint > 0:
                spread = range_spread(r.minimum, r.maximum)
                ends = range_around(ends.midpoint, spread, structure.settings.rounding)
            structure = set_range(structure, r.key, ends)
        elif locked != r.locked:
            structure = set_range(structure, r.key, r.ends if locked else None)
    return structure


def change_table(before: Structure, after: Structure) -> pd.DataFrame:
    """One row for each range that differs between two versions, with its points in both.

    Raises `InputError` for two currencies, whose figures can't be compared.
    ``midpoint_change`` is the later midpoint over the earlier one, less 1; ``market_change``
    the same of the market figure.
    """
    if before.currency != after.currency:
        raise InputError(
            f"one version is in {before.currency}, the other in {after.currency}; choose two in "
            "one currency"
        )
    old = {r.key: r for r in build_ranges(before).ranges}
    new = {r.key: r for r in build_ranges(after).ranges}
    rows = [
        _row(key, old.get(key), new.get(key))
        for key in dict.fromkeys((*new, *old))
        if not _alike(old.get(key), new.get(key))
    ]
    points = [f"{point}_{when}" for point in POINTS for when in ("before", "after")]
    columns = ["key", "change", *points, "midpoint_change", "market_change"]
    units = {
        **texts("key", "change", "currency"),
        **dict.fromkeys(points, "currency"),
        **dict.fromkeys(columns[-2:], "share"),
    }
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], float))
    return with_units(frame.assign(currency=after.currency), units)


def setting_changes(before: Structure, after: Structure) -> list[str]:
    """What else differs between two versions, a sentence each."""
    pairs = [("pay basis", before.pay_basis, after.pay_basis),
             ("currency", exchange_words(before), exchange_words(after)),
             ("month of the market", before.month, after.month)]  # fmt: skip
    was, now = vars(before.settings), vars(after.settings)
    pairs += [(name.replace("_", " "), str(was[name]), str(now[name])) for name in now]
    old_places, new_places = (
        ", ".join(f"{r.place} × {r.factor:.3f}" for r in s.places) or "none"
        for s in (before, after)
    )
    pairs.append(("places", old_places, new_places))
    return [f"{name}: {old} → {new}" for name, old, new in pairs if old != new]


def _alike(old: StructureRange | None, new: StructureRange | None) -> bool:
    return old is not None and new is not None and (old.ends, old.market) == (new.ends, new.market)


def _row(key: str, old: StructureRange | None, new: StructureRange | None) -> dict[str, object]:
    row: dict[str, object] = {
        "key": key,
        "change": CHANGED if old and new else ADDED if new else REMOVED,
    }
    for point in POINTS:
        row[f"{point}_before"] = getattr(old, point) if old else None
        row[f"{point}_after"] = getattr(new, point) if new else None
    if old and new:
        row["midpoint_change"] = new.midpoint / old.midpoint - 1
        if old.market and new.market:
            row["market_change"] = new.market / old.market - 1
    return row
