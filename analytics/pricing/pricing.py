"""Price a job: several sources, one date, one pay basis, one composite with its interval."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import exp, inf, isfinite, log, nan, prod

import numpy as np

from analytics.errors import InputError
from analytics.pay_basis import PAY_BASES, PHRASES
from analytics.percentiles import PERCENTILES, percentile_label
from analytics.pricing.ageing import Month, ageing_factor, months_between
from analytics.pricing.bridges import EQUITY_CEILING, bridge
from analytics.pricing.composite import (
    MAX_SHARE,
    market_composite,
    outliers,
    pooled_workforce,
    weights,
)
from analytics.pricing.composite_error import SourceError, composite_ends
from analytics.quantiles import Curve
from analytics.uncertainty.cells import UNKNOWN, WIDEST_WORDS, Array, Cell
from analytics.uncertainty.conversions import (
    AGEING_MONTHS,
    ageing_half_width,
    place_half_widths,
)
from analytics.uncertainty.ends import Ends, grid_with, scores

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
    rate_origin: str = ""


@dataclass(frozen=True)
class SourceContribution:
    """What a source contributes: its weight and adjusted figures, or why it is excluded.

    ``bridge_label`` states the assumptions of its bridge, if any, and ``bridge_reach``
    how far below and above these may take it, in logs.
    ``exclusion_reason`` is empty for a source that is used.
    """

    source: Source
    weight: float
    adjusted: tuple[AdjustedFigure, ...]
    bridge_label: str
    flags: tuple[str, ...]
    exclusion_reason: str = ""
    bridge_reach: tuple[float, float] = (0.0, 0.0)

    def pay(self, p: float) -> float | None:
        """The source's adjusted pay at a percentile; None where it can't be computed."""
        pays = {figure.p: figure.value for figure in self.adjusted}
        if p in pays:
            return pays[p]
        return self.curve.pay(p) if len(pays) > 1 else None

    @cached_property
    def curve(self) -> Curve:
        """The distribution through the adjusted figures, two or more."""
        return Curve({figure.p: figure.value for figure in self.adjusted}, self.source.known)


@dataclass(frozen=True)
class PricedFigure:
    """One percentile of the answer.

    ``composite`` is the market composite; its ``interval`` is None where nothing
    is known of its error (published figures without a sample size, neither aged nor
    moved). ``pooled`` is the pooled workforce of ``pooled_sources``, None where no source
    has two percentiles. ``shares`` are the weights of the sources that have this
    percentile, ``leave_one_out`` the composite without each family of them.
    ``extrapolated`` names sources for which it lies outside the percentiles that
    they publish, ``error_unknown`` those whose sampling error is not published.
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
        names |= {f.rate_origin for c in answering for f in c.adjusted if f.months}
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
    medians = {c.source.name: pay for c in used if (pay := c.pay(0.5))}
    distances = outliers(medians)
    percentiles = sorted({*pricing.percentiles, pricing.target})
    weighing = _Weighing(used)
    ends = _ends(used, weighing)
    figures = tuple(f for p in percentiles if (f := _priced_figure(weighing, p, ends)) is not None)
    if pricing.target not in {f.p for f in figures}:
        raise InputError(
            f"no source gives {percentile_label(pricing.target)}, nor two percentiles to compute "
            "it from"
        )
    weighted = [
        c if c.exclusion_reason else _with_share(c, shares, distances, used) for c in contributions
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
        bridging = bridge(
            source.basis, pricing.basis, pricing.split, pricing.equity, pricing.equity_ceiling
        )
    except InputError as error:
        return SourceContribution(source, weight, (), "", (), str(error))
    months = months_between(source.as_of, pricing.to)
    currency = (source.per_unit or 1.0) if source.currency != pricing.currency else 1.0
    adjusted = _adjusted(pricing, source, months, currency, bridging.factor)
    return SourceContribution(
        source, weight, adjusted, bridging.assumption, (), bridge_reach=bridging.reach
    )


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


def _adjusted(
    pricing: Pricing, source: Source, months: int, currency: float, bridging: float
) -> tuple[AdjustedFigure, ...]:
    """Each figure at its own rate; all at the pricing's where percentiles would cross else."""

    def at(rates: Mapping[float, Rate]) -> tuple[AdjustedFigure, ...]:
        return tuple(
            _adjust(source, p, rates.get(p, pricing.rate), months, currency, bridging)
            for p in sorted(source.percentiles)
        )

    own = at(source.rates)
    rising = all(a.value <= b.value for a, b in itertools.pairwise(own))
    return own if rising else at({})


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
        rate_origin=rate.origin,
        months=months,
        ageing_factor=ageing,
        place_factor=place.factor,
        value=prod((pay, currency, bridging, ageing, place.factor)),
    )


def _shares(contributions: Sequence[SourceContribution]) -> dict[str, float]:
    """Source name → its share of the composite."""
    sources = [c.source for c in contributions]
    shares = weights(
        [c.weight for c in contributions],
        [source.n for source in sources],
        [source.family or source.name for source in sources],
    )
    return {source.name: share for source, share in zip(sources, shares, strict=True)}


def _families(contributions: Sequence[SourceContribution]) -> dict[str, list[SourceContribution]]:
    """The sources that rest on the same figures, by their names; most are alone."""
    grouped: dict[str, list[SourceContribution]] = {}
    for c in contributions:
        grouped.setdefault(c.source.family or c.source.name, []).append(c)
    return {" and ".join(c.source.name for c in group): group for group in grouped.values()}


class _Weighing:
    """Shares of the sources that give a percentile; the same few give most of them."""

    def __init__(self, used: Sequence[SourceContribution]) -> None:
        self.used = used
        self._known: dict[
            tuple[bool, ...], tuple[dict[str, float], dict[str, dict[str, float]]]
        ] = {}

    def shares(
        self, given: tuple[bool, ...]
    ) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
        """The shares of those given, and those of the others without each family in turn."""
        if given not in self._known:
            having = [c for c, gives in zip(self.used, given, strict=True) if gives]
            without = {}
            for name, group in _families(having).items():
                rest = [c for c in having if c not in group and c.weight > 0]
                if rest:
                    without[name] = _shares(rest)
            self._known[given] = _shares(having), without
        return self._known[given]

    def arrays(self, given: tuple[bool, ...]) -> tuple[Array, Array]:
        """The same as a vector, and as a matrix with a row for each family left out."""
        shares, without = self.shares(given)
        rows = [[rest.get(name, 0.0) for name in shares] for rest in without.values()]
        return np.array(list(shares.values())), np.array(rows).reshape(-1, len(shares))


def _priced_figure(weighing: _Weighing, p: float, ends: Ends | None) -> PricedFigure | None:
    """One percentile of the answer; None where no source gives it."""
    pays = {c.source.name: c.pay(p) for c in weighing.used}
    given = tuple(pay is not None for pay in pays.values())
    having = [c for c, gives in zip(weighing.used, given, strict=True) if gives]
    if not having:
        return None
    shares, without = weighing.shares(given)

    def composite_of(shares: Mapping[str, float]) -> float:
        return market_composite(list(shares.values()), [pays[name] or nan for name in shares])

    composite = composite_of(shares)
    poolable = [c for c in having if len(c.adjusted) > 1]
    return PricedFigure(
        p=p,
        composite=composite,
        interval=_interval(ends, p, composite),
        pooled=_pooled(poolable, p) if poolable else None,
        shares=shares,
        leave_one_out={name: composite_of(rest) for name, rest in without.items()},
        extrapolated=tuple(c.source.name for c in having if _beyond(c, p)),
        pooled_sources=tuple(c.source.name for c in poolable),
        error_unknown=tuple(c.source.name for c in having if not _knows_error(c.source)),
    )


def _interval(ends: Ends | None, p: float, composite: float) -> tuple[float, float] | None:
    if ends is None:
        return None
    low, high = (exp(end) for end in ends.at(float(scores([p])[0]), log(composite)))
    return (low, high) if high / low - 1 > 1e-9 else None


def _beyond(contribution: SourceContribution, p: float) -> bool:
    """Whether a percentile lies outside those that the source publishes."""
    published = [figure.p for figure in contribution.adjusted]
    return not min(published) <= p <= max(published)


def _knows_error(source: Source) -> bool:
    return source.known.knows_sampling or bool(source.intervals)


def _ends(used: Sequence[SourceContribution], weighing: _Weighing) -> Ends | None:
    """Both ends of the composite's interval along the percentiles."""
    grid = grid_with(figure.p for c in used for figure in c.adjusted)
    z = scores(grid)
    return composite_ends(z, [_source_error(c, grid, z) for c in used], weighing.arrays)


def _source_error(c: SourceContribution, grid: Sequence[float], z: Array) -> SourceError:
    """A source's adjusted figures with all their errors, at normal scores ``z``."""
    pays = {figure.p: figure.value for figure in c.adjusted}
    if len(pays) > 1:
        center = c.curve.log_pays(z)
        # A method that gives the intervals itself knows its own shape between them too.
        own = np.zeros_like(z) if set(pays) <= set(c.source.intervals) else c.curve.half_widths(z)
    else:
        center = np.array([log(pays[p]) if p in pays else nan for p in grid])
        own = np.zeros_like(z)
    ageing = np.full_like(z, max(ageing_half_width(figure.months) for figure in c.adjusted))
    place = place_half_widths(c.source.place.error, z)
    bridged = [np.full_like(z, reach) for reach in c.bridge_reach]
    return SourceError(
        center=center,
        own=np.hypot(own, _reaches(c.source, z)),
        shared=np.array([[ageing, ageing], [place, place], bridged]),
        anchored=np.array([p in pays for p in grid]),
    )


def _reaches(source: Source, z: Array) -> Array:
    """How far the source's own intervals reach below and above, in logs; 0 without any."""
    known = sorted(p for p in source.intervals if p in source.percentiles)
    if not known:
        return np.zeros((2, len(z)))
    at = scores(known)
    below = [log(source.percentiles[p] / source.intervals[p][0]) for p in known]
    above = [log(source.intervals[p][1] / source.percentiles[p]) for p in known]
    return np.stack([np.interp(z, at, below), np.interp(z, at, above)])


def _pooled(contributions: Sequence[SourceContribution], p: float) -> float:
    shares = list(_shares(contributions).values())
    return pooled_workforce([c.curve for c in contributions], shares, p)


def _with_share(
    contribution: SourceContribution,
    shares: Mapping[str, float],
    distances: Mapping[str, float],
    used: Sequence[SourceContribution],
) -> SourceContribution:
    """A used contribution with its share as its weight, and its flags."""
    name = contribution.source.name
    flags = [*_flags(contribution, shares[name], len(shares), distances.get(name))]
    family = contribution.source.family
    kin = [c.source.name for c in used if family and c.source.family == family]
    if len(kin) > 1:
        flags.append(f"{' and '.join(kin)} rest on the same figures: they share one weight")
    return replace(contribution, weight=shares[name], flags=tuple(flags))


def _flags(
    contribution: SourceContribution, share: float, sources: int, distance: float | None
) -> Iterator[str]:
    adjusted = contribution.adjusted
    if distance is not None:
        yield f"outlier: median {exp(distance) - 1:+.0%} against the others"
    if contribution.source.n is None:
        yield "sample size not published: weighs by relevance alone"
    if not _knows_error(contribution.source):
        yield "sampling error not published"
    if not contribution.source.cell.measured and not contribution.source.intervals:
        yield WIDEST_WORDS
    if sources == 1:
        yield "the only source"
    if sources > 1 and share == MAX_SHARE:
        yield "weighs one half, the most that one source may"
    if len(adjusted) == 1:
        yield f"gives only {percentile_label(adjusted[0].p)}"
    if adjusted and adjusted[0].months < 0:
        yield "newer than the target date: aged back"
    if adjusted and abs(adjusted[0].months) > AGEING_MONTHS:
        yield f"aged beyond the {AGEING_MONTHS} months over which the error of ageing was measured"
