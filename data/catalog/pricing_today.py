"""A pricing from today's store: which of its sources are others by now, and what it comes to."""

import duckdb

from analytics.errors import InputError
from analytics.money import money
from analytics.pricing.market_sources import usual_rate
from analytics.pricing.pricing import Pricing, price_job
from analytics.pricing.since import pricing_since
from analytics.rows import CostChange, typed_rows
from data.catalog.market import read_market
from data.catalog.pay_sources import read_sources
from queries import run


def read_pricing_since(con: duckdb.DuckDBPyConnection, pricing: Pricing) -> list[str]:
    """A sentence for each source or rate that is another by now, then both answers."""
    profiles = run(con, "profiles").to_dict("records")
    job = next((row for row in profiles if row["code"] == pricing.code), None)
    if job is None:
        return [f"it has no job {pricing.code or pricing.job!r}, so nothing can be compared"]
    offered = read_sources(con, read_market(con), job, pricing.place)
    rate = usual_rate(typed_rows(run(con, "cost_changes"), CostChange))
    today, told = pricing_since(pricing, offered, rate)
    if not told:
        return []
    then = price_job(pricing).target.composite
    try:
        now = money(price_job(today).target.composite, pricing.currency, decimals=2)
    except InputError as error:
        now = f"none, since {error}"
    return [*told, f"the answer: {money(then, pricing.currency, decimals=2)} → {now}"]
