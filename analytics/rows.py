"""Typed rows: what pages and charts receive of a table."""

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from math import isnan
from types import NoneType
from typing import Any, Self, TypeVar, get_args

import pandas as pd

from analytics.errors import InputError

R = TypeVar("R")
_GROUPS = ("percentiles", "lows", "highs", "base", "variable")


def typed_rows(frame: pd.DataFrame, row_type: type[R]) -> list[R]:
    """The rows of a table as instances of a dataclass, columns taken by field name.

    A field with a default may have no column; one that may be None is None where the
    column is empty. Raises `InputError` for a column that is missing.
    """
    if issubclass(row_type, Percentiles):
        return [row_type.from_row(row) for row in frame.to_dict("records")]
    wanted = [
        f
        for f in fields(row_type)  # type: ignore[arg-type]
        if f.name in frame or f.default is MISSING
    ]
    if missing := [f.name for f in wanted if f.name not in frame]:
        raise InputError(f"{row_type.__name__}: the table has no column {', '.join(missing)}")
    names = [f.name for f in wanted]
    columns = [_values(frame[f.name], NoneType in get_args(f.type)) for f in wanted]
    return [row_type(**dict(zip(names, v, strict=True))) for v in zip(*columns, strict=True)]


def _values(column: pd.Series, may_be_none: bool) -> list[Any]:
    values: list[Any] = column.tolist()
    if not may_be_none:
        return values
    return [None if empty else v for v, empty in zip(values, column.isna(), strict=True)]


def known(value: float | None) -> float | None:
    """A number, or None for one that is missing in any way."""
    return None if value is None or isnan(value) else float(value)


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


@dataclass(frozen=True, kw_only=True)
class RecordCell(Percentiles):
    """One cell of pay records; ``dimensions`` maps each dimension to the cell's value.

    ``n`` and ``organisations`` are numbers for owners and size bands for others;
    ``interval_of`` is what the intervals speak of, empty where there are none.
    """

    dimensions: Mapping[str, str]
    n: int | str
    organisations: int | str
    interval_of: str
    note: str
    status: str
    source: str
    as_of: str
    pay_basis: str
    currency: str


@dataclass(frozen=True)
class RecordComparison:
    """Records' median of a level beside a market figure or an own range."""

    level: str
    beside: str
    beside_basis: str
    low: float
    point: float
    high: float
    ratio: float
    as_of: str
    source: str

    @property
    def own_range(self) -> bool:
        """Whether it is a pay range of the team's own."""
        return self.beside.startswith("Own range")


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


@dataclass(frozen=True)
class SourceInfo:
    """Where figures come from: a row of the sources."""

    source: str
    title: str
    publisher: str
    citation: str
    url: str
    published: str
    accessed: str
    as_of: str
    licence: str
    pay_basis: str
    population: str
    sample_size: str
    disclosure: str
    description: str
    method: str


@dataclass(frozen=True)
class JobProfile:
    """A job profile and its place in the taxonomy."""

    code: str
    family: str
    function: str
    function_title: str
    focus: str
    focus_title: str
    ladder: str
    level: str
    track: str
    grade: int
    title: str

    @property
    def label(self) -> str:
        """The job as people say it: ``Customer Success Management, Senior · P4``."""
        return f"{self.focus_title}, {self.title} · {self.level}"


@dataclass(frozen=True)
class LadderLevel:
    """A level of a ladder, from the bottom up by ``ordinal``."""

    ladder: str
    ladder_title: str
    level: str
    track: str
    ordinal: int
    grade: int
    title: str
    title_source: str
    grade_source: str


@dataclass(frozen=True)
class LevelCriterion:
    """What a level asks in one dimension."""

    level: str
    dimension: str
    descriptor: str


@dataclass(frozen=True)
class Responsibility:
    """One thing that a job does at a level."""

    level: str
    responsibility: str


@dataclass(frozen=True)
class GuideFunction:
    """A function that has a role guide, and how much it holds."""

    function: str
    title: str
    entries: int
    phrases: int


@dataclass(frozen=True)
class GuideEntry:
    """One row of a role guide; ``low`` without ``high`` means and more.

    ``cites`` numbers rows of the guide's own sources; ``source`` is Bandstand's.
    """

    section: str
    topic: str
    name: str
    text: str
    detail: str
    low: float
    high: float
    unit: str
    document_section: str
    cites: str
    source: str


@dataclass(frozen=True)
class GuidePhrase:
    """A phrase of job descriptions: what it means, and what to ask before signing."""

    phrase: str
    pattern: str
    meaning: str
    ask_at_offer: str
    document_section: str
    cites: str
    source: str


@dataclass(frozen=True)
class ReviewScore:
    """A profile's score in one dimension of its review."""

    dimension: str
    score: float


@dataclass(frozen=True)
class Experience:
    """Years of experience that a source names for a level; no ``high`` means and more."""

    kind: str
    low: float
    high: float
    note: str


@dataclass(frozen=True)
class OtherTitle:
    """Another title of a job, and whose word that is."""

    title: str
    said_by: str
    source: str


@dataclass(frozen=True)
class AdjacentProfile:
    """Another profile by its distance."""

    code: str
    title: str
    distance: float


@dataclass(frozen=True)
class CostChange:
    """How fast wages of a worker group rise a year, as a share."""

    worker_group: str
    quarter: str
    rate: float
    source: str


@dataclass(frozen=True)
class Load:
    """A file that the team loaded."""

    load: int
    kind: str
    name: str
    state: str
    rows_loaded: int


@dataclass(frozen=True)
class SavedVersion:
    """A version of a saved pricing or plan."""

    name: str
    version: int
    why: str
    spec: str
