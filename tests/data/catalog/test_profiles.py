import json

import pytest

from analytics.errors import InputError, UnknownNameError
from analytics.jobs.codes import focus_part, parse_code
from data.catalog.profiles import adjacent, as_json, as_text, find_profile, profile_sheet
from queries import run

M6 = "CUSTOM1.CUSTOMERBDCB.M6"
P3 = "CUSTOM1.CUSTOMER920B.P3"


@pytest.fixture(scope="module")
def profiles(con):
    return run(con.cursor(), "profiles")


def test_every_code_fits_its_focus_and_level(profiles):
    assert len(profiles) == 10
    for row in profiles.itertuples():
        code = parse_code(row.code)
        assert (code.focus, code.level) == (focus_part(row.focus), row.level)


def test_every_profile_has_its_work_and_guidelines(profiles, con):
    for row in profiles.itertuples():
        sheet = profile_sheet(con.cursor(), row.code)
        assert len(sheet["responsibilities"]) == 5
        assert all(sheet["guidelines"][0].values())
        assert len(sheet["skills"]) == 10


def test_m6_passes_its_review_and_the_unscored_do_not(con):
    m6, p3 = profile_sheet(con.cursor(), M6), profile_sheet(con.cursor(), P3)
    assert m6["review"] == "Passed: the lowest of 5 scores is 4; 4 or more passes."
    assert p3["review"] == "Not reviewed, so not passed."
    assert (m6["confidence"], m6["status"], m6["evidence_sources"]) == (0.8, "approved", 6)
    assert p3["confidence"] is None


def test_conflicting_years_are_both_kept(con):
    found = {
        r["kind"]: (r["low"], r["high"]) for r in profile_sheet(con.cursor(), M6)["experience"]
    }
    assert found == {"level": (15, 25), "rubric": (12, 15)}


def test_dimensions_that_no_document_gives_are_absent(con):
    assert profile_sheet(con.cursor(), "CUSTOM1.CUSTOMERBDCB.M5")["card"] == []
    assert len(profile_sheet(con.cursor(), P3)["card"]) == 7


def test_neighbors_come_nearest_first_with_parts_that_add_up(profiles):
    near = adjacent(profiles, M6)
    assert near.code[0] == "CUSTOM1.CUSTOMERBDCB.M5"
    assert near.distance[0] == 0.075
    assert near.distance.is_monotonic_increasing
    assert len(near) == 9
    sums = near.taxonomy + near.grade + near.track
    assert sums.tolist() == pytest.approx(near.distance.tolist(), abs=0.002)


def test_each_focus_is_mapped_to_its_own_occupation_and_the_proxy(con):
    socs = {r["soc"] for r in profile_sheet(con.cursor(), P3)["occupations"]}
    assert socs == {"13-1161", "43-4051"}


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (
            "custom1.customerbdcb.m2",
            InputError,
            "'M2' is not one of P1 to P6 and M3 to M6.*did you mean",
        ),
        ("CUSTOM1.CUSTOMERBDCB.P6", UnknownNameError, "did you mean .*CUSTOMERBDCB.M6"),
        ("vp of cs", InputError, "not a profile code"),
    ],
)
def test_a_wrong_code_names_the_nearest(profiles, text, error, message):
    with pytest.raises(error, match=message):
        find_profile(profiles, text)


def test_a_sheet_is_text_and_json(con):
    sheet = profile_sheet(con.cursor(), M6.lower())
    assert json.loads(as_json(sheet)) == sheet
    text = as_text(sheet)
    assert "Customer Success, Vice President (M6)" in text
    assert "0.075  adjacent" in text
