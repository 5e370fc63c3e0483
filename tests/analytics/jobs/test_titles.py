"""What a title says of the work and of the level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.jobs.matching import MIN_CONFIDENCE, Job, KnownTitle, Matcher
from analytics.jobs.titles import LevelWord, TitleReader, Vocabulary, parts_of, words_of

WORDS = Vocabulary(
    {"sr": ("senior",), "csm": ("customer", "success", "manager"), "vp": ("vice", "president")},
    frozenset({"of", "the"}),
    frozenset({"manager", "management", "specialist"}),
    frozenset({("chief", "of", "staff")}),
    {
        ("senior",): LevelWord("professional", 4),
        ("manager",): LevelWord("management", 4),
        ("director",): LevelWord("management", 5),
        ("senior", "director"): LevelWord("management", 6),
        ("vice", "president"): LevelWord("management", 7),
    },
)
WORK = "Customer Success Management"


def reader() -> TitleReader:
    return TitleReader(WORDS, [("custom", "success", "manag")])


def read(title: str) -> tuple[str | None, float | None]:
    reading = reader().read(parts_of(title, WORDS))
    return reading.track, reading.grade


def job(level: str, grade: int, track: str = "professional", *titles: KnownTitle) -> Job:
    return Job(f"X.Y.{level}", level, f"Job {level}", track, grade, "csm", (WORK,), titles)


LADDER = [job(f"P{n}", n) for n in range(1, 7)]


def matcher(*more: Job) -> Matcher:
    return Matcher(WORDS, [*LADDER, *more])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Sr. CSM", ("senior", "customer", "success", "manager")),
        ("V.P. of the Success", ("vice", "president", "success")),
        ("CSM (EMEA)", ("customer", "success", "manager")),
        ("(CSM)", ("customer", "success", "manager")),
        ("C++ Developer", ("c++", "developer")),
        ("—", ()),
    ],
)
def test_a_title_is_written_out(title, words):
    assert words_of(title, WORDS) == words


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Customer Success Manager", (None, None)),
        ("Manager of Customer Success", ("management", 4)),
        ("Senior CSM", ("professional", 4)),
        ("Senior Director, Customer Success", ("management", 6)),
        ("VP Customer Success", ("management", 7)),
        ("Manager, CSM", ("management", 4)),
    ],
)
def test_manager_is_a_level_only_where_it_is_no_part_of_the_work(title, level):
    assert read(title) == level


def test_the_level_word_decides_among_the_levels():
    (best, *_) = matcher().match("Senior Customer Success Management")
    assert (best.level, best.reason.split("; ")[1]) == ("P4", "level word: senior")


def test_a_misspelled_title_finds_the_job_with_less_confidence():
    misspelled, plain = (matcher().match(t)[0] for t in ("Custmer Sucess Mangement", WORK))
    assert misspelled.code == plain.code
    assert misspelled.confidence < plain.confidence


@pytest.mark.parametrize(
    "title", ["", " ", "Line Cook", "Manager", "Chief of Staff, CSM", "☃", "经理"]
)
def test_no_good_match_is_none(title):
    assert matcher().match(title) == []


def test_a_known_title_beats_the_words_and_a_correction_beats_all():
    known = job("P1", 1, "professional", KnownTitle("Senior CSM", "alias"))
    corrected = job("P6", 6, "professional", KnownTitle("Sr CSM", "correction"))
    matches = Matcher(WORDS, [known, corrected, *LADDER[1:5]]).match("Sr. CSM")
    assert [m.level for m in matches] == ["P6", "P1"]
    (best, *_) = Matcher(WORDS, [known, corrected]).match("sr  CSM")
    assert (best.level, best.confidence) == ("P6", 1.0)


def test_a_skill_that_one_field_alone_calls_for_points_to_it():
    skilled = Job("X.Z.P2", "P2", "Job Z", "professional", 2, "z", ("Weather",), (), ("Airflow",))
    (best, *_) = Matcher(WORDS, [*LADDER, skilled]).match("Airflow specialist")
    assert (best.code, best.reason.split("; ")[0]) == ("X.Z.P2", "skill words: airflow")


@given(st.text(max_size=60), st.integers(1, 6))
def test_matches_are_ranked_good_and_never_more_than_asked(title, limit):
    matches = matcher().match(f"{title} csm", limit)
    confidences = [m.confidence for m in matches]
    assert confidences == sorted(confidences, reverse=True)
    assert all(MIN_CONFIDENCE <= c <= 1 for c in confidences)
    assert len(matches) <= limit
    assert len({m.code for m in matches}) == len(matches)


def test_a_matcher_of_nothing_finds_nothing():
    assert Matcher(WORDS, []).match("Customer Success Manager") == []
