"""Find a place by any part of its name, or by its state's postal code."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from analytics.wage_rows import PlaceName

#: Names of regions that none of their areas bears, as people use them.
_KNOWN_AS = {
    "bay area": ("San Francisco-Oakland-Fremont, CA", "San Jose-Sunnyvale-Santa Clara, CA"),
    "silicon valley": ("San Jose-Sunnyvale-Santa Clara, CA",),
    "nyc": ("New York-Newark-Jersey City, NY-NJ",),
    "dc": ("Washington-Arlington-Alexandria, DC-VA-MD-WV", "District of Columbia"),
    "twin cities": ("Minneapolis-St. Paul-Bloomington, MN-WI",),
    "research triangle": ("Raleigh-Cary, NC", "Durham-Chapel Hill, NC"),
    "dfw": ("Dallas-Fort Worth-Arlington, TX",),
}


def find_places(text: str, places: Iterable[PlaceName]) -> list[PlaceName]:
    """The places that ``text`` may mean, likeliest first; one where it is plain.

    A whole name, a state's name or its postal code is that place alone. Otherwise each
    word must begin a word of the place's name, in any order: "Denver" and "aurora co" are
    the Denver area. A name that several bear gives them all.

    >>> rows = [PlaceName("Colorado", "state", "CO"),
    ...         PlaceName("Denver-Aurora-Centennial, CO", "metropolitan", "CO")]
    >>> [row.place for row in find_places("denver", rows)]
    ['Denver-Aurora-Centennial, CO']
    >>> [row.place for row in find_places("CO", rows)]
    ['Colorado']
    """
    rows = list(places)
    asked = text.strip().lower()
    plain = [
        row
        for row in rows
        if asked == row.place.lower() or (row.kind == "state" and asked == row.states.lower())
    ]
    if plain or not asked:
        return plain
    if known := _KNOWN_AS.get(asked.removeprefix("the ").removeprefix("greater ")):
        return [row for name in known for row in rows if row.place == name]
    wanted = _words(asked)
    begun = [f" {word}" for word in wanted]
    found = [row for row in rows if all(each in _spaced(row.place, row.states) for each in begun)]
    return _first_city(wanted, found) or found


def places_within(texts: Iterable[str], place: str, places: Iterable[PlaceName]) -> set[str]:
    """Those of the places that a team writes which are ``place``, or lie in that state.

    A text that may mean several places lies in none; one that names no known place is
    ``place`` only where it is written alike.

    >>> rows = [PlaceName("Colorado", "state", "CO"),
    ...         PlaceName("Denver-Aurora-Centennial, CO", "metropolitan", "CO")]
    >>> sorted(places_within(["Denver", "CO", "Zone A"], "Colorado", rows))
    ['CO', 'Denver']
    """
    rows = list(places)
    state = next((row.states for row in rows if (row.place, row.kind) == (place, "state")), "")
    within = set()
    for text in texts:
        found = find_places(text, rows)
        alone = found[0] if len(found) == 1 else None
        is_there = alone is not None and (
            alone.place == place or bool(state and state in alone.states.split("-"))
        )
        if is_there or text.casefold() == place.casefold():
            within.add(text)
    return within


def _first_city(wanted: Sequence[str], found: Sequence[PlaceName]) -> list[PlaceName]:
    """Those whose name begins with what was asked: Portland before South Portland."""
    return [row for row in found if _words(row.place)[: len(wanted)] == tuple(wanted)]


@lru_cache(maxsize=4_096)
def _spaced(place: str, states: str) -> str:
    """The words of a place and its states, a space before each, by which its beginning is found."""
    return "".join(f" {word}" for word in _words(f"{place} {states}"))


@lru_cache(maxsize=4_096)  # a list of places is searched for each place that people work at
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", text.lower().replace(".", "")))
