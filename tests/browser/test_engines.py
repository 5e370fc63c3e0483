"""Pay records in a folder of Parquet, in a real browser: consent, an answer, cancel, a copy."""

import shutil
from functools import partial

import duckdb
import pyarrow.parquet as pq
from playwright.sync_api import expect

from data.records.engines.copying import copy_records
from data.records.engines.duckdb_engine import open_parquet
from data.records.engines.records import EngineRecords
from data.records.engines.table import RecordTable
from data.records.ordering import read_ladder
from tests.browser.held_work import hold_questions_to_engines
from tests.browser.serving import choose_filter, settled
from tests.browser.test_records import bars, rows_of
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import arrow


def test_an_engine_is_asked_once_its_cost_is_shown_stopped_there_and_copied(
    page, serve, store, tmp_path
):
    lake, path, hold = tmp_path / "lake", tmp_path / "mine.duckdb", tmp_path / "hold"
    lake.mkdir()
    people = [
        Person(f"O{k % 7}", level=level, base=100 * (80_000 + 700 * k), title=("CSM", "AM")[k % 2])
        for level in ("P1", "P2", "P3")
        for k in range(40)
    ]
    pq.write_table(arrow(people), lake / "people.parquet")
    shutil.copy(store, path)
    settings = {"BANDSTAND_RECORDS_URL": str(lake), "BANDSTAND_RECORDS_MONEY": "hundredths"}
    address = serve(path, partial(hold_questions_to_engines, hold), **settings)
    page.goto(f"{address}/records")
    expect(page.get_by_text("has 120 rows in")).to_be_visible()
    expect(page.get_by_text("600 seconds is stopped there")).to_be_visible()
    assert page.locator(".js-plotly-plot").count() == 0
    hold.touch()
    page.get_by_role("button", name="Ask the engine").click()
    expect(page.get_by_text("Reading 120 records on")).to_be_visible()
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_text("Canceled; nothing has changed.")).to_be_visible()
    assert hold.with_suffix(".canceled").exists()  # the engine itself was interrupted
    hold.unlink()
    page.get_by_role("button", name="Begin again").click()
    assert bars(page) == 3
    expect(page.get_by_text("each new question reads 120 records")).to_be_visible()
    choose_filter(page, "P2")
    (row,) = rows_of(page)
    assert (row["n"], row["organisations"]) == ("40", "7")
    assert float(row["p50"]) == 80_000 + 700 * 19.5
    with duckdb.connect(str(path), read_only=True) as con:
        ladder = read_ladder(con)
    engine = open_parquet(str(lake))
    table = RecordTable.matched("records", pq.read_schema(lake / "people.parquet").names,
                                hundredths=True)  # fmt: skip
    copy_records(EngineRecords(engine, table, ladder), path)
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_text(": 120 records, made")).to_be_visible()
    assert bars(page) == 1
    assert rows_of(page)[0]["p50"] == row["p50"]
    assert "copied" in rows_of(page)[0]["source"]
    pq.write_table(arrow([Person("O9", level="P2")]), lake / "more.parquet")
    page.get_by_role("button", name="Level: P2").click()
    expect(page.get_by_text("The copy is stale: records 121, then 120")).to_be_visible()
    page.get_by_text("The engine itself", exact=True).click()
    expect(page.get_by_text("121 people in 3 cells")).to_be_visible()
    settled(page)
    assert "ask=" in page.url
