"""Whether a job profile has passed its review."""

from collections.abc import Sequence

PASSING_SCORE = 4.0


def passes_review(scores: Sequence[float]) -> bool:
    """A profile passes when the lowest of its scores (1 to 5) is 4 or more.

    A profile without scores has not passed.
    """
    return bool(scores) and min(scores) >= PASSING_SCORE
