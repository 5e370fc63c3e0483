"""Wages of occupations by place and year, as the Places page reads them."""

from analytics.wage_rows import AreaWage, OccupationArea, OccupationWage
from app_pages.cache.connection import ask
from app_pages.components.tables import Table


def occupations() -> Table[OccupationWage]:
    """Every occupation and group of OEWS in the newest year."""
    return ask("occupations", OccupationWage)


def occupation_areas(soc: str) -> Table[OccupationArea]:
    """What an occupation pays in each place."""
    return ask("occupation_areas", OccupationArea, soc=soc)


def occupation_history(soc: str) -> Table[AreaWage]:
    """What an occupation paid in the nation, year by year."""
    return ask("wages", AreaWage, socs=[soc], years=[], areas=["US"])
