from analytics.jobs.coordinates import explain_distance, worked_example
from analytics.jobs.distance import Coordinates

P3 = Coordinates("cs", "cs", "csm", "professional", 3)
M4 = Coordinates("cs", "cs", "cs", "management", 5)


def test_a_worked_example_adds_up_to_the_distance():
    assert worked_example("CSM P3", P3, "CS M4", M4) == [
        "For example, CSM P3 and CS M4",
        "Tree: same function, different focuses, 0.45 × 0.333 = 0.150",
        "Grade: 3 and 5, 0.45 × 2/6 = 0.150",
        "Track: professional and management, 0.100",
        "Distance: 0.150 + 0.150 + 0.100 = 0.400, distant",
    ]


def test_parts_that_two_jobs_share_count_nothing():
    assert worked_example("A", P3, "B", P3)[1:] == [
        "Tree: same focus, 0.45 × 0 = 0.000",
        "Grade: 3 and 3, 0.45 × 0/6 = 0.000",
        "Track: both on the same track, 0.000",
        "Distance: 0.000 + 0.000 + 0.000 = 0.000, same",
    ]


def test_the_explanation_names_parts_bands_and_whose_formula_it_is():
    said = " ".join(explain_distance())
    for part in ("Tree (taxonomy), up to 0.45", "Grade, up to 0.45", "Track: 0.10"):
        assert part in said
    assert "0.00 same focus, 0.15 same function, different focuses, 0.30 same family" in said
    assert "same up to 0.05, adjacent above that and up to 0.30, distant beyond" in said
    assert "are Bandstand's own" in said
