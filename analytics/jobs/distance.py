"""How far apart two jobs are in a taxonomy of functions, focuses and levels."""

from dataclasses import dataclass

#: Weights of the three parts of a distance.
TREE_WEIGHT, GRADE_WEIGHT, TRACK_WEIGHT = 0.45, 0.45, 0.10
#: The widest gap between two grades.
GRADE_SPAN = 6
#: How much of the tree part counts, by the narrowest thing that two jobs share.
TREE_SHARES = {"focus": 0.0, "function": 1 / 3, "family": 2 / 3, "nothing": 1.0}
#: Up to these distances a job is the same, or an adjacent one.
SAME_UP_TO, ADJACENT_UP_TO = 0.05, 0.30


@dataclass(frozen=True)
class Coordinates:
    """A job's place in the taxonomy; ``grade`` runs from 1 to 7 across tracks."""

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
        """The sum of the parts; it satisfies the axioms of a metric."""
        return self.tree + self.grade + self.track

    @property
    def match_band(self) -> str:
        """``same`` up to .05, ``adjacent`` up to .30, ``distant`` beyond."""
        # Hundredths don't add up exactly in floating point: 1e-9 keeps .30 adjacent.
        if self.total <= SAME_UP_TO + 1e-9:
            return "same"
        return "adjacent" if self.total <= ADJACENT_UP_TO + 1e-9 else "distant"


def distance(a: Coordinates, b: Coordinates) -> Distance:
    """Distance of two jobs: .45 · tree + .45 · grades / 6 + .10 if the tracks differ.

    The tree part is 0 within a focus, ⅓ within a function, ⅔ within a family,
    1 otherwise. M6 to M5 is .075; P4 to M3 across focuses of one function is .25.
    """
    return Distance(
        TREE_WEIGHT * TREE_SHARES[narrowest_shared(a, b)],
        GRADE_WEIGHT * abs(a.grade - b.grade) / GRADE_SPAN,
        TRACK_WEIGHT * (a.track != b.track),
    )


def narrowest_shared(a: Coordinates, b: Coordinates) -> str:
    """The narrowest part of the taxonomy that holds both jobs, a key of `TREE_SHARES`."""
    if a.family != b.family:
        return "nothing"
    if a.function != b.function:
        return "family"
    return "focus" if a.focus == b.focus else "function"
