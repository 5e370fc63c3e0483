"""What the search box finds in the store."""

from collections import defaultdict

from analytics.search import Findable
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import ask, cached_read
from app_pages.cache.market_tables import sources
from app_pages.cache.places import occupations
from app_pages.cache.pricing import places


@cached_read()
def findables() -> list[Findable]:
    """Jobs by title and alias, places, sources and occupations, each with its page."""
    return [*_jobs(), *_places(), *_sources(), *_occupations()]


def _jobs() -> list[Findable]:
    titles: dict[str, list[str]] = defaultdict(list)
    for row in ask("known_titles").frame.itertuples():
        if row.kind != "work":
            titles[row.code].append(f"{row.title} {row.code.rpartition('.')[2]}")
    return [
        Findable("job", job.label, "profile", (("profile", job.code),), tuple(titles[job.code]))
        for job in profiles().rows
    ]


def _places() -> list[Findable]:
    return [
        Findable("place", row.place, "", (("in", row.place),), (f"{row.place} {row.states}",))
        for row in places()
    ]


def _sources() -> list[Findable]:
    return [
        Findable("source", row.title, "sources", (("source", name),), (name,))
        for name, row in sources().items()
    ]


def _occupations() -> list[Findable]:
    return [
        Findable("occupation", row.label, "places", (("soc", row.soc),))
        for row in occupations().rows
    ]
