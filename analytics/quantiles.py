"""Any percentile of pay from the few that a source publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, pi, sqrt
from statistics import NormalDist

import numpy as np

from analytics.distribution import Distribution
from analytics.errors import InputError

#: Half-width factor of the 90 % interval, calibrated on national OEWS cells.
NATIONAL = 0.70
_normal_score = NormalDist().inv_cdf
_Z90 = _normal_score(0.95)


@dataclass(frozen=True)
class Estimate:
    """One figure with its interval and its status, ``published`` or ``interpolated``.

    ``low`` and ``high`` bound about 90 % of the true values; for a published
    figure whose sampling error is unknown they equal ``value``. ``extrapolated``
    marks a percentile outside the outermost published ones.
    """

    value: float
    low: float
    high: float
    status: str
    extrapolated: bool = False


def percentile_of(
    anchors: Mapping[float, float], p: float, *, kappa: float = NATIONAL, n: int | None = None
) -> Estimate:
    """Pay at percentile ``p`` of a distribution known at a few percentiles.

    A monotone cubic (PCHIP) runs through the published points in the plane of
    normal score against log pay, with straight secant tails; it returns the
    published points exactly, which a fitted curve does not.

    Parameters: ``anchors`` maps percentile (0–1) to pay, two or more, not
    decreasing, none of them top-coded; ``p`` lies in (0, 1); ``kappa`` scales
    the interval, about 1.2 for small or noisy cells such as one metro area;
    ``n`` is the sample size where the source states it.

    Returns an `Estimate` in the unit of the anchors, status ``published`` at an
    anchor and ``interpolated`` elsewhere. One that is ``extrapolated`` must never
    be shown without its interval.

    Raises `InputError` for fewer than two anchors, pay that falls as the
    percentile rises, or a percentile outside (0, 1).

    Source: method and interval width were chosen by leaving one percentile out
    of each complete national OEWS cell and predicting it (docs/methods.md).
    """
    curve = Distribution(anchors)
    if not 0 < p < 1:
        raise InputError(f"percentile {p!r} is not between 0 and 1; write P25 as 0.25")
    z, logs = np.array(curve.z), np.array(curve.logs)
    at = _normal_score(p)
    sampling = _sampling_error(z, logs, at, p, n)
    if p in anchors:
        value = float(anchors[p])
        return Estimate(value, value * exp(-sampling), value * exp(sampling), "published")
    center = curve.log_pay(at)
    half_width = sqrt((kappa * _slope(z, logs) * _gap(z, at)) ** 2 + sampling**2)
    low, high = _clipped(z, logs, at, center - half_width, center + half_width)
    extrapolated = not z[0] < at < z[-1]
    return Estimate(exp(center), exp(low), exp(high), "interpolated", extrapolated)


def _slope(z: np.ndarray, logs: np.ndarray) -> float:
    """Least-squares slope of log pay on normal score: the overall spread."""
    centered = z - z.mean()
    return float(centered @ logs / (centered @ centered))


def _gap(z: np.ndarray, at: float) -> float:
    """How far ``at`` is from the nearest published percentiles; 0 at an anchor."""
    if at < z[0] or at > z[-1]:
        return float(min(abs(at - z[0]), abs(at - z[-1])))
    right = int(np.searchsorted(z, at))
    a, b = z[right - 1], z[right]
    return float((at - a) * (b - at) / (b - a))


def _clipped(
    z: np.ndarray, logs: np.ndarray, at: float, low: float, high: float
) -> tuple[float, float]:
    """The interval, cut off at the published neighbors."""
    below, above = logs[z <= at], logs[z >= at]
    floor = below[-1] if len(below) else -np.inf
    ceiling = above[0] if len(above) else np.inf
    return max(low, floor), min(high, ceiling)


def _sampling_error(z: np.ndarray, logs: np.ndarray, at: float, p: float, n: int | None) -> float:
    """90 % half-width, in logs, of a sample percentile (the delta method)."""
    if n is None:
        return 0.0
    if n < 1:
        raise InputError(f"sample size {n} is below 1; leave it out if it is not published")
    density = exp(-at * at / 2) / sqrt(2 * pi)
    return _Z90 * sqrt(p * (1 - p) / n) * _slope(z, logs) / density
