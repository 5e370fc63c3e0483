"""Rows of pay records: a cell, and what lies beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.pay_rows import Percentiles


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
