"""Convert pay from one basis to another, by stated assumptions."""

from dataclasses import dataclass, replace
from math import log

from analytics.errors import InputError
from analytics.pay_basis import PHRASES

#: Bases whose parts build on each other, the narrowest first.
_NESTED = ("base", "target_cash", "total_comp")
_EQUATED = {
    "oews_wage": "the BLS wage, with commissions and without bonuses and equity, is taken as",
    "unstated": "pay of no stated basis is taken as",
}


#: The most that equity is taken to be of total compensation where nobody says another: an
#: assumption of Bandstand's, stated wherever it is used, and not a published figure.
EQUITY_CEILING = 0.20


@dataclass(frozen=True)
class Bridge:
    """What pay is multiplied by to convert its basis, and the assumption behind it.

    ``reach`` is how far below and above the factor the assumptions may take it, in logs.
    """

    factor: float
    assumption: str
    reach: tuple[float, float] = (0.0, 0.0)


def bridge(
    start: str, end: str, split: float, equity: float, ceiling: float = EQUITY_CEILING
) -> Bridge:
    """Convert pay from basis ``start`` to basis ``end``.

    ``split`` is base as a share of target cash, ``equity`` the share of total
    compensation that is equity, ``ceiling`` the most that it may be: the factor's
    reach is that of equity from nothing to the ceiling. One factor serves every
    percentile, though percentiles do not decompose: the P75 of base pay is not the
    base of a P75 package. Raises `InputError` where an assumption is out of range or the two
    bases can't be converted.
    """
    if not 0 < split <= 1:
        raise InputError(f"base is {split:.0%} of target cash; it must be above 0, at most 100 %")
    if not 0 <= equity < 1:
        raise InputError(f"equity is {equity:.0%} of total pay; it must be from 0 to below 100 %")
    if not 0 <= ceiling < 1:
        raise InputError(f"equity of at most {ceiling:.0%} must be from 0 to below 100 %")
    if start == end:
        return Bridge(1.0, "")
    if start in _EQUATED and end in (*_NESTED, "total_cash"):
        return Bridge(1.0, f"{_EQUATED[start]} {PHRASES[end]}")
    if start == "total_cash" and end in _NESTED:
        rest = bridge("target_cash", end, split, equity, ceiling)
        assumptions = ["cash actually paid is taken as target cash", rest.assumption]
        return replace(rest, assumption=", ".join(filter(None, assumptions)))
    if start not in _NESTED or end not in _NESTED:
        raise InputError(f"{PHRASES[start]} can't be converted to {PHRASES.get(end, end)}")
    return _nested_bridge(start, end, split, equity, max(equity, ceiling))


def _nested_bridge(start: str, end: str, split: float, equity: float, ceiling: float) -> Bridge:
    """The bridge between two bases of which one contains the other."""
    steps = [
        (1 / split, f"base is {split:.0%} of target cash"),
        (1 / (1 - equity), f"equity is {equity:.0%} of total pay, at most {ceiling:.0%}"),
    ]
    low, high = sorted((_NESTED.index(start), _NESTED.index(end)))
    factor = 1.0
    for step, _ in steps[low:high]:
        factor *= step
    widening = _NESTED.index(start) < _NESTED.index(end)
    assumption = ", ".join(words for _, words in steps[low:high])
    # Without equity a total is all cash; at the ceiling it is least.
    less, more = (-log(1 - equity), log((1 - equity) / (1 - ceiling))) if high == 2 else (0, 0)
    if widening:
        return Bridge(factor, assumption, (less, more))
    return Bridge(1 / factor, assumption, (more, less))
