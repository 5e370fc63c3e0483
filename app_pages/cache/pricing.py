"""What pricing a job reads: the store's sources, cost changes and places."""

from analytics.pricing.inputs import Rate, Source
from analytics.pricing.market_sources import usual_rate as newest_rate
from analytics.rows import CostChange, SavedVersion
from analytics.wage_rows import PlaceName
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.market_tables import market
from app_pages.components.tables import Table
from data.catalog.pay_sources import FunctionPay, read_function_pay, read_job_sources


@cached_read()
def usual_rate() -> Rate:
    """The yearly rate that pay is aged at unless somebody says another."""
    return newest_rate(cost_changes())


def cost_changes() -> list[CostChange]:
    """How fast wages rise, by worker group."""
    return ask("cost_changes", CostChange).rows


def places() -> list[PlaceName]:
    """The places that pay can be converted to: the nation, the states, then areas by name."""
    return ask("places", PlaceName).rows


def saved_versions(kind: str) -> Table[SavedVersion]:
    """What was saved of a kind of work, in all versions."""
    return ask("saved_work", SavedVersion, kind=kind)


@cached_read(most=64)
def price_sources(code: str, place: str) -> list[Source]:
    """What the store says of a job's pay at a place, as sources of a pricing."""
    job = next(row for row in profiles().rows if row.code == code)
    shared = _function_pay(job.function, place)
    with store_lock().cursor() as con:
        return read_job_sources(con, market(), vars(job), shared)


@cached_read(most=16)
def _function_pay(function: str, place: str) -> FunctionPay:
    with store_lock().cursor() as con:
        return read_function_pay(con, market(), usual_rate(), function, place)
