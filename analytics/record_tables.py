"""Tables made from a band table of pay records: level-to-level steps, and comparisons."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Protocol

import numpy as np
import pandas as pd

from analytics.deltas import Pay, Rung, ladder_steps, mover, step_flag
from analytics.load_source import load_source
from analytics.ranges.position import compa_ratio, penetration
from analytics.table_units import DIFFERENCE, PROVENANCE, texts
from analytics.units import with_units

#: What the intervals of a cell of pay records speak of.
PEOPLE = "these people"
MARKET = "the market that they come from"
_INTERVAL = "95% interval of the two medians' ratio (MOVER)"
_COMPARISON_UNITS = {
    **PROVENANCE,
    **texts("level", "beside", "beside_basis"),
    **dict.fromkeys(("p50", "low", "point", "high"), "currency"),
    "ratio": "share",
    "compa_ratio": "ratio",
    "penetration": "share",
}


class BandRow(Protocol):
    """The columns of a band table of pay records that are read here."""

    level: str
    n: int | str
    organisations: int | str
    interval_of: str
    p50: float
    p50_low: float
    p50_high: float
    status: str
    source: str
    as_of: str
    pay_basis: str
    currency: str


class MarketRow(Protocol):
    """The columns that the market's bands and the published benchmarks share."""

    pay_basis: str
    currency: str
    low: float
    high: float
    as_of: str
    source: str


class RangeRow(Protocol):
    """The columns of a loaded pay range that are read here; a missing text may be NaN."""

    load: int
    function: str | float | None
    focus: str | float | None
    title: str | float | None
    level: str
    place: str
    currency: str
    pay_basis: str
    minimum: float
    midpoint: float
    maximum: float
    effective_date: object


def record_difference_table(
    table: pd.DataFrame, by: Sequence[str], rungs: Sequence[Rung]
) -> pd.DataFrame:
    """Each step between levels whose two medians have intervals.

    ``table`` is a band table grouped ``by`` level, and by another dimension if any:
    then steps are within each of its values. ``rungs`` are those of the ladders.

    Returns one row per step: the difference in the currency and as a ratio minus 1,
    each with its interval, a flag and the provenance. The interval combines those of
    the two medians (`analytics.deltas.mover`) that the table shows, and says which.

    >>> table = pd.DataFrame({
    ...     "level": ["P1", "P2"], "n": [80, 60], "organisations": [12, 9],
    ...     "interval_of": MARKET, "p50": [50_000.0, 60_000.0],
    ...     "p50_low": [50_000.0, 60_000.0], "p50_high": [50_000.0, 60_000.0],
    ...     "status": "computed", "source": "own-load-1", "as_of": "2026-01-01",
    ...     "pay_basis": "base", "currency": "USD",
    ... })
    >>> rungs = [Rung("P1", "professional", 1, 1), Rung("P2", "professional", 2, 2)]
    >>> steps = record_difference_table(table, ["level"], rungs)
    >>> steps[["start", "end", "amount", "n"]].to_dict("records")
    [{'start': 'P1', 'end': 'P2', 'amount': 10000.0, 'n': '80 and 60'}]
    """
    other = [name for name in by if name != "level"]
    units = texts(*other) | DIFFERENCE | PROVENANCE
    if not other:
        return with_units(pd.DataFrame(_steps(table, rungs)), units)
    rows = [
        {other[0]: value, **step}
        for value, cells in table.groupby(other[0], sort=False)
        for step in _steps(cells, rungs)
    ]
    return with_units(pd.DataFrame(rows), units)


def comparison_table(
    table: pd.DataFrame,
    whole: pd.DataFrame,
    market: pd.DataFrame,
    benchmarks: pd.DataFrame,
    ranges: pd.DataFrame,
    function: str,
) -> pd.DataFrame:
    """The records' medians next to the market's, published benchmarks and own pay ranges.

    ``table`` is a band table by level and ``whole`` one by function, both of
    ``function`` alone, or of all functions where it is empty. ``market`` and
    ``benchmarks`` are the market's tables, ``ranges`` the loaded pay ranges.

    Returns one row per pair. A ratio, minus 1, is NaN where the two figures differ in
    pay basis or currency. The compa-ratio is the records' median divided by the
    range's midpoint; the penetration is its position between minimum and maximum,
    from 0 to 1.

    >>> table = pd.DataFrame({
    ...     "level": ["P1"], "p50": [120_000.0], "pay_basis": ["base"], "currency": ["USD"],
    ... })
    >>> ranges = pd.DataFrame({
    ...     "load": [2], "function": [None], "focus": [None], "title": [None],
    ...     "level": ["P1"], "place": ["not stated"], "currency": ["USD"],
    ...     "pay_basis": ["base"], "minimum": [90_000.0], "midpoint": [100_000.0],
    ...     "maximum": [130_000.0], "effective_date": ["2026-01-01"],
    ... })
    >>> nothing = pd.DataFrame({"function": []})
    >>> rows = comparison_table(table, table.head(0), nothing, nothing, ranges, "")
    >>> rows[["beside", "compa_ratio", "penetration"]].to_dict("records")
    [{'beside': 'Own range', 'compa_ratio': 1.2, 'penetration': 0.75}]
    """
    rows = []
    market_rows = list(market[market.function == function].itertuples()) if function else []
    range_rows = list(ranges.itertuples())
    for cell in table.itertuples():
        rows += [
            _market_row(cell, cell.level, f"Market, {row.status}", row, row.p50)
            for row in market_rows
            if row.level == cell.level
        ]
        rows += [_range_row(cell, row) for row in range_rows if _applies(row, cell, function)]
    for cell in whole.itertuples():
        for row in benchmarks[benchmarks.function == function].itertuples():
            pay = row.p50 if pd.notna(row.p50) else row.point
            if pd.notna(pay):
                rows.append(_market_row(cell, "all levels", row.benchmark, row, pay))
    return with_units(pd.DataFrame(rows), _COMPARISON_UNITS)


def _steps(table: pd.DataFrame, rungs: Sequence[Rung]) -> list[dict[str, object]]:
    """The steps between the levels of a table that has each level once."""
    cells: dict[str, BandRow] = {row.level: row for row in table.itertuples()}
    rows: list[dict[str, object]] = []
    for step in ladder_steps([rung for rung in rungs if rung.level in cells]):
        start, end = _median(cells[step.start]), _median(cells[step.end])
        if start is None or end is None:
            continue
        difference = mover(start, end)
        rows.append(
            {
                "start": step.start,
                "end": step.end,
                "kind": step.kind,
                **asdict(difference),
                "flag": step_flag(difference),
                "start_p50": start.value,
                "end_p50": end.value,
                "interval": _joint_interval(cells[step.start], cells[step.end]),
                **_joint_provenance(cells[step.start], cells[step.end]),
                "n": f"{cells[step.start].n} and {cells[step.end].n}",
            }
        )
    return rows


def _joint_interval(start: BandRow, end: BandRow) -> str:
    """What a step's interval speaks of, and how many organizations are behind it.

    >>> from types import SimpleNamespace as Row
    >>> start = Row(interval_of=MARKET, organisations=12)
    >>> _joint_interval(start, Row(interval_of=PEOPLE, organisations=1))[48:]
    'from those of the market that they come from and of these people; 12 and 1 organizations'
    """
    kinds = " and of ".join(dict.fromkeys((start.interval_of, end.interval_of)))
    counted = f"{start.organisations} and {end.organisations} organizations"
    return f"{_INTERVAL}, from those of {kinds}; {counted}"


def _joint_provenance(start: BandRow, end: BandRow) -> dict[str, str]:
    """The provenance of both cells together; their currency and pay basis are the same."""
    sources = dict.fromkeys(f"{start.source}, {end.source}".split(", "))
    days = sorted({day for cell in (start, end) for day in cell.as_of.split(" to ")})
    return {
        "status": max(start.status, end.status, key=len),  # the one that says demo, if any does
        "pay_basis": start.pay_basis,
        "currency": start.currency,
        "source": ", ".join(sources),
        "as_of": days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}",
    }


def _median(cell: BandRow) -> Pay | None:
    """A cell's median with its interval; None where it has none, or is not above 0."""
    pay = Pay(cell.p50, cell.p50_low, cell.p50_high)
    return pay if 0 < pay.low <= pay.value <= pay.high else None


def _market_row(
    cell: BandRow, level: str, label: str, market: MarketRow, pay: float
) -> dict[str, object]:
    comparable = (market.pay_basis, market.currency) == (cell.pay_basis, cell.currency)
    return {
        "level": level,
        "p50": cell.p50,
        "beside": label,
        "beside_basis": market.pay_basis,
        "low": market.low,
        "point": pay,
        "high": market.high,
        "ratio": cell.p50 / pay - 1 if comparable else np.nan,
        "as_of": market.as_of,
        "source": market.source,
    }


def _range_row(cell: BandRow, pay_range: RangeRow) -> dict[str, object]:
    ratio = float(compa_ratio(cell.p50, pay_range.midpoint))
    return {
        "level": cell.level,
        "p50": cell.p50,
        "beside": _range_label(pay_range),
        "beside_basis": pay_range.pay_basis,
        "low": pay_range.minimum,
        "point": pay_range.midpoint,
        "high": pay_range.maximum,
        "ratio": ratio - 1,
        "compa_ratio": ratio,
        "penetration": float(penetration(cell.p50, pay_range.minimum, pay_range.maximum)),
        "as_of": str(pay_range.effective_date),
        "source": load_source(pay_range.load),
    }


def _applies(pay_range: RangeRow, cell: BandRow, function: str) -> bool:
    """Whether a range has a cell's level, currency and pay basis, and its function if any."""
    same = (pay_range.level, pay_range.currency, pay_range.pay_basis) == (
        cell.level,
        cell.currency,
        cell.pay_basis,
    )
    range_function = _text(pay_range.function)
    return same and (not range_function or range_function.casefold() == function.casefold())


def _range_label(pay_range: RangeRow) -> str:
    place = "" if pay_range.place == "not stated" else pay_range.place
    parts = ("Own range", _text(pay_range.focus), _text(pay_range.title), place)
    return ", ".join(filter(None, parts))


def _text(value: str | float | None) -> str:
    """The text of a cell that may be missing."""
    return value if isinstance(value, str) else ""
