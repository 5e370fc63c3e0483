"""Wages of occupations by place and year, as the Places page reads them."""

from analytics.own_places import OwnPlaces, own_places
from analytics.wage_rows import AreaWage, OccupationArea, OccupationWage
from app_pages.cache.connection import ask, cached_read
from app_pages.cache.pricing import places
from app_pages.components.tables import Table
from data.records.question import OWNER


def occupations() -> Table[OccupationWage]:
    """Every occupation and group of OEWS in the newest year."""
    return ask("occupations", OccupationWage)


def occupation_areas(soc: str) -> Table[OccupationArea]:
    """What an occupation pays in each place."""
    return ask("occupation_areas", OccupationArea, soc=soc)


def occupation_history(soc: str) -> Table[AreaWage]:
    """What an occupation paid in the nation, year by year."""
    return ask("wages", AreaWage, socs=[soc], years=[], areas=["US"])


@cached_read(most=2)
def people_by_place(mode: str) -> OwnPlaces:
    """Where the people of the rosters work; nobody for eyes other than an owner's."""
    if mode != OWNER:
        return OwnPlaces({}, 0, 0, {})
    frame = ask("own_places").frame
    by_text = dict(zip(frame.place, map(int, frame.people), strict=True))
    return own_places(by_text, places())
