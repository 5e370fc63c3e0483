"""The Pay records page: titles, joined names, several dates of one organization."""

from datetime import date

import pytest
import streamlit as st

from data.store.connection import open_to_write
from tests.app_pages.opening import open_page
from tests.data.records.demo_store import Person, add_load

EARLY, LATE = date(2025, 3, 1), date(2026, 3, 1)


@pytest.fixture
def two_years(mine):
    """Eight people of one organization at two dates, under two spellings of one title."""
    con = open_to_write(mine)
    for day, title in ((EARLY, "CSM Lead"), (LATE, "CSM LEAD")):
        people = [
            Person(base=100 * (90_000 + i), effective_date=day, title=title) for i in range(8)
        ]
        add_load(con, people)
    con.close()
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.parametrize(("link", "people"), [({}, 8), ({"snapshots": "All"}, 16)])
def test_snapshots_are_said_before_the_figures_and_counted_once_or_all(two_years, link, people):
    page = open_page("records", **link)
    assert f"{people} people in 1 cell" in " ".join(caption.value for caption in page.caption)
    said = page.info[0].value
    assert said.startswith("Acme has pay at several dates")
    assert ("8 rows of earlier dates left out" in said) == (people == 8)


def test_a_title_is_asked_for_and_joined_names_are_said(two_years):
    page = open_page("records", by="Title", snapshots="All")
    captions = " ".join(caption.value for caption in page.caption)
    assert "16 people in 1 cell" in captions
    assert "names that differ in case or spaces alone are one" in captions


def test_dates_and_snapshots_are_chips_that_a_click_takes_away(two_years):
    page = open_page("records", snapshots="All", since="2025-03-01", until="2025-03-01")
    chips = [button.label for button in page.button if (button.key or "").startswith("chip ")]
    assert [label.replace("\\", "") for label in chips] == [
        "From: 2025-03-01", "To: 2025-03-01", "Dates of one organization: All", "Clear all",
    ]  # fmt: skip
    page.button(key="chip clear").click().run()
    assert "8 people in 1 cell" in " ".join(caption.value for caption in page.caption)
    assert page.info[0].value.startswith("Acme has pay at several dates")
    assert not any((button.key or "").startswith("chip ") for button in page.button)


@pytest.fixture
def market(mine):
    """Two focuses of twelve organizations in two places."""
    con = open_to_write(mine)
    add_load(
        con,
        [
            Person(organisation=f"O{i}", focus=focus, place=place, base=100 * (60_000 + 1_000 * i))
            for i in range(12)
            for focus in ("Field", "Inside")
            for place in ("Boston", "Chicago")
        ],
    )
    con.close()
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_others_are_offered_the_cells_of_the_lattice_alone(market):
    page = open_page("records", mode="Aggregate")
    first, second = (page.selectbox(key=key).options for key in ("by", "and"))
    assert first == ["Level", "Function", "Focus", "Place"]
    assert second == ["Nothing else", "Focus", "Place"]
    assert open_page("records", mode="Aggregate", by="Focus").selectbox(key="and").options == [
        "Level"
    ]
    assert "Cells are fixed: by level, by function" in page.info[0].value
    assert not page.error


def test_places_are_those_of_one_focus_and_other_filters_are_set_aside(market):
    page = open_page("records", mode="Aggregate", by="Place", **{"and": "Level"})
    assert page.session_state["in_focus"] == ["Field"]
    assert not page.error
    page = open_page("records", mode="Aggregate", by="Level")
    page.session_state["in_place"] = ["Boston"]
    page.run()
    captions = " ".join(caption.value for caption in page.caption)
    assert "Set aside, as it would choose other unions of people than are published: Place" in (
        captions
    )
    assert not page.error
