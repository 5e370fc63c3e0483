"""From a roster to verified raises in a real browser: ranges, Excel and back, circles, scenario."""

import io

import openpyxl
from playwright.sync_api import expect

from data.files.verify_workbook import verify_workbook
from data.store.connection import open_to_write
from tests.browser.serving import answer, download, edit_cell, settled
from tests.browser.test_every_page import BEYOND_THE_SHEET, SHEET, paint, serious_issues
from tests.data.loads import load

PROFILE = "CUSTOM1.CUSTOMER920B.P3"
#: On a range from 76,900 to 115,300: below it, in it, above it.
ROSTER = "employee_id,title,profile,place,fte,currency,actual base pay,as_of\n" + "".join(
    f"{i},CSM,{PROFILE},Boston,1,USD,{pay},2026-11-01\n"
    for i, pay in enumerate((70_000, 100_000, 120_000), 1)
)


def test_from_a_roster_to_ranges_excel_circles_and_a_verified_scenario(page, mine, serve, tmp_path):
    con = open_to_write(mine)
    load(con, "roster", ROSTER)
    con.close()
    own = serve(mine)
    page.goto(f"{own}/ranges?market_of=2027-01&range_view=Edit+in+Excel")
    metrics = page.get_by_test_id("stMetricDelta")
    expect(metrics.first).to_have_text("0 set by hand")
    grid = page.get_by_test_id("stDataFrame").filter(visible=True).first
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
    (changed,) = verify_workbook("edited.xlsx", edited.read_bytes()).differences
    assert (changed.in_file, changed.computed) == ("70000", "67400")
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
    settled(page)

    page.goto(f"{own}/people?list=Cheapest+raises")
    for label in ("Below minimum", "Above maximum"):
        circle = page.get_by_test_id("stMetric").filter(has_text=label)
        expect(circle.get_by_test_id("stMetricValue")).to_have_text("1")
    answer(page, "textbox", "Name", "To minimum")
    page.get_by_test_id("stButton").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as To minimum, version 1.")).to_be_visible()
    page.get_by_role("link", name="To minimum").click()
    file = download(page, page.get_by_role("button", name="Download the scenario as Excel"))
    found = verify_workbook("scenario.xlsx", file.read_bytes())
    assert (found.what, found.differences) == ("scenario", ())
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    rows = list(book["Scenario"].iter_rows(min_row=3, max_col=2, values_only=True))
    figures = dict(reversed(rows))  # the filters stand below under the same words
    assert (figures["People"], figures["People raised"], figures["Cost"]) == (3, 1, 6_900)
