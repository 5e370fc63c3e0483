"""What a move up the ladder, or across to management, is worth."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from analytics.errors import InputError
from analytics.reach import reach


@dataclass(frozen=True)
class Rung:
    """A level's position: ``ordinal`` on its ladder, ``grade`` across tracks."""

    level: str
    track: str
    ordinal: int
    grade: int


@dataclass(frozen=True)
class Step:
    """A move from one level to another; ``kind`` is ``within`` or ``across``."""

    start: str
    end: str
    kind: str


@dataclass(frozen=True)
class Delta:
    """A difference in pay and its interval, in dollars and as a ratio minus 1."""

    amount: float
    amount_low: float
    amount_high: float
    ratio: float
    ratio_low: float
    ratio_high: float


def ladder_steps(rungs: Sequence[Rung]) -> list[Step]:
    """Each step to the next level of a track, and each move across tracks at one grade.

    A move across starts in the track that begins lower on the ladder, as a
    professional who becomes a manager does. In ladder order of the start.
    """
    ordered = sorted(rungs, key=lambda rung: rung.ordinal)
    tracks: dict[str, list[Rung]] = {}
    for rung in ordered:
        tracks.setdefault(rung.track, []).append(rung)
    within = [
        Step(a.level, b.level, "within")
        for track in tracks.values()
        for a, b in itertools.pairwise(track)
    ]
    across = [
        Step(a.level, b.level, "across")
        for a, b in itertools.combinations(ordered, 2)
        if a.track != b.track and a.grade == b.grade
    ]
    ordinals = {rung.level: rung.ordinal for rung in ordered}
    return sorted(within + across, key=lambda step: (ordinals[step.start], ordinals[step.end]))


def delta(start: ArrayLike, end: ArrayLike) -> Delta:
    """The step from pay ``start`` to pay ``end``, each under the same several fits.

    Both have shape (fits,), in one currency, the default fit first. The value
    is the default's; the interval is the reach over the fits, pairing each fit's two
    ends, because an assumption that raises one level mostly raises its
    neighbor. Subtracting the ends' own intervals would be far too wide.

    Raises `InputError` for pay that is not above 0 or ends of unequal length.
    """
    a, b = np.atleast_1d(np.asarray(start, float)), np.atleast_1d(np.asarray(end, float))
    if a.shape != b.shape or not ((a > 0).all() and (b > 0).all()):
        raise InputError("a step needs pay above 0 at both ends, under the same fits")
    amounts, ratios = b - a, b / a - 1
    ends = (float(end) for values in (amounts, ratios) for end in (values[0], *reach(values)))
    return Delta(*ends)


@dataclass(frozen=True)
class Pay:
    """A figure of pay with the ends of its interval, all above 0."""

    value: float
    low: float
    high: float


#: A step whose upper limit is below this is a compression; below 0, an inversion.
COMPRESSION_BELOW = 0.05


def mover(start: Pay, end: Pay) -> Delta:
    """The step between two figures that were estimated independently of each other.

    Method of variance estimates recovery on log pay: each figure's distances to
    its own limits are combined in quadrature, so the interval is neither as wide
    as from subtracting ends nor blind to skewness. Raises `InputError` for pay
    that is not above 0 or limits that don't bracket it.

    Source: Zou and Donner (2008).
    """
    for pay in (start, end):
        if not 0 < pay.low <= pay.value <= pay.high:
            raise InputError(f"a step needs 0 < low ≤ value ≤ high, not {pay}")
    a, b = log(start.value), log(end.value)
    down = sqrt((b - log(end.low)) ** 2 + (log(start.high) - a) ** 2)
    up = sqrt((log(end.high) - b) ** 2 + (a - log(start.low)) ** 2)
    low, high = exp(b - a - down), exp(b - a + up)
    return Delta(
        end.value - start.value,
        start.value * (low - 1),
        start.value * (high - 1),
        end.value / start.value - 1,
        low - 1,
        high - 1,
    )


def step_flag(step: Delta) -> str:
    """``inversion``, ``compression`` or nothing, by the upper limit of the step.

    Only what the interval rules out is flagged: a step that looks small but may
    be 5 percent is not a compression.
    """
    if step.ratio_high < 0:
        return "inversion"
    return "compression" if step.ratio_high < COMPRESSION_BELOW else ""
