"""What follows from a band table of pay records: steps between levels, and what lies beside."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analytics.deltas import Pay, Rung, ladder_steps, mover, step_flag
from analytics.load_source import load_source

_INTERVAL = "95 % interval of the two medians' ratio (MOVER)"


def record_difference_table(
    table: pd.DataFrame, by: Sequence[str], rungs: Sequence[Rung]
) -> pd.DataFrame:
    """Each step between levels whose two medians have intervals, in each other cell.

    ``table`` is a band table divided by level, and perhaps by something else;
    ``rungs`` are the ladder's.
    """
    other = [name for name in by if name != "level"]
    apart: list[tuple[Any, pd.DataFrame]] = (
        list(table.groupby(other[0], sort=False)) if other else [("", table)]
    )
    found = []
    for cell, rows in apart:
        at = {row.level: row for row in rows.itertuples()}
        for step in ladder_steps([rung for rung in rungs if rung.level in at]):
            ends = [_median(at[level]) for level in (step.start, step.end)]
            if ends[0] is None or ends[1] is None:
                continue
            worth = mover(ends[0], ends[1])
            found.append({
                **({other[0]: cell} if other else {}),
                "start": step.start, "end": step.end, "kind": step.kind, **vars(worth),
                "flag": step_flag(worth), "start_p50": ends[0].value, "end_p50": ends[1].value,
                "interval": _INTERVAL,
                **{name: rows.iloc[0][name] for name in _SAID},
                "n": f"{at[step.start].n} and {at[step.end].n}",
            })  # fmt: skip
    return pd.DataFrame(found)


def beside_table(
    table: pd.DataFrame,
    whole: pd.DataFrame,
    market: pd.DataFrame,
    benchmarks: pd.DataFrame,
    ranges: pd.DataFrame,
    function: str,
) -> pd.DataFrame:
    """The records' medians beside the market's, the published benchmarks and own ranges.

    ``table`` is a band table by level and ``whole`` one by function, both of
    ``function`` alone, or of all where it is empty; ``market`` and ``benchmarks``
    are the market's tables, ``ranges`` those loaded. A ratio is given where both
    figures are of one pay basis and currency. The compa-ratio is the records'
    median by the midpoint; the penetration how far it lies from minimum to
    maximum.
    """
    rows = []
    others = list(market[market.function == function].itertuples()) if function else []
    mine = list(ranges.itertuples())
    for cell in table.itertuples():
        for other in others:
            if other.level == cell.level:
                rows.append(_beside(cell, cell.level, f"Market, {other.status}", other, other.p50))
        for own in mine:
            if not _is_of(own, cell, function):
                continue
            span = own.maximum - own.minimum
            rows.append({
                "level": cell.level, "p50": cell.p50, "beside": _called(own),
                "beside_basis": own.pay_basis,
                "low": own.minimum, "point": own.midpoint, "high": own.maximum,
                "ratio": cell.p50 / own.midpoint - 1,
                "compa_ratio": cell.p50 / own.midpoint,
                "penetration": (cell.p50 - own.minimum) / span if span else np.nan,
                "as_of": str(own.effective_date), "source": load_source(own.load),
            })  # fmt: skip
    for cell in whole.itertuples():
        for other in benchmarks[benchmarks.function == function].itertuples():
            figure = other.p50 if other.p50 == other.p50 else other.point
            if figure == figure:
                rows.append(_beside(cell, "all levels", other.benchmark, other, figure))
    return pd.DataFrame(rows)


def _beside(cell: Any, level: str, name: str, other: Any, figure: float) -> dict[str, Any]:
    currency = getattr(other, "currency", "USD")
    same = (other.pay_basis, currency) == (cell.pay_basis, cell.currency)
    return {
        "level": level, "p50": cell.p50, "beside": name, "beside_basis": other.pay_basis,
        "low": other.low, "point": figure, "high": other.high,
        "ratio": cell.p50 / figure - 1 if same else np.nan,
        "as_of": other.as_of, "source": other.source,
    }  # fmt: skip


def _is_of(own: Any, cell: Any, function: str) -> bool:
    """Whether an own range is of a cell's level, pay basis, currency and function, if any."""
    alike = (own.level, own.currency, own.pay_basis) == (cell.level, cell.currency, cell.pay_basis)
    whose = own.function if isinstance(own.function, str) else ""
    return alike and (not whose or whose.casefold() == function.casefold())


def _called(own: Any) -> str:
    words = [w for w in (own.focus, own.title) if isinstance(w, str)]
    words += [own.place] if own.place != "not stated" else []
    return ", ".join(["Own range", *words])


#: What a step says of itself as the bands that it rests on do.
_SAID = ("status", "pay_basis", "currency", "source", "as_of")


def _median(row: Any) -> Pay | None:
    """A cell's median with its interval; None where it has none, or is not above 0."""
    pay = Pay(row.p50, row.p50_low, row.p50_high)
    return pay if 0 < pay.low <= pay.value <= pay.high else None
