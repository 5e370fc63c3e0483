"""The Pay records page over records in a folder of Parquet, which nobody imported."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
import streamlit as st

from tests.app_pages.opening import open_page
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


def test_the_page_asks_there_says_where_and_asks_again(lake):
    page = open_page("records")
    captions = " ".join(caption.value for caption in page.caption)
    assert "20 people in 2 cells" in captions
    assert "each new question reads 20 records two to four times" in captions
    assert not page.error
    assert "mode" not in page.session_state
    more = arrow([Person("O9", level="P3", base=10_000_000)])
    pq.write_table(more, lake / "more.parquet")
    assert "20 people in 2 cells" in " ".join(c.value for c in page.run().caption)
    again = next(button for button in page.button if button.label == "Ask again")
    again.click().run()
    for _ in range(20):  # each waits half a second for the answer
        captions = " ".join(c.value for c in page.run().caption)
        if "people in" in captions:
            break
    assert "21 people in 3 cells" in captions


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
