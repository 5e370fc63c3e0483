import pytest

from analytics.errors import InputError, UnknownNameError
from data.catalog.compare import compare

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


def test_a_wrong_code_is_named(con, market):
    with pytest.raises(UnknownNameError, match="no profile"):
        compare(con.cursor(), market, [M + "M6", M + "P6"])
