"""A pay structure as tables: its ranges with what follows from them, its steps, its line."""

from collections.abc import Sequence

import pandas as pd

from analytics.ranges.build import BuiltStructure, Structure, neighbors, range_steps
from analytics.ranges.rows import StructureRange
from analytics.ranges.spread import range_spread
from analytics.ranges.structure import midpoint_progression, range_overlap
from analytics.table_units import texts
from analytics.units import with_units

_MONEY = ("minimum", "midpoint", "maximum", "market", "market_low", "market_high")
_UNITS = {
    **texts("key", "function", "level", "track", "place", "currency", "pay_basis"),
    **texts("as_of", "status", "source"),
    **dict.fromkeys(_MONEY, "currency"),
    **dict.fromkeys(("spread", "progression", "overlap"), "share"),
    "percentile": "share",
    "market_index": "ratio",
    "grade": "number",
    "locked": "boolean",
}


def structure_table(structure: Structure, ranges: Sequence[StructureRange]) -> pd.DataFrame:
    """One row a range, with its spread, and its step from the range below on its track.

    ``market_index`` is the midpoint over the market figure.
    """
    steps = {high.key: (low, high) for low, high in neighbors(ranges)}
    rows = [_row(structure, r, steps.get(r.key)) for r in ranges]
    columns = ["key", "function", "level", "track", "grade", "place", *_MONEY[:3], "spread",
               "progression", "overlap", "market_index", *_MONEY[3:], "percentile", "locked",
               "currency", "pay_basis", "as_of", "status", "source"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    numeric = ["progression", "overlap", "market_index", *_MONEY[3:]]
    return with_units(frame.astype(dict.fromkeys(numeric, float)), _UNITS)


def editable_table(
    structure: Structure, ranges: Sequence[StructureRange], checksum: str
) -> pd.DataFrame:
    """The same to be edited elsewhere: key and checksum at its end tell each row."""
    table = structure_table(structure, ranges)
    last = [name for name in table.columns if name != "key"] + ["key"]
    return with_units(table[last].assign(checksum=checksum), texts("checksum"))


def step_schedule(structure: Structure, ranges: Sequence[StructureRange]) -> pd.DataFrame:
    """One row a step of each range; no row where the structure has no steps."""
    settings = structure.settings
    rows = [
        {"function": r.function, "level": r.level, "place": r.place, "step": i, "pay": pay,
         "currency": structure.currency, "pay_basis": structure.pay_basis}
        for r in ranges
        for i, pay in enumerate(
            range_steps(r.minimum, r.maximum, settings.steps, settings.rounding), 1
        )
    ]  # fmt: skip
    columns = ["function", "level", "place", "step", "pay", "currency", "pay_basis"]
    units = {**_UNITS, "step": "ordinal", "pay": "currency"}
    return with_units(pd.DataFrame(rows, columns=columns), units)


def line_table(structure: Structure, built: BuiltStructure) -> pd.DataFrame:
    """The market line of each function at each level, with its interval and residuals.

    ``residual`` is the market figure over the line, less 1. Empty without lines.
    """
    rows = []
    for level in structure.markets:
        if not (line := built.lines.get(level.function)):
            continue
        pay, ends = line.pay(level.grade), line.interval(level.grade)
        rows.append({
            "function": level.function, "level": level.level, "grade": level.grade,
            "market": level.market, "line": pay,
            "line_low": ends[0] if ends else None, "line_high": ends[1] if ends else None,
            "residual": level.market / pay - 1 if level.market else None,
            "currency": structure.currency,
        })  # fmt: skip
    columns = ["function", "level", "grade", "market", "line", "line_low", "line_high",
               "residual", "currency"]  # fmt: skip
    units = {**_UNITS, "residual": "share", **dict.fromkeys(columns[4:7], "currency")}
    numeric = dict.fromkeys(columns[3:8], float)
    return with_units(pd.DataFrame(rows, columns=columns).astype(numeric), units)


def _row(
    structure: Structure,
    r: StructureRange,
    step: tuple[StructureRange, StructureRange] | None,
) -> dict[str, object]:
    progression = overlap = None
    if step:
        low, high = step
        (progression,) = midpoint_progression([low.midpoint, high.midpoint])
        overlap = range_overlap((low.minimum, low.maximum), (high.minimum, high.maximum))
    return {
        **vars(r),
        "key": r.key,
        "spread": range_spread(r.minimum, r.maximum),
        "progression": progression,
        "overlap": overlap,
        "market_index": r.midpoint / r.market if r.market else None,
        "market_low": r.low,
        "market_high": r.high,
        "currency": structure.currency,
        "pay_basis": structure.pay_basis,
        "as_of": structure.month,
    }
