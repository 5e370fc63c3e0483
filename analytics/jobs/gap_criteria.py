"""Where a profile can move to, and what the level there asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analytics.job_rows import JobProfile
from analytics.jobs.titles import MANAGEMENT

KINDS = ("descriptor", "responsibility", "guideline")


@dataclass(frozen=True)
class Move:
    """A step from a profile: to the next level of its track, or into management."""

    kind: Literal["next level", "move to management"]
    profile: JobProfile


@dataclass(frozen=True)
class Criterion:
    """One thing that a level asks; the same words are the same criterion.

    ``kind`` is descriptor, responsibility or guideline.
    """

    kind: str
    dimension: str
    text: str


def next_moves(profiles: Iterable[JobProfile], profile: JobProfile) -> list[Move]:
    """The next level on a profile's track and the move to management at its grade, if any."""
    others = [p for p in profiles if p.ladder == profile.ladder and p.code != profile.code]
    higher = [p for p in others if p.track == profile.track and p.grade > profile.grade]
    lowest = min((p.grade for p in higher), default=0)
    moves = [Move("next level", p) for p in _nearest(higher, lowest, profile.focus)]
    if profile.track != MANAGEMENT:
        managers = [p for p in others if p.track == MANAGEMENT]
        moves += [
            Move("move to management", p) for p in _nearest(managers, profile.grade, profile.focus)
        ]
    return moves


def _nearest(profiles: Iterable[JobProfile], grade: int, focus: str) -> list[JobProfile]:
    """The profile at a grade: of the same focus where there is one, else the first."""
    at_grade = [p for p in profiles if p.grade == grade]
    return sorted(at_grade, key=lambda p: (p.focus != focus, p.code))[:1]


def level_criteria(
    descriptors: Mapping[str, str],
    own_duties: Iterable[str],
    duties: Iterable[str],
    guidelines: Mapping[str, str],
) -> list[Criterion]:
    """What a level asks: by dimension, the work that it adds, and its guidelines.

    ``descriptors`` and ``guidelines`` map dimension to words; ``own_duties`` are
    the present level's.
    """
    known = set(own_duties)
    criteria = [Criterion("descriptor", *row) for row in descriptors.items()]
    criteria += [Criterion("responsibility", "work", duty) for duty in duties if duty not in known]
    criteria += [Criterion("guideline", *row) for row in guidelines.items()]
    return list(dict.fromkeys(criteria))
