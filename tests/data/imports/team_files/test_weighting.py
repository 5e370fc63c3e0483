"""Weighted and unweighted figures of a survey's job are told apart, and one of them is used."""

from dataclasses import replace

import pytest

from analytics.pricing.market_sources import Places, survey_sources
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.questions import with_answer
from queries import run
from tests.data.loads import bring, load

SAID = ImportOptions(set_values={"basis": "base", "currency": "USD", "as_of": "2026-03"})
P3 = "CUSTOM1.CUSTOMER920B.P3"
TEXT = (
    "Job Title,Profile,Weighting,Incumbents,Companies,P50\n"
    f"CSM,{P3},Inc Wtd,240,30,100000\n"
    f"CSM,{P3},Org-weighted,240,30,96000\n"
    "Senior CSM,CUSTOM1.CUSTOMER920B.P4,Unweighted,90,12,120000\n"
)


@pytest.mark.parametrize(
    ("weighting", "median", "n", "name"),
    [("", 100_000, 240, "Mine: CSM, base pay"),
     ("organization", 96_000, 30, "Mine: CSM, base pay, organization-weighted")],
)  # fmt: skip
def test_a_job_with_both_is_one_source(own, weighting, median, n, name):
    said = load(own, "survey", TEXT, replace(SAID, weighting=weighting))
    assert said == "load 1: 3 rows in, 3 loaded, 0 rejected; 3 match a profile"
    (source,) = survey_sources(run(own, "survey_pay", code=P3), Places())
    assert (source.percentiles, source.n, source.name) == ({0.5: median}, n, name)
    # All rows are kept; a job with one weighting alone is used with it.
    held = run(own, "loaded_surveys", load="1")
    assert held.weighting.tolist() == ["incumbent", "organization", "organization"]
    assert held.used.tolist() == [not weighting, bool(weighting), True]
    assert len(run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P4")) == 1


def test_which_is_used_is_said():
    assert bring("survey", TEXT, SAID).report.facts()["Weighting"] == (
        "where a job has both, incumbent-weighted figures are used; 1 row is kept and not used "
        "for pricing (--weighting incumbent or organization)"
    )


def test_rows_of_another_place_or_date_are_not_beside_each_other():
    text = "Job Title,Weighting,Place,P50\nCSM,Inc Wtd,US,100000\nCSM,Org Wtd,Boston,96000\n"
    found = bring("survey", text, SAID)
    assert [row["used"] for row in found.rows] == [True, True]


def test_an_unknown_weighting_is_asked():
    (question,) = bring("survey", TEXT.replace("Unweighted", "Trimmed"), SAID).report.questions
    assert question.key == "weighting Trimmed"
    said = with_answer(SAID, question.key, "organization")
    found = bring("survey", TEXT.replace("Unweighted", "Trimmed"), said)
    assert found.values("weighting")[2] == "organization"
