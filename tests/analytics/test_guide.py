"""How figures, citations and phrases of a role guide are read."""

import doctest
from math import nan

import pytest

from analytics import guide
from analytics.guide import ENTRY_SECTIONS, SECTIONS, figure_text, figure_unit, phrase_pattern


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(guide).failed == 0


def test_every_section_is_typed_and_phrases_have_a_table_of_their_own():
    assert set(SECTIONS) == set(guide.Section.__args__)
    assert len(set(SECTIONS.values())) == len(SECTIONS) == 17
    assert set(SECTIONS) - set(ENTRY_SECTIONS) == {"phrases"}


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (5, 5, "criteria", "5 criteria"),
        (8, nan, "years", "8 or more years"),
        (25, 50, "percent", "25% to 50%"),
        (-5, -5, "percent", "-5%"),
        (42_830, 42_830, "USD", "$42,830"),
        (2_814_000, 2_814_000, "jobs", "2,814,000 jobs"),
        (nan, nan, "", ""),
    ],
)
def test_a_figure_is_written_with_its_unit(low, high, unit, written):
    assert figure_text(low, high, unit) == written


@pytest.mark.parametrize("unit", ["text", "share", "currency", "by unit", "Days", "$", "x" * 31])
def test_what_is_no_unit_of_a_figure_is_refused(unit):
    with pytest.raises(ValueError, match="is not a unit such as days"):
        figure_unit(unit)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("quota bearing", "A Quota-Bearing role", True),
        ("ebrs?", "Lead EBRs.", True),
        ("ebrs?", "a zebra", False),
        ("time to (first )?value", "time-to-value", True),
        ("soc 2", "SOC 21", False),
    ],
)
def test_a_pattern_finds_whole_words(pattern, text, found):
    assert bool(phrase_pattern(pattern).search(text)) == found


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a+)+", "letters, digits, spaces"),
        ("a{9}", "letters, digits, spaces"),
        ("a" * 201, "letters, digits, spaces"),
        ("a?" * 11, "more than ten"),
        ("(open", "is not a pattern: "),
        ("nrr|", "fits an empty text"),
    ],
)
def test_a_pattern_that_could_run_away_or_fit_anything_is_refused(pattern, reason):
    with pytest.raises(ValueError, match=reason):
        phrase_pattern(pattern)
