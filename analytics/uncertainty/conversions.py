"""What ageing and moving pay to another place add to its error, as measured on OEWS."""

from math import sqrt

import numpy as np

from analytics.uncertainty.cells import Array

#: Ageing was measured over 12, 24 and 36 months; beyond, its error is only continued.
AGEING_MONTHS = 36
# 90 % half-width of a year's ageing, in logs: the Employment Cost Index of the time against
# what national OEWS percentiles then did, 2022 to 2024. It grows with the root of time.
_A_YEAR = 0.07

_Z = np.array([-1.2815515655446004, -0.6744897501960817, 0, 0.6744897501960817, 1.2815515655446004])
#: How a factor for a place comes about → its 90 % half-widths at P10, P25, P50, P75 and P90, in
#: logs, on the occupations of OEWS May 2025 (benchmarks/error_fit.py; docs/methods.md). From
#: place to place P90 is that of the occupations tried on, which is the wider.
PLACE_ERRORS: dict[str, tuple[float, float, float, float, float]] = {
    "median ratio": (0.27, 0.17, 0.0, 0.18, 0.28),
    "from its state": (0.27, 0.21, 0.19, 0.23, 0.30),
    "all wages, area": (0.27, 0.25, 0.26, 0.29, 0.34),
    "all wages, state": (0.27, 0.25, 0.27, 0.29, 0.35),
    "not stated": (0.32, 0.30, 0.31, 0.35, 0.41),
    "place to place": (0.35, 0.33, 0.33, 0.35, 0.38),
}


def ageing_half_width(months: int) -> float:
    """90 % half-width, in logs, of ageing pay by so many months, forward or back."""
    return _A_YEAR * sqrt(abs(months) / 12)


def place_half_widths(error: str, z: Array) -> Array:
    """90 % half-widths, in logs, of a factor for a place at normal scores ``z``.

    ``error`` names how the factor came about (`PLACE_ERRORS`); empty for none. Between
    the measured percentiles straight in z, beyond them as at the outermost.
    """
    if not error:
        return np.zeros_like(z)
    return np.interp(z, _Z, PLACE_ERRORS[error])
