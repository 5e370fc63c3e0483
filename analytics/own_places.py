"""Where a team's own people work, among the places that BLS prints."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics.places import find_places
from analytics.pricing.market_sources import NATIONAL_PLACES, NOT_STATED
from analytics.wage_rows import PlaceName

#: How many places that can't be marked are named.
_MOST = 4


@dataclass(frozen=True)
class OwnPlaces:
    """How many people work in each area and state, by name; and who is on no mark, with why.

    Somebody in an area of one state counts in the state too; an area of several
    states is in none of them, since nothing says on which side of the border they work.
    ``across_states`` counts those, ``state_alone`` who is known by a state and no area.
    """

    people: Mapping[str, int]
    across_states: int
    state_alone: int
    unmarked: Mapping[str, tuple[int, str]]

    @property
    def left_out(self) -> str:
        """Who is on no mark, in words; empty where everybody is."""
        items = list(self.unmarked.items())
        parts = [f"{count:,} at “{text}” ({why})" for text, (count, why) in items[:_MOST]]
        if more := len(items) - _MOST:
            parts += [f"{more} more places"] if more > 0 else []
        return "; ".join(parts)


def own_places(by_text: Mapping[str, int], places: Iterable[PlaceName]) -> OwnPlaces:
    """People by the places that a team writes, resolved to areas and states.

    ``by_text`` counts people by the text of their place. A text that names several
    places, none, or the whole country is told and not guessed.
    """
    rows = list(places)
    states = {row.states: row.place for row in rows if row.kind == "state"}
    people: Counter[str] = Counter()
    unmarked: dict[str, tuple[int, str]] = {}
    across = state_alone = 0
    for text, count in by_text.items():
        found = [row for row in find_places(text, rows) if row.kind != "nation"]
        if text == NOT_STATED:
            unmarked["no place"] = (count, NOT_STATED)
        elif text in NATIONAL_PLACES:
            unmarked[text] = (count, "the whole country")
        elif len(found) != 1:
            why = f"may be one of {len(found)}" if found else "no place that BLS prints"
            unmarked[text] = (count, why)
        else:
            (place,) = found
            people[place.place] += count
            if place.kind != "state" and place.states in states:
                people[states[place.states]] += count
            across += count if "-" in place.states else 0
            state_alone += count if place.kind == "state" else 0
    return OwnPlaces(dict(people), across, state_alone, unmarked)
