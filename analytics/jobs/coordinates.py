"""How distances between jobs come about, in words for people."""

from analytics.jobs.distance import (
    ADJACENT_UP_TO,
    GRADE_SPAN,
    GRADE_WEIGHT,
    SAME_UP_TO,
    TRACK_WEIGHT,
    TREE_SHARES,
    TREE_WEIGHT,
    Coordinates,
    distance,
    narrowest_shared,
)

#: What two jobs have in common, by the key of `TREE_SHARES`.
_SHARED = {
    "focus": "same focus",
    "function": "same function, different focuses",
    "family": "same family, different functions",
    "nothing": "different families",
}


def explain_distance() -> list[str]:
    """The formula, its three parts and the three match bands, one sentence each."""
    tree = ", ".join(
        f"{_decimal(TREE_WEIGHT * s)} {_SHARED[key]}" for key, s in TREE_SHARES.items()
    )
    return [
        "A distance is a number from 0 (same coordinates) to 1 (nothing in common). It is the sum "
        "of three parts: tree, grade and track.",
        f"Tree (taxonomy), up to {_decimal(TREE_WEIGHT)}: where the jobs stand in the "
        f"taxonomy. {tree}.",
        f"Grade, up to {_decimal(GRADE_WEIGHT)}: the difference of the grades, 1 to "
        f"{GRADE_SPAN + 1}, divided by {GRADE_SPAN}, times {_decimal(GRADE_WEIGHT)}.",
        f"Track: {_decimal(TRACK_WEIGHT)} if one job is professional and the other "
        "management, else 0.",
        f"Match bands: same up to {_decimal(SAME_UP_TO)}, adjacent above that and up to "
        f"{_decimal(ADJACENT_UP_TO)}, distant beyond.",
        "The formula, its weights, the bounds of the bands and the grades are Bandstand's own. "
        "The canon says that its roles lie from 0 to 1 apart in three bands, not how that is "
        "computed.",
    ]


def worked_example(a_name: str, a: Coordinates, b_name: str, b: Coordinates) -> list[str]:
    """The distance of two jobs: their names, a line for each part, then the sum and its band."""
    apart = distance(a, b)
    shared = narrowest_shared(a, b)
    same_track = "both on the same track" if a.track == b.track else f"{a.track} and {b.track}"
    return [
        f"For example, {a_name} and {b_name}",
        f"Tree: {_SHARED[shared]}, {_decimal(TREE_WEIGHT)} × {TREE_SHARES[shared]:.3g} = "
        f"{apart.tree:.3f}",
        f"Grade: {a.grade} and {b.grade}, {_decimal(GRADE_WEIGHT)} × {abs(a.grade - b.grade)}/"
        f"{GRADE_SPAN} = {apart.grade:.3f}",
        f"Track: {same_track}, {apart.track:.3f}",
        f"Distance: {apart.tree:.3f} + {apart.grade:.3f} + {apart.track:.3f} = "
        f"{apart.total:.3f}, {apart.match_band}",
    ]


def _decimal(weight: float) -> str:
    return f"{weight:.2f}"
