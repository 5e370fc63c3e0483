"""The Pay records page over records in a folder of Parquet, which nobody imported."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.records.engines.duckdb_engine import DuckDbEngine
from tests.app_pages.opening import open_page, until_done
from tests.commands import bandstand
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import arrow

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    people = [
        Person(f"O{k % 5}", base=100 * (90_000 + 1_000 * k), level=level)
        for level in ("P1", "P2")
        for k in range(10)
    ]
    pq.write_table(arrow(people), tmp_path / "people.parquet")
    monkeypatch.setenv("BANDSTAND_RECORDS_URL", str(tmp_path))
    monkeypatch.setenv("BANDSTAND_RECORDS_MONEY", "hundredths")
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def agreed(page: AppTest) -> AppTest:
    """The page once what a question costs was shown and is wanted."""
    (button,) = [b for b in page.button if b.label == "Ask the engine"]
    return until_done(button.click().run())


def captions(page: AppTest) -> str:
    return " ".join(caption.value for caption in page.caption)


def test_nothing_is_read_before_what_it_costs_is_shown(lake, monkeypatch):
    asked = []
    ask = DuckDbEngine.ask
    monkeypatch.setattr(DuckDbEngine, "ask", lambda *words: asked.append(words[1]) or ask(*words))
    page = open_page("records")
    said = " ".join(markdown.value for markdown in page.markdown)
    size = (lake / "people.parquet").stat().st_size
    assert f"has 20 rows in {size / 1_000:,.1f} kB" in said
    assert "two to four times" in said
    assert "600 seconds" in said
    assert "20,000 cells" in said
    assert "people in" not in captions(page)
    assert [sql for sql in asked if "create view" not in sql] == [
        "select * from records where 1 = 0"
    ]
    assert "20 people in 2 cells" in captions(agreed(page))


def test_a_copy_answers_at_once_says_when_it_is_stale_and_the_engine_can_be_asked(lake, mine):
    assert bandstand("records", "copy").returncode == 0
    st.cache_resource.clear()
    page = open_page("records")
    assert ": 20 records, made" in captions(page)
    assert "3 questions were answered alike to the cent" in captions(page)  # no overtime
    assert "20 people in 2 cells" in captions(page)
    assert not page.warning
    more = arrow([Person("O9", level="P3", base=10_000_000)])
    pq.write_table(more, lake / "more.parquet")
    page.run()
    assert "The copy is stale: the files have changed." in page.warning[0].value
    (compare,) = [b for b in page.button if b.label == "Compare with the engine"]
    compare.click().run()
    assert "The copy is stale: records 21, then 20; with base pay 21" in page.warning[0].value
    assert "20 people in 2 cells" in captions(page)
    (choice,) = [c for c in page.segmented_control if c.key == "ask"]
    choice.set_value("engine").run()
    assert "people in" not in captions(page)  # the cost is shown first
    assert "21 people in 3 cells" in captions(agreed(page))
    (choice,) = [c for c in page.segmented_control if c.key == "ask"]
    choice.set_value("copy").run()
    assert "20 people in 2 cells" in captions(page)


def test_what_the_copy_does_not_answer_is_asked_of_the_engine_at_its_cost(lake, mine):
    assert bandstand("records", "copy").returncode == 0
    st.cache_resource.clear()
    page = open_page("records", by="Size")
    assert ": 20 records, made" in captions(page)
    assert "people in" not in captions(page)
    assert "20 people in 1 cell" in captions(agreed(page))


def test_the_page_asks_there_says_where_and_asks_again(lake):
    page = agreed(open_page("records"))
    assert "20 people in 2 cells" in captions(page)
    assert "each new question reads 20 records two to four times" in captions(page)
    assert not page.error
    assert "mode" not in page.session_state
    more = arrow([Person("O9", level="P3", base=10_000_000)])
    pq.write_table(more, lake / "more.parquet")
    assert "20 people in 2 cells" in captions(page.run())
    again = next(button for button in page.button if button.label == "Ask again")
    until_done(again.click().run())
    assert "21 people in 3 cells" in captions(page)


def test_others_than_the_owner_are_shown_nothing_of_it(lake, monkeypatch):
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    page = open_page("records")
    assert "Publish with" in page.error[0].value
    assert not page.title
    assert not page.caption


def test_an_engine_that_is_gone_is_said(lake):
    (lake / "people.parquet").unlink()
    page = open_page("records")
    assert "no Parquet there" in page.error[0].value
