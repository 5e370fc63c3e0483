"""Figures and settings that no job can be priced from, refused by name."""

import itertools
from collections.abc import Mapping
from math import inf, isfinite

from analytics.errors import InputError
from analytics.pay_basis import PAY_BASES
from analytics.percentiles import percentile_label
from analytics.pricing.inputs import MATCHES, PRICEABLE_BASES, Pricing, Source


def check_pricing(pricing: Pricing) -> None:
    """Raise `InputError` for settings and sources that are impossible, naming the source."""
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
