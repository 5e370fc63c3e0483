"""Price a job: several sources, one date, one pay basis, one composite with its interval."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, inf, isfinite, log, nan, prod

from analytics.distribution import Distribution
from analytics.errors import InputError
from analytics.pay_basis import PAY_BASES, PHRASES
from analytics.percentiles import PERCENTILES, percentile_label
from analytics.pricing.ageing import Month, ageing_factor, months_between
from analytics.pricing.bridges import bridge
from analytics.pricing.composite import (
    MAX_SHARE,
    composite_interval,
    leave_one_out,
    market_composite,
    outliers,
    pooled_workforce,
    weights,
)
from analytics.quantiles import Estimate, percentile_of

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
    """What pay is multiplied by for a place, where that is from, and the name of its source."""

    factor: float = 1.0
    label: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Source:
    """What one source reports of the job.

    ``percentiles`` maps percentile (0–1) to yearly pay in ``currency``;
    ``per_unit`` is the value of one unit of it in the pricing's currency.
    ``as_of`` is None where the source has no date, ``n`` where its sample size
    is not published. ``bridged`` lets its pay basis be converted. ``rates``
    replaces the pricing's rate percentile by percentile. ``intervals`` are those
    that the source's own method gives.
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


@dataclass(frozen=True)
class Pricing:
    """A job to price and everything that the answer depends on.

    ``to`` is the month that pay is aged to, ``target`` the percentile to price
    at; ``split`` is base as a share of target cash and ``equity`` the equity
    share of total compensation, both for bridging pay bases.
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
    code: str = ""
    place: str = ""
    percentiles: tuple[float, ...] = PERCENTILES


@dataclass(frozen=True)
class AdjustedFigure:
    """One figure of one source, as published and adjusted, with every factor between.

    ``value`` is the product of ``published`` and the four factors, for currency,
    pay basis, date and place.
    """

    source: str
    p: float
    published: float
    currency_factor: float
    bridge_factor: float
    rate: float
    rate_label: str
    months: int
    ageing_factor: float
    place_factor: float
    value: float


@dataclass(frozen=True)
class SourceContribution:
    """What a source contributes: its weight and adjusted figures, or why it is excluded.

    ``bridge_label`` states the assumptions of its bridge, if any.
    ``exclusion_reason`` is empty for a source that is used.
    """

    source: Source
    weight: float
    adjusted: tuple[AdjustedFigure, ...]
    bridge_label: str
    flags: tuple[str, ...]
    exclusion_reason: str = ""

    def estimate(self, p: float) -> Estimate | None:
        """The source's adjusted pay at a percentile; None where it can't be computed.

        Between percentiles whose intervals the source gives itself, its own error counts
        beside that of interpolation: the interval is the wider of the two on each side.
        """
        pays = {figure.p: figure.value for figure in self.adjusted}
        if p in self.source.intervals and p in pays:
            low, high = self._ends(next(f for f in self.adjusted if f.p == p))
            return Estimate(pays[p], low, high, self.source.status)
        if len(pays) < 2:
            return Estimate(pays[p], pays[p], pays[p], self.source.status) if p in pays else None
        computed = percentile_of(pays, p, n=self.source.n)
        if not set(pays) <= set(self.source.intervals):
            return computed
        low, high = (
            percentile_of({f.p: self._ends(f)[end] for f in self.adjusted}, p).value
            for end in (0, 1)
        )
        return replace(computed, low=min(low, computed.low), high=max(high, computed.high))

    def _ends(self, figure: AdjustedFigure) -> tuple[float, float]:
        """The source's own interval of a figure, adjusted by the same factors."""
        low, high = self.source.intervals[figure.p]
        factor = figure.value / figure.published
        return low * factor, high * factor

    def distribution(self) -> Distribution:
        """The distribution through the adjusted figures, two or more."""
        return Distribution({figure.p: figure.value for figure in self.adjusted})


@dataclass(frozen=True)
class PricedFigure:
    """One percentile of the answer.

    ``composite`` is the market composite; its ``interval`` is None where nothing
    is known of its error (published figures without a sample size). ``pooled``
    is the pooled workforce of ``pooled_sources``, None where no source has two
    percentiles. ``shares`` are the weights of the sources that have this
    percentile, ``leave_one_out`` the composite without each of them.
    ``extrapolated`` names sources for which it lies outside the percentiles that
    they publish, ``error_unknown`` those whose own error is unknown.
    """

    p: float
    composite: float
    interval: tuple[float, float] | None
    pooled: float | None
    shares: dict[str, float]
    leave_one_out: dict[str, float]
    extrapolated: tuple[str, ...] = ()
    pooled_sources: tuple[str, ...] = ()
    error_unknown: tuple[str, ...] = ()

    @property
    def low(self) -> float:
        """Lower end of the interval; NaN where it is unknown."""
        return self.interval[0] if self.interval else nan

    @property
    def high(self) -> float:
        """Upper end of the interval; NaN where it is unknown."""
        return self.interval[1] if self.interval else nan


@dataclass(frozen=True)
class PricedJob:
    """The answer: what each source contributes, and a figure for each percentile."""

    pricing: Pricing
    contributions: tuple[SourceContribution, ...]
    figures: tuple[PricedFigure, ...]

    @property
    def used(self) -> tuple[SourceContribution, ...]:
        """The sources that the figures are computed from."""
        return tuple(c for c in self.contributions if not c.exclusion_reason)

    @property
    def answering(self) -> tuple[SourceContribution, ...]:
        """The sources that give the target figure."""
        return tuple(c for c in self.contributions if c.source.name in self.target.shares)

    @property
    def origins(self) -> frozenset[str]:
        """Names of the store's sources that the target figure rests on.

        Those of the figures, of the factors for the place, and of the yearly rate where
        anything is aged by it. Figures of somebody's own have none.
        """
        answering = self.answering
        names = {c.source.origin for c in answering} | {c.source.place.origin for c in answering}
        aged = (f for c in answering for f in c.adjusted if f.months)
        if any(f.rate_label == self.pricing.rate.label for f in aged):
            names.add(self.pricing.rate.origin)
        return frozenset(name for several in names for name in several.split(", ") if name)

    @property
    def excluded(self) -> tuple[SourceContribution, ...]:
        """The sources that are left out, each with its reason."""
        return tuple(c for c in self.contributions if c.exclusion_reason)

    @property
    def non_monotone(self) -> list[tuple[float, float]]:
        """Neighboring percentiles between which the composite falls.

        That can happen where different sources give the two.
        """
        pairs = itertools.pairwise(self.figures)
        return [(a.p, b.p) for a, b in pairs if b.composite < a.composite]

    @property
    def target(self) -> PricedFigure:
        """The figure at the target percentile."""
        return next(f for f in self.figures if f.p == self.pricing.target)


def price_job(pricing: Pricing) -> PricedJob:
    """Price a job.

    Sources of another pay basis are excluded unless they are bridged, and those
    without a date until one is given. Raises `InputError`, naming the source,
    for impossible figures, and when no source is left.
    """
    _check_pricing(pricing)
    contributions = [_contribution(pricing, source) for source in pricing.sources]
    used = [c for c in contributions if not c.exclusion_reason]
    if not used:
        reasons = [f"{c.source.name}: {c.exclusion_reason}" for c in contributions]
        raise InputError(
            f"no source is left to price from. {'; '.join(reasons) or 'no source selected'}"
        )
    shares = _shares(used)
    medians = {c.source.name: e.value for c in used if (e := c.estimate(0.5))}
    distances = outliers(medians)
    percentiles = sorted({*pricing.percentiles, pricing.target})
    figures = tuple(f for p in percentiles if (f := _priced_figure(used, p)) is not None)
    if pricing.target not in {f.p for f in figures}:
        raise InputError(
            f"no source gives {percentile_label(pricing.target)}, nor two percentiles to compute "
            "it from"
        )
    weighted = [
        c if c.exclusion_reason else _with_share(c, shares, distances) for c in contributions
    ]
    return PricedJob(pricing, tuple(weighted), figures)


def _check_pricing(pricing: Pricing) -> None:
    if pricing.basis not in PRICEABLE_BASES:
        raise InputError(f"pay basis {pricing.basis!r} is not one of {', '.join(PRICEABLE_BASES)}")
    if not 0 < pricing.target < 1:
        raise InputError(f"target {percentile_label(pricing.target)} is not between P0 and P100")
    names = [source.name for source in pricing.sources]
    if repeated := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise InputError(f"{repeated[0]}: appears twice among the sources; give each its own name")
    for source in pricing.sources:
        _check_source(source)


def _check_source(source: Source) -> None:
    name = source.name.strip() or "a source without a name"
    if source.match not in MATCHES:
        raise InputError(f"{name}: match {source.match!r} is not one of {', '.join(MATCHES)}")
    if source.basis not in PAY_BASES:
        raise InputError(f"{name}: pay basis {source.basis!r} is not one of {', '.join(PAY_BASES)}")
    _check_percentiles(name, source.percentiles)
    if source.n is not None and source.n < 1:
        raise InputError(f"{name}: n is {source.n}; leave it empty if it is not published")
    if not 0 <= source.relevance <= 1:
        raise InputError(f"{name}: relevance {source.relevance:g} is outside 0 to 1")
    if source.per_unit is not None and not 0 < source.per_unit < inf:
        raise InputError(
            f"{name}: one {source.currency} is worth {source.per_unit:g}; it must be above 0"
        )
    if not 0 < source.place.factor < inf:
        raise InputError(f"{name}: the place factor {source.place.factor:g} must be above 0")


def _check_percentiles(name: str, percentiles: Mapping[float, float]) -> None:
    if not percentiles:
        raise InputError(f"{name}: has no percentile; give at least one")
    for p, pay in percentiles.items():
        if not (isfinite(pay) and pay > 0):
            raise InputError(f"{name}: {percentile_label(p)} is {pay:,.0f}; pay must be above 0")
    for (low, a), (high, b) in itertools.pairwise(sorted(percentiles.items())):
        if b < a:
            raise InputError(
                f"{name}: {percentile_label(high)} ({b:,.0f}) is below {percentile_label(low)} "
                f"({a:,.0f}); percentiles must rise"
            )


def _contribution(pricing: Pricing, source: Source) -> SourceContribution:
    """The source's adjusted figures, or the reason for its exclusion; shares come later."""
    weight = MATCHES[source.match] * source.relevance
    reason = _exclusion_reason(pricing, source, weight)
    if reason or source.as_of is None:
        return SourceContribution(source, weight, (), "", (), reason)
    try:
        bridging = bridge(source.basis, pricing.basis, pricing.split, pricing.equity)
    except InputError as error:
        return SourceContribution(source, weight, (), "", (), str(error))
    months = months_between(source.as_of, pricing.to)
    currency = (source.per_unit or 1.0) if source.currency != pricing.currency else 1.0
    adjusted = tuple(
        _adjust(source, p, source.rates.get(p, pricing.rate), months, currency, bridging.factor)
        for p in sorted(source.percentiles)
    )
    return SourceContribution(source, weight, adjusted, bridging.assumption, ())


def _exclusion_reason(pricing: Pricing, source: Source, weight: float) -> str:
    """Why a source can't be used as it is; empty where it can."""
    if source.basis != pricing.basis and not source.bridged:
        return (
            f"reports {PHRASES[source.basis]}, not {PHRASES[pricing.basis]}; different pay bases "
            "are not blended without a stated bridge"
        )
    if source.as_of is None:
        return "has no effective date; enter one to age it from"
    if source.currency != pricing.currency and not source.per_unit:
        return (
            f"is in {source.currency}; enter how many {pricing.currency} one {source.currency} is "
            "worth"
        )
    return "has no weight" if weight == 0 else ""


def _adjust(
    source: Source, p: float, rate: Rate, months: int, currency: float, bridging: float
) -> AdjustedFigure:
    pay, ageing, place = source.percentiles[p], ageing_factor(rate.value, months), source.place
    return AdjustedFigure(
        source=source.name,
        p=p,
        published=pay,
        currency_factor=currency,
        bridge_factor=bridging,
        rate=rate.value,
        rate_label=rate.label,
        months=months,
        ageing_factor=ageing,
        place_factor=place.factor,
        value=prod((pay, currency, bridging, ageing, place.factor)),
    )


def _shares(contributions: Sequence[SourceContribution]) -> dict[str, float]:
    """Source name → its share of the composite."""
    shares = weights([c.weight for c in contributions], [c.source.n for c in contributions])
    return {c.source.name: share for c, share in zip(contributions, shares, strict=True)}


def _priced_figure(used: Sequence[SourceContribution], p: float) -> PricedFigure | None:
    """One percentile of the answer; None where no source gives it."""
    estimates = {c.source.name: e for c in used if (e := c.estimate(p))}
    if not estimates:
        return None
    having = [c for c in used if c.source.name in estimates]
    pays = {name: estimate.value for name, estimate in estimates.items()}
    errors = [(log(e.value / e.low), log(e.high / e.value)) for e in estimates.values()]
    shares = _shares(having)
    composite = market_composite(list(shares.values()), list(pays.values()))
    left_out = leave_one_out(
        pays,
        {c.source.name: c.weight for c in having},
        {c.source.name: c.source.n for c in having},
    )
    low, high = composite_interval(
        composite, list(left_out.values()), list(shares.values()), errors
    )
    poolable = [c for c in having if len(c.adjusted) > 1]
    return PricedFigure(
        p=p,
        composite=composite,
        interval=(low, high) if low < high else None,
        pooled=_pooled(poolable, p) if poolable else None,
        shares=shares,
        leave_one_out=left_out,
        extrapolated=tuple(name for name, e in estimates.items() if e.extrapolated),
        pooled_sources=tuple(c.source.name for c in poolable),
        error_unknown=tuple(
            name for name, error in zip(estimates, errors, strict=True) if not any(error)
        ),
    )


def _pooled(contributions: Sequence[SourceContribution], p: float) -> float:
    shares = list(_shares(contributions).values())
    return pooled_workforce([c.distribution() for c in contributions], shares, p)


def _with_share(
    contribution: SourceContribution, shares: Mapping[str, float], distances: Mapping[str, float]
) -> SourceContribution:
    """A used contribution with its share as its weight, and its flags."""
    name = contribution.source.name
    flags = _flags(contribution, shares[name], len(shares), distances.get(name))
    return replace(contribution, weight=shares[name], flags=tuple(flags))


def _flags(
    contribution: SourceContribution, share: float, sources: int, distance: float | None
) -> Iterator[str]:
    adjusted = contribution.adjusted
    if distance is not None:
        yield f"outlier: median {exp(distance) - 1:+.0%} against the others"
    if contribution.source.n is None:
        yield "sample size not published: weighs by relevance alone"
    if sources == 1:
        yield "the only source"
    if sources > 1 and share == MAX_SHARE:
        yield "weighs one half, the most that one source may"
    if len(adjusted) == 1:
        yield f"gives only {percentile_label(adjusted[0].p)}"
    if adjusted and adjusted[0].months < 0:
        yield "newer than the target date: aged back"
