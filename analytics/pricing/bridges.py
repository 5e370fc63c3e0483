"""From one pay basis to another: by a stated assumption, or not at all."""

from dataclasses import dataclass

from analytics.errors import InputError

#: Bases that parts of a package build on each other, the narrowest first.
_BUILT = ("base", "target_cash", "total_comp")
_TAKEN_AS = {
    "oews_wage": "the BLS wage, with commissions and without bonuses and equity, is taken as",
    "unstated": "pay of no stated basis is taken as",
}


@dataclass(frozen=True)
class Bridge:
    """What pay is multiplied by to stand on another basis, and the assumption in words."""

    factor: float
    words: str


def bridge(start: str, end: str, split: float, equity: float, names: dict[str, str]) -> Bridge:
    """The way from basis ``start`` to basis ``end``.

    ``split`` is base as a share of target cash, ``equity`` the share of total
    compensation that is equity, ``names`` how each basis is called. One factor
    serves every percentile, though percentiles do not decompose: the P75 of
    base pay is not the base of a P75 package. Raises `InputError` where an
    assumption is out of range or no way leads.
    """
    if not 0 < split <= 1:
        raise InputError(f"base is {split:.0%} of target cash; it must be above 0, at most 100 %")
    if not 0 <= equity < 1:
        raise InputError(f"equity is {equity:.0%} of total pay; it must be from 0 to below 100 %")
    if start == end:
        return Bridge(1.0, "")
    if start in _TAKEN_AS and end in (*_BUILT, "total_cash"):
        return Bridge(1.0, f"{_TAKEN_AS[start]} {names[end]}")
    if start == "total_cash" and end in _BUILT:
        way = bridge("target_cash", end, split, equity, names)
        taken = ["cash actually paid is taken as target cash", way.words]
        return Bridge(way.factor, ", ".join(filter(None, taken)))
    if start not in _BUILT or end not in _BUILT:
        raise InputError(f"no way leads from {names[start]} to {names.get(end, end)}")
    steps = {
        ("base", "target_cash"): (1 / split, f"base is {split:.0%} of target cash"),
        ("target_cash", "total_comp"): (1 / (1 - equity), f"equity is {equity:.0%} of total pay"),
    }
    factor, said = 1.0, []
    low, high = sorted((_BUILT.index(start), _BUILT.index(end)))
    for i in range(low, high):
        up, words = steps[_BUILT[i], _BUILT[i + 1]]
        factor *= up
        said.append(words)
    rising = _BUILT.index(start) < _BUILT.index(end)
    return Bridge(factor if rising else 1 / factor, ", ".join(said))
