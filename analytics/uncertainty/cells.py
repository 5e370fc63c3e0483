"""How exactly a source knows the percentiles that it publishes, and those between them."""

from dataclasses import dataclass
from math import expm1, log10, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from analytics.errors import InputError

Array = NDArray[np.float64]
_cdf = NormalDist().cdf

#: Normal score that bounds 90 per cent on both sides.
Z90 = 1.6448536269514722

NATION, STATE, AREA = "nation", "state", "area"

# Scale of the interpolation error by number of employees, straight in log employment:
# the 90.5 % quantile of what is left of each error after the sampling error, over
# spread · gap, on the occupations of `calibration.FIT` in OEWS May 2025.
# benchmarks/error_fit.py fits it anew; docs/methods.md says how often it covers others.
_SCALES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    NATION: ((5_500, 90_000), (0.70, 0.59)),
    STATE: ((80, 260, 620, 1_400, 3_340, 12_470), (1.46, 1.16, 1.03, 0.99, 0.93, 0.89)),
    AREA: ((40, 70, 120, 220, 470, 1_700), (1.47, 1.40, 1.33, 1.29, 1.22, 1.15)),
}
# The same where employment is not released.
_WITHOUT_EMPLOYMENT = {NATION: 0.70, STATE: 1.19, AREA: 1.46}
#: For kinds that nothing was measured for: the widest, beside a known sampling error
#: and where that is not known, so that interpolation answers for both.
WIDEST, WIDEST_ALONE = 1.47, 1.85
#: What is said where the widest is used.
WIDEST_WORDS = "error between percentiles as wide as in areas of 40 people: none is measured for it"


@dataclass(frozen=True)
class Cell:
    """What is known of the cell whose percentiles a source publishes.

    ``kind`` is `NATION`, `STATE` or `AREA` for OEWS, else empty. ``employment`` is the
    number of people in it, ``mean_rse`` the relative standard error of its mean in per
    cent, ``n`` the size of the sample; each is None where it is not published.
    """

    kind: str = ""
    employment: float | None = None
    mean_rse: float | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        if self.n is not None and self.n < 1:
            raise InputError(f"sample size {self.n} is below 1; leave it out if not published")
        if self.mean_rse is not None and not self.mean_rse >= 0:
            raise InputError(f"standard error {self.mean_rse} % is below 0")

    @property
    def knows_sampling(self) -> bool:
        """Whether anything is published that tells the sampling error."""
        return self.n is not None or self.mean_rse is not None

    @property
    def measured(self) -> bool:
        """Whether the error between percentiles was measured for cells of this kind."""
        return self.kind in _SCALES and self.knows_sampling


UNKNOWN = Cell()


def interpolation_scale(cell: Cell) -> float:
    """κ: the 90 % half-width of an interpolated percentile, in logs, is κ · spread · gap.

    Falls as the number of employees rises; the widest fitted one where nothing was
    measured for the kind of cell.
    """
    if not cell.measured:
        return WIDEST if cell.knows_sampling else WIDEST_ALONE
    if not cell.employment:
        return _WITHOUT_EMPLOYMENT[cell.kind]
    people, scales = _SCALES[cell.kind]
    return float(np.interp(log10(cell.employment), np.log10(people), scales))


def sampling_half_widths(cell: Cell, spread: float, z: Array) -> Array:
    """90 % half-widths of sample percentiles at normal scores ``z``, in logs; 0 if unknown.

    The delta method: z₉₀ · √(p(1−p)/n) · spread/φ(z), of a lognormal with standard
    deviation ``spread`` of log pay. Where a source gives the relative standard error of
    the mean instead of n, n is that of a simple sample with this error, (e^spread² − 1)/rse².
    """
    if not cell.knows_sampling:
        return np.zeros_like(z)
    p, density = _normal(z)
    half: Array = Z90 * np.sqrt(p * (1 - p)) / density * _per_root_n(cell, spread)
    return half


def _per_root_n(cell: Cell, spread: float) -> float:
    """spread/√n, with the n that the standard error of the mean stands for."""
    if cell.n is not None:
        return spread / sqrt(cell.n)
    if spread == 0:
        return 0.0
    return spread * (cell.mean_rse or 0.0) / 100 / sqrt(expm1(spread**2))


def _normal(z: Array) -> tuple[Array, Array]:
    """The standard normal distribution and its density at ``z``."""
    return np.array([_cdf(x) for x in z]), np.exp(-z * z / 2) / sqrt(2 * np.pi)
