import pytest

from analytics.errors import InputError, UnknownNameError
from data.catalog.compare import compare
from data.catalog.market import read_market
from tests.data.catalog.titles import with_example

M = "CUSTOM1.CUSTOMERBDCB."
P = "CUSTOM1.CUSTOMER920B."


def test_a_pair_has_its_distance_with_parts_and_its_pay_difference(con, market):
    found = compare(con.cursor(), market, [P + "P4", M + "M3"])
    (pair,) = found["distances"].itertuples()
    assert (pair.distance, pair.match_band) == (0.25, "adjacent")
    assert (pair.taxonomy, pair.grade, pair.track) == (0.15, 0, 0.1)
    (pay,) = found["pay"].itertuples()
    assert pay.amount == pytest.approx(192_500 - 158_400)
    assert pay.amount_low <= pay.amount <= pay.amount_high


def test_shared_skills_are_told_from_those_of_one(con, market):
    skills = compare(con.cursor(), market, [P + "P4", M + "M3"])["skills"].set_index("skill")
    who = skills["called for by"]
    assert who["Empathy"] == "all"
    assert who["AI tooling"] == M + "M3"
    assert who["Mentoring"] == P + "P4"


def test_what_one_document_leaves_out_is_not_given(con, market):
    facts = compare(con.cursor(), market, [M + "M5", M + "M6"])["facts"].set_index("")
    assert facts.loc["asks, scope", M + "M5"] == "not given"
    assert facts.loc["asks, scope", M + "M6"] == "A division or a large function"


def test_four_profiles_make_six_pairs(con, market):
    codes = [M + level for level in ("M3", "M4", "M5", "M6")]
    assert len(compare(con.cursor(), market, codes)["distances"]) == 6


@pytest.mark.parametrize("codes", [[], [M + "M6"], [M + "M6", (M + "M6").lower()]])
def test_fewer_than_two_different_profiles_are_refused(con, market, codes):
    with pytest.raises(InputError, match="choose 2 to 4 different ones"):
        compare(con.cursor(), market, codes)


def test_more_than_four_profiles_are_refused(con, market):
    codes = [P + "P4", *(M + level for level in ("M3", "M4", "M5", "M6"))]
    with pytest.raises(InputError, match="5 profile"):
        compare(con.cursor(), market, codes)


def test_each_pair_on_one_ladder_has_its_step_in_pay(con, market):
    found = compare(con.cursor(), market, [P + "P3", P + "P4", M + "M3"])["pay"]
    assert list(zip(found.start, found.end, strict=True)) == [
        ("P3", "P4"),
        ("P3", "M3"),
        ("P4", "M3"),
    ]


def test_profiles_on_different_ladders_have_no_step_in_pay(own):
    with_example(own)
    found = compare(own, read_market(own), [P + "P4", "EXDATA1.EXAMPLEDCDC7.P3"])
    assert found["distances"].match_band.tolist() == ["distant"]
    assert found["pay"].empty


def test_a_wrong_code_is_named(con, market):
    with pytest.raises(UnknownNameError, match="no profile"):
        compare(con.cursor(), market, [M + "M6", M + "P6"])
