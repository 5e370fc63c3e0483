"""Sources of a job's pay: which figures count, and how they move to another place."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from analytics.pricing.market_sources import sources_for, survey_sources
from analytics.pricing.places import Places
from data.catalog.profiles import find_profile
from queries import run

CSM = "customer-success-customer-success-management"


class PlaceRow(NamedTuple):
    """A row of the places query."""

    soc: str
    focus: str
    factor: float
    said: str
    source: str = "somebody"


OWN = PlaceRow("13-1161", CSM, 1.25, "wages of 13-1161 there over the nation's")
OTHER = PlaceRow("43-4051", "", 0.9, "wages of 43-4051 there over the nation's")
PRICES = PlaceRow("", "", 1.125, "prices and not pay")


def test_a_wage_moves_by_its_own_occupations_area_ratio():
    for rows in ([OWN, OTHER, PRICES], [PRICES, OTHER, OWN]):
        places = Places("Testland", rows, CSM)
        assert (places.of("13-1161").factor, places.of("43-4051").factor) == (1.25, 0.9)
        assert places.of("43-4051").label == ("Testland: wages of 43-4051 there over the nation's")
        assert places.of().factor == 1.25


def test_other_pay_moves_by_prices_where_the_focus_has_no_area_ratio():
    places = Places("Testland", [OTHER, PRICES], CSM)
    assert (places.of().factor, places.of().label) == (1.125, "Testland: prices and not pay")
    assert places.of("43-4051").factor == 0.9


def test_without_rows_nothing_moves():
    assert Places().of("43-4051").factor == Places("Testland").of().factor == 1
    assert Places().of().label == ""


@pytest.fixture(scope="module")
def job(con):
    return find_profile(run(con.cursor(), "profiles"), "CUSTOM1.CUSTOMER920B.P3")


@pytest.fixture(scope="module")
def history(con):
    return run(con.cursor(), "wage_history", socs=["43-4051", "13-1161", "11-2022"])


def test_each_source_of_a_job_has_its_own_place_factor(market, job, history):
    found = sources_for(market, job, history, Places("Testland", [OWN, OTHER, PRICES], CSM))
    factors = {source.name: source.place.factor for source in found}
    assert factors["BLS 43-4051 Customer Service Representatives"] == 0.9
    assert factors["BLS 13-1161 Market Research Analysts and Marketing Specialists"] == 1.25
    assert factors["Modelled ladder, P3"] == 1.25
    # levels.fyi speaks of the whole country, and the function's pay moves as its focus does.
    assert factors["levels.fyi: Customer Success track, total compensation"] == 1.25


def test_a_top_coded_wage_is_not_given_as_published(market, job, history):
    occupation = market.occupations[market.occupations.soc == "43-4051"].assign(
        p10=np.nan, p75=200_000.0, p90=239_200.0, at_least="p90"
    )
    found = sources_for(replace(market, occupations=occupation), job, history, Places())
    (bls,) = [source for source in found if source.basis == "oews_wage"]
    assert sorted(bls.percentiles) == [0.25, 0.5, 0.75]
    assert bls.percentiles[0.75] == 200_000


@pytest.mark.parametrize(
    ("place", "factor", "named"),
    [
        ("not stated", 1.125, "Testland"),
        ("US", 1.125, "Testland"),
        ("United States", 1.125, "Testland"),
        ("Boston", 1.0, "Boston"),
    ],
)
def test_a_survey_of_one_city_stays_as_it_is(place, factor, named):
    survey = dict.fromkeys(("n", "p10", "p25", "p75", "p90"), np.nan) | {
        "source": "own-load-1",
        "survey": "Tech",
        "title": "CSM",
        "match": "strong",
        "reason": "",
        "pay_basis": "base",
        "currency": "USD",
        "place": place,
        "as_of": "2026-03",
        "p50": 100_000.0,
    }
    (source,) = survey_sources(pd.DataFrame([survey]), Places("Testland", [PRICES]))
    assert source.place.factor == factor
    assert named in source.place.label
    assert (source.percentiles, source.n) == ({0.5: 100_000}, None)
