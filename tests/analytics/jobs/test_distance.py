import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.jobs.distance import Coordinates, distance
from analytics.jobs.reviews import passes_review


def job(focus: str, track: str, grade: int) -> Coordinates:
    return Coordinates("post-sales", "customer-success", focus, track, grade)


@st.composite
def jobs(draw: st.DrawFn) -> Coordinates:
    """A job in a tree of two families, two functions each, two focuses each."""
    family = draw(st.sampled_from("ab"))
    function = family + draw(st.sampled_from("cd"))
    focus = function + draw(st.sampled_from("ef"))
    track = draw(st.sampled_from(["professional", "management"]))
    return Coordinates(family, function, focus, track, draw(st.integers(1, 7)))


M6, M5 = job("cs", "management", 7), job("cs", "management", 6)
P4, M3 = job("csm", "professional", 4), job("cs", "management", 4)
P3, M4 = job("csm", "professional", 3), job("cs", "management", 5)


@pytest.mark.parametrize(
    ("a", "b", "total", "band"),
    [
        (M6, M5, 0.075, "adjacent"),
        (P4, M3, 0.25, "adjacent"),
        (P3, M4, 0.40, "distant"),
        (M6, M6, 0.0, "same"),
    ],
)
def test_distances_of_the_known_pairs(a, b, total, band):
    assert distance(a, b).total == pytest.approx(total)
    assert distance(a, b).match_band == band


@pytest.mark.parametrize(
    ("family", "function", "focus", "total", "band"),
    [
        ("post-sales", "customer-success", "csm", 0.0, "same"),
        ("post-sales", "customer-success", "cs", 0.15, "adjacent"),
        ("post-sales", "renewals", "csm", 0.30, "adjacent"),
        ("sales", "customer-success", "csm", 0.45, "distant"),
    ],
)
def test_a_third_of_the_way_for_each_branch_of_the_tree(family, function, focus, total, band):
    other = Coordinates(family, function, focus, "professional", 3)
    assert distance(P3, other).total == pytest.approx(total)
    assert distance(P3, other).match_band == band


@given(jobs(), jobs(), jobs())
def test_distance_is_a_metric_between_0_and_1(a, b, c):
    ab, bc, ac = distance(a, b).total, distance(b, c).total, distance(a, c).total
    assert 0 <= ab <= 1
    assert ab == distance(b, a).total
    assert (ab == 0) == (a == b)
    assert ac <= ab + bc + 1e-12


def test_the_lowest_score_decides_and_unscored_is_not_passed():
    assert passes_review([5, 4.5, 4.5, 5, 4])
    assert not passes_review([5, 5, 5, 5, 3.9])
    assert not passes_review([])
