"""Price a job: several sources, one date, one pay basis, one composite with its interval."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import exp, log, nan, prod

import numpy as np

from analytics.errors import InputError
from analytics.pay_basis import PHRASES
from analytics.percentiles import percentile_label
from analytics.pricing.ageing import ageing_factor, months_between
from analytics.pricing.bridges import bridge
from analytics.pricing.composite import (
    MAX_SHARE,
    market_composite,
    outliers,
    pooled_workforce,
    weights,
)
from analytics.pricing.composite_error import SourceError, composite_ends
from analytics.pricing.input_checks import check_pricing
from analytics.pricing.inputs import MATCHES, Pricing, Rate, Source
from analytics.pricing.priced_job import (
    AdjustedFigure,
    PricedFigure,
    PricedJob,
    SourceContribution,
)
from analytics.uncertainty.cells import WIDEST_WORDS, Array
from analytics.uncertainty.conversions import (
    AGEING_MONTHS,
    ageing_half_width,
    place_half_widths,
)
from analytics.uncertainty.ends import Ends, grid_with, scores


def price_job(pricing: Pricing) -> PricedJob:
    """Price a job.

    Sources of another pay basis are excluded unless they are bridged, and those
    without a date until one is given. Raises `InputError`, naming the source,
    for impossible figures, and when no source is left.
    """
    check_pricing(pricing)
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
