"""Percentile bands of pay, level by level, from fitted lognormals."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import InputError
from analytics.reach import reach

#: Modelled pay is shown to the nearest hundred: more digits would suggest false precision.
ROUNDED_TO = 100


@dataclass(frozen=True)
class LevelBands:
    """Pay at each percentile of each level, with its interval.

    Three arrays of shape (levels, percentiles), in the currency of the fit.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def lognormal_pay(
    log_median: ArrayLike, sigma: ArrayLike, percentiles: Sequence[float]
) -> NDArray[np.float64]:
    """Pay at ``percentiles`` of lognormals: exp(log_median + sigma·Φ⁻¹(p)).

    ``log_median`` and ``sigma`` share any shape; ``percentiles`` lie in (0, 1).
    Returns that shape with one more axis for the percentiles. Raises
    `InputError` for a percentile outside (0, 1) or a sigma that is not positive.
    """
    ps = np.asarray(percentiles, dtype=float)
    if not ((ps > 0) & (ps < 1)).all():
        raise InputError(f"percentiles must lie between 0 and 1, not {list(percentiles)}")
    if (np.asarray(sigma) <= 0).any():
        raise InputError("sigma, the spread of log pay, must be above 0")
    spread = np.asarray(sigma)[..., None] * [NormalDist().inv_cdf(p) for p in ps]
    pay: NDArray[np.float64] = np.exp(np.asarray(log_median)[..., None] + spread)
    return pay


def bands_of_fits(
    log_median: ArrayLike, sigma: ArrayLike, percentiles: Sequence[float]
) -> LevelBands:
    """Bands from several fits of the same levels, the first being the default.

    ``log_median`` and ``sigma`` have shape (fits, levels). The value is that of
    the default fit; the interval is their reach (`analytics.reach`), so it shows how
    much the figure depends on the assumptions, not how large a sampling error
    is. Rounded to `ROUNDED_TO`.
    """
    pay = lognormal_pay(log_median, sigma, percentiles)
    low, high = reach(pay)
    return LevelBands(*map(round_modelled, (pay[0], low, high)))


def round_modelled(pay: NDArray[np.float64]) -> NDArray[np.float64]:
    """Modelled pay as it is shown: to the nearest `ROUNDED_TO`."""
    rounded: NDArray[np.float64] = np.round(pay / ROUNDED_TO) * ROUNDED_TO
    return rounded
