import json

import pytest

from analytics.errors import InputError, UnknownNameError
from analytics.jobs.codes import focus_part, parse_code
from data.catalog.profiles import (
    adjacent,
    alias_note,
    as_json,
    as_text,
    find_profile,
    profile_sheet,
    sheet_table,
)
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


def test_every_profile_has_its_work_and_guidelines(profiles, con, market):
    for row in profiles.itertuples():
        sheet = profile_sheet(con.cursor(), market, row.code)
        assert len(sheet["responsibilities"]) == 5
        assert all(sheet["guidelines"][0].values())
        assert len(sheet["skills"]) == 10


def test_m6_passes_its_review_and_the_unscored_do_not(con, market):
    m6, p3 = profile_sheet(con.cursor(), market, M6), profile_sheet(con.cursor(), market, P3)
    assert m6["review"] == "Passed: the lowest of 5 scores is 4; 4 or more passes."
    assert p3["review"] == "Not reviewed, so not passed."
    assert (m6["confidence"], m6["status"], m6["evidence_sources"]) == (0.8, "approved", 6)
    assert p3["confidence"] is None


def test_conflicting_years_are_both_kept(con, market):
    found = {
        r["kind"]: (r["low"], r["high"])
        for r in profile_sheet(con.cursor(), market, M6)["experience"]
    }
    assert found == {"level": (15, 25), "rubric": (12, 15)}


def test_dimensions_that_no_document_gives_are_absent(con, market):
    assert profile_sheet(con.cursor(), market, "CUSTOM1.CUSTOMERBDCB.M5")["card"] == []
    assert len(profile_sheet(con.cursor(), market, P3)["card"]) == 7


def test_neighbors_come_nearest_first_with_parts_that_add_up(profiles):
    near = adjacent(profiles, M6)
    assert near.code[0] == "CUSTOM1.CUSTOMERBDCB.M5"
    assert near.distance[0] == 0.075
    assert near.distance.is_monotonic_increasing
    assert len(near) == 9
    sums = near.taxonomy + near.grade + near.track
    assert sums.tolist() == pytest.approx(near.distance.tolist(), abs=0.002)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (P3, {"13-1161": "jfm-factory.resolve", "43-4051": "the job-description page"}),
        (M6, {"11-2022": "jfm-factory.resolve", "43-4051": "the job-description page"}),
        (M6[:-1] + "4", {"11-2022": "jfm-factory.resolve", "43-4051": "the job-description page"}),
        (M6[:-1] + "5", {"11-2022": "Bandstand", "43-4051": "the job-description page"}),
        (P3[:-1] + "2", {"13-1161": "Bandstand", "43-4051": "the job-description page"}),
    ],
)
def test_an_occupation_is_said_by_who_says_it_for_that_level(con, market, code, said):
    rows = profile_sheet(con.cursor(), market, code)["occupations"]
    assert {r["soc"]: r["asserted_by"] for r in rows} == said


def test_published_pay_comes_first_with_its_basis_date_and_sample(con, market):
    sheet = profile_sheet(con.cursor(), market, M6)
    published, modelled = sheet["pay"]
    assert published == {
        "status": "published",
        "publisher": "Canon taxonomy",
        "p25": None,
        "p50": 242_000,
        "p75": None,
        "low": 190_000,
        "high": 308_000,
        "low_high": "published range, percentiles not stated",
        "pay_basis": "unstated",
        "currency": "USD",
        "as_of": "not published",
        "n": "not published",
        "source": "canon-m6",
    }
    assert (modelled["status"], modelled["p50"], modelled["pay_basis"]) == (
        "modelled", 261_400, "total_comp",
    )  # fmt: skip
    assert modelled["low"] < modelled["p50"] < modelled["high"]
    first, second = (line for line in as_text(sheet).splitlines() if "median $" in line)
    assert first == (
        "- Published, Canon taxonomy: median $242,000, $190,000–$308,000 (published range, "
        "percentiles not stated); basis not stated; date not published; n not published; "
        "source canon-m6"
    )
    assert second.startswith("- Modelled, Modelled ladder: P25 $219,800, median $261,400")
    assert "interval $250,700–$373,200 (median: central 90% under" in second


def test_the_download_has_the_same_pay_in_the_same_order(con, market):
    table = sheet_table(profile_sheet(con.cursor(), market, M6))
    pay = table[table.part == "pay"].fact.tolist()
    assert [fact.split(",")[0] for fact in pay] == ["Published", "Modelled"]
    assert "$190,000–$308,000" in pay[0]


def test_titles_and_grades_name_who_says_them(con, market):
    m6, m5 = (profile_sheet(con.cursor(), market, code) for code in (M6, M6[:-1] + "5"))
    canon = "Canon taxonomy: Customer Success job profiles"
    assert (m6["title_said_by"], m5["title_said_by"]) == (canon, "Bandstand's working titles")
    assert m6["grade_said_by"] == m5["grade_said_by"] == "Bandstand's grades"
    assert "Title Senior Director: Bandstand's working titles" in as_text(m5)


def test_title_aliases_are_bandstands_own_and_say_so(con, market):
    sheet = profile_sheet(con.cursor(), market, M6)
    said = {r["title"]: (r["said_by"], r["source"]) for r in sheet["titles"]}
    assert said["Chief Customer Success Officer"] == (
        "Bandstand's title aliases", "bandstand-aliases",
    )  # fmt: skip
    assert said["VP of Customer Success"] == (
        "Career ladder page; linked by Bandstand's crosswalk of customer-success ladders",
        "crosswalk",
    )
    assert "records no title aliases" in as_text(sheet)
    own = [{"source": sheet["source"]}]
    assert alias_note(own, sheet) == ""


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


def test_a_sheet_is_text_and_json(con, market):
    sheet = profile_sheet(con.cursor(), market, M6.lower())
    assert json.loads(as_json(sheet)) == sheet
    text = as_text(sheet)
    assert "Customer Success, Vice President (M6)" in text
    assert "0.075  adjacent" in text
