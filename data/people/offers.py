"""An offer beside the ranges of the store: placed as a person of the roster would be."""

import json

import duckdb
import pandas as pd

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.own_pay import every_range
from analytics.people.offer_market import OfferMarket, offer_market
from analytics.people.offers import Offer
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from analytics.pricing.ageing import Month
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.rows import typed_rows
from data.catalog.pay_answers import read_priced
from data.people.positions import MarketOf, read_places
from queries import run


def read_offer_market(
    con: duckdb.DuckDBPyConnection, offer: Offer, basis: str, month: Month
) -> OfferMarket:
    """The market of the job of an offer, on the pay basis that it is compared on."""
    profiles = typed_rows(run(con, "profiles"), JobProfile)

    def price(asked: PayQuestion) -> PricedJob | None:
        try:
            return read_priced(con, asked)
        except InputError:
            return None

    return offer_market(offer, basis, month, profiles, read_places(con), price)


def read_candidate(con: duckdb.DuckDBPyConnection, offer: Offer, market_of: MarketOf) -> pd.Series:
    """The row that a table of positions has for somebody with the offer's job and pay."""
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    ranges = every_range(run(con, "loaded_ranges", load=""), profiles)
    kept = {"Function": offer.function, "Focus": offer.focus, "Pay Zone": offer.zone}
    row = {
        "load": 0, "employee_id": "offer", "title": "", "code": offer.code or None,
        "level": offer.level or None, "place": offer.place, "fte": 1.0,
        "currency": offer.currency, "base": offer.base, "variable": offer.variable,
        "pay_is": "actual", "hire_date": None, "has_left": False, "as_of": "",
        "kept": json.dumps(kept),
    }  # fmt: skip
    roster = read_roster(pd.DataFrame([row]), profiles)
    return positions_of(roster, ranges, read_places(con), market_of).people.iloc[0]
