"""The role guide of Customer Success: complete, cited, and without a figure twice."""

from collections import Counter

import pytest

from analytics.errors import UnknownNameError
from analytics.guide import SECTIONS, figure_text, phrase_pattern
from analytics.job_rows import GuideEntry
from analytics.rows import typed_rows
from data.catalog.guide import find_guide, find_section, guide_table, guide_text
from queries import run

FUNCTION = "customer-success"


@pytest.fixture(scope="module")
def table(con):
    return guide_table(con.cursor(), FUNCTION)


@pytest.fixture(scope="module")
def entries(table):
    return typed_rows(table, GuideEntry)


def test_each_section_holds_what_the_document_lists(con, table):
    own = run(con.cursor(), "guide_entries", function=FUNCTION)
    assert Counter(own[own.ordinal < 1000].section) == {
        "motions": 22, "disciplines": 8, "roles": 6, "skills": 13, "platforms": 7, "education": 4,
        "levels": 17, "portfolios": 3, "paths": 5, "certifications": 8, "interview": 5,
        "employers": 10, "environment": 5, "pay": 12, "outlook": 5, "sources": 7,
    }  # fmt: skip
    assert list(dict.fromkeys(table.section)) == list(SECTIONS)
    assert (table.section == "phrases").sum() == 13


@pytest.mark.parametrize(
    ("section", "topic", "name", "figure", "cites"),
    [
        ("motions", "Onboarding", "Window", "30 to 90 days", ""),
        ("motions", "Onboarding", "Success plan", "3 to 5 outcomes", ""),
        ("motions", "Onboarding", "Mid-market window", "60 to 90 days", "3"),
        ("motions", "Onboarding", "Enterprise window", "90 to 180 days", "3"),
        ("motions", "Adoption and engagement", "Window", "3 to 9 months", ""),
        ("motions", "Adoption and engagement", "Enterprise reviews", "4 times a year", ""),
        ("motions", "Adoption and engagement", "Mid-market reviews", "2 times a year", ""),
        ("motions", "Renewal", "Window", "90 to 180 days", ""),
        ("motions", "Renewal", "Security review", "5 criteria", "5"),
        ("disciplines", "Executive business reviews", "Deck", "15 to 25 slides", ""),
        ("disciplines", "Executive business reviews", "Attendees", "5 to 12 people", ""),
        ("skills", "Executive conversation", "Brevity", "60 minutes", ""),
        ("education", "", "Bachelor's degree", "57% or more", ""),
        ("education", "", "Prior experience", "2 to 4 years", ""),
        ("levels", "Associate or Junior CSM", "Portfolio", "25 to 50 accounts", ""),
        ("levels", "Associate or Junior CSM", "Experience", "0 to 2 years", ""),
        ("levels", "Customer Success Manager", "Enterprise portfolio", "5 to 12 accounts", ""),
        ("levels", "Senior CSM", "Mid-market portfolio", "8 to 25 accounts", ""),
        ("levels", "Manager, Customer Success", "Team", "4 to 8 people", ""),
        ("portfolios", "Accounts by segment", "Small business", "50 to 200 accounts", ""),
        ("environment", "", "Place of work", "2 to 3 days a week", "3"),
        ("environment", "", "Travel, strategic accounts", "25% to 50%", "3"),
        ("pay", "Levers at the offer", "Accelerator", "100% or more", ""),
        ("pay", "Base and variable", "85/15", "85%", "3, 4"),
        ("pay", "Customer Success track", "P90, 2026-05", "$247,387", "2"),
        ("outlook", "43-4051 Customer Service Representatives", "Change", "-5%", "1"),
        ("outlook", "43-4051 Customer Service Representatives", "Median wage", "$42,830", "1"),
    ],
)
def test_figures_are_those_of_the_document(entries, section, topic, name, figure, cites):
    (entry,) = [e for e in entries if (e.section, e.topic, e.name) == (section, topic, name)]
    assert (figure_text(entry.low, entry.high, entry.unit), entry.cites) == (figure, cites)


def test_the_proxy_occupation_comes_with_its_warning(entries):
    outlook = [e for e in entries if e.section == "outlook"]
    assert any("understates customer success pay" in e.text for e in outlook)


def test_every_row_says_where_it_stands_and_what_it_cites(con, entries):
    sources = set(run(con.cursor(), "sources").source)
    for entry in entries:
        assert entry.document_section, entry
        assert entry.source in sources, entry
        assert set(entry.cites.split(", ")) <= {"", *"1234567"}, entry
    assert len({(e.section, e.topic, e.name) for e in entries}) == len(entries)


def test_each_phrase_is_found_by_its_pattern_and_by_no_other(con):
    phrases = run(con.cursor(), "guide_phrases", function=FUNCTION)
    for row in phrases.itertuples():
        fitting = [p for p in phrases.pattern if phrase_pattern(p).search(row.phrase)]
        assert fitting == [row.pattern]
        assert row.ask_at_offer.endswith("?")


def test_figures_of_the_guide_are_among_those_of_its_source(con):
    figures = run(con.cursor(), "source_figures", source="jd-page")
    travel = figures[figures.subject == "Travel, strategic accounts"]
    assert dict(zip(travel.figure, travel.value, strict=True)) == {"low": 25, "high": 50}
    assert set(travel.unit) == {"percent"}


def test_a_function_is_found_by_name_title_or_alone(con):
    for name in ("", "customer-success", "CUSTOMER SUCCESS"):
        assert find_guide(con.cursor(), name).phrases == 13
    with pytest.raises(UnknownNameError, match="no role guide for 'sales'; available: customer"):
        find_guide(con.cursor(), "sales")
    assert find_section("Pay levers") == find_section("pay") == "pay"
    with pytest.raises(UnknownNameError, match="no section 'phrase'; did you mean phrases"):
        find_section("phrase")


def test_a_function_without_a_guide_has_an_empty_table(con):
    assert guide_table(con.cursor(), "nowhere").empty


def test_the_text_names_each_section_and_topic_once(table):
    lines = guide_text("Customer Success", table).splitlines()
    assert lines[0] == "Customer Success: role guide"
    assert lines.count("Motions of the work") == lines.count("  Renewal") == 1
    assert (
        "  - Travel, strategic accounts (25% to 50%): For quarterly reviews on site. "
        in " ".join(line for line in lines if "Travel, strategic" in line)
    )
    assert any("Ask: Does a longer term pay more? JD Phrase Decoder." in line for line in lines)
