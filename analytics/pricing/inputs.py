"""What a job is priced from: sources with their rates and places, and the settings."""

from dataclasses import dataclass, field, replace

from analytics.pay_basis import PAY_BASES
from analytics.percentiles import PERCENTILES
from analytics.pricing.ageing import Month
from analytics.pricing.bridges import EQUITY_CEILING
from analytics.uncertainty.cells import UNKNOWN, Cell

#: How closely a source's job matches, and the factor that its weight takes for it.
MATCHES = {"exact": 1.0, "strong": 0.8, "partial": 0.5, "proxy": 0.25}
#: Pay bases that a job can be priced on.
PRICEABLE_BASES = tuple(basis for basis in PAY_BASES if basis != "unstated")


@dataclass(frozen=True)
class Rate:
    """A yearly rate of growth, where it is from, and the name of its source if it has one."""

    value: float
    label: str
    origin: str = ""


@dataclass(frozen=True)
class Place:
    """What pay is multiplied by for a place, where that is from, and the name of its source.

    ``error`` names how the factor came about (`analytics.uncertainty.conversions.PLACE_ERRORS`);
    empty where it has no error of its own.
    """

    factor: float = 1.0
    label: str = ""
    origin: str = ""
    error: str = ""


#: The origin of a source that somebody typed in; those of the store name theirs.
OWN_ORIGIN = "yours"


@dataclass(frozen=True)
class Source:
    """What one source reports of the job.

    ``percentiles`` maps percentile (0–1) to yearly pay in ``currency``;
    ``per_unit`` is the value of one unit of it in the pricing's currency.
    ``as_of`` is None where the source has no date, ``n`` where its sample size
    is not published. ``bridged`` lets its pay basis be converted. ``rates``
    replaces the pricing's rate percentile by percentile. ``intervals`` are those
    that the source's own method gives. ``cell`` says what is known of the size of what
    the source reports on. Sources of one ``family`` rest on the same figures and count as one.
    """

    name: str
    basis: str
    as_of: Month | None
    percentiles: dict[float, float]
    currency: str = "USD"
    per_unit: float | None = None
    n: int | None = None
    match: str = "strong"
    reason: str = ""
    relevance: float = 1.0
    bridged: bool = False
    rates: dict[float, Rate] = field(default_factory=dict)
    place: Place = Place()
    intervals: dict[float, tuple[float, float]] = field(default_factory=dict)
    status: str = "published"
    origin: str = ""
    cell: Cell = UNKNOWN
    family: str = ""

    @property
    def known(self) -> Cell:
        """What is known of the cell, its sample size among it."""
        return replace(self.cell, n=self.n) if self.n is not None else self.cell


@dataclass(frozen=True)
class Pricing:
    """A job to price and everything that the answer depends on.

    ``to`` is the month that pay is aged to, ``target`` the percentile to price
    at; ``split`` is base as a share of target cash and ``equity`` the equity
    share of total compensation, both for bridging pay bases; ``equity_ceiling`` is the
    most that equity may be, which the interval of a bridged figure reaches to.
    """

    job: str
    basis: str
    to: Month
    rate: Rate
    sources: tuple[Source, ...]
    target: float = 0.5
    currency: str = "USD"
    split: float = 0.8
    equity: float = 0.0
    equity_ceiling: float = EQUITY_CEILING
    code: str = ""
    place: str = ""
    percentiles: tuple[float, ...] = PERCENTILES
