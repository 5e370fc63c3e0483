"""Pay records in a real browser: filter, divide, compare, export, and what others may see."""

import csv
import io
import shutil
from functools import partial

from playwright.sync_api import Page, expect

from data.build.published_store import write_published_store
from data.records.bands import PayRecords
from data.records.published import publish
from data.store.connection import open_to_write
from tests.browser.held_work import hold_long_work
from tests.browser.serving import choose_filter, download, filters, settled
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
    expect(page.get_by_text("20,000 people in 10 cells")).to_be_visible()
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


def test_a_link_divides_by_two_dimensions_outside_the_order(page, records_url):
    page.goto(f"{records_url}/records?by=Organization+size&and=Level")
    page.goto(f"{records_url}/records?by=Size&and=Level&in_function=Sales")
    assert bars(page) == 50
    rows = rows_of(page)
    assert [row["size"] for row in rows[:2]] == ["1-50", "1-50"]
    assert len(rows) == 50


def test_what_others_may_see_is_coarse_and_says_why(page, records_url):
    page.goto(f"{records_url}/records?by=Focus&and=Level&mode=Aggregate")
    assert bars(page) > 10
    expect(page.get_by_text("Aggregate: cells of at least 5 organizations")).to_be_visible()
    expect(filters(page).get_by_text("Focus", exact=True)).to_have_count(1)
    for finer in ("Place", "Organization size"):
        expect(filters(page).get_by_text(finer, exact=True)).to_have_count(0)
    rows = rows_of(page)
    assert any("held back" in row["note"] or "counted under" in row["note"] for row in rows)
    assert {row["p50"] for row in rows if row["note"].endswith("held back")} <= {""} | {
        row["p50"] for row in rows if row["note"].startswith("partly")
    }
    assert all(not row["p50"] or float(row["p50"]) % 500 == 0 for row in rows)


def test_a_server_for_others_opens_what_is_published_and_shows_no_rows_at_all(
    page, demo_store, tmp_path, serve
):
    own = tmp_path / "mine.duckdb"
    shutil.copy(demo_store, own)
    con = open_to_write(own)
    publish(con, PayRecords.open(con, own))
    address = serve(write_published_store(con, tmp_path / "public"), BANDSTAND_RECORDS="aggregate")
    con.close()
    page.goto(f"{address}/records?mode=Owner&by=Size")
    expect(page.get_by_text("Aggregate: cells of at least 5 organizations")).to_be_visible()
    expect(page.get_by_text("Demo data: made up")).to_be_visible()
    expect(page.get_by_test_id("stSidebar").get_by_text("Import")).to_have_count(0)
    expect(page.get_by_text("Shown to")).to_have_count(0)
    assert bars(page) > 3
    page.goto(f"{address}/records?by=Focus&and=Level")
    assert bars(page) > 10
    assert all(not row["p50"] or float(row["p50"]) % 500 == 0 for row in rows_of(page))


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


def test_filters_of_other_pages_outlive_a_visit_to_records_that_are_not_there_yet(page, url):
    page.goto(f"{url}/market")
    choose_filter(page, "P2")
    expect(page).to_have_url(f"{url}/market?level=P2")
    page.get_by_role("link", name="Pay records").click()
    expect(page.get_by_text("No pay records are loaded yet.")).to_be_visible()
    expect(page.get_by_text("bandstand demo records --rows 100000")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Import").click()
    expect(page.get_by_role("heading", name="Import")).to_be_visible()
    page.get_by_role("link", name="Market").click()
    expect(page).to_have_url(f"{url}/market?level=P2")
