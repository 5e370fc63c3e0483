"""How far apart two jobs are in a taxonomy of functions, focuses and levels."""

from dataclasses import dataclass

#: Weights of the three parts, and the widest gap between grades.
TREE, GRADE, TRACK = 0.45, 0.45, 0.10
GRADE_SPAN = 6
#: How much of the tree part counts, by the narrowest thing that two jobs share.
TREE_SHARES = {"focus": 0.0, "function": 1 / 3, "family": 2 / 3, "nothing": 1.0}
SAME_UP_TO, ADJACENT_UP_TO = 0.05, 0.30


@dataclass(frozen=True)
class Coordinates:
    """Where a job stands; ``grade`` runs from 1 to 7 across tracks."""

    family: str
    function: str
    focus: str
    track: str
    grade: int


@dataclass(frozen=True)
class Distance:
    """The three parts of a distance; ``total`` lies between 0 and 1."""

    tree: float
    grade: float
    track: float

    @property
    def total(self) -> float:
        """The sum of the parts; a metric."""
        return self.tree + self.grade + self.track

    @property
    def match_band(self) -> str:
        """``same`` up to .05, ``adjacent`` up to .30, ``distant`` beyond."""
        # Sums of hundredths: 1e-9 keeps a distance of exactly .30 adjacent.
        if self.total <= SAME_UP_TO + 1e-9:
            return "same"
        return "adjacent" if self.total <= ADJACENT_UP_TO + 1e-9 else "distant"


def distance(a: Coordinates, b: Coordinates) -> Distance:
    """Distance of two jobs: .45 tree + .45 grades/6 + .10 where tracks differ.

    The tree part is 0 within a focus, ⅓ within a function, ⅔ within a family,
    1 otherwise. M6 to M5 is .075; P4 to M3 across focuses of a function .25.
    """
    return Distance(
        TREE * TREE_SHARES[narrowest_shared(a, b)],
        GRADE * abs(a.grade - b.grade) / GRADE_SPAN,
        TRACK * (a.track != b.track),
    )


def narrowest_shared(a: Coordinates, b: Coordinates) -> str:
    """The narrowest part of the taxonomy that holds both jobs, a key of `TREE_SHARES`."""
    if a.family != b.family:
        return "nothing"
    if a.function != b.function:
        return "family"
    return "focus" if a.focus == b.focus else "function"
