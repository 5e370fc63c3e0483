"""Gaps to another level: moves, criteria, summary, and plans as JSON."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.jobs.gap import (
    GONE,
    RATINGS,
    Assessment,
    DimensionGap,
    GapPlan,
    Goal,
    check_day,
    gap_by_dimension,
    gap_rows,
)
from analytics.jobs.gap_criteria import KINDS, Criterion, level_criteria, next_moves


def profile(focus: str, level: str, track: str, grade: int, ladder: str = "own") -> JobProfile:
    code = f"X.{focus}.{level}"
    words = {field.name: "" for field in fields(JobProfile)}
    known = {"code": code, "focus": focus, "ladder": ladder, "track": track, "grade": grade}
    return JobProfile(**words | known)


P3, P4, P6 = (profile("CSM", f"P{n}", "professional", n) for n in (3, 4, 6))
OPS4 = profile("AOPS", "P4", "professional", 4)
M3, M4 = (profile("CS", f"M{n}", "management", n + 1) for n in (3, 4))
OTHER = profile("CSM", "P5", "professional", 5, "elsewhere")
PROFILES = [P3, P4, P6, OPS4, M3, M4, OTHER]


@pytest.mark.parametrize(
    ("start", "moves"),
    [
        (P3, [("next level", "X.CSM.P4")]),
        (P4, [("next level", "X.CSM.P6"), ("move to management", "X.CS.M3")]),
        (OPS4, [("next level", "X.CSM.P6"), ("move to management", "X.CS.M3")]),
        (P6, []),
        (M3, [("next level", "X.CS.M4")]),
        (M4, []),
        (OTHER, []),
    ],
)
def test_moves_are_the_next_level_and_management_at_the_same_grade(start, moves):
    assert [(m.kind, m.profile.code) for m in next_moves(PROFILES, start)] == moves


def test_criteria_are_what_the_level_asks_without_the_work_done_before():
    criteria = level_criteria(
        {"scope": "A system"}, ["Old work"], ["Old work", "New work", "New work"], {"scope": "G"}
    )
    assert criteria == [
        Criterion("descriptor", "scope", "A system"),
        Criterion("responsibility", "work", "New work"),
        Criterion("guideline", "scope", "G"),
    ]


SCOPE, WORK = Criterion("descriptor", "scope", "A system"), Criterion("responsibility", "work", "W")
PLAN = GapPlan(
    "X.CSM.P3", "P3", "X.CSM.P4", "P4", "Ada",
    (Assessment(SCOPE, "partly", "since May"), Assessment(WORK)),
    (Goal("Lead the audit", "2027-03-31", SCOPE),),
)  # fmt: skip


def test_the_summary_counts_by_dimension():
    rows = [Assessment(SCOPE, "yes"), Assessment(replace(SCOPE, kind="guideline"), "not yet"),
            Assessment(WORK), Assessment(replace(WORK, text="V"), "partly")]  # fmt: skip
    assert gap_by_dimension(rows) == [
        DimensionGap("scope", 1, 0, 1, 0), DimensionGap("work", 0, 1, 0, 1),
    ]  # fmt: skip
    assert [row.remaining for row in gap_by_dimension(rows)] == [1, 2]
    assert gap_by_dimension([]) == []


def test_criteria_that_the_taxonomy_no_longer_has_are_kept_and_marked():
    new = Criterion("guideline", "scope", "New words")
    plan = PLAN.with_criteria([new, SCOPE])
    assert [row.criterion for row in plan.assessments] == [new, SCOPE, WORK]
    assert plan.assessments[1] == PLAN.assessments[0]
    rows = gap_rows(plan, [new, SCOPE])
    assert [(row.part, row.criterion, row.taxonomy) for row in rows] == [
        ("criterion", "New words", "current"), ("criterion", "A system", "current"),
        ("criterion", "W", GONE), ("goal", "A system", "current"),
    ]  # fmt: skip
    assert (rows[3].goal, rows[3].due, rows[1].note) == (
        "Lead the audit",
        "2027-03-31",
        "since May",
    )


def test_a_plan_is_json_that_people_can_read():
    saved = json.loads(PLAN.to_json())
    assert saved["format"] == "bandstand gap 1"
    assert saved["criteria"][0] == {
        "kind": "descriptor", "dimension": "scope", "text": "A system", "rating": "partly",
        "note": "since May",
    }  # fmt: skip
    assert saved["goals"] == [{"text": "Lead the audit", "due": "2027-03-31", "criterion": 1}]
    assert GapPlan.from_json(PLAN.to_json()) == PLAN


LABELS = st.text(min_size=1, max_size=200).filter(str.strip)
TEXTS = st.text(min_size=1, max_size=300).filter(str.strip)
CRITERIA = st.builds(Criterion, st.sampled_from(KINDS), LABELS, TEXTS)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str)


@st.composite
def plans(draw: st.DrawFn) -> GapPlan:
    criteria = draw(st.lists(CRITERIA, max_size=6, unique=True))
    rated = [
        Assessment(c, draw(st.sampled_from(("", *RATINGS))), draw(st.text(max_size=50)))
        for c in criteria
    ]
    goals = draw(st.lists(st.builds(Goal, TEXTS, DAYS, st.sampled_from(criteria)), max_size=4)
                 if criteria else st.just([]))  # fmt: skip
    names = [draw(s) for s in (LABELS, st.text(max_size=20), LABELS, st.text(max_size=20))]
    return GapPlan(*names, draw(st.text(max_size=50)), tuple(rated), tuple(goals))


@given(plans())
def test_every_plan_comes_back_from_json_unchanged(plan):
    assert GapPlan.from_json(plan.to_json()) == plan


@given(plans(), st.lists(CRITERIA, max_size=4, unique=True))
def test_a_newer_taxonomy_drops_nothing(plan, criteria):
    newer = plan.with_criteria(criteria)
    assert set(plan.assessments) <= set(newer.assessments)
    assert newer.goals == plan.goals
    assert newer.with_criteria(criteria) == newer
    assert GapPlan.from_json(newer.to_json()) == newer


def changed(**changes: object) -> str:
    return json.dumps({**json.loads(PLAN.to_json()), **changes})


def without(name: str) -> str:
    return json.dumps({k: v for k, v in json.loads(PLAN.to_json()).items() if k != name})


CRITERION = json.loads(PLAN.to_json())["criteria"][0]
GOAL = json.loads(PLAN.to_json())["goals"][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a gap of Bandstand: no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[1]", "its format is not 'bandstand gap 1'"),
        (changed(format="bandstand pricing 1"), "its format is not"),
        (without("target"), "the gap lacks target"),
        (changed(more=1), "the gap has unknown more"),
        (changed(person=7), "person is not text"),
        (changed(profile=" "), "profile: is empty"),
        (changed(person="x" * 201), "person: has 201 characters; 200 is the most"),
        (changed(person="\ud800"), "person: holds a character that is not text"),
        (changed(criteria={}), "criteria is not a list"),
        (changed(criteria=[7]), "criterion 1 is not an object"),
        (changed(criteria=[{**CRITERION, "kind": "wish"}]), "the kind 'wish' is not one"),
        (changed(criteria=[{**CRITERION, "rating": "maybe"}]), "the rating 'maybe' is not one"),
        (changed(criteria=[{**CRITERION, "text": ""}]), "criterion 1, text: is empty"),
        (changed(criteria=[{**CRITERION, "note": None}]), "criterion 1, note is not text"),
        (changed(criteria=[CRITERION, CRITERION]), "a criterion stands in the gap twice"),
        (changed(goals=[{**GOAL, "due": "2027-02-30"}]), "goal 1: '2027-02-30' is not a day"),
        (changed(goals=[{**GOAL, "due": "31.3.2027"}]), "write it like 2027-03-31"),
        (changed(goals=[{**GOAL, "criterion": 3}]), "goal 1, criterion: '3' is not the number"),
        (changed(goals=[{**GOAL, "criterion": True}]), "criterion: 'True' is not the number"),
        (changed(goals=[{**GOAL, "text": " "}]), "goal 1, text: is empty"),
        (changed(goals=[GOAL] * 5_001), "a gap has 5,000 criteria and goals at most"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_saved_plan_is_told(text, said):
    with pytest.raises(InputError) as error:
        GapPlan.from_json(text)
    assert said in str(error.value)


def test_a_goal_is_tied_to_a_criterion_of_its_plan():
    with pytest.raises(InputError, match="goal 1: its criterion is not one of the gap's"):
        replace(PLAN, assessments=())


@pytest.mark.parametrize("day", ["2000-01-01", "2028-02-29", "2099-12-31"])
def test_days_are_taken(day):
    check_day("goal 1", day)


@pytest.mark.parametrize(
    "day",
    ["", "1999-12-31", "2100-01-01", "2027-02-29", "2027-13-01", "2027-1-1", "2027-00-10",
     "2027-01-00", "２０２７-01-01"],
)  # fmt: skip
def test_what_is_no_day_is_told(day):
    with pytest.raises(InputError, match="is not a day from 2000 to 2099"):
        check_day("goal 1", day)
