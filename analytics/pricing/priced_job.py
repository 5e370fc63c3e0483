"""A priced job: what each source contributes, and a figure for each percentile."""

import itertools
from dataclasses import dataclass
from functools import cached_property
from math import nan

from analytics.pricing.inputs import Pricing, Source
from analytics.quantiles import Curve


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
