"""Sources of a job's pay: which figures count, and how they move to another place."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.pricing.inputs import Rate
from analytics.pricing.market_sources import sources_for, survey_sources
from analytics.pricing.places import Places
from analytics.wage_rows import PlaceFactor
from data.catalog.profiles import find_profile
from queries import run

OWN = PlaceFactor("Testland", "13-1161", 1.25, "wages of 13-1161 there", "median ratio")
OTHER = PlaceFactor("Testland", "43-4051", 0.9, "wages of 43-4051 there", "median ratio")
ALL = PlaceFactor("Testland", "", 1.125, "all wages there", "all wages, area")
INDEX = Rate(0.034, "ECI", "eci")


def test_a_wage_moves_by_its_own_occupations_area_ratio():
    for rows in ([OWN, OTHER, ALL], [ALL, OTHER, OWN]):
        places = Places("Testland", rows)
        assert (places.of("13-1161").factor, places.of("43-4051").factor) == (1.25, 0.9)
        assert places.of("43-4051").label == "Testland: wages of 43-4051 there"
        assert (places.of().factor, places.of().label) == (1.125, "Testland: all wages there")


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
    found = sources_for(market, job, history, Places("Testland", [OWN, OTHER, ALL]), INDEX)
    factors = {source.name: source.place.factor for source in found}
    errors = {source.name: source.place.error for source in found}
    assert factors["BLS 43-4051 Customer Service Representatives"] == 0.9
    assert factors["BLS 13-1161 Market Research Analysts and Marketing Specialists"] == 1.25
    # levels.fyi states no place, so neither does the ladder that is fitted to it.
    for name in ("Modelled ladder, P3", "levels.fyi: Customer Success track, total compensation"):
        assert factors[name] == 1.125
        assert errors[name] == "not stated"


def test_a_wage_ages_by_the_index_and_a_tenth_of_its_own_past(market, job, history):
    found = sources_for(market, job, history, Places(), INDEX)
    (bls,) = [source for source in found if source.name.startswith("BLS 43-4051")]
    row = next(r for r in history.itertuples() if (r.soc, r.statistic) == ("43-4051", "p50"))
    own = (row.last_wage / row.first_wage) ** (1 / (row.last_year - row.first_year)) - 1
    assert bls.rates[0.5].value == pytest.approx(0.9 * 0.034 + 0.1 * own)
    assert bls.rates[0.5].label.startswith("90% ECI, 10% its own P50, May 20")


def test_the_modelled_ladder_and_what_it_is_fitted_to_are_one_family(market, job, history):
    families = {s.name: s.family for s in sources_for(market, job, history, Places(), INDEX)}
    assert families["Modelled ladder, P3"] == "modelled ladder"
    assert families["levels.fyi: Customer Success track, total compensation"] == "modelled ladder"
    assert families["BLS 43-4051 Customer Service Representatives"] == ""


def test_a_top_coded_wage_is_not_given_as_published(market, job, history):
    occupation = market.occupations[market.occupations.soc == "43-4051"].assign(
        p10=np.nan, p75=200_000.0, p90=239_200.0, at_least="p90"
    )
    found = sources_for(replace(market, occupations=occupation), job, history, Places(), INDEX)
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
        "weighting": None,
    }
    (source,) = survey_sources(pd.DataFrame([survey]), Places("Testland", [ALL]))
    assert source.place.factor == factor
    assert named in source.place.label
    assert (source.percentiles, source.n) == ({0.5: 100_000}, None)
