"""The first page in a real browser: a question, its answer, the ladder, and what one does next."""

import re

from playwright.sync_api import Page, expect

from tests.browser.serving import download, settled

CHART = ".js-plotly-plot"
P3 = "CUSTOM1.CUSTOMER920B.P3"


def figure(page: Page) -> str:
    shown = page.locator(".answer .figure")
    expect(shown).to_be_visible()
    settled(page)
    return shown.inner_text()


def test_the_whole_ladder_and_the_answer_stand_on_one_screen(page, url):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{url}/?month=2026-05")
    assert figure(page) == "$117,500"
    expect(page.locator(".answer .interval")).to_have_text("interval $106,400–$125,100")
    expect(page.locator(f"{CHART} .ytick")).to_have_count(11)  # M6 is published too
    box = page.locator(f"{CHART} .ytick").last.bounding_box()
    first = page.locator(f"{CHART} .ytick").first.bounding_box()
    assert box
    assert first
    assert max(box["y"] + box["height"], first["y"] + first["height"]) <= 900


def test_a_typed_title_is_taken_for_the_job_that_it_means(page, url):
    page.goto(f"{url}/?month=2026-05")
    figure(page)
    page.get_by_role("combobox", name="Job").fill("VP customer succes")
    page.keyboard.press("Enter")
    expect(page.get_by_text("taken as")).to_be_visible()
    expect(page).to_have_url(re.compile("M6"))


def test_a_click_on_a_level_asks_about_that_level(page, url):
    page.goto(f"{url}/?for={P3}&month=2026-05")
    assert figure(page) == "$117,500"
    box = page.locator(f"{CHART} .barlayer .point").last.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settled(page)
    expect(page).to_have_url(re.compile("M6"))
    assert figure(page) != "$117,500"


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


def test_a_month_that_can_not_be_read_says_how_to_write_one(page, url):
    page.goto(f"{url}/?month=soon")
    expect(page.get_by_text("write it like 2026-05")).to_be_visible()


def test_a_place_is_typed_taken_or_asked_about(page, url):
    page.goto(f"{url}/?for={P3}&month=2026-05&in=Portland")
    expect(page.get_by_text("“Portland” may be one of 2 places")).to_be_visible()
    page.get_by_role("combobox", name="Place").fill("denver")
    page.get_by_role("option").first.click()
    settled(page)
    expect(page.get_by_text("Denver-Aurora-Centennial, CO").first).to_be_visible()
    assert "Denver-Aurora-Centennial, CO" in page.locator(".context-line").inner_text()
