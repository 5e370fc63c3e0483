"""Match the jobs of a file to profiles: strong, partial or not at all."""

import pytest

from analytics.jobs.matching import Job, KnownTitle, Matcher
from analytics.jobs.profile_lookup import name_jobs
from analytics.jobs.titles import LevelWord, Vocabulary

WORDS = Vocabulary(
    {},
    frozenset({"of"}),
    frozenset({"manager"}),
    frozenset(),
    {("senior",): LevelWord("professional", 3)},
)
WORK, ALIAS = ("Customer Success",), KnownTitle("Customer Success Manager", "alias")
P3, P2 = "CUSTOM1.CUSTOMER920B.P3", "CUSTOM1.CUSTOMER920B.P2"
MATCHER = Matcher(
    WORDS,
    [
        Job(P2, "P2", "Manager", "professional", 2, "csm", WORK, (ALIAS,)),
        Job(P3, "P3", "Senior", "professional", 3, "csm", WORK),
    ],
)


@pytest.mark.parametrize(
    ("title", "confidence", "match", "code"),
    [
        ("Customer Success Manager", 0.97, "strong", P2),
        ("Senior Customer Success", 0.93, "strong", P3),
        ("Custmer Success Manager", 0.91, "strong", P2),
        ("Customer Sucess Manager", 0.90, "strong", P2),
        ("Senior Custmer Success", 0.87, "partial", P3),
        ("Custmer Sucess Manager", 0.84, "partial", P2),
        ("Senior Custmer Sucess", 0.80, "partial", P3),
        ("Customer Success", 0.79, "partial", P2),
        ("Custmer Success", 0.74, "partial", P2),
        ("Custmer Sucess", 0.68, "proxy", ""),
        ("Line Cook", None, "proxy", ""),
    ],
)
def test_a_title_is_a_strong_match_at_90_percent_confidence_or_more(title, confidence, match, code):
    best = next(iter(MATCHER.match(title)), None)
    assert (best and best.confidence) == confidence
    (found,) = name_jobs([(title, None, None)], MATCHER, {P2, P3})
    assert (found.code, found.match) == (code, match)


def test_a_level_in_its_own_column_counts():
    (found,) = name_jobs([("Customer Success", "Senior", None)], MATCHER, {P2, P3})
    assert (found.code, found.match) == (P3, "strong")


@pytest.mark.parametrize(
    ("profile", "named"),
    [
        (P3, (P3, "exact")),
        (P3.lower(), (P3, "exact")),
        ("CUSTOM1.CUSTOMER920B.P9", (P2, "strong")),
        ("CSM 2", (P2, "strong")),
    ],
)
def test_a_profile_in_the_file_outranks_the_title(profile, named):
    (found,) = name_jobs([("Customer Success Manager", None, profile)], MATCHER, {P2, P3})
    assert (found.code, found.match) == named
    assert ("no profile that Bandstand knows" in found.conflict) == (found.match != "exact")


@pytest.mark.parametrize("level", ["P3", "p3", "Level P3", "P-3"])
def test_a_stated_level_decides_over_a_bare_title_without_a_conflict(level):
    (found,) = name_jobs([("Customer Success Manager", level, None)], MATCHER, {P2, P3})
    assert (found.code, found.match, found.conflict) == (P3, "strong", "")


def test_a_stated_level_decides_over_the_words_of_the_title_which_is_a_conflict():
    (found,) = name_jobs([("Senior Customer Success", "P2", None)], MATCHER, {P2, P3})
    assert (found.code, found.match) == (P2, "partial")
    assert found.conflict == "its level P2 decides; the title alone means P3"


def test_a_stated_level_without_a_profile_of_that_work_matches_nothing():
    (found,) = name_jobs([("Senior Customer Success", "M6", None)], MATCHER, {P2, P3})
    assert (found.code, found.reason) == ("", "no profile of this work has the level M6")


def test_a_level_of_another_track_is_the_functions_only_profile_there():
    director = "CUSTOM1.CUSTOMERBDCB.M4"
    (found,) = name_jobs([("Senior Customer Success", "M4", None)], MATCHER, {P2, P3, director})
    assert found.code == director


def test_a_job_without_a_title_matches_nothing():
    (found,) = name_jobs([(None, "P3", None)], MATCHER, {P2, P3})
    assert (found.code, found.match) == ("", "proxy")


@pytest.mark.parametrize(("level", "code", "match"), [
    ("Profi", P2, "strong"), ("Grade 7", P2, "strong"), ("L9", P2, "strong"),
    ("Senior", P3, "strong"),
])  # fmt: skip
def test_a_level_that_is_not_known_does_not_lower_the_match_of_the_title(level, code, match):
    (found,) = name_jobs([("Customer Success Manager", level, None)], MATCHER, {P2, P3})
    assert (found.code, found.match) == (code, match)
