"""What own surveys of one job answer: of several places, of another place, of another currency."""

import pytest

from analytics.pricing.ageing import Month
from analytics.pricing.defaults import default_sources
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.places import Places
from analytics.pricing.pricing import price_job
from analytics.wage_rows import PlaceFactor
from data.catalog.market import read_market
from data.catalog.pay_sources import read_places, read_sources
from data.catalog.profiles import find_profile
from queries import run
from tests.data.loads import load

P2 = "CUSTOM1.CUSTOMER920B.P2"
DENVER, BOSTON = "Denver-Aurora-Centennial, CO", "Boston-Cambridge-Newton, MA-NH"
HEADER = "Title,Level,Place,Currency,As of,N,Base P25,Base P50,Base P75\n"
TWO_CITIES = HEADER + (
    "CSM,P2,Denver,USD,2026-03,180,66000,75600,86400\n"
    "CSM,P2,Boston,USD,2026-03,90,70000,80000,91000\n"
)
NOWHERE = HEADER + "CSM,P2,Zone 3,USD,2026-03,180,66000,75600,86400\n"
EUROS = HEADER + "CSM,P2,not stated,EUR,2026-03,180,66000,75600,86400\n"


def answering(own, place: str) -> dict[str, Source]:
    """The sources that base pay of P2 is answered from by default at a place."""
    market = read_market(own)
    job = find_profile(run(own, "profiles"), P2)
    offered = read_sources(own, market, job, place)
    return {source.name: source for source in default_sources(offered, "base")}


@pytest.fixture
def two_cities(own):
    load(own, "survey", TWO_CITIES, name="S")
    return own


def test_a_survey_of_two_cities_answers_each_with_its_own(two_cities):
    ((name, denver),) = answering(two_cities, DENVER).items()
    assert name == "S: CSM, base pay, Denver, 2026-03"
    assert (denver.percentiles[0.5], denver.place.factor, denver.place.error) == (75_600, 1, "")
    ((_, boston),) = answering(two_cities, BOSTON).items()
    assert (boston.percentiles[0.5], boston.place.factor) == (80_000, 1)


@pytest.mark.parametrize(("place", "error"), [("Mississippi", "place to place"), ("", None)])
def test_elsewhere_both_move_by_all_wages_there_and_count_as_one(two_cities, place, error):
    there = read_places(two_cities, "CUSTOM1", place).of().factor if place else 1
    found = answering(two_cities, place)
    assert len(found) == 2
    assert len({source.family for source in found.values()}) == 1
    for source, city in zip(found.values(), (BOSTON, DENVER), strict=True):
        from_there = read_places(two_cities, "CUSTOM1", city).of()
        assert source.place.factor == pytest.approx(there / from_there.factor)
        assert source.place.error == (error or from_there.error)
        assert f"published for {city.partition('-')[0]}, moved to" in source.place.label


def test_moving_there_and_back_gives_the_figure_again():
    here = Places("A", [PlaceFactor("A", "", 1.2, "all wages of A", "all wages, area", "bls")])
    there = Places("B", [PlaceFactor("B", "", 0.8, "all wages of B", "all wages, area", "bls")])
    place = here.from_there("B", there)
    assert place.factor == pytest.approx(1.5)
    assert place.factor * there.from_there("A", here).factor == pytest.approx(1)
    assert (place.error, place.origin) == ("place to place", "bls")
    assert Places().from_there("B", there).factor == 1.25
    assert here.from_there("A city", here).factor == 1


def test_a_place_that_is_not_known_stays_and_is_less_certain(own):
    load(own, "survey", NOWHERE, name="S")
    ((_, source),) = answering(own, DENVER).items()
    assert (source.place.factor, source.place.error) == (1, "not stated")
    assert "how pay there compares with Denver" in source.place.label


def test_a_survey_in_another_currency_leaves_the_answer_and_says_why_it_has_no_part(own):
    before = list(answering(own, ""))
    load(own, "survey", EUROS, name="S")
    found = answering(own, "")
    assert list(found) == [*before, "S: CSM, base pay"]
    rate = Rate(0.034, "ECI")
    pricing = Pricing("P2", "base", Month(2026, 5), rate, tuple(found.values()))
    (left,) = price_job(pricing).excluded
    assert left.exclusion_reason.startswith("is in EUR; enter how many USD one EUR is worth")
