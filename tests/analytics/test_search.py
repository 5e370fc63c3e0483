"""Ranking by hand: which of a few things a search finds, and in which order."""

import pytest

from analytics.search import Findable, search

ITEMS = [
    Findable("job", "Customer Success, Director · M4", "profile", names=("Head of CS",)),
    Findable("job", "Customer Success, Vice President · M6", "profile", names=("VP of CS",)),
    Findable("place", "California", "home"),
    Findable("place", "Colorado", "home"),
    Findable("page", "Sources", "sources"),
    Findable("source", "BLS wages, May 2025", "sources", names=("bls-oews",)),
    Findable("page", "Customer Success", "market"),
]


def found(typed: str, most: int = 8) -> list[str]:
    return [item.label for item in search(typed, ITEMS, most)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("colorado", "Colorado"),
        ("col", "Colorado"),
        ("Colarado", "Colorado"),  # one letter of eight is wrong: .875
        ("Clifornia", "California"),
        ("m6", "Customer Success, Vice President · M6"),
        ("VP", "Customer Success, Vice President · M6"),
        ("head of cs", "Customer Success, Director · M4"),
        ("oews", "BLS wages, May 2025"),
        ("bls-oews", "BLS wages, May 2025"),
        ("vice customer", "Customer Success, Vice President · M6"),
    ],
)
def test_a_word_its_beginning_or_its_misspelling_finds(typed, first):
    assert found(typed)[0] == first


def test_every_word_must_fit_one_name():
    assert found("director california") == []
    assert found("president head") == []  # of two names of two jobs
    assert found("xyz") == found("") == found(" · ") == []


def test_the_shortest_name_comes_first_then_the_order_given():
    assert found("customer success") == [
        "Customer Success",
        "Customer Success, Director · M4",
        "Customer Success, Vice President · M6",
    ]
    assert found("customer success", most=1) == ["Customer Success"]


def test_short_words_are_not_taken_for_misspellings():
    assert found("m5") == []  # neither M4 nor M6
