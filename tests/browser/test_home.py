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


#: A chart is drawn anew some time after its window has changed.
ON_ONE_SCREEN = """() => [...document.querySelectorAll(".js-plotly-plot .ytick")]
    .every(tick => tick.getBoundingClientRect().bottom <= 900)"""


def figure(page: Page) -> str:
    shown = page.locator(".answer .figure")
    expect(shown).to_be_visible()
    settled(page)
    return shown.inner_text()


def lowest_level(page: Page) -> float:
    """Where the last of the chart's levels ends on the screen."""
    ticks = page.locator(f"{CHART} .ytick")
    return float(max(ticks.evaluate_all("e => e.map(t => t.getBoundingClientRect().bottom)")))


def test_the_whole_ladder_and_the_answer_stand_on_one_screen_and_print_on_one_sheet(page, url):
    page.goto(f"{url}/?month=2026-05")
    expect(page.locator(f"{CHART} .ytick")).to_have_count(11)  # M6 is published too
    assert figure(page) == "$117,500"
    assert page.pdf(format="Letter").count(b"/Type /Page\n") == 1
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".answer .interval")).to_have_text("interval $98,900–$139,200")
    page.wait_for_function(ON_ONE_SCREEN)
    page.set_viewport_size({"width": 390, "height": 900})
    chart = page.locator(CHART).first
    expect(chart).to_have_css("width", "672px")  # it scrolls, and nothing is drawn over another
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_typed_title_a_click_on_a_level_and_a_typed_place_ask_about_them(page, url):
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
    page.get_by_role("combobox", name="Place").fill("denver")
    page.get_by_role("option").first.click()
    settled(page)
    expect(page.get_by_text("Denver-Aurora-Centennial, CO").first).to_be_visible()
    assert "Denver-Aurora-Centennial, CO" in page.locator(".context-line").inner_text()


def test_a_report_carries_the_question_and_prints_on_one_sheet_of_either_size(page, url):
    page.goto(f"{url}/?for={P3}&basis=base+pay&in=Colorado&month=2027-07&percentile=60")
    value = figure(page)
    report = download(page, page.get_by_role("button", name="Report"))
    text = report.read_text(encoding="utf-8")
    for part in (value, "Colorado", "July 2027", "Modelled"):
        assert part in text
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode").filter(has_text="in=Colorado")).to_be_visible()
    sheet = page.context.new_page()
    sheet.goto(report.rename(report.with_suffix(".html")).as_uri())
    expect(sheet.get_by_role("heading", level=1)).to_contain_text("at P60, in July 2027?")
    printed = [sheet.pdf(format=size) for size in ("Letter", "A4")]
    sheet.close()
    assert [len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) for pdf in printed] == [1, 1]


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
