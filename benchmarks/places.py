"""Typing a place or an occupation: how long the server takes to find it.

Each beginning of a few names, letter by letter, among the areas and the occupations in the
store. Usage: python -m benchmarks.places
"""

import statistics
import time
from collections.abc import Callable

from analytics.places import find_places
from analytics.rows import typed_rows
from analytics.search import Findable, search
from analytics.wage_rows import OccupationWage, PlaceName
from data.build.ensure import ensure_built
from data.store.connection import open_to_read
from data.store.location import store_path
from queries import run

PLACES = ("denver", "san francisco", "bay area", "CO", "grand rapids mi", "sprngfield")
OCCUPATIONS = ("sales managers", "registered nurse", "softwar developers", "11-2022", "welder")


def main() -> None:
    """Print the median and the longest time by what is typed into."""
    ensure_built(store_path())
    con = open_to_read(store_path())
    places = typed_rows(run(con, "places"), PlaceName)
    wages = typed_rows(run(con, "occupations"), OccupationWage)
    items = [Findable("occupation", row.label, "places") for row in wages]
    search("warm", items)  # words of a name are taken apart once
    for what, names, find in (
        (f"{len(places):,} places", PLACES, lambda text: find_places(text, places)),
        (f"{len(items):,} occupations", OCCUPATIONS, lambda text: search(text, items)),
    ):
        took = [seconds(find, name[:n]) for name in names for n in range(1, len(name) + 1)]
        middle, longest = 1000 * statistics.median(took), 1000 * max(took)
        print(f"{what}: {len(took)} beginnings, median {middle:.1f} ms, longest {longest:.1f} ms")


def seconds(find: Callable[[str], object], text: str) -> float:
    """How long one search takes."""
    began = time.perf_counter()
    find(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
