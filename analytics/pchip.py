"""Monotone cubic interpolation (PCHIP) through a handful of points."""

import itertools
from bisect import bisect_right
from collections.abc import Sequence


def slopes(x: Sequence[float], y: Sequence[float]) -> list[float]:
    """Slope at each point of the monotone cubic through (x, y); ``x`` rises strictly.

    Two points give the straight line.

    Source: Fritsch and Butland (1984), the weighted harmonic mean of
    neighboring secants; the end slopes follow Moler's three-point rule. The
    same curve as scipy's ``PchipInterpolator``, which takes a second to import.
    """
    widths = [b - a for a, b in itertools.pairwise(x)]
    secants = [(b - a) / h for a, b, h in zip(y, y[1:], widths, strict=False)]
    if len(secants) == 1:
        return [secants[0]] * 2
    inner = [
        _harmonic_mean(h0, h1, d0, d1)
        for h0, h1, d0, d1 in zip(widths, widths[1:], secants, secants[1:], strict=False)
    ]
    first = _end_slope(widths[0], widths[1], secants[0], secants[1])
    last = _end_slope(widths[-1], widths[-2], secants[-1], secants[-2])
    return [first, *inner, last]


def cubic(x: Sequence[float], y: Sequence[float], slope: Sequence[float], at: float) -> float:
    """Value at ``at`` of the cubic with those `slopes`; ``x[0] ≤ at ≤ x[-1]``.

    Never overshoots: between two points it stays between their values.
    """
    i = min(bisect_right(x, at), len(x) - 1) - 1
    h = x[i + 1] - x[i]
    t = (at - x[i]) / h
    return (
        y[i] * (1 + 2 * t) * (1 - t) ** 2
        + slope[i] * h * t * (1 - t) ** 2
        + y[i + 1] * t**2 * (3 - 2 * t)
        + slope[i + 1] * h * t**2 * (t - 1)
    )


def _harmonic_mean(h0: float, h1: float, d0: float, d1: float) -> float:
    if d0 * d1 <= 0:
        return 0.0
    w0, w1 = 2 * h1 + h0, h1 + 2 * h0
    return (w0 + w1) / (w0 / d0 + w1 / d1)


def _end_slope(h0: float, h1: float, d0: float, d1: float) -> float:
    slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    if slope * d0 <= 0:
        return 0.0
    if d0 * d1 <= 0 and abs(slope) > 3 * abs(d0):
        return 3 * d0
    return slope
