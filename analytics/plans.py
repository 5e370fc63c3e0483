"""Variable pay: from results to attainment, to payout, to pay."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from analytics.errors import InputError
from analytics.ote import Split

#: Points at which the distribution of payouts is computed.
_POINTS = 2_001


@dataclass(frozen=True)
class Component:
    """One measure of a plan: its weight, and the results that count as 0 and 100 %.

    Attainment is (result − floor) / (target − floor): NRR of 110 % against a
    floor of 90 and a target of 110 is 100 %, not 110 %.
    """

    name: str
    weight: float
    floor: float
    target: float

    def attainment(self, result: float) -> float:
        """The attainment of a result; not below 0."""
        return max(0.0, (result - self.floor) / (self.target - self.floor))


@dataclass(frozen=True)
class Accelerator:
    """Above attainment ``start`` (1 is target), each further point pays ``rate`` points."""

    start: float
    rate: float


@dataclass(frozen=True)
class Plan:
    """How attainment turns into payout, where 1 is the variable pay at target.

    Nothing below ``threshold``; from there a straight line from ``at_threshold``
    to 1 at target; above target, the accelerators one after another; never more
    than ``cap`` (None for no cap).
    """

    threshold: float = 0.0
    at_threshold: float = 0.0
    accelerators: tuple[Accelerator, ...] = (Accelerator(1.0, 1.0),)
    cap: float | None = None

    def __post_init__(self) -> None:
        starts = [step.start for step in self.accelerators]
        if not 0 <= self.threshold < 1:
            raise InputError(f"threshold {self.threshold:.0%} must be from 0 % to below target")
        if not 0 <= self.at_threshold <= 1:
            raise InputError(f"payout at threshold {self.at_threshold:.0%} is outside 0 to 100 %")
        if not starts or starts[0] != 1 or any(b <= a for a, b in itertools.pairwise(starts)):
            raise InputError("accelerators begin at 100 % and each starts above the one before")
        if any(not (isfinite(s.rate) and s.rate >= 0) for s in self.accelerators):
            raise InputError("an accelerator's rate must be 0 or more")
        if self.cap is not None and self.cap < 1:
            raise InputError(f"cap {self.cap:.0%} is under target; it must be 100 % or more")

    def payout(self, attainment: float) -> float:
        """Payout as a share of variable pay at target; non-decreasing, 1 at target."""
        # Weights that add up to a rounding error below the threshold have reached it.
        attainment = round(attainment, 9)
        if attainment < self.threshold:
            return 0.0
        if attainment <= 1:
            progress = (attainment - self.threshold) / (1 - self.threshold)
            return self.at_threshold + progress * (1 - self.at_threshold)
        ends = [step.start for step in self.accelerators[1:]] + [attainment]
        paid = 1 + sum(
            step.rate * max(0.0, min(end, attainment) - step.start)
            for step, end in zip(self.accelerators, ends, strict=True)
        )
        return paid if self.cap is None else min(paid, self.cap)


def attainment(components: Sequence[Component], results: Sequence[float]) -> float:
    """Σ weight · attainment of each component; the weights sum to 1.

    Raises `InputError` for weights that don't, or a target at its floor.
    """
    check_components(components)
    return sum(c.weight * c.attainment(r) for c, r in zip(components, results, strict=True))


def check_components(components: Sequence[Component]) -> None:
    """Raise `InputError` for weights that don't sum to 1 or a target at or below its floor."""
    total = sum(c.weight for c in components)
    if not components or abs(total - 1) > 1e-6 or any(c.weight < 0 for c in components):
        raise InputError(f"component weights sum to {total:.0%}; each 0 or more, together 100 %")
    for c in components:
        if not c.target > c.floor:
            raise InputError(f"{c.name}: target {c.target:g} is not above its floor {c.floor:g}")


def retention(
    start: float, contraction: float, churn: float, expansion: float
) -> tuple[float, float]:
    """Gross and net revenue retention of a book of business.

    GRR = (start − contraction − churn) / start, at most 1; NRR adds expansion.
    Raises `InputError` for impossible amounts.
    """
    if not start > 0 or min(contraction, churn, expansion) < 0:
        raise InputError("revenue at the start must be above 0, and the changes 0 or more")
    if contraction + churn > start:
        raise InputError("contraction and churn exceed the revenue at the start")
    gross = (start - contraction - churn) / start
    return gross, gross + expansion / start


def check_retention(gross: float, net: float) -> None:
    """Raise `InputError` unless 0 ≤ GRR ≤ min(1, NRR)."""
    if not 0 <= gross <= 1:
        raise InputError(f"GRR {gross:.0%} must be from 0 to 100 %: it excludes expansion")
    if gross > net:
        raise InputError(
            f"GRR {gross:.0%} is above NRR {net:.0%}; NRR is GRR plus expansion, so never less"
        )


@dataclass(frozen=True)
class Spread:
    """Payouts when attainment varies: their mean and deciles, and the payout at the mean."""

    payout_at_mean: float
    mean: float
    deciles: tuple[float, ...]
    share_at_zero: float
    share_at_cap: float


def payout_spread(plan: Plan, mean: float, sd: float) -> Spread:
    """The spread of payouts when attainment is normal with a mean and standard deviation.

    Attainment below 0 counts as 0. The mean payout is not the payout at the mean
    attainment, because a threshold, an accelerator or a cap bends the curve.
    Computed at 2,001 equally likely points. Raises `InputError` for sd below 0.
    """
    if sd < 0 or not isfinite(mean):
        raise InputError("the spread of attainment must be 0 or more")
    if sd == 0:
        paid = np.full(_POINTS, plan.payout(max(0.0, mean)))
    else:
        draws = [NormalDist(mean, sd).inv_cdf((i + 0.5) / _POINTS) for i in range(_POINTS)]
        paid = np.array([plan.payout(max(0.0, a)) for a in draws])
    capped = 0.0 if plan.cap is None else float((paid >= plan.cap).mean())
    return Spread(
        plan.payout(max(0.0, mean)),
        float(paid.mean()),
        tuple(float(d) for d in np.quantile(paid, np.arange(1, 10) / 10)),
        float((paid == 0).mean()),
        capped,
    )


@dataclass(frozen=True)
class Package:
    """Base and target variable pay; together on-target earnings (OTE)."""

    base: float
    variable: float

    @property
    def ote(self) -> float:
        """On-target earnings: base and variable pay at target."""
        return self.base + self.variable

    @property
    def split(self) -> Split:
        """Base as a share of on-target earnings."""
        return Split(self.base / self.ote)

    def pay(self, payout: float) -> float:
        """Cash at a payout: base and that share of variable pay."""
        return self.base + payout * self.variable


def package(
    base: float | None = None, variable: float | None = None, ote: float | None = None
) -> Package:
    """A package from any two of its three figures; raises `InputError`."""
    figures = [v for v in (base, variable, ote) if v is not None]
    if len(figures) != 2 or any(not isfinite(v) or v < 0 for v in figures):
        raise InputError("give two of base, variable and OTE, each 0 or more")
    if ote is None:
        assert base is not None
        assert variable is not None
        ote = base + variable
    base = ote - (variable or 0) if base is None else base
    if base > ote or not ote > 0:
        raise InputError(f"base {base:,.0f} is more than OTE {ote:,.0f}")
    if not base > 0:
        raise InputError("base must be above 0")
    return Package(base, ote - base)


def total_compensation(
    package: Package, equity_a_year: float, sign_on: float, years: float
) -> float:
    """OTE, a year of equity, and a sign-on bonus spread over ``years``; a year's figure."""
    if equity_a_year < 0 or sign_on < 0 or not years > 0:
        raise InputError("equity and sign-on must be 0 or more, spread over years above 0")
    return package.ote + equity_a_year + sign_on / years


def base_range(total: float, split: Split, max_equity: float) -> tuple[float, float]:
    """The range of base pay within a total, of which equity is at most a share.

    From split · total · (1 − max_equity) to split · total.
    """
    if not 0 <= max_equity < 1:
        raise InputError(f"equity share {max_equity:.0%} must be from 0 to below 100 %")
    return split.base_share * total * (1 - max_equity), split.base_share * total


def payout_curve(plan: Plan, up_to: float = 2.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Attainments from 0 up to ``up_to`` and their payouts, every corner of the curve included."""
    corners = {0.0, plan.threshold, plan.threshold - 1e-9, 1.0, up_to}
    corners |= {step.start for step in plan.accelerators}
    if plan.cap is not None:
        corners |= {a for a in np.linspace(1, up_to, 401) if plan.payout(a) >= plan.cap}
    attainments = np.array(sorted(a for a in corners if 0 <= a <= up_to))
    return attainments, np.array([plan.payout(a) for a in attainments])
