"""Rows of pay by level: bands, benchmarks and level-to-level differences."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from analytics.rows import known

_GROUPS = ("percentiles", "lows", "highs", "base", "variable")


def _group_of(column: str) -> tuple[str, str]:
    """The mapping that a percentile column goes into, and its key; empty for other columns."""
    for prefix, group in (("base_at_", "base"), ("variable_at_", "variable")):
        if column.startswith(prefix):
            return group, column.removeprefix(prefix)
    name, _, end = column.partition("_")
    if not name.startswith("p") or not name[1:].replace(".", "", 1).isdigit():
        return "", ""
    return {"": "percentiles", "low": "lows", "high": "highs"}.get(end, ""), name


@dataclass(frozen=True)
class Percentiles:
    """Pay by percentile name (``p50``), with the ends of each interval."""

    percentiles: Mapping[str, float] = field(default_factory=dict)
    lows: Mapping[str, float] = field(default_factory=dict)
    highs: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_row(cls, row: Mapping[Hashable, Any]) -> Self:
        """The row in a mapping from column to value; unknown columns are dimensions."""
        names = {f.name for f in fields(cls)}
        groups: dict[str, dict[str, float]] = {g: {} for g in _GROUPS if g in names}
        plain: dict[str, Any] = {}
        dimensions: dict[str, str] = {}
        for column, value in row.items():
            group, name = _group_of(str(column))
            if group in groups:
                groups[group][name] = value
            elif column in names:
                plain[str(column)] = value
            else:
                dimensions[str(column)] = str(value)
        if "dimensions" in names:
            plain["dimensions"] = dimensions
        return cls(**plain, **groups)

    def pay(self, name: str) -> float | None:
        """Pay at a percentile; None where it is not asked for or not known."""
        return known(self.percentiles.get(name))

    def interval(self, name: str) -> tuple[float, float] | None:
        """The interval of a percentile; None where it is not known."""
        low, high = known(self.lows.get(name)), known(self.highs.get(name))
        return None if low is None or high is None else (low, high)

    @property
    def median(self) -> float | None:
        """Pay at P50; None where it is not known."""
        return self.pay("p50")


@dataclass(frozen=True, kw_only=True)
class Band(Percentiles):
    """Pay of one level by one source: a row of the band table."""

    function: str
    focus: str
    track: str
    level: str
    title: str
    pay_basis: str
    currency: str
    low: float
    high: float
    low_high: str
    status: str
    source: str
    as_of: str
    n: str
    series: str
    base: Mapping[str, float] = field(default_factory=dict)
    variable: Mapping[str, float] = field(default_factory=dict)

    @property
    def modelled(self) -> bool:
        """Whether the pay comes from the ladder model rather than from a publisher."""
        return self.status == "modelled"

    def in_currency(self, currency: str, rate: float) -> "Band":
        """The band in another currency, of which one unit of its own is worth ``rate``."""
        return replace(
            self, currency=currency, low=rate * self.low, high=rate * self.high,
            percentiles=_times(self.percentiles, rate), lows=_times(self.lows, rate),
            highs=_times(self.highs, rate), base=_times(self.base, rate),
            variable=_times(self.variable, rate),
        )  # fmt: skip


def _times(pays: Mapping[str, float], rate: float) -> dict[str, float]:
    return {name: rate * pay for name, pay in pays.items()}


@dataclass(frozen=True, kw_only=True)
class Benchmark(Percentiles):
    """Pay of a whole function or an occupation: a row of the benchmark table."""

    function: str
    benchmark: str
    pay_basis: str
    currency: str
    place: str
    low: float
    high: float
    point: float
    at_least: str
    source: str
    as_of: str
    n: str
    series: str
    note: str
    status: str

    @property
    def figure(self) -> float | None:
        """The median, else the one figure that is published."""
        return self.median if self.median is not None else known(self.point)


@dataclass(frozen=True)
class LevelDifference:
    """What a move from one level to another is worth, with its interval."""

    start: str
    end: str
    kind: str
    amount: float
    amount_low: float
    amount_high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    pay_basis: str
    currency: str
    status: str
    interval: str
    source: str
    as_of: str
    n: str
    function: str = ""
    ladder: str = ""


@dataclass(frozen=True)
class PricedLevel:
    """One level of a ladder priced like the others; ``rising`` never falls along a track."""

    level: str
    track: str
    typical: float
    low: float
    high: float
    rising: float
