"""A pricing from today's store: which of its sources are others by now, and what it comes to."""

from collections.abc import Sequence
from functools import cache, partial

import duckdb

from analytics.errors import InputError
from analytics.money import money
from analytics.pricing.inputs import OWN_ORIGIN, Pricing, Rate, Source
from analytics.pricing.pricing import price_job
from analytics.pricing.since import pricing_since
from data.catalog.market import read_market
from data.catalog.pay_sources import read_function_pay, read_job_sources, read_usual_rate
from queries import run


def read_pricings_since(con: duckdb.DuckDBPyConnection, pricings: Sequence[Pricing]) -> list[str]:
    """A sentence for each source or rate that is another by now, then both answers.

    Of several pricings each sentence names its job.
    """
    jobs = {row["code"]: row for row in run(con, "profiles").to_dict("records")}
    market = read_market(con)
    rate = read_usual_rate(con)
    shared_by = cache(partial(read_function_pay, con, market, rate))
    told: list[str] = []
    for pricing in pricings:
        job = jobs.get(pricing.code)
        offered: list[Source] = []
        if job:
            shared = shared_by(job["function"], pricing.place)
            offered = read_job_sources(con, market, job, shared)
        if job is None and any(s.origin not in ("", OWN_ORIGIN) for s in pricing.sources):
            name = pricing.code or pricing.job
            told.append(f"it has no job {name!r}, so nothing can be compared")
            continue
        label = f"{pricing.job}: " if len(pricings) > 1 else ""
        told += [f"{label}{sentence}" for sentence in _since(pricing, offered, rate)]
    return told


def _since(pricing: Pricing, offered: Sequence[Source], rate: Rate) -> list[str]:
    today, told = pricing_since(pricing, offered, rate)
    if not told:
        return []
    then = price_job(pricing).target.composite
    try:
        now = money(price_job(today).target.composite, pricing.currency, decimals=2)
    except InputError as error:
        now = f"none, since {error}"
    return [*told, f"the answer: {money(then, pricing.currency, decimals=2)} → {now}"]
