"""Titles against the store's jobs: the labelled set, lists, corrections."""

from collections.abc import Iterator

import duckdb
import pytest
from rapidfuzz import process, utils

from analytics.errors import InputError, UnknownNameError
from analytics.jobs.matching import Matcher
from data.build.build import build
from data.catalog.matcher import match_list, match_table, read_matcher, read_vocabulary, titles_in
from data.catalog.profiles import profile_name, row_as_dict
from data.imports.title_corrections import correct_titles, remove_correction
from data.store.connection import open_to_write
from queries import run
from tests.data.catalog.titles import labelled, right, with_example


@pytest.fixture(scope="module")
def two_functions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("titles") / "bandstand.duckdb"
    build(path)
    con = open_to_write(path)
    with_example(con)
    yield con
    con.close()


@pytest.fixture(scope="module")
def matcher(two_functions: duckdb.DuckDBPyConnection) -> Matcher:
    return read_matcher(two_functions)


def test_the_labelled_titles_are_ours_and_many(two_functions):
    every = run(two_functions, "known_titles")
    known = {t.casefold() for t in every.title[every.kind.isin(["alias", "work"])]}
    titles = [title for title, _ in labelled()]
    assert len(titles) == len(set(titles)) >= 60
    assert not known & {t.casefold() for t in titles}


def test_accuracy_on_the_labelled_titles_does_not_fall(matcher):
    first = third = 0
    for title, expected in labelled():
        found = [match.code for match in matcher.match(title, 3)]
        first += right(found[0], expected) if found and expected else not found and not expected
        third += any(right(c, expected) for c in found) if expected else not found
    n = len(labelled())
    assert first / n >= 0.98
    assert third / n >= 0.98


@pytest.mark.parametrize(
    ("title", "expected"),
    [pytest.param(title, expected, id=title) for title, expected in labelled()],
)
def test_each_labeled_title_means_its_job(matcher, title, expected):
    best = [match.code for match in matcher.match(title, 1)]
    assert [code for code in best if right(code, expected)] == best
    assert bool(best) == bool(expected)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Assistant Manager, Customer Success", "CUSTOM1.CUSTOMER920B.P1"),
        ("Manager, Customer Success", "CUSTOM1.CUSTOMERBDCB.M3"),
        ("Assistant Director, Customer Success", "CUSTOM1.CUSTOMERBDCB.M4"),
    ],
)
def test_whoever_assists_a_manager_is_no_manager(matcher, title, code):
    assert matcher.match(title)[0].code == code


def test_a_plain_fuzzy_look_up_is_far_behind(two_functions):
    profiles = list(run(two_functions, "profiles").itertuples())
    names = [profile_name(row_as_dict(row)) for row in profiles]
    good = 0
    for title, expected in labelled():
        found = process.extractOne(title, names, processor=utils.default_process, score_cutoff=75)
        good += (
            right(profiles[found[2]].code, expected)
            if found and expected
            else not (found or expected)
        )
    assert good / len(labelled()) < 0.5


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Sr. CSM", "CUSTOM1.CUSTOMER920B.P3"),
        ("VP customer success", "CUSTOM1.CUSTOMERBDCB.M6"),
        ("renewals manager", "CUSTOM1.CUSTOMER920B.P2"),
    ],
)
def test_titles_that_the_issue_asks_for(matcher, title, code):
    assert matcher.match(title)[0].code == code


@pytest.mark.parametrize(
    "title",
    [
        "Detention Manager",
        "Chief Detention Officer",
        "Supervisor, Boarding",
        "Business Valuer",
        "Project Engineer (Renewables)",
        "Project Engineer, Renewables",
        "Renewables Manager",
        "Enterprise Mentor",
        "Mentor (drugs and alcohol)",
        "Value Engineer",
        "Adoption Coordinator",
        "Director of Retention",
        "Outcomes Manager",
        "Sales Representative, Sales Manager",
        "Responsable de Recursos Humanos",
    ],
)
def test_one_letter_apart_or_one_word_alone_is_other_work(matcher, title):
    assert matcher.match(title) == []


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Customer Retantion Manager", "P2"),
        ("Custmer Sucess Manager", "P2"),
        ("Directr, Customer Success", "M4"),
        ("CSM – SMB", "P1"),
        ("CSM1", "P1"),
        ("CSM2", "P2"),
        ("Mid-Market CSM", "P2"),
        ("Strategic CSM", "P5"),
        ("Head of CS", "M5"),
        ("Kundenerfolgsmanager (m/w/d)", "P2"),
        ("Senior Kundenerfolgsmanagerin", "P3"),
        ("Customer Success Manager:in", "P2"),
        ("Teamleiter Kundenerfolg", "M3"),
        ("Leiterin Customer Success", "M5"),
        ("Responsable de la réussite client", "P2"),
        ("RESPONSABLE SUCCES CLIENT", "P2"),
        ("Chargée de succès client", "P2"),
        ("Directeur Succès Client", "M4"),
        ("Gerente de éxito del cliente", "P2"),
        ("Especialista en éxito del cliente", "P2"),
        ("Directora de Éxito de Clientes", "M4"),
    ],
)
def test_titles_of_the_work_are_found_misspelled_or_in_other_languages(matcher, title, level):
    assert matcher.match(title)[0].level == level


def test_a_title_that_ladders_give_to_two_levels_is_shown_as_a_tie(matcher):
    first, second, *_ = matcher.match("Sr. CSM")
    assert (first.level, second.level) == ("P3", "P4")
    assert first.confidence == second.confidence == 0.95
    assert first.reason == "title “Senior CSM” on 2 ladders; a tie with P4"
    assert second.reason == (
        "title “Senior CSM” on 1 ladder, and its own ladder calls the level Senior; a tie with P3"
    )


@pytest.mark.parametrize(
    ("title", "neighbor"),
    [
        ("Senior Technical Account Manager, EMEA", "Technical Account Manager"),
        ("Strategic Account Manager", "Account Manager"),
        ("Client Services Manager", "Client Services"),
        ("Customer Experience Manager", "Customer Experience"),
        ("Implementation Manager", "Implementation Manager"),
        ("Onboarding Specialist", "Onboarding"),
        ("Chargée de clientèle", "Chargé de clientèle"),
        ("Detention Manager", None),
        ("Project Engineer (Renewables)", None),
        ("Executive Assistant, Customer Experience", None),
    ],
)
def test_neighboring_work_is_named_with_the_reason(matcher, title, neighbor):
    assert matcher.match(title) == []
    found = matcher.neighbor(title)
    assert (found and found.title) == neighbor
    (row,) = match_table(matcher, [title]).to_dict("records")
    assert row["code"] == ""
    assert row["reason"] == (f"no good match; {found}" if neighbor else "no good match")


def test_a_neighbor_is_in_the_list_of_matches_too(matcher):
    tam, cook, csm = match_list(matcher, ["Technical Account Manager", "Line Cook", "CSM"])
    assert tam["matches"] == []
    assert tam["neighbor"] == (
        "“Technical Account Manager” is a neighbor of Customer Success Management: it looks after "
        "the technical side of the same customers, mostly on a ladder of its own"
    )
    assert "neighbor" not in cook
    assert "neighbor" not in csm


def test_a_list_keeps_every_title_and_says_which_have_none(matcher):
    titles = ["CSM", "Line Cook", "CSM", "", "=1+1"]
    table = match_table(matcher, titles)
    assert table.title.tolist() == titles
    assert table.reason.eq("no good match").tolist() == [False, True, False, True, True]
    assert table.confidence.isna().tolist() == [False, True, False, True, True]


def test_a_correction_is_kept_and_dropped(two_functions):
    con, code = two_functions, "CUSTOM1.CUSTOMERBDCB.M4"
    correct_titles(con, {"Captain of Customers": code})
    try:
        (best,) = read_matcher(con).match("captain of customers")
        assert (best.code, best.confidence) == (code, 1.0)
    finally:
        remove_correction(con, "Captain of Customers")
    assert read_matcher(con).match("captain of customers") == []
    with pytest.raises(UnknownNameError, match="no correction"):
        remove_correction(con, "Captain of Customers")


def test_titles_in_a_txt_are_lines_whatever_they_hold():
    content = b'Director, Customer Success\r\n"Rockstar" CSM | EMEA\n\n'
    assert titles_in("list.TXT", content).titles == [
        "Director, Customer Success",
        '"Rockstar" CSM | EMEA',
    ]


def test_a_correction_of_any_title_stands(two_functions):
    con, m4, p3 = two_functions, "CUSTOM1.CUSTOMERBDCB.M4", "CUSTOM1.CUSTOMER920B.P3"
    said = {"Director": m4, "!!!": p3, "Sr. CSM": m4, "Senior CSM": p3}
    correct_titles(con, said)
    try:
        matcher = read_matcher(con)
        assert {title: matcher.match(title)[0].code for title in said} == said
    finally:
        for title in said:
            remove_correction(con, title)


def test_a_correction_to_a_job_that_is_not_there_keeps_none(two_functions):
    with pytest.raises(UnknownNameError, match="no profile 'NO'"):
        correct_titles(two_functions, {"A": "CUSTOM1.CUSTOMERBDCB.M4", "B": "NO"})
    assert "A" not in set(run(two_functions, "known_titles").title)


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (b"CSM\nHead of CS\n", ["CSM", "Head of CS"]),
        (b"\xef\xbb\xbfTitle;Grade\r\nCSM;1\r\n;2\r\n", ["CSM", ""]),
        ("Job Title,Where\nChargé,Paris\n".encode("cp1252"), ["Chargé"]),
        ('title\n"Director, CS"\n'.encode("utf-16"), ["Director, CS"]),
        (b"title\nCSM\n", ["CSM"]),
        (b"job,title\n17,CSM\n", ["CSM"]),
        (b'"Manager ""VIP"""\n"CSM\nEnterprise"\n', ['Manager "VIP"', "CSM\nEnterprise"]),
    ],
)
def test_titles_are_read_from_lists_and_tables(content, titles):
    assert titles_in("list.csv", content).titles == titles


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,grade\nCSM,1\n", "none of the columns name, grade is called title"),
        (b"", "is empty"),
        (b"PK\x03\x04rest", "is a damaged or encrypted zip"),
        (b"title,a\nCSM\n", "has 1 cells where the header has 2"),
        (b"title\n\x00\x01", "NUL"),
    ],
)
def test_a_list_that_cant_be_read_says_why(content, reason):
    with pytest.raises(InputError, match=reason):
        titles_in("list.csv", content)


def test_every_level_word_has_a_track_and_a_grade(two_functions):
    words = read_vocabulary(two_functions)
    assert words.levels
    assert {w.track for w in words.levels.values()} == {"professional", "management"}
    assert all(1 <= w.grade <= 7 for w in words.levels.values())
