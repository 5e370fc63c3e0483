"""What others may see of each cell: rounded pay, sizes in bands, and why something is missing."""

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure import (
    are_paid_alike,
    is_tail,
    round_for_disclosure,
    size_band,
    tails_reason,
    tariff_reason,
)
from analytics.grouped_quantiles import FloatArray, GroupBands, IntArray
from analytics.percentiles import percentile_name
from data.records.cells import AggregateCells
from data.records.intervals import intervals_of
from data.records.question import RecordQuery

Column = list[str] | IntArray | FloatArray | str


def pay_columns(
    bands: GroupBands, percentiles: tuple[float, ...], cents_per_unit: int
) -> dict[str, FloatArray]:
    """A column for each percentile and for the ends of its interval, in the currency."""
    scale = cents_per_unit / 100
    return {
        f"{percentile_name(p)}{suffix}": figures[:, j] * scale
        for j, p in enumerate(percentiles)
        for suffix, figures in (("", bands.values), ("_low", bands.lows), ("_high", bands.highs))
    }


def aggregate_columns(
    cells: AggregateCells,
    bands: GroupBands,
    missing: list[str],
    query: RecordQuery,
    single: bool,
) -> dict[str, Column]:
    """The columns of a cell for others; a ``single`` organization is no secret.

    ``missing`` says which ends of intervals there are not.
    """
    organizations = cells.organizations
    pay = pay_columns(bands, query.percentiles, cells.cents_per_unit)
    few = cells.too_few_for_tails
    alike = are_paid_alike(pay["p25"], pay["p75"]) & ~(few & single)
    spoken = np.where(alike, "", intervals_of(cells, bands, query))
    return {
        "n": _size_bands(bands.n),
        "organisations": (
            ["1" if count else "" for count in organizations.tolist()]
            if single
            else _size_bands(organizations)
        ),
        **_shown_pay(pay, query, few, alike, single),
        "interval_of": spoken.tolist(),
        "note": _notes(cells.reasons, few, alike, missing, single),
    }


def _shown_pay(
    pay: dict[str, FloatArray],
    query: RecordQuery,
    few: NDArray[np.bool_],
    alike: NDArray[np.bool_],
    single: bool,
) -> dict[str, FloatArray]:
    """Rounded pay, without what contributors are too few for; of people paid alike the median."""
    hidden = dict.fromkeys(pay, few | alike)
    for p in query.percentiles:
        if not is_tail(p, single):
            hidden[percentile_name(p)] = alike
    hidden["p50"] = np.zeros_like(few)
    return {
        name: round_for_disclosure(np.where(hidden[name], np.nan, values))
        for name, values in pay.items()
    }


def _notes(
    reasons: list[str],
    few: NDArray[np.bool_],
    alike: NDArray[np.bool_],
    missing: list[str],
    single: bool,
) -> list[str]:
    """Why people or figures are missing from each cell."""
    notes = []
    for reason, is_few, is_alike, ends in zip(
        reasons, few.tolist(), alike.tolist(), missing, strict=True
    ):
        figures = tariff_reason() if is_alike else "" if is_few else ends
        note = "; ".join(filter(None, (reason, figures)))
        notes.append(note or (tails_reason(single) if is_few else ""))
    return notes


def _size_bands(counts: IntArray) -> list[str]:
    return [size_band(count) if count else "" for count in counts.tolist()]
