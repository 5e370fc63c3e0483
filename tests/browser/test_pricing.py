"""Pricing a job and planning its pay, in a real browser."""

import json

from playwright.sync_api import Page, expect

from analytics.pricing.serialization import from_spec
from tests.browser.serving import download, edit_cell, settled


def metric(page: Page, label: str) -> str:
    found = page.get_by_test_id("stMetric").filter(has_text=label).first
    expect(found).to_be_visible()
    return found.get_by_test_id("stMetricValue").inner_text()


def test_a_job_is_priced_another_source_is_added_and_the_words_and_the_file_follow(page, url):
    page.goto(f"{url}/price?job=CUSTOM1.CUSTOMER920B.P3&ageing=month&to=2026-05")
    assert metric(page, "P50, modelled") == "$117,500"
    grid = page.get_by_test_id("stDataFrame").first
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 33, box["y"] + 35 * 5.5)
    # levels.fyi is what the ladder is fitted to: one weight, .8 to .25, and nothing to check it.
    expect(page.get_by_text("share one weight")).to_be_visible()
    assert metric(page, "P50, market composite") == "$120,800"  # 117,500^.762 · 132,000^.238
    words = page.get_by_test_id("stCode")
    expect(words).to_contain_text("It is the weighted geometric mean of 2 sources")
    expect(words).to_contain_text("P50 132,000 USD as of 2026-05")
    button = page.get_by_role("button", name="Download the pricing")
    text = download(page, button).read_text(encoding="utf-8")
    assert from_spec(text).code == "CUSTOM1.CUSTOMER920B.P3"
    assert json.loads(text)["answer"]


def test_base_pay_opens_with_an_answer_and_a_typed_figure_joins_it(page, url):
    page.goto(f"{url}/price?pay=base+pay&ageing=month&to=2026-05")
    assert metric(page, "P50, modelled") == "$94,000"  # 80 % of 117,500
    expect(page.get_by_text("At most, since total compensation counts equity")).to_be_visible()
    page.get_by_text("Figures of your own").click()
    grid = page.get_by_test_id("stDataFrame").nth(1)
    expect(grid).to_be_visible()
    for x, text in ((80, "My survey"), (125, "base"), (250, "2026-05"), (454, "100000")):
        settled(page)
        edit_cell(page, grid, x, 1, text)
        page.keyboard.press("Enter")
    assert metric(page, "P50, market composite") == "$97,000"  # √(94,000 · 100,000)
    words = page.get_by_test_id("stCode")
    expect(words).to_contain_text("My survey (weight 50.0%: strong match")
    untick = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert untick
    page.mouse.click(untick["x"] + 33, untick["y"] + 35 * 1.5)
    expect(words).to_contain_text("My survey (weight 100.0%: strong match")
    assert metric(page, "P50, market composite") == "$100,000"
    expect(page.get_by_test_id("stMetric").first).to_contain_text("error unknown")
