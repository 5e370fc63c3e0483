"""Ranges in a real browser: edited by keyboard, undone, to Excel and back, live on People."""

import io

import openpyxl
from playwright.sync_api import expect

from tests.browser.serving import answer, download, edit_cell, settled
from tests.browser.test_every_page import BEYOND_THE_SHEET, SHEET, paint, serious_issues


def test_ranges_are_edited_saved_brought_back_from_excel_and_made_live(page, own, tmp_path):
    page.goto(f"{own}/ranges?market_of=2027-01&range_view=Edit+in+Excel")
    metrics = page.get_by_test_id("stMetricDelta")
    expect(metrics.first).to_have_text("0 set by hand")
    grid = page.get_by_test_id("stDataFrame").first
    edit_cell(page, grid, 240, 1, "46000")
    page.keyboard.press("Enter")
    expect(metrics.first).to_have_text("1 set by hand")
    page.get_by_role("button", name="Undo").click()
    expect(metrics.first).to_have_text("0 set by hand")

    answer(page, "textbox", "Name", "Ours")
    page.get_by_test_id("stButton").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as Ours, version 1.")).to_be_visible()
    page.get_by_role("link", name="Ours").click()
    file = download(page, page.get_by_role("button", name="Download to edit"))
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["maximum"]).value = 70_000
    edited = tmp_path / "edited.xlsx"
    book.save(edited)
    page.locator("input[type=file]").set_input_files(edited)
    expect(page.get_by_text("maximum 67,400 → 70,000")).to_be_visible()
    issues = serious_issues(page)
    paint(page, "dark")
    issues += serious_issues(page, runOnly=["color-contrast"])
    assert not issues, "\n".join(issues)
    page.emulate_media(media="print")
    assert not page.evaluate(BEYOND_THE_SHEET, SHEET)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Accept the ticked rows").click()
    expect(metrics.first).to_have_text("1 set by hand")

    page.get_by_test_id("stButton").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as Ours, version 2.")).to_be_visible()
    page.goto(f"{own}/ranges?structure=Ours")
    page.get_by_role("button", name="Make Ours, version 2 live").click()
    expect(page.get_by_text("Ours, version 2 is live")).to_be_visible()
    page.goto(f"{own}/?basis=base+pay")
    expect(page.get_by_text("your range, with its midpoint")).to_be_visible()
    settled(page)
