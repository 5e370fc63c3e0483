"""A server for others: it opens a published store alone, and nothing on it can be changed."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.errors import InputError
from analytics.permissions import Action
from app_pages import cache
from commands.publish import publish
from data.imports.title_corrections import correct_titles
from data.store import saved_work
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page
from tests.conftest import HOME
from tests.data.records.demo_store import Person, add_load


@pytest.fixture
def owner(mine):
    """A team's store with pay records, a survey's title, a correction and a saved plan."""
    con = open_to_write(mine)
    add_load(
        con,
        [
            Person(organisation=f"O{i}", level=level, base=100 * (60_000 + 1_000 * i))
            for i in range(12)
            for level in ("P1", "P2")
        ],
    )
    correct_titles(con, {"Customer Wizard": "CUSTOM1.CUSTOMERBDCB.M6"})
    saved_work.save(con, "plan", "Secret plan", "{}", "")
    con.close()
    st.cache_resource.clear()
    yield mine
    st.cache_resource.clear()


@pytest.fixture
def others(owner, tmp_path, monkeypatch):
    """The store that is published from it, on a server for others."""
    publish(tmp_path / "public")
    monkeypatch.setenv("BANDSTAND_DB", str(tmp_path / "public" / "bandstand.duckdb"))
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    st.cache_resource.clear()


def test_the_published_cells_are_shown_without_the_records(others):

    page = open_page("records", mode="Owner", by="Title")
    assert not page.error
    assert "Aggregate: cells of at least 5 organizations" in page.info[0].value
    assert page.selectbox(key="by").options == ["Level", "Function", "Focus", "Place"]
    assert not [b for b in page.button_group if b.key == "mode"]


def test_a_store_with_rows_is_not_opened_to_others(owner, monkeypatch):
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    page = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60).run()
    assert "has rows of the team's own" in page.error[0].value
    assert not page.title


def test_nothing_can_be_changed_by_those_who_look(others):
    with pytest.raises(InputError, match="nothing can be changed here"):
        cache.write(Action.SAVE, lambda con: con.execute("delete from published_band"))


@pytest.mark.parametrize("name", ["find", "ote", "price", "gap"])
def test_nothing_is_saved_or_dropped_and_nothing_saved_is_seen(owner, monkeypatch, name):
    """Even where a page is reached over a store with rows."""
    assert buttons(open_page(name)) & {"Save", "Drop it"}
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    page = open_page(name, plan="Secret plan")
    assert not page.exception
    assert not buttons(page) & {"Save", "Drop it"}
    assert not {"Secret plan", "Customer Wizard"} & set(str(page.main).split("'"))


def buttons(page) -> set[str]:
    return {button.label for button in page.button}
