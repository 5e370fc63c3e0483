"""Where a team's people work: each text resolved or told, nobody guessed."""

from analytics.own_places import own_places
from analytics.wage_rows import PlaceName

PLACES = [
    PlaceName("US", "nation", ""),
    PlaceName("Colorado", "state", "CO"),
    PlaceName("Oregon", "state", "OR"),
    PlaceName("Denver-Aurora-Centennial, CO", "metropolitan", "CO"),
    PlaceName("Boulder, CO", "metropolitan", "CO"),
    PlaceName("Portland-Vancouver-Hillsboro, OR-WA", "metropolitan", "OR-WA"),
    PlaceName("Portland-South Portland, ME", "metropolitan", "ME"),
]


def test_areas_count_in_their_state_and_nobody_is_guessed():
    texts = {"Denver": 7, "Boulder, CO": 2, "CO": 3, "Portland": 5, "Vancouver": 4,
             "Zone A": 1, "US": 6, "not stated": 2}  # fmt: skip
    found = own_places(texts, PLACES)
    assert found.people == {
        "Denver-Aurora-Centennial, CO": 7,
        "Boulder, CO": 2,
        "Colorado": 7 + 2 + 3,
        "Portland-Vancouver-Hillsboro, OR-WA": 4,
    }
    assert (found.across_states, found.state_alone) == (4, 3)
    assert found.unmarked == {
        "Portland": (5, "may be one of 2"),
        "Zone A": (1, "no place that BLS prints"),
        "US": (6, "the whole country"),
        "no place": (2, "not stated"),
    }
    assert found.left_out.startswith("5 at “Portland” (may be one of 2); 1 at “Zone A”")
    marked = sum(n for place, n in found.people.items() if place != "Colorado")
    # 3 are known by their state alone.
    assert marked + 3 + sum(n for n, _ in found.unmarked.values()) == sum(texts.values())


def test_many_unmarked_places_are_counted():
    found = own_places({f"Zone {i}": 1 for i in range(7)}, PLACES)
    assert found.left_out.endswith("; 3 more places")
