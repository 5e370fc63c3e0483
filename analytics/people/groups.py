"""People by any column of a table of positions: where their pay stands, group by group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import may_be_shown, round_for_disclosure, size_band
from analytics.grouped_quantiles import FloatArray, IntArray
from analytics.ranges.position import GREEN, QUARTERS, RED, compa_ratio
from analytics.table_units import texts
from analytics.units import with_units

#: Column of a group table → the position that it counts.
COUNTS = {
    "below_minimum": GREEN,
    **{f"quarter_{i}": name for i, name in enumerate(QUARTERS, 1)},
    "above_maximum": RED,
}
NOT_STATED = "not stated"
BoolArray = NDArray[np.bool_]
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


def in_order(frame: pd.DataFrame, order: Sequence[str] = ()) -> pd.DataFrame:
    """Rows by group, which is the index, as rows with a column ``group``.

    Those of ``order`` come first, the others by name.
    """
    rank = {value: i for i, value in enumerate(order)}
    names = sorted(frame.index, key=lambda name: (rank.get(name, len(rank)), name))
    return frame.loc[names].rename_axis("group").reset_index()


def largest_groups(
    people: pd.DataFrame, by: str, most: int
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The people with all but the largest groups of a column called "n other groups".

    Then the names of the ``most`` largest in order, those of one size by name. With so many
    groups or fewer all people are as they were.
    """
    values = filled(people[by])
    sizes = values.value_counts().rename_axis("group").reset_index(name="heads")
    ranked = sizes.sort_values(["heads", "group"], ascending=[False, True]).group.tolist()
    if len(ranked) <= most:
        return people, tuple(ranked)
    shown = tuple(ranked[:most])
    left = len(ranked) - most
    others = "1 other group" if left == 1 else f"{left:,} other groups"
    return people.assign(**{by: values.where(values.isin(shown), others)}), shown


@dataclass(frozen=True)
class _Groups:
    """Rows by a column: each one's group as a number, and what the groups are called."""

    numbers: IntArray
    names: list[str]

    @classmethod
    def of(cls, values: pd.Series, order: Sequence[str] = ()) -> "_Groups":
        """The values of ``order`` come first, the others by name, "not stated" last."""
        found, known = pd.factorize(values, use_na_sentinel=False)
        each = filled(pd.Series(known)).tolist()
        rank = {value: i for i, value in enumerate(order)}
        names = sorted(set(each), key=lambda v: (rank.get(v, len(rank)), v == NOT_STATED, v))
        number = {name: i for i, name in enumerate(names)}
        return cls(np.array([number[name] for name in each], int)[found], names)

    def heads(self, of: BoolArray) -> IntArray:
        """How many of each group are ``of`` something."""
        return np.bincount(self.numbers[of], minlength=len(self.names))

    def sums(self, values: pd.Series, of: BoolArray) -> FloatArray:
        """The sum in each group, of those with a value; 0 for nobody."""
        return self._each(values[of].groupby(self.numbers[of]).sum(), 0.0)

    def medians(self, values: pd.Series, of: BoolArray) -> FloatArray:
        """The median in each group, NaN where it has no value."""
        return self._each(values[of].groupby(self.numbers[of]).median(), np.nan)

    def _each(self, found: pd.Series, missing: float) -> FloatArray:
        each: FloatArray = found.reindex(range(len(self.names)), fill_value=missing).to_numpy(float)
        return each


def group_table(people: pd.DataFrame, by: str, order: Sequence[str] = ()) -> pd.DataFrame:
    """One row for each value of ``by``: heads, FTE, positions, ratios, and what outliers cost.

    ``people`` are a table of positions in one currency; ``order`` are the values that come
    first, the others follow by name. The compa-ratio is the sum of full-time pay divided by
    the sum of midpoints, of those with a range; the market index the same with the market.
    """
    groups = _Groups.of(people[by], order)
    everybody = np.ones(len(people), bool)
    placed = (people.position != "").to_numpy(bool)
    priced = placed & (people.pay.notna() & people.market.notna()).to_numpy(bool)
    middles, markets = groups.sums(people.midpoint, placed), groups.sums(people.market, priced)
    columns = {
        "group": pd.Series(groups.names, dtype=str),
        "people": groups.heads(everybody),
        "fte": groups.sums(people.fte, everybody),
        "with_range": groups.heads(placed),
        "without_range": groups.heads(~placed),
        "compa_ratio": compa_ratio(groups.sums(people.pay, placed), middles),
        "median_compa_ratio": groups.medians(people.compa_ratio, placed),
        **{
            name: groups.heads((people.position == position).to_numpy(bool))
            for name, position in COUNTS.items()
        },
        "to_minimum": groups.sums(people.to_minimum, placed),
        "over_maximum": groups.sums(people.over_maximum, placed),
        "market_index": compa_ratio(groups.sums(people.pay, priced), markets),
        "currency": people.currency.iloc[0] if len(people) else "",
    }
    return with_units(pd.DataFrame(columns), _UNITS)


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
