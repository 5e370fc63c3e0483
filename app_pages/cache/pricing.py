"""What the store holds of a job's pay, as sources of a pricing."""

from analytics.pricing.market_sources import Places, sources_for, survey_sources
from analytics.pricing.pricing import Source
from app_pages.cache.connection import ask, cached_read
from app_pages.cache.market_tables import market
from data.catalog.profiles import find_profile


@cached_read(most=64)
def price_sources(code: str, place: str) -> list[Source]:
    """What the store says of a job's pay at a place, as sources of a pricing."""
    job = find_profile(ask("profiles").frame, code)
    rows = [row for row in ask("places", function=job["function"]).rows if row.place == place]
    places = Places(place, rows, job["focus"])
    held = sources_for(market(), job, ask("wage_history").frame, places)
    return [*survey_sources(ask("survey_pay", code=job["code"]).frame, places), *held]
