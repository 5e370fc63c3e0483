"""Many sets of assumptions at once, where each scenario alone changes one of them."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import exp, log

#: Name of a set of assumptions that are varied together, before its number.
JOINT = "together"

Changes = Mapping[str, Mapping[str, float]]
#: Scenarios that move the same parameters, as points along one line: each a value for each.
Axis = list[dict[str, float]]


def joint_changes(
    scenarios: Changes, defaults: Mapping[str, float], count: int
) -> dict[str, dict[str, float]]:
    """``count`` sets of assumptions that vary all that ``scenarios`` vary, all at once.

    ``scenarios`` are changes of parameters by name, ``defaults`` the values that they
    change. Scenarios that move the same parameters are points on one axis, with the
    default among them; a set takes a place on every axis, straight between two points
    (tolerances in logs). The places fill the space evenly and are always the same
    (Roberts' sequence, a generalization of the golden ratio). Gives names → changes.
    """
    axes = list(_axes(scenarios, defaults))
    return {
        f"{JOINT} {i}": {
            name: value
            for axis, place in zip(axes, places, strict=True)
            for name, value in _at(axis, place).items()
        }
        for i, places in enumerate(_places(len(axes), count), 1)
    }


def _axes(scenarios: Changes, defaults: Mapping[str, float]) -> Iterator[Axis]:
    """Groups of scenarios that share a parameter, ordered by the value of the first."""
    left = {name: changes for name, changes in scenarios.items() if changes}
    while left:
        first = next(iter(left))
        names = set(left[first])
        together = [first]
        for name, changes in left.items():
            if name != first and names & set(changes):
                together.append(name)
                names |= set(changes)
        points = [{n: defaults[n] for n in sorted(names)}]
        points += [{n: left[name].get(n, defaults[n]) for n in sorted(names)} for name in together]
        leading = next(iter(left[first]))
        yield sorted(points, key=lambda point: point[leading])
        left = {name: changes for name, changes in left.items() if name not in together}


def _at(axis: Axis, place: float) -> dict[str, float]:
    """The values at a place, 0 to 1, along an axis whose points are evenly spaced."""
    steps = len(axis) - 1
    i = min(int(place * steps), steps - 1)
    share = place * steps - i
    below, above = list(pairwise(axis))[i]
    return {name: _between(name, below[name], above[name], share) for name in below}


def _between(name: str, low: float, high: float, share: float) -> float:
    if name.endswith("_tolerance"):
        return exp((1 - share) * log(low) + share * log(high))
    return (1 - share) * low + share * high


def _places(dimensions: int, count: int) -> Iterator[list[float]]:
    """Points that fill the unit cube evenly: the fractional parts of multiples of powers of 1/φ.

    φ is the positive root of x^(d+1) = x + 1 (Roberts, 2018).
    """
    phi = 2.0
    for _ in range(64):
        phi = (1 + phi) ** (1 / (dimensions + 1))
    steps = [phi ** -(i + 1) for i in range(dimensions)]
    for k in range(1, count + 1):
        yield [(0.5 + k * step) % 1 for step in steps]
