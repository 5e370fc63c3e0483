"""What national pay is multiplied by at a place, from medians that can be counted by hand."""

from dataclasses import replace

import pytest

from analytics.pricing.places import ALL_OCCUPATIONS, Places, cell_kind, place_factors
from analytics.uncertainty.cells import AREA, STATE
from analytics.wage_rows import PlaceMedian

EVERYONE = PlaceMedian(ALL_OCCUPATIONS, 2025, "Colorado", 60_000, 55_000, 50_000)
PRINTED = PlaceMedian("11-2022", 2025, "Colorado", 180_000, 170_000, 150_000)
IN_STATE = PlaceMedian("13-1161", 2025, "Colorado", None, 88_000, 80_000)
NOWHERE = PlaceMedian("43-4051", 2025, "Colorado", None, None, 40_000)


def factors(*rows: PlaceMedian) -> Places:
    return Places("Denver", place_factors("Denver", rows))


def test_a_printed_occupation_moves_by_its_own_ratio():
    place = factors(EVERYONE, PRINTED).of("11-2022")
    assert place.factor == pytest.approx(180 / 150)
    assert place.label == "Denver: wages of 11-2022 there over the nation's, OEWS May 2025"


def test_one_that_is_not_printed_there_follows_its_state_and_part_of_the_area():
    place = factors(EVERYONE, IN_STATE).of("13-1161")
    assert place.factor == pytest.approx(88 / 80 * (60 / 55) ** 0.45)
    assert "estimated, since 13-1161 is not printed there" in place.label
    assert "Colorado" in place.label


def test_one_that_is_printed_nowhere_near_follows_part_of_all_wages():
    place = factors(EVERYONE, NOWHERE).of("43-4051")
    assert place.factor == pytest.approx((60 / 50) ** 0.76)
    assert "76% of how all wages there differ" in place.label


def test_a_state_takes_its_own_share():
    everyone = PlaceMedian(ALL_OCCUPATIONS, 2025, "", 60_000, None, 50_000)
    state = PlaceMedian("43-4051", 2025, "", None, None, 40_000)
    assert factors(everyone, state).of("43-4051").factor == pytest.approx((60 / 50) ** 0.70)


def test_other_pay_moves_by_all_wages_and_not_by_one_occupation():
    place = factors(EVERYONE, PRINTED, IN_STATE).of()
    assert place.factor == pytest.approx((60 / 50) ** 0.76)
    assert place.error == "all wages, area"


def test_each_way_to_a_factor_names_its_error():
    places = factors(EVERYONE, PRINTED, IN_STATE, NOWHERE)
    errors = [places.of(soc).error for soc in ("11-2022", "13-1161", "43-4051")]
    assert errors == ["median ratio", "from its state", "all wages, area"]


def test_pay_of_no_stated_place_moves_like_other_pay_and_is_less_certain():
    place = factors(EVERYONE).unstated()
    assert (place.factor, place.error) == (pytest.approx((60 / 50) ** 0.76), "not stated")
    assert place.label.endswith("its own is not stated")
    assert (Places().unstated().factor, Places().unstated().error) == (1.0, "")


def test_cells_of_a_state_are_known_as_such():
    assert cell_kind([replace(EVERYONE, kind="state")]) == STATE
    assert cell_kind([EVERYONE]) == AREA


def test_an_unknown_occupation_never_takes_the_ratio_of_another():
    places = factors(PRINTED)
    assert places.of("99-9999").factor == 1
    assert places.of("99-9999").label == "Denver: no ratio known"
    assert places.of("99-9999").error == "not stated"
