"""Pricing a job: several sources, one date, one basis, one honest band."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, inf, isfinite, log, nan, prod

from analytics.distribution import Distribution
from analytics.errors import InputError
from analytics.pricing.ageing import Month, ageing_factor, months_between
from analytics.pricing.bridges import bridge
from analytics.pricing.composite import (
    MOST,
    interval,
    market_composite,
    outliers,
    pooled_workforce,
    weights,
    without_each,
)
from analytics.quantiles import Estimate, percentile_of

#: How closely a source's job matches, and the factor that its weight takes for it.
MATCHES = {"exact": 1.0, "strong": 0.8, "partial": 0.5, "proxy": 0.25}
PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
BASES = {
    "base": "base pay",
    "target_cash": "target cash",
    "total_cash": "total cash",
    "total_comp": "total compensation",
    "oews_wage": "OEWS wage",
    "unstated": "pay of no stated basis",
}


#: What can be asked for; pay of no stated basis answers nothing.
ANSWERS = tuple(basis for basis in BASES if basis != "unstated")


@dataclass(frozen=True)
class Rate:
    """A yearly rate and where it is from."""

    value: float
    said: str


@dataclass(frozen=True)
class Place:
    """What pay is multiplied by for a place, and where that is from."""

    factor: float = 1.0
    said: str = ""


@dataclass(frozen=True)
class Source:
    """What one source says of the job.

    ``percentiles`` maps percentile (0–1) to pay a year in ``currency``;
    ``per_unit`` is one unit of that currency in the pricing's. ``as_of`` is None
    where the source gives no date. ``n`` is None where it is not published.
    ``bridged`` lets its basis be bridged. ``rates`` replaces the pricing's rate
    percentile by percentile. ``reaches`` holds intervals that the source's own
    method gives.
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
    reaches: dict[float, tuple[float, float]] = field(default_factory=dict)
    status: str = "published"
    origin: str = ""


@dataclass(frozen=True)
class Pricing:
    """A job to price and everything that the answer depends on."""

    job: str
    basis: str
    to: Month
    rate: Rate
    sources: tuple[Source, ...]
    target: float = 0.5
    currency: str = "USD"
    split: float = 0.8
    equity: float = 0.0
    code: str = ""
    place: str = ""
    percentiles: tuple[float, ...] = PERCENTILES


@dataclass(frozen=True)
class AdjustedFigure:
    """One figure of one source on its way to the pricing's date, basis and place."""

    source: str
    p: float
    printed: float
    currency: float
    bridge: float
    rate: float
    rate_said: str
    months: int
    ageing: float
    place: float
    value: float


@dataclass(frozen=True)
class SourceContribution:
    """A source as it enters: its figures moved, its factors, or why it stays out."""

    source: Source
    weight: float
    moved: tuple[AdjustedFigure, ...]
    bridge_said: str
    flags: tuple[str, ...]
    refused: str = ""


@dataclass(frozen=True)
class PricedFigure:
    """One percentile of the answer.

    ``typical`` with its interval (None where nothing is known of its error: one
    source, at a percentile that it publishes, without a sample size), ``pooled``
    (None where no two percentiles of a source are known), the shares of the
    sources that speak of it, the typical figure without each, the sources for
    which it lies beyond the percentiles that they publish, those that the pooled
    figure is made of, and those of which no error is known.
    """

    p: float
    typical: float
    reach: tuple[float, float] | None
    pooled: float | None
    shares: dict[str, float]
    without: dict[str, float]
    beyond: tuple[str, ...] = ()
    pooled_of: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def low(self) -> float:
        """Lower end of the interval; not a number where it is not known."""
        return self.reach[0] if self.reach else nan

    @property
    def high(self) -> float:
        """Upper end of the interval; not a number where it is not known."""
        return self.reach[1] if self.reach else nan


@dataclass(frozen=True)
class PricedJob:
    """The answer: every source's part, and a figure for each percentile."""

    pricing: Pricing
    parts: tuple[SourceContribution, ...]
    figures: tuple[PricedFigure, ...]

    @property
    def falls(self) -> list[tuple[float, float]]:
        """Percentiles between which the typical market falls: not the same sources give both."""
        pairs = itertools.pairwise(self.figures)
        return [(a.p, b.p) for a, b in pairs if b.typical < a.typical]

    @property
    def target(self) -> PricedFigure:
        """The figure at the target percentile."""
        return next(f for f in self.figures if f.p == self.pricing.target)


def price_job(pricing: Pricing) -> PricedJob:
    """Price a job.

    Sources of another basis stay out unless they are bridged, and those without
    a date unless one is given. Raises `InputError`, naming the source, for
    figures that can't be right, and when no source is left.
    """
    if pricing.basis not in ANSWERS:
        raise InputError(f"pay basis {pricing.basis!r} is none of {', '.join(ANSWERS)}")
    if not 0 < pricing.target < 1:
        raise InputError(f"target P{100 * pricing.target:g} is not between P0 and P100")
    names = [source.name for source in pricing.sources]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise InputError(f"{twice[0]}: stands twice among the sources; give each its own name")
    entering = [_part(pricing, source) for source in pricing.sources]
    used = [part for part in entering if not part.refused]
    if not used:
        said = "; ".join(f"{p.source.name}: {p.refused}" for p in entering) or "none is chosen"
        raise InputError(f"no source is left to price from. {said}")
    shares = weights([part.weight for part in used], [part.source.n for part in used])
    medians = {p.source.name: e.value for p in used if (e := _says(p, 0.5))}
    far = outliers(medians)
    wanted = sorted({*pricing.percentiles, pricing.target})
    figures = tuple(f for p in wanted if (f := _figure(used, p)) is not None)
    if pricing.target not in {f.p for f in figures}:
        raise InputError(
            f"no source gives P{100 * pricing.target:g}, nor two percentiles to compute it from"
        )
    told = {p.source.name: s for p, s in zip(used, shares, strict=True)}
    return PricedJob(pricing, tuple(_flagged(p, told, far) for p in entering), figures)


def _part(pricing: Pricing, source: Source) -> SourceContribution:
    _check(source, pricing)
    weight = MATCHES[source.match] * source.relevance

    def refuse(reason: str) -> SourceContribution:
        return SourceContribution(source, weight, (), "", (), reason)

    if source.basis != pricing.basis and not source.bridged:
        return refuse(
            f"speaks of {BASES[source.basis]}, not {BASES[pricing.basis]}; unlike bases are not "
            "blended without a stated bridge"
        )
    if source.as_of is None:
        return refuse("gives no date; say one to age it from")
    if source.currency != pricing.currency and not source.per_unit:
        return refuse(f"is in {source.currency}; say how much {pricing.currency} one is worth")
    if weight == 0:
        return refuse("has no weight")
    try:
        way = bridge(source.basis, pricing.basis, pricing.split, pricing.equity, BASES)
    except InputError as error:
        return refuse(str(error))
    months = months_between(source.as_of, pricing.to)
    money = (source.per_unit or 1.0) if source.currency != pricing.currency else 1.0
    moved = tuple(
        _move(source, p, pay, way.factor, source.rates.get(p, pricing.rate), months, money)
        for p, pay in sorted(source.percentiles.items())
    )
    return SourceContribution(source, weight, moved, way.words, ())


def _move(
    source: Source,
    p: float,
    pay: float,
    bridged: float,
    rate: Rate,
    months: int,
    money: float,
) -> AdjustedFigure:
    aged = ageing_factor(rate.value, months)
    value = prod((pay, money, bridged, aged, source.place.factor))
    return AdjustedFigure(
        source.name, p, pay, money, bridged, rate.value, rate.said, months, aged,
        source.place.factor, value,
    )  # fmt: skip


def _figure(used: Sequence[SourceContribution], p: float) -> PricedFigure | None:
    said = {part.source.name: _says(part, p) for part in used}
    parts = [part for part in used if said[part.source.name]]
    found = {name: estimate for name, estimate in said.items() if estimate}
    if not parts:
        return None
    sizes = {part.source.name: part.source.n for part in parts}
    relevance = {part.source.name: part.weight for part in parts}
    pays = {name: estimate.value for name, estimate in found.items()}
    halves = [log(e.high / e.low) / 2 for e in found.values()]
    shares = weights(list(relevance.values()), list(sizes.values()))
    value = market_composite(shares, list(pays.values()))
    without = without_each(pays, relevance, sizes)
    ends = interval(value, list(without.values()), shares, halves)
    whole = [part for part in parts if len(part.moved) > 1]
    together = None
    if whole:
        of = weights([part.weight for part in whole], [part.source.n for part in whole])
        together = pooled_workforce([_curve(part) for part in whole], of, p)
    return PricedFigure(
        p,
        value,
        ends if ends[0] < ends[1] else None,
        together,
        dict(zip(pays, shares, strict=True)),
        without,
        tuple(name for name, estimate in found.items() if estimate.beyond),
        tuple(part.source.name for part in whole),
        tuple(name for name, half in zip(found, halves, strict=True) if half == 0),
    )


def _says(part: SourceContribution, p: float) -> Estimate | None:
    """What a source says of a percentile; None if nothing."""
    given = {m.p: m.value for m in part.moved}
    if p in given and (own := part.source.reaches.get(p)):
        # The interval is the source's own, moved as its figure was.
        by = given[p] / part.source.percentiles[p]
        return Estimate(given[p], own[0] * by, own[1] * by, part.source.status)
    if len(given) < 2:
        return Estimate(given[p], given[p], given[p], part.source.status) if p in given else None
    return percentile_of(given, p, n=part.source.n)


def _curve(part: SourceContribution) -> Distribution:
    return Distribution({m.p: m.value for m in part.moved})


def _flagged(
    part: SourceContribution, shares: dict[str, float], far: dict[str, float]
) -> SourceContribution:
    name = part.source.name
    if part.refused:
        return part
    return SourceContribution(
        part.source, shares[name], part.moved, part.bridge_said,
        tuple(_flags(part, shares[name], len(shares), far.get(name))),
    )  # fmt: skip


def _flags(
    part: SourceContribution, share: float, sources: int, apart: float | None
) -> Iterator[str]:
    if apart is not None:
        yield f"outlier: median {exp(apart) - 1:+.0%} against the others"
    if part.source.n is None:
        yield "sample size not published: weighs by relevance alone"
    if sources == 1:
        yield "the only source"
    if sources > 1 and share == MOST:
        yield "weighs one half, the most that one source may"
    if len(part.moved) == 1:
        yield f"gives P{100 * part.moved[0].p:g} alone"
    if part.moved and part.moved[0].months < 0:
        yield "newer than the date asked: aged back"


def _check(source: Source, pricing: Pricing) -> None:
    name = source.name.strip() or "a source without a name"
    if source.match not in MATCHES:
        raise InputError(f"{name}: match {source.match!r} is none of {', '.join(MATCHES)}")
    if source.basis not in BASES:
        raise InputError(f"{name}: pay basis {source.basis!r} is none of {', '.join(BASES)}")
    if not source.percentiles:
        raise InputError(f"{name}: gives no percentile; give at least one")
    for p, pay in source.percentiles.items():
        if not (isfinite(pay) and pay > 0):
            raise InputError(f"{name}: P{100 * p:g} is {pay:,.0f}; pay must be above 0")
    ordered = sorted(source.percentiles.items())
    for (p, pay), (q, more) in itertools.pairwise(ordered):
        if more < pay:
            raise InputError(
                f"{name}: P{100 * q:g} ({more:,.0f}) is below P{100 * p:g} ({pay:,.0f}); "
                "percentiles must rise"
            )
    if source.n is not None and source.n < 1:
        raise InputError(f"{name}: n is {source.n}; leave it empty if it is not published")
    if not 0 <= source.relevance <= 1:
        raise InputError(f"{name}: relevance {source.relevance:g} is outside 0 to 1")
    if source.per_unit is not None and not 0 < source.per_unit < inf:
        raise InputError(f"{name}: one {source.currency} is worth {source.per_unit:g}; above 0")
    if not 0 < source.place.factor < inf:
        raise InputError(f"{name}: the place's factor {source.place.factor:g} is no factor")
