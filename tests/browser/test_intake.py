"""A file of one's own in a real browser: understood, corrected, mended, loaded, undone."""

import csv

from playwright.sync_api import Page, expect

from tests.browser.serving import VIEWPORT, answer, download, settled
from tests.browser.test_every_page import CONTRAST, paint, serious_issues

PAYROLL = (
    "Payroll, as of March;;;;;;\n\n"
    "Name;Company;Job Title;Level;Jahresgehalt;Ccy;Effective Date\n"
    "Ann;Acme;Senior CSM;P3;95.500,50;EUR;03/04/2025\n"
    "Bob;Acme;CSM;P2;n/a;EUR;05/04/2025\n"
    "Cyd;Acme;CSM;P2;720;EUR;05/04/2025\n"
)


def assert_usable(page: Page) -> None:
    """The form has no serious issue for axe, light or dark, and stays within 390 pixels."""
    settled(page)
    issues = serious_issues(page)
    paint(page, "dark")
    settled(page)  # colors change one after the other
    issues += serious_issues(page, runOnly=CONTRAST)
    paint(page, "light")
    settled(page)
    page.set_viewport_size({"width": 390, "height": 900})
    settled(page)
    # Grids are drawn anew at the new width, a while after the window has it.
    page.wait_for_function("() => document.querySelector('.stMain').scrollWidth <= 390")
    page.set_viewport_size(VIEWPORT)
    assert not issues, "\n".join(issues)


def test_a_payroll_is_understood_corrected_loaded_and_undone(page, own, tmp_path):
    file = tmp_path / "payroll.csv"
    file.write_text(PAYROLL, encoding="utf-8")
    page.goto(f"{own}/import")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Recognized as “Pay records” by its headings")).to_be_visible()
    expect(page.get_by_text("“Name” (by its heading) looks private: left out")).to_be_visible()
    expect(page.get_by_text("Not used unless you choose a field (2)")).to_be_visible()
    assert_usable(page)
    answer(page, "combobox", "Base is in column", "Jahresgehalt")
    expect(page.get_by_text("'03/04/2025' could be day or month first").first).to_be_visible()
    dates = page.get_by_role("radiogroup", name="Order of dates")
    dates.get_by_text("day first: 3 April 2025").click()
    expect(page.get_by_text("3 rows, 2 to load, 1 to be left out.")).to_be_visible()
    expect(page.get_by_text("1 row is odd: Jahresgehalt is outside 1,000")).to_be_visible()
    with download(page, page.get_by_role("button", name="Download rows left out")).open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        (left_out,) = csv.DictReader(lines)
    assert (left_out["row"], left_out["column"], left_out["value"], left_out["reason"]) == (
        "5", "Jahresgehalt", "n/a", "means no value: base is missing",
    )  # fmt: skip
    assert left_out["Company"] == "Acme"
    assert_usable(page)
    page.get_by_label("Save these columns and answers as").fill("Acme payroll")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Save mapping").click()
    expect(page.get_by_text("Saved as “Acme payroll”, version 1.")).to_be_visible()
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("load 1: 3 rows in, 2 loaded, 1 rejected")).to_be_visible()
    with download(page, page.get_by_role("button", name="Download CSV").last).open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        rows = list(csv.DictReader(lines))
    assert [(r["row"], r["base"], r["effective_date"]) for r in rows] == [
        ("4", "95500.5", "2025-04-03"), ("6", "720", "2025-04-05"),
    ]  # fmt: skip
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("load 1 is withdrawn")).to_be_visible()
