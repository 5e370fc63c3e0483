"""The Role guide page, run by Streamlit's own AppTest."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.guide import SECTIONS
from data.imports.load import load_taxonomy
from data.imports.taxonomy.files import FOLDER, files_in_folder
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page

EXAMPLE = "Example: Data Engineering"
pytestmark = pytest.mark.usefixtures("store")


def open_guide(**link: str) -> AppTest:
    return open_page("guide", **link)


@pytest.fixture
def with_example(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store that also has the example taxonomy, plainly labeled as an example."""
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load_taxonomy(con, files_in_folder(FOLDER), "example")
    con.close()
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def tables(app: AppTest) -> dict[str, list[dict[str, str]]]:
    """The rows that are shown, by heading."""
    rows = [table.value.to_dict("records") for table in app.table]
    return dict(zip([header.value for header in app.header], rows, strict=True))


def test_the_guide_shows_every_section_with_figures_and_citations():
    shown = tables(open_guide())
    assert list(shown) == list(SECTIONS.values())
    window, *_ = shown["Motions of the work"]
    assert (window["Topic"], window["Name"]) == ("Onboarding", "Window")
    assert window["Figure"] == "30 to 90 days"
    assert window["Citation"] == "What Does a Customer Success Manager Do?"
    assert window["Source"] == "[jd\\-page](sources?source=jd-page)"
    travel = {row["Name"]: row for row in shown["Work environment"]}["Travel, strategic accounts"]
    assert (travel["Figure"], travel["Citation"]) == ("25% to 50%", "Work Environment \\[3\\]")


def test_the_whole_guide_downloads_whatever_is_shown():
    app = open_guide(section="Pay levers")
    assert [button.proto.label for button in app.get("download_button")] == [
        "Download CSV",
        "Download Excel",
    ]


def test_figures_of_other_tables_are_shown_in_place():
    shown = tables(open_guide())
    years = [row["Figure"] for row in shown["Levels"] if row["Name"] == "Experience"]
    assert years == ["0 to 2 years", "2 to 5 years", "5 to 8 years", "8 or more years"]
    outlook = {row["Name"]: row["Figure"] for row in shown["Outlook"]}
    assert outlook["Median wage"] == "\\$42,830"
    assert outlook["Jobs"] == "2,814,000 jobs"


def test_a_section_is_chosen_and_kept():
    app = open_guide()
    app.button_group(key="section").set_value("pay").run()
    assert not app.exception
    assert list(tables(app)) == ["Pay levers"]


@pytest.mark.parametrize(
    ("search", "phrases"),
    [
        ("CISO", ["Post\\-sales SOC 2 review"]),
        ("You will carry a quota and lead QBRs.", ["Quota\\-bearing CSM", "EBR cadence"]),
    ],
)
def test_the_decoder_finds_words_and_reads_sentences(search, phrases):
    app = open_guide()
    app.text_input(key="phrase").set_value(search).run()
    assert [row["Phrase"] for row in tables(app)["Phrase decoder"]] == phrases


def test_a_search_without_a_match_says_so():
    app = open_guide()
    app.text_input(key="phrase").set_value("unicorn <b>").run()
    assert not app.exception
    assert "Clear the search to see all 13" in app.info[0].value


def test_a_link_opens_function_section_and_phrase():
    app = open_guide(function="Customer Success", section="Phrase decoder", phrase="NRR")
    assert list(tables(app)) == ["Phrase decoder"]
    assert tables(app)["Phrase decoder"][0]["Phrase"] == "NRR attainment"


@pytest.mark.usefixtures("with_example")
def test_a_function_of_ones_own_fills_every_section():
    shown = tables(open_guide(function=EXAMPLE))
    assert list(shown) == list(SECTIONS.values())
    links = {row["Source"] for rows in shown.values() for row in rows}
    assert links == {"[own\\-load\\-1](sources?source=own-load-1)"}
    assert shown["Portfolios"][0]["Figure"] == "5 to 15 pipelines"
    assert [row["Citation"] for row in shown["Sources of the guide"]] == ["\\[1\\]", "\\[2\\]"]
    assert [row["Phrase"] for row in shown["Phrase decoder"]] == [
        "Owns pipelines end to end",
        "Fast\\-paced environment",
    ]


@pytest.mark.usefixtures("with_example")
def test_each_job_profile_leads_to_the_guide_of_its_function():
    page = open_page("profile")
    page.selectbox(key="profile").set_value("EXDATA1.EXAMPLEDCDC7.P3").run()
    assert not page.exception
    links = [link.proto.label for link in page.get("page_link")]
    assert "Role guide of Example\\: Data Engineering" in links


def test_a_function_without_a_guide_says_what_to_load(store, tmp_path, monkeypatch):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    files = files_in_folder(FOLDER)
    load_taxonomy(
        con, {n: b for n, b in files.items() if n not in ("guide.csv", "phrases.csv")}, "x"
    )
    con.close()
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    st.cache_resource.clear()
    app = open_guide(function=EXAMPLE)
    st.cache_resource.clear()
    assert "Load role-guide tables with your taxonomy" in app.info[0].value
    assert not app.table
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels == ["Load a taxonomy", "Role guide of Customer Success"]
