"""A whole pay distribution from the few percentiles that a source publishes."""

import itertools
from bisect import bisect_right
from collections.abc import Callable, Mapping
from math import exp, inf, isfinite, log
from statistics import NormalDist

from analytics.errors import InputError
from analytics.pchip import cubic, slopes

_normal = NormalDist()
_MAX_STEPS = 100
_TOLERANCE = 1e-13


class Distribution:
    """Pay as a function of its percentile, and back.

    A monotone cubic (PCHIP) through the anchors in the plane of normal score
    against log pay, straight secants beyond them. The anchors come back exactly.

    ``anchors`` maps percentile (0–1) to pay, two or more. Raises `InputError`
    for fewer, for pay that is not above 0 or that falls as the percentile rises.
    """

    def __init__(self, anchors: Mapping[float, float]) -> None:
        self.anchors = {p: float(anchors[p]) for p in sorted(anchors)}
        _check(self.anchors)
        self.z = [_normal.inv_cdf(p) for p in self.anchors]
        self.logs = [log(pay) for pay in self.anchors.values()]
        self._slopes = slopes(self.z, self.logs)

    def pay(self, p: float) -> float:
        """Pay at percentile ``p``, in (0, 1)."""
        if not 0 < p < 1:
            raise InputError(f"percentile {p!r} is not between 0 and 1; write P25 as 0.25")
        return self.anchors[p] if p in self.anchors else exp(self.log_pay(_normal.inv_cdf(p)))

    def log_pay(self, z: float) -> float:
        """Log pay at normal score ``z``."""
        if z < self.z[0]:
            return self.logs[0] + (z - self.z[0]) * self._secant(0)
        if z > self.z[-1]:
            return self.logs[-1] + (z - self.z[-1]) * self._secant(-2)
        return cubic(self.z, self.logs, self._slopes, z)

    def share_below(self, log_pay: float) -> float:
        """The share, 0 to 1, that earns up to exp(``log_pay``)."""
        z = self._score(log_pay)
        return _normal.cdf(z) if isfinite(z) else float(z > 0)

    def _score(self, log_pay: float) -> float:
        """Normal score at which log pay is ``log_pay``; on a flat stretch, its upper end."""
        if log_pay < self.logs[0]:
            return self.z[0] + _run(log_pay - self.logs[0], self._secant(0))
        if log_pay >= self.logs[-1]:
            return self.z[-1] + _run(log_pay - self.logs[-1], self._secant(-2))
        i = bisect_right(self.logs, log_pay) - 1
        return _root(lambda z: self.log_pay(z) - log_pay, self.z[i], self.z[i + 1])

    def _secant(self, i: int) -> float:
        """Slope of the outermost secant: 0 for the lower end, -2 for the upper."""
        return (self.logs[i + 1] - self.logs[i]) / (self.z[i + 1] - self.z[i])


def mixture_pay(parts: Mapping[Distribution, float], p: float) -> float:
    """Pay at percentile ``p`` of a population pooled from several, by their shares.

    ``parts`` maps each distribution to its share; the shares sum to 1. The
    quantile solves Σ share · F(x) = p, and lies between those of the parts.
    """
    ends = [part.log_pay(_normal.inv_cdf(p)) for part in parts]
    low, high = min(ends), max(ends)

    def excess(x: float) -> float:
        return sum(share * part.share_below(x) for part, share in parts.items()) - p

    return exp(_root(excess, low, high))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses 0 between ``low`` and ``high``.

    Regula falsi in its Illinois form, with a bisection every fourth step in case it stalls.
    """
    below, above = function(low), function(high)
    if below >= 0 or high - low < _TOLERANCE:
        return low
    if above <= 0:
        return high
    side = 0
    for i in range(_MAX_STEPS):
        x = high - above * (high - low) / (above - below)
        if i % 4 == 3 or not low < x < high:
            x = (low + high) / 2
        value = function(x)
        if abs(value) < _TOLERANCE or high - low < _TOLERANCE:
            return x
        if value > 0:
            high, above, below = x, value, below / (2 if side > 0 else 1)
            side = 1
        else:
            low, below, above = x, value, above / (2 if side < 0 else 1)
            side = -1
    return (low + high) / 2


def _run(rise: float, slope: float) -> float:
    """How far to go along a line to rise by ``rise``; infinite where the line is flat."""
    if slope > 0:
        return rise / slope
    return 0.0 if rise == 0 else (inf if rise > 0 else -inf)


def _check(anchors: Mapping[float, float]) -> None:
    if len(anchors) < 2:
        raise InputError(f"{len(anchors)} published percentile(s); interpolating needs two")
    pays = list(anchors.values())
    inside = all(0 < p < 1 for p in anchors)
    if not (inside and all(map(isfinite, pays)) and min(pays) > 0):
        raise InputError(f"percentiles must lie in (0, 1) and pay above 0, not {dict(anchors)}")
    if any(b < a for a, b in itertools.pairwise(pays)):
        raise InputError(f"pay must not fall as the percentile rises: {dict(anchors)}")
