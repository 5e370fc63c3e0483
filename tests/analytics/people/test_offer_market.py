"""The market of an offer's job: which job and place are asked, and what is said of it."""

import pytest

from analytics.job_rows import JobProfile
from analytics.people.offer_market import OfferMarket, market_sentences, offer_job, offer_market
from analytics.people.offers import Offer
from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.pricing import price_job
from tests.analytics.people.rosters import PLACES


def job(function: str, focus: str, level: str = "P3") -> JobProfile:
    code = f"{function}.{focus}.{level}".upper()
    return JobProfile(code, "f", "f", function, "o", focus, "own", level, "professional", 3, "Rep")


JOBS = [job("Sales", "Field"), job("Sales", "Inside"), job("Support", "Desk")]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"function": "sales"}, "SALES.FIELD.P3"),
        ({"function": "Sales", "focus": "inside"}, "SALES.INSIDE.P3"),
        ({"code": "SUPPORT.DESK.P3"}, "SUPPORT.DESK.P3"),
        ({}, None),
        ({"function": "Legal"}, None),
    ],
)
def test_the_job_of_an_offer_is_the_one_of_its_level_and_function(fields, code):
    found = offer_job(Offer("P3", 1e5, **fields), JOBS)
    assert (found and found.code) == code


def priced(question):
    survey = Source("Survey A", "base", Month(2027, 1), {0.25: 8e4, 0.5: 1e5, 0.75: 1.2e5}, n=100)
    return price_job(
        Pricing(question.job.label, "base", Month(2027, 1), Rate(0, "none"), (survey,))
    )


def test_the_market_is_asked_at_the_offers_place_and_said_with_the_ratio():
    offer = Offer("P3", 1.1e5, "Denver", "Sales")
    market = offer_market(offer, "base", Month(2027, 1), JOBS, PLACES, priced)
    assert (market.median, market.month) == (pytest.approx(1e5), "2027-01")
    assert market.place == "Denver-Aurora-Centennial, CO"
    figures, ratio, *rest = market_sentences(market, 1.1e5, "Denver")
    assert figures.endswith("2027-01, computed: P25 $80,000, P50 $100,000, P75 $120,000.")
    assert "1.10 times" in ratio
    assert rest == []
    elsewhere = offer_market(Offer("P3", 1e5, "Atlantis", "Sales"), "base", Month(2027, 1), JOBS,
                             PLACES, priced)  # fmt: skip
    assert elsewhere.place == "United States"
    assert market_sentences(elsewhere, 1e5, "Atlantis")[-1] == (
        "Atlantis is no single place that wages are known for here, so the market is the whole "
        "country's."
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"function": "Legal"}, "no ladder here has P3, Legal"),
        ({}, "the market of P3 depends on the function; state one that has a ladder here"),
        ({"function": "Sales", "currency": "EUR"}, "the market is in USD, the offer in EUR"),
        ({"function": "Support"}, "no source answers for"),
    ],
)
def test_why_there_is_no_market_figure_is_said(fields, why):
    market = offer_market(
        Offer("P3", 1e5, **fields), "base", Month(2027, 1), JOBS, PLACES, lambda _: None
    )
    (said,) = market_sentences(market, 1e5)
    assert said.startswith(f"No market figure: {why}")
    assert isinstance(market, OfferMarket)
