"""A place is found by any part of its name, by its state, or becomes a question."""

import pytest

from analytics.places import find_places
from analytics.wage_rows import PlaceName


@pytest.fixture(scope="module")
def places(con) -> list[PlaceName]:
    from analytics.rows import typed_rows
    from queries import run

    return typed_rows(run(con.cursor(), "places"), PlaceName)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Denver", "Denver-Aurora-Centennial, CO"),
        ("denver, co", "Denver-Aurora-Centennial, CO"),
        ("Centennial", "Denver-Aurora-Centennial, CO"),
        ("CO", "Colorado"),
        ("colorado", "Colorado"),
        ("New York", "New York"),
        ("NYC", "New York-Newark-Jersey City, NY-NJ"),
        ("portland or", "Portland-Vancouver-Hillsboro, OR-WA"),
        ("St. Louis", "St. Louis, MO-IL"),
        ("san francisco", "San Francisco-Oakland-Fremont, CA"),
    ],
)
def test_a_name_of_one_place_finds_it(places, text, place):
    assert [row.place for row in find_places(text, places)] == [place]


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("Bay Area", {"San Francisco-Oakland-Fremont, CA", "San Jose-Sunnyvale-Santa Clara, CA"}),
        ("Portland", {"Portland-South Portland, ME", "Portland-Vancouver-Hillsboro, OR-WA"}),
        ("Springfield", {"Springfield, IL", "Springfield, MA", "Springfield, MO"}),
    ],
)
def test_a_name_of_several_places_gives_them_all(places, text, some):
    assert some <= {row.place for row in find_places(text, places)}


@pytest.mark.parametrize("text", ["", "  ", "Atlantis", "Denver Ohio"])
def test_a_name_of_no_place_finds_none(places, text):
    assert find_places(text, places) == []
