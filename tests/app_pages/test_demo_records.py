"""Demo records as the owner divides them, as others may see them, and before there are any."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from data.build.published_store import write_published_store
from data.records.bands import PayRecords
from data.records.published import publish
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page
from tests.app_pages.signed_in import names, sent
from tests.data.records.demo_store import put_demo

HOME_AND_IMPORT = {"", "import"}


@pytest.fixture(scope="module")
def folder(store, tmp_path_factory):
    """A folder with a store of demo records, and what is published of it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(store, folder / "mine.duckdb")
    con = open_to_write(folder / "mine.duckdb")
    put_demo(con, 6_000)
    publish(con, PayRecords.open(con, folder / "mine.duckdb"))
    write_published_store(con, folder / "public")
    con.close()
    return folder


@pytest.fixture
def demo(folder, monkeypatch):
    monkeypatch.setenv("BANDSTAND_DB", str(folder / "mine.duckdb"))


@pytest.fixture
def public(folder, monkeypatch):
    monkeypatch.setenv("BANDSTAND_DB", str(folder / "public" / "bandstand.duckdb"))
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")


def said(page: AppTest) -> str:
    return " ".join(each.value for kind in (page.caption, page.info, page.text) for each in kind)


def cells(page: AppTest):
    assert not page.error
    return page.dataframe[0].value


@pytest.mark.usefixtures("demo")
def test_a_link_divides_by_two_dimensions_outside_the_order():
    open_page("records", by="Organization size", **{"and": "Level"})
    link = {"by": "Size", "and": "Level", "in_function": "Sales", "in_level": ["P1", "P2"]}
    rows = cells(open_page("records", **link))
    assert len(rows) == 10  # five sizes of two levels
    assert rows["size"].tolist()[:2] == ["1-50", "1-50"]


@pytest.mark.usefixtures("demo")
def test_what_others_may_see_is_coarse_and_says_why():
    page = open_page("records", by="Focus", **{"and": "Level"}, mode="Aggregate")
    assert "Aggregate: cells of at least 5 organizations" in said(page)
    (panel,) = (each for each in page.expander if each.label == "Filters")
    labels = [each.label for each in (*panel.button_group, *panel.multiselect)]
    assert labels.count("Focus") == 1
    assert not {"Place", "Organization size"} & set(labels)
    rows = cells(page)
    assert len(rows) > 10
    assert rows.note.str.contains("held back|counted under").any()
    partly = set(rows.p50[rows.note.str.startswith("partly", na=False)].dropna())
    held = set(rows.p50[rows.note.str.endswith("held back", na=False)].dropna())
    assert held <= partly
    assert (rows.p50.dropna() % 500 == 0).all()


@pytest.mark.usefixtures("public")
def test_a_server_for_others_opens_what_is_published_and_shows_no_rows_at_all():
    page = open_page("records", mode="Owner", by="Size")
    assert "Aggregate: cells of at least 5 organizations" in said(page)
    assert "Demo data: made up" in sent(page)
    assert names(page) & HOME_AND_IMPORT == {""}
    assert not [group for group in page.button_group if group.label == "Shown to"]
    assert len(cells(page)) > 3
    rows = cells(open_page("records", by="Focus", **{"and": "Level"}))
    assert rows.p50.notna().sum() > 10
    assert (rows.p50.dropna() % 500 == 0).all()


@pytest.mark.usefixtures("store")
def test_before_there_are_records_the_page_says_how_to_get_some():
    page = open_page("records")
    assert "No pay records are loaded yet." in said(page)
    assert page.code[0].value == "bandstand demo records --rows 100000"
    assert [link.proto.page for link in page.main.get("page_link")] == ["import"]
