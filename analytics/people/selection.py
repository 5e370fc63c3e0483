"""Some of the people: those of a currency who pass the filters; what of them a chart draws."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.people.groups import NOT_STATED, filled
from analytics.people.rows import LevelPay, LevelRange, PersonPay
from analytics.rows import typed_rows

#: More people than this are drawn as percentiles of each level.
MOST_DOTS = 2_500


@dataclass(frozen=True)
class PeopleQuery:
    """A currency, and the values that columns may have; a column without values has any."""

    currency: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def among(self, people: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table of positions that pass, in its order."""
        passes = people.currency == self.currency
        for column, values in self.where:
            if values:
                passes &= _has_any(people[column], values)
        return people[passes]


def _has_any(cells: pd.Series, values: Sequence[str]) -> pd.Series:
    """Which cells are one of the values; filling in all of a long column takes longer."""
    if NOT_STATED in values or not pd.api.types.is_string_dtype(cells):
        return filled(cells).isin(values)
    return cells.isin(values)


@dataclass(frozen=True)
class PayByLevel:
    """Pay against level: a dot a person, or the percentiles of each level where they are many."""

    dots: Sequence[PersonPay]
    levels: Sequence[LevelPay]
    ranges: Sequence[LevelRange]


def pay_by_level(people: pd.DataFrame, most_dots: int = MOST_DOTS) -> PayByLevel:
    """What a chart of pay against level draws of a table of positions in one currency."""
    paid = people[people.pay.notna()].assign(level=filled(people.level))
    placed = paid[paid.position != ""]
    keys = ["level", "minimum", "midpoint", "maximum"]
    ranges = placed.groupby(keys, as_index=False).size().rename(columns={"size": "people"})
    if len(paid) <= most_dots:
        return PayByLevel(typed_rows(paid, PersonPay), (), typed_rows(ranges, LevelRange))
    shares = (0.10, 0.25, 0.50, 0.75, 0.90)
    quantiles = paid.groupby("level").pay.quantile(list(shares)).unstack()
    quantiles.columns = [f"p{100 * p:g}" for p in shares]
    levels = quantiles.assign(people=paid.groupby("level").size()).reset_index()
    return PayByLevel((), typed_rows(levels, LevelPay), typed_rows(ranges, LevelRange))


def level_order(levels: Sequence[str], known: Sequence[str]) -> list[str]:
    """Levels once each: those of the ladders in their order, the team's own by name, none last."""
    rank = {level: i for i, level in enumerate(known)}
    own = {level: (rank.get(level, len(rank)), level == NOT_STATED, level) for level in levels}
    return sorted(own, key=own.__getitem__)
