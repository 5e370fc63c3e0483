"""Pay records in a real browser: filter, divide, compare, export, look into a bar, cancel."""

import csv
import io
import shutil
from functools import partial

from playwright.sync_api import Page, expect

from data.store.connection import open_to_write
from tests.browser.held_work import hold_long_work
from tests.browser.serving import choose_filter, download, settled
from tests.data.records.demo_store import put_demo

CHART = ".js-plotly-plot"


def bars(page: Page) -> int:
    page.locator(f"{CHART} .barlayer .point").first.wait_for()
    settled(page)
    return page.locator(f"{CHART} .barlayer .point").count()


def rows_of(page: Page) -> list[dict[str, str]]:
    button = page.get_by_role("button", name="Download CSV")
    text = download(page, button).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_records_are_filtered_divided_compared_and_exported(page, records_url):
    page.goto(f"{records_url}/records")
    assert bars(page) == 10
    expect(page.get_by_text("Demo data: made up, nobody's pay.")).to_be_visible()
    expect(page.get_by_text("6,000 people in 10 cells")).to_be_visible()
    choose_filter(page, "Customer Success")
    choose_filter(page, "P3")
    expect(page.get_by_text("in 1 cell;")).to_be_visible()
    assert "in_level=P3" in page.url
    (row,) = rows_of(page)
    assert row["level"] == "P3"
    assert float(row["p50_low"]) < float(row["p50"]) < float(row["p50_high"])
    assert row["interval_of"] == "the market that they come from"
    expect(page.get_by_text("with 95% intervals of the market that they come from")).to_be_visible()
    page.get_by_role("radio", name="These people").or_(
        page.get_by_role("button", name="These people", exact=True)
    ).first.click()
    expect(page.get_by_text("with 95% intervals of these people")).to_be_visible()
    (alone,) = rows_of(page)
    assert alone["interval_of"] == "these people"
    assert alone["p50"] == row["p50"]
    assert (alone["p50_low"], alone["p50_high"]) != (row["p50_low"], row["p50_high"])
    page.get_by_role("button", name="Level: P3").click()
    expect(page.get_by_text("in 10 cells;")).to_be_visible()
    page.get_by_role("radio", name="Total").or_(
        page.get_by_role("button", name="Total", exact=True)
    ).first.click()
    expect(page.get_by_text("in 10 cells;")).to_be_visible()  # P3 stays away
    page.get_by_role("tab", name="Compare with market and ranges").click()
    settled(page)
    beside = rows_of(page)
    assert {"Market, modelled", "Market, published"} <= {row["beside"] for row in beside}
    page.get_by_role("tab", name="Level-to-level differentials").click()
    settled(page)
    steps = {(row["start"], row["end"]) for row in rows_of(page)}
    assert ("P1", "P2") in steps
    page.get_by_role("tab", name="Shape of a cell").click()
    expect(page.get_by_text("The band around the line is the 95% interval")).to_be_visible()


def test_a_click_on_a_bar_looks_into_it(page, records_url):
    page.goto(f"{records_url}/records?in_function=Sales")
    assert bars(page) == 10
    lowest = page.locator(f"{CHART} .barlayer .point path").first
    lowest.hover(force=True)
    box = lowest.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    expect(page).to_have_url(f"{records_url}/records?in_function=Sales&by=Focus&in_level=P1")
    assert bars(page) == len(rows_of(page)) > 1
    assert {row["focus"].startswith("Sales ") for row in rows_of(page)} == {True}


def test_long_work_says_how_far_it_is_and_can_be_canceled(page, store, tmp_path, serve):
    path, hold = tmp_path / "mine.duckdb", tmp_path / "hold"
    shutil.copy(store, path)
    con = open_to_write(path)
    put_demo(con, 20_000)
    con.close()
    hold.touch()
    cancel = page.get_by_role("button", name="Cancel", exact=True)
    canceled = page.get_by_text("Canceled; nothing has changed.")
    address = serve(path, partial(hold_long_work, hold))
    page.goto(f"{address}/records")
    expect(page.get_by_text("Putting the records in order")).to_be_visible()
    cancel.click()
    expect(canceled).to_be_visible()
    assert list(path.with_name("mine.duckdb.sorted").iterdir()) == []
    hold.unlink()
    page.get_by_role("button", name="Begin again").click()
    assert bars(page) == 10
    hold.touch()
    page.goto(f"{address}/records?by=Organization&and=Place")
    expect(page.get_by_text("Reading the records")).to_be_visible()
    cancel.click()
    expect(canceled).to_be_visible()
    hold.unlink()
    page.goto(f"{address}/records?by=Size&in_level=P3&in_place=Boston")
    assert bars(page) == 5
