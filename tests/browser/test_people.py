"""The demo company in a real browser: loaded, narrowed, exported, and read by axe and a printer."""

import csv
import io

from playwright.sync_api import expect

from tests.browser.serving import choose_filter, download, settled
from tests.browser.test_every_page import BEYOND_THE_SHEET, SHEET, paint, serious_issues

# Whose dots have a ring in the chart of pay by level.
RINGED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(e => e.data)
    .filter(t => t.marker && t.marker.symbol === 'circle-open').flatMap(t => t.meta)"""


def test_the_company_is_loaded_narrowed_and_exported(page, own):
    page.goto(f"{own}/people?list=People")
    page.get_by_role("button", name="Look round with a demo company").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("2,000")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    pay = page.locator(".st-key-chart-pay-by-level, .st-key-narrow-pay-by-level")
    area = pay.locator(".nsewdrag").bounding_box()
    page.mouse.move(area["x"] + 2, area["y"] + 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] / 3, area["y"] + area["height"] - 2, steps=4)
    page.mouse.up()
    expect(page.get_by_role("heading", name="Picked in the chart")).to_be_visible()
    page.get_by_role("button", name="List nobody").click()
    settled(page)
    grid = page.get_by_test_id("stDataFrame").filter(visible=True).last
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 * 1.5)
    page.wait_for_function(f"() => ({RINGED})().length === 1")
    lowest = page.evaluate(RINGED)
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_function(
        "[...document.querySelectorAll('.js-plotly-plot')].every("
        "e => e.getBoundingClientRect().right <= innerWidth)"
    )
    page.set_viewport_size(size)
    choose_filter(page, "Below minimum")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("60")
    assert "of_position=Below+minimum" in page.url
    file = download(page, page.get_by_role("button", name="Download CSV"))
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert len(rows) == 60
    assert lowest == [rows[0]["employee_id"]]
    assert {row["position"] for row in rows} == {"Below minimum"}
    assert sum(float(row["to_minimum"]) for row in rows) == 187_500
    issues = serious_issues(page)
    paint(page, "dark")
    issues += serious_issues(page, runOnly=["color-contrast"])
    assert not issues, "\n".join(issues)
    page.emulate_media(media="print")
    assert not page.evaluate(BEYOND_THE_SHEET, SHEET)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Remove demo company").click()
    expect(page.get_by_text("No roster is loaded yet.")).to_be_visible()
    settled(page)
