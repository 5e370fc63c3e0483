"""The first page in a real browser: a question, its answer, the ladder, and what one does next."""

import re
import shutil

from playwright.sync_api import Page, expect

from data.store.connection import open_to_write
from tests.app_pages.test_home_own import RANGES, ROSTER
from tests.browser.serving import download, settled
from tests.data.loads import load

CHART = ".js-plotly-plot"
P3 = "CUSTOM1.CUSTOMER920B.P3"


def figure(page: Page) -> str:
    shown = page.locator(".answer .figure")
    expect(shown).to_be_visible()
    settled(page)
    return shown.inner_text()


def lowest_level(page: Page) -> float:
    """Where the last of the chart's levels ends on the screen."""
    ticks = page.locator(f"{CHART} .ytick")
    return float(max(ticks.evaluate_all("e => e.map(t => t.getBoundingClientRect().bottom)")))


def test_the_whole_ladder_and_the_answer_stand_on_one_screen(page, url):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{url}/?month=2026-05")
    assert figure(page) == "$117,500"
    expect(page.locator(".answer .interval")).to_have_text("interval $98,900–$139,200")
    expect(page.locator(f"{CHART} .ytick")).to_have_count(11)  # M6 is published too
    assert lowest_level(page) <= 900
    page.set_viewport_size({"width": 390, "height": 900})
    chart = page.locator(CHART).first
    expect(chart).to_have_css("width", "672px")  # it scrolls, and nothing is drawn over another
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_typed_title_and_a_click_on_a_level_ask_about_that_job(page, url):
    page.goto(f"{url}/?for={P3}&month=2026-05")
    assert figure(page) == "$117,500"
    page.get_by_role("combobox", name="Job").fill("VP customer succes")
    page.keyboard.press("Enter")
    expect(page.get_by_text("taken as")).to_be_visible()
    expect(page).to_have_url(re.compile("M6"))
    settled(page)
    box = page.locator(f"{CHART} .barlayer .point").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settled(page)
    expect(page).to_have_url(re.compile(r"P1\b"))
    assert figure(page) == "$68,700"


def test_place_and_date_move_the_answer_and_the_report_carries_both(page, url):
    page.goto(f"{url}/?for={P3}&month=2027-01&in=California")
    value = figure(page)
    assert value != "$117,500"
    report = download(page, page.get_by_role("button", name="Report"))
    text = report.read_text(encoding="utf-8")
    assert value in text
    assert "California" in text
    assert "January 2027" in text
    assert "Modelled" in text
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode").filter(has_text="in=California")).to_be_visible()


def test_a_place_is_typed_taken_or_asked_about(page, url):
    page.goto(f"{url}/?for={P3}&month=2026-05&in=Portland")
    expect(page.get_by_text("“Portland” may be one of 2 places")).to_be_visible()
    page.get_by_role("combobox", name="Place").fill("denver")
    page.get_by_role("option").first.click()
    settled(page)
    expect(page.get_by_text("Denver-Aurora-Centennial, CO").first).to_be_visible()
    assert "Denver-Aurora-Centennial, CO" in page.locator(".context-line").inner_text()


def test_a_report_prints_on_one_sheet_of_either_size(page, url):
    page.goto(f"{url}/?for={P3}&basis=base+pay&in=Colorado&month=2027-07&percentile=60")
    figure(page)
    report = download(page, page.get_by_role("button", name="Report"))
    sheet = page.context.new_page()
    sheet.goto(report.rename(report.with_suffix(".html")).as_uri())
    expect(sheet.get_by_role("heading", level=1)).to_contain_text("at P60, in July 2027?")
    printed = [sheet.pdf(format=size) for size in ("Letter", "A4")]
    sheet.close()
    assert [len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) for pdf in printed] == [1, 1]


def test_demo_records_are_one_click_away_and_one_click_gone(page, own):
    page.goto(own)
    figure(page)
    page.get_by_role("button", name="Look round with demo records").click()
    expect(page.get_by_role("heading", name="Pay records")).to_be_visible()
    expect(page.get_by_text("Demo data: made up, nobody's pay.")).to_be_visible()
    expect(page.locator(f"{CHART} .barlayer .point").first).to_be_visible()
    page.goto(own)
    expect(page.get_by_text("Demo data: made up, nobody's pay.")).to_be_visible()
    page.get_by_role("button", name="Remove demo records").click()
    expect(page.get_by_role("heading", name="Start here")).to_be_visible()
    expect(page.get_by_text("Demo data")).to_have_count(0)


def test_own_ranges_and_people_are_on_the_chart_and_what_is_off_is_one_click_away(
    page, store, tmp_path, serve
):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load(con, "ranges", RANGES)
    load(con, "roster", ROSTER)
    con.close()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{serve(path)}/?for={P3}&basis=base+pay&month=2026-11")
    figure(page)
    expect(page.locator(f"{CHART} .ytick")).to_have_count(11)
    assert lowest_level(page) <= 900
    dots = page.locator(f"{CHART} .scatterlayer .points path[style*='rgb(47, 116, 208)']")
    expect(dots).not_to_have_count(0)
    page.get_by_role("button", name="Your people").click()
    settled(page)
    expect(page.get_by_text("your people, one dot each")).to_have_count(0)
    page.get_by_role("link", name="Show Senior · P4").click()
    settled(page)
    expect(page).to_have_url(re.compile("P4"))
    expect(page.locator(".context-line")).to_contain_text("Senior · P4 · P50 of base pay")
