"""Any percentile of pay from the few that a source publishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

import numpy as np

from analytics.distribution import Distribution
from analytics.errors import InputError
from analytics.uncertainty.cells import (
    UNKNOWN,
    Array,
    Cell,
    interpolation_scale,
    sampling_half_widths,
)
from analytics.uncertainty.ends import grid_with, rising_ends, scores

_normal_score = NormalDist().inv_cdf


@dataclass(frozen=True)
class Estimate:
    """One figure with its interval and its status, ``published`` or ``interpolated``.

    ``low`` and ``high`` bound about 90 % of the true values; both are None for a
    published figure whose sampling error is not published. ``extrapolated`` marks a
    percentile outside the outermost published ones.
    """

    value: float
    low: float | None
    high: float | None
    status: str
    extrapolated: bool = False


def percentile_of(anchors: Mapping[float, float], p: float, cell: Cell = UNKNOWN) -> Estimate:
    """Pay at percentile ``p`` of a distribution known at a few percentiles.

    A monotone cubic (PCHIP) runs through the published points in the plane of
    normal score against log pay, with straight secant tails; it returns the
    published points exactly, which a fitted curve does not.

    Parameters: ``anchors`` maps percentile (0–1) to pay, two or more, not
    decreasing, none of them top-coded; ``p`` lies in (0, 1); ``cell`` says what is
    known of the cell's kind and size, which the width of the interval depends on.

    Returns an `Estimate` in the unit of the anchors, status ``published`` at an
    anchor and ``interpolated`` elsewhere. Along the percentiles neither end of the
    interval falls. One that is ``extrapolated`` must never be shown without it.

    Raises `InputError` for fewer than two anchors, pay that falls as the
    percentile rises, or a percentile outside (0, 1).

    Source: method and interval width were chosen by leaving one percentile out
    of OEWS cells and predicting it (docs/methods.md).
    """
    curve = Curve(anchors, cell)
    if not 0 < p < 1:
        raise InputError(f"percentile {p!r} is not between 0 and 1; write P25 as 0.25")
    published = p in anchors
    status = "published" if published else "interpolated"
    value = float(anchors[p]) if published else exp(curve.log_pay(_normal_score(p)))
    if published and not cell.knows_sampling:
        return Estimate(value, None, None, status)
    grid = grid_with(anchors)
    z = scores(grid)
    half = curve.half_widths(z)
    marks = np.array([q in anchors for q in grid])
    ends = rising_ends(z, curve.log_pays(z), half, half, marks)
    low, high = ends.at(_normal_score(p), log(value))
    return Estimate(value, exp(low), exp(high), status, not min(anchors) <= p <= max(anchors))


class Curve(Distribution):
    """A distribution with the error of each of its percentiles; see `percentile_of`."""

    def __init__(self, anchors: Mapping[float, float], cell: Cell = UNKNOWN) -> None:
        super().__init__(anchors)
        self.cell = cell
        self.spread = _slope(np.array(self.z), np.array(self.logs))

    def log_pays(self, z: Iterable[float]) -> Array:
        """Log pay at each normal score."""
        return np.array([self.log_pay(float(x)) for x in z])

    def half_widths(self, z: Array) -> Array:
        """90 % half-widths in logs: the error of interpolation with that of the sample."""
        between = interpolation_scale(self.cell) * self.spread * _gaps(np.array(self.z), z)
        widths: Array = np.hypot(between, sampling_half_widths(self.cell, self.spread, z))
        return widths


def _slope(z: Array, logs: Array) -> float:
    """Least-squares slope of log pay on normal score: the overall spread."""
    centered = z - z.mean()
    return float(centered @ logs / (centered @ centered))


def _gaps(anchors: Array, z: Array) -> Array:
    """How far each score is from the nearest published ones; 0 at an anchor.

    (z − a)(b − z)/(b − a) between two anchors a and b, the distance beyond the outermost.
    """
    right = np.clip(np.searchsorted(anchors, z), 1, len(anchors) - 1)
    a, b = anchors[right - 1], anchors[right]
    outside = np.maximum(anchors[0] - z, z - anchors[-1])
    gaps: Array = np.where(outside > 0, outside, (z - a) * (b - z) / (b - a))
    return gaps
