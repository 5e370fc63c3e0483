"""People by any column of a table of positions: where their pay stands, group by group."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.disclosure import may_be_shown, round_for_disclosure, size_band
from analytics.ranges.position import GREEN, QUARTERS, RED, market_index
from analytics.table_units import texts
from analytics.units import with_units

#: Column of a group table → the position that it counts.
COUNTS = {
    "below_minimum": GREEN,
    **{f"quarter_{i}": name for i, name in enumerate(QUARTERS, 1)},
    "above_maximum": RED,
}
NOT_STATED = "not stated"
_UNITS = {
    **dict.fromkeys(("people", "with_range", "without_range", *COUNTS), "count"),
    "fte": "number",
    "compa_ratio": "ratio",
    "median_compa_ratio": "ratio",
    "market_index": "ratio",
    "to_minimum": "currency",
    "over_maximum": "currency",
    **texts("group", "currency"),
}


def filled(values: pd.Series) -> pd.Series:
    """A column as text, what is unknown as "not stated"."""
    return values.fillna("").astype(str).replace("", NOT_STATED)


def group_table(people: pd.DataFrame, by: str, order: Sequence[str] = ()) -> pd.DataFrame:
    """One row for each value of ``by``: heads, FTE, positions, ratios, and what outliers cost.

    ``people`` are a table of positions in one currency; ``order`` are the values that come
    first, the others follow by name. The compa-ratio is the sum of full-time pay divided by
    the sum of midpoints, of those with a range; the market index the same with the market.
    """
    values = filled(people[by])
    groups = dict(list(people.groupby(values, sort=True)))
    rank = {value: i for i, value in enumerate(order)}
    names = sorted(groups, key=lambda v: (rank.get(v, len(rank)), v == NOT_STATED, v))
    rows = [{"group": name, **_group_row(groups[name])} for name in names]
    columns = ["group", *_group_row(people.head(0))]
    return with_units(pd.DataFrame(rows, columns=columns), _UNITS)


def _group_row(people: pd.DataFrame) -> dict[str, object]:
    placed = people[people.position != ""]
    midpoints = float(placed.midpoint.sum())
    return {
        "people": len(people),
        "fte": float(people.fte.sum()),
        "with_range": len(placed),
        "without_range": len(people) - len(placed),
        "compa_ratio": float(placed.pay.sum()) / midpoints if midpoints > 0 else np.nan,
        "median_compa_ratio": float(placed.compa_ratio.median()) if len(placed) else np.nan,
        **{name: int((placed.position == position).sum()) for name, position in COUNTS.items()},
        "to_minimum": float(placed.to_minimum.sum()),
        "over_maximum": float(placed.over_maximum.sum()),
        "market_index": market_index(placed.pay, placed.market),
        "currency": people.currency.iloc[0] if len(people) else "",
    }


def aggregate_table(people: pd.DataFrame, by: str, order: Sequence[str] = ()) -> pd.DataFrame:
    """What others than the owner may see: quartiles of the compa-ratio of groups large enough.

    Groups below the privacy limit (`analytics.disclosure`) are counted together, and left
    out where they are too few even so; heads are size bands and ratios are rounded. There
    are no totals, positions or costs, from which one person's could be subtracted. Nobody
    may be asked for two ways of grouping the same people.
    """
    placed = people[people.position != ""]
    values = filled(placed[by])
    sizes = values.value_counts()
    small = set(sizes[~may_be_shown(sizes, np.zeros(len(sizes)))].index)
    other = f"Other {by}s"
    groups = placed.compa_ratio.groupby(values.where(~values.isin(small), other))
    rank = {value: i for i, value in enumerate(order)}
    rows = [
        {"group": name, "people": size_band(len(ratios)), **_rounded_quartiles(ratios)}
        for name, ratios in sorted(groups, key=lambda g: (g[0] == other, rank.get(g[0], len(rank))))
        if may_be_shown(len(ratios), 0.0)
    ]
    frame = pd.DataFrame(rows, columns=["group", "people", "p25", "p50", "p75"])
    return with_units(
        frame, texts("group", "people") | dict.fromkeys(("p25", "p50", "p75"), "ratio")
    )


def _rounded_quartiles(ratios: pd.Series) -> dict[str, float]:
    """P25, P50 and P75, as coarse as pay is shown to others."""
    of_pay = round_for_disclosure(100_000 * ratios.quantile([0.25, 0.50, 0.75]))
    return dict(zip(("p25", "p50", "p75"), (of_pay / 100_000).tolist(), strict=True))
