"""Places in a real browser: occupation, map, area, comparison, export, link."""

import csv

from playwright.sync_api import expect

from tests.browser.serving import download, settled

DENVER = "Denver-Aurora-Centennial, CO"


def test_an_occupation_is_looked_up_compared_exported_and_shared(page, url):
    page.goto(f"{url}/places")
    page.get_by_role("combobox", name="Occupation").fill("registered nurses")
    page.get_by_role("option", name="Registered Nurses · 29-1141").click()
    expect(page.get_by_text("Registered Nurses · 29-1141").first).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name="Compare places").fill("denver")
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    settled(page)
    expect(page.get_by_test_id("stMetric").filter(has_text=DENVER)).to_be_visible()
    assert page.locator(".js-plotly-plot").count() == 2
    # A grid shows a part on paper: the sheet says of how many rows, and where the whole is.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    said = page.get_by_test_id("stDataFrame").first.get_attribute("data-whole")
    assert said is not None
    assert said.startswith("Part of a table of 54 rows and ")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    exported = download(page, page.get_by_role("button", name="Download CSV").first)
    rows = list(csv.DictReader(exported.open(encoding="utf-8-sig")))
    assert len(rows) == 54
    assert {"p50", "at_least", "employment_rse", "source"} <= set(rows[0])
    link = page.url
    assert "29-1141" in link
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_test_id("stMetric").filter(has_text=DENVER)).to_be_visible()
