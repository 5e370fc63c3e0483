"""Convert pay from one basis to another, by stated assumptions."""

from dataclasses import dataclass

from analytics.errors import InputError
from analytics.pay_basis import PHRASES

#: Bases whose parts build on each other, the narrowest first.
_NESTED = ("base", "target_cash", "total_comp")
_EQUATED = {
    "oews_wage": "the BLS wage, with commissions and without bonuses and equity, is taken as",
    "unstated": "pay of no stated basis is taken as",
}


@dataclass(frozen=True)
class Bridge:
    """What pay is multiplied by to convert its basis, and the assumption behind it."""

    factor: float
    assumption: str


def bridge(start: str, end: str, split: float, equity: float) -> Bridge:
    """Convert pay from basis ``start`` to basis ``end``.

    ``split`` is base as a share of target cash, ``equity`` the share of total
    compensation that is equity. One factor serves every percentile, though
    percentiles do not decompose: the P75 of base pay is not the base of a P75
    package. Raises `InputError` where an assumption is out of range or the two
    bases can't be converted.
    """
    if not 0 < split <= 1:
        raise InputError(f"base is {split:.0%} of target cash; it must be above 0, at most 100 %")
    if not 0 <= equity < 1:
        raise InputError(f"equity is {equity:.0%} of total pay; it must be from 0 to below 100 %")
    if start == end:
        return Bridge(1.0, "")
    if start in _EQUATED and end in (*_NESTED, "total_cash"):
        return Bridge(1.0, f"{_EQUATED[start]} {PHRASES[end]}")
    if start == "total_cash" and end in _NESTED:
        rest = bridge("target_cash", end, split, equity)
        assumptions = ["cash actually paid is taken as target cash", rest.assumption]
        return Bridge(rest.factor, ", ".join(filter(None, assumptions)))
    if start not in _NESTED or end not in _NESTED:
        raise InputError(f"{PHRASES[start]} can't be converted to {PHRASES.get(end, end)}")
    return _nested_bridge(start, end, split, equity)


def _nested_bridge(start: str, end: str, split: float, equity: float) -> Bridge:
    """The bridge between two bases of which one contains the other."""
    steps = [
        (1 / split, f"base is {split:.0%} of target cash"),
        (1 / (1 - equity), f"equity is {equity:.0%} of total pay"),
    ]
    low, high = sorted((_NESTED.index(start), _NESTED.index(end)))
    factor = 1.0
    for step, _ in steps[low:high]:
        factor *= step
    widening = _NESTED.index(start) < _NESTED.index(end)
    assumption = ", ".join(words for _, words in steps[low:high])
    return Bridge(factor if widening else 1 / factor, assumption)
