"""Typed rows of wages by occupation and place, and of places themselves."""

from dataclasses import dataclass

from analytics.percentiles import PERCENTILES, percentile_name


@dataclass(frozen=True)
class PlaceName:
    """A place that pay can be converted to: its kind, and the states it lies in by postal code."""

    place: str
    kind: str
    states: str


@dataclass(frozen=True)
class PlaceMedian:
    """An occupation's median wage at a place, in its state and in the nation, of one year.

    ``state`` is empty for a state; ``kind`` is that of the place, empty where OEWS has none.
    """

    soc: str
    year: int
    state: str
    here: float | None
    in_state: float | None
    nation: float
    source: str = ""
    kind: str = ""


@dataclass(frozen=True)
class PrintedWages:
    """What OEWS prints of an occupation in one place; None where it releases no figure.

    Wages are US dollars a year; ``at_least`` names those that are only a lower bound,
    and the standard errors are in per cent.
    """

    employment: float | None
    employment_rse: float | None
    mean: float | None
    mean_rse: float | None
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    at_least: str
    note: str
    source: str

    @property
    def published(self) -> dict[float, float]:
        """The percentiles that are printed in full, without mere bounds."""
        bounds = set(self.at_least.split(", "))
        names = {p: percentile_name(p) for p in PERCENTILES}
        return {
            p: getattr(self, name)
            for p, name in names.items()
            if getattr(self, name) is not None and name not in bounds
        }


@dataclass(frozen=True)
class AreaWage(PrintedWages):
    """A row of the wages query: an occupation in one year and area."""

    year: int
    soc: str
    o_group: str
    area: str
    title: str
    hourly_median: float | None
    pay_basis: str
    currency: str
    as_of: str


@dataclass(frozen=True)
class PlaceFactor:
    """What national pay is multiplied by for a place; ``soc`` is empty for all pay.

    ``error`` names how the factor came about (`analytics.uncertainty.conversions`).
    """

    place: str
    soc: str
    factor: float
    said: str
    error: str
    source: str = ""


@dataclass(frozen=True)
class OccupationWage:
    """An occupation in the nation, in the newest year; wages are US dollars a year.

    ``change`` is that of the median since ``first_year``, in per cent.
    """

    soc: str
    o_group: str
    title: str
    year: int
    employment: float | None
    employment_rse: float | None
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    at_least: str
    first_year: float | None
    change: float | None
    source: str

    @property
    def label(self) -> str:
        """Title and code."""
        return f"{self.title} · {self.soc}"


@dataclass(frozen=True)
class OccupationArea(PrintedWages):
    """An occupation at one place, in the newest year; ``ratio`` is its median over the nation's.

    ``kind`` is nation, state, metropolitan, nonmetropolitan or loaded.
    """

    area: str
    kind: str
    states: str
    year: int
    ratio: float | None
