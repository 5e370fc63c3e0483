"""Pay by level where a source publishes only the whole function's distribution.

Each level is assumed lognormal. The headcount-weighted mixture of all levels
must match the published percentiles; what those leave open is settled by stated
assumptions about steps, spans of control and headcount, each with a tolerance.
The result is `modelled`, never published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.errors import InputError

Array = NDArray[np.float64]

#: A refit that misses a published percentile by more than this is set aside.
ADMISSIBLE_MISS = 0.01
_GRID, _NEWTON = 201, 6
#: Tight enough that the fit is the same to a dollar from any start and on any machine.
_TIGHT = {"ftol": 1e-12, "xtol": 1e-12, "gtol": 1e-12}
_MAX_LOG_SHARE = 4.0


@dataclass(frozen=True)
class Assumptions:
    """What the published percentiles leave open; steps and spreads are in logs.

    Every ``*_tolerance`` is the standard deviation of a penalty: the smaller it
    is, the more firmly the assumption holds. ``share_p1``… are the professional
    levels' shares of all professionals; ``span_m3``… is how many people of the
    level below one manager leads.
    """

    professional_step: float = 0.16
    professional_step_tolerance: float = 0.06
    management_step: float = 0.22
    management_step_tolerance: float = 0.07
    smoothness_tolerance: float = 0.06
    parity_gap: float = 0.05
    parity_tolerance: float = 0.08
    dispersion: float = 0.38
    dispersion_tolerance: float = 0.20
    dispersion_trend: float = 0.0
    dispersion_trend_tolerance: float = 0.05
    quantile_tolerance: float = 0.004
    anchor_factor: float = 1.0
    anchor_tolerance: float = 0.05
    headcount_tolerance: float = 0.35
    share_p1: float = 0.10
    share_p2: float = 0.25
    share_p3: float = 0.32
    share_p4: float = 0.21
    share_p5: float = 0.09
    share_p6: float = 0.03
    span_m3: float = 6.0
    span_m4: float = 4.0
    span_m5: float = 3.0
    span_m6: float = 3.0

    def changed(self, changes: Mapping[str, float]) -> "Assumptions":
        """These assumptions with some replaced; raises `InputError` for an unknown name."""
        names = {f.name for f in fields(self)}
        if unknown := sorted(set(changes) - names):
            raise InputError(f"unknown assumption(s) {', '.join(unknown)}; known: {sorted(names)}")
        values: dict[str, Any] = dict(changes)
        return replace(self, **values)

    def headcount(self) -> Array:
        """Prior share of each level in all people, P1…P6 then M3…M6; sums to 1."""
        ics = np.array([getattr(self, f"share_p{i}") for i in range(1, 7)])
        spans = np.array([getattr(self, f"span_m{i}") for i in range(3, 7)])
        people = np.r_[ics / ics.sum(), 1 / np.cumprod(spans)]
        share: Array = people / people.sum()
        return share


PROFESSIONAL = ("P1", "P2", "P3", "P4", "P5", "P6")
MANAGEMENT = ("M3", "M4", "M5", "M6")
LEVELS = PROFESSIONAL + MANAGEMENT
_GRADES = np.array([1, 2, 3, 4, 5, 6, 4, 5, 6, 7], dtype=float)
_MIDDLE_GRADE = 3
# Management level and the professional level of its grade, the gap expected beyond
# the parity assumption, and how many times looser than parity the tolerance is.
_PARITY = ((6, 3, 0.0, 1.0), (7, 4, 0.05, 1.5), (8, 5, 0.05, 1.875))


@dataclass(frozen=True)
class LadderFit:
    """A fitted ladder, levels in the order of `LEVELS`.

    ``log_median`` and ``sigma`` are each level's lognormal parameters, in logs
    of the published currency; ``share`` its share of all people; ``mixture`` the
    pay at the published percentiles that the fit implies.
    """

    log_median: Array
    sigma: Array
    share: Array
    mixture: Array
    worst_miss: float

    @property
    def admissible(self) -> bool:
        """Whether the fit matches every published percentile within 1 %."""
        return self.worst_miss <= ADMISSIBLE_MISS


def fit_ladder(
    published: Mapping[float, float], anchor: float, assume: Assumptions | None = None
) -> LadderFit:
    """Fit the ten levels to the percentiles of their mixture.

    Parameters: ``published`` maps percentile (0–1) to pay of the whole
    function; ``anchor`` is the published pay that M6 is held close to, in the same
    currency (times ``anchor_factor``); ``assume`` the assumptions.

    Returns a `LadderFit`. Raises `InputError` when a figure is not positive.

    Source: penalized nonlinear least squares; the model is described, with how
    far it can be trusted, in docs/methods.md.
    """
    if min(*published.values(), anchor) <= 0:
        raise InputError("published percentiles and the anchor must be above 0")
    # Imported here: a build whose fits are all stored is spared the optimizer.
    from scipy.optimize import least_squares

    a = assume or Assumptions()
    ps = np.array(sorted(published))
    targets = np.log([published[p] for p in ps])
    goal = _Goal(ps, targets, float(np.log(anchor * a.anchor_factor)), np.log(a.headcount()), a)
    found = least_squares(goal.residuals, _start(a), x_scale="jac", max_nfev=300, **_TIGHT)
    x, sigma, share = _unpack(found.x, goal.log_share)
    mixture = mixture_quantiles(ps, x, sigma, share)
    miss = float(np.abs(np.expm1(mixture - targets)).max())
    return LadderFit(x, sigma, share, np.exp(mixture), miss)


def mixture_quantiles(ps: Array, x: Array, sigma: Array, share: Array) -> Array:
    """Log pay at percentiles ``ps`` of a mixture of normals in log pay.

    A coarse grid begins, Newton's method ends: read off a grid alone, the answer
    has kinks, on which a fit gets stuck wherever it happens to be.
    """
    from scipy.special import ndtr

    reach = 6 * sigma.max()
    grid = np.linspace(x.min() - reach, x.max() + reach, _GRID)
    below = ndtr((grid[:, None] - x) / sigma) @ share
    quantiles: Array = np.interp(ps, below, grid)
    for _ in range(_NEWTON):
        z = (quantiles[:, None] - x) / sigma
        density = (np.exp(-z * z / 2) / (np.sqrt(2 * np.pi) * sigma)) @ share
        quantiles = quantiles - (ndtr(z) @ share - ps) / density
    return quantiles


def _start(a: Assumptions) -> Array:
    steps = np.r_[np.full(5, np.log(0.16)), 0.05, np.full(3, np.log(0.2))]
    spread = [np.log(a.dispersion), a.dispersion_trend]
    start: Array = np.r_[np.log(75_000), steps, spread, np.zeros(len(LEVELS))]
    return start


def _unpack(theta: Array, log_share: Array) -> tuple[Array, Array, Array]:
    """Parameters to (log medians, sigmas, shares); steps within a track stay above 0."""
    professional = theta[0] + np.r_[0, np.cumsum(np.exp(theta[1:6]))]
    management = professional[3] + theta[6] + np.r_[0, np.cumsum(np.exp(theta[7:10]))]
    sigma = np.exp(theta[10] - theta[11] * (_GRADES - _MIDDLE_GRADE))
    share = np.exp(log_share + np.clip(theta[12:], -_MAX_LOG_SHARE, _MAX_LOG_SHARE))
    return np.r_[professional, management], sigma, share / share.sum()


@dataclass(frozen=True)
class _Goal:
    """The targets of the fit, one group of residuals per method."""

    ps: Array
    targets: Array
    anchor: float
    log_share: Array
    a: Assumptions

    def residuals(self, theta: Array) -> Array:
        x, sigma, share = _unpack(theta, self.log_share)
        a = self.a
        quantiles = mixture_quantiles(self.ps, x, sigma, share) - self.targets
        return np.concatenate(
            [
                quantiles / a.quantile_tolerance,
                [(x[-1] - self.anchor) / a.anchor_tolerance],
                *self._steps(x),
                self._parity(x),
                [(theta[10] - np.log(a.dispersion)) / a.dispersion_tolerance],
                [(theta[11] - a.dispersion_trend) / a.dispersion_trend_tolerance],
                theta[12:] / a.headcount_tolerance,
            ]
        )

    def _steps(self, x: Array) -> list[Array]:
        a = self.a
        p, m = np.diff(x[:6]), np.diff(x[6:])
        return [
            (p - a.professional_step) / a.professional_step_tolerance,
            (m - a.management_step) / a.management_step_tolerance,
            np.diff(p) / a.smoothness_tolerance,
            np.diff(m) / a.smoothness_tolerance,
        ]

    def _parity(self, x: Array) -> list[float]:
        a = self.a
        return [
            (x[m] - x[p] - a.parity_gap - beyond) / (a.parity_tolerance * looser)
            for m, p, beyond, looser in _PARITY
        ]
