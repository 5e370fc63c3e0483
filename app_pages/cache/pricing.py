"""What pricing a job reads: the store's sources, cost changes and places."""

from analytics.pricing.market_sources import Places, sources_for, survey_sources
from analytics.pricing.pricing import Source
from analytics.rows import CostChange, PlaceFactor, SavedVersion
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import ask, cached_read
from app_pages.cache.market_tables import market
from app_pages.components.tables import Table
from data.catalog.profiles import find_profile


def cost_changes() -> list[CostChange]:
    """How fast wages rise, by worker group."""
    return ask("cost_changes", CostChange).rows


def place_factors(function: str) -> list[PlaceFactor]:
    """What national pay is multiplied by, by place."""
    return ask("places", PlaceFactor, function=function).rows


def saved_versions(kind: str) -> Table[SavedVersion]:
    """What was saved of a kind of work, in all versions."""
    return ask("saved_work", SavedVersion, kind=kind)


@cached_read(most=64)
def price_sources(code: str, place: str) -> list[Source]:
    """What the store says of a job's pay at a place, as sources of a pricing."""
    job = find_profile(profiles().frame, code)
    rows = [row for row in place_factors(job["function"]) if row.place == place]
    places = Places(place, rows, job["focus"])
    stored = sources_for(market(), job, ask("wage_history").frame, places)
    return [*survey_sources(ask("survey_pay", code=job["code"]).frame, places), *stored]
