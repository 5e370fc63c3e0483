"""Titles corrected by hand in a real browser, on a store of its own."""

import csv

from playwright.sync_api import Page, expect

from tests.browser.serving import download, edit_cell


def downloaded(page: Page) -> list[dict[str, str]]:
    button = page.get_by_role("button", name="Download CSV").first
    with download(page, button).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_list_is_corrected_by_hand_exported_and_remembered(page, own):
    page.goto(f"{own}/find")
    page.get_by_label("Or paste titles, one a line").fill("Sr. CSM\nCaptain of Customers")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("2 titles: 1 matched, 1 without.")).to_be_visible()
    page.get_by_text("2 titles: 1 matched").scroll_into_view_if_needed()
    editor = edit_cell(page, page.get_by_test_id("stDataFrame").first, 220, 2, "BDCB.M5")
    editor.get_by_text("CUSTOM1.CUSTOMERBDCB.M5").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep 1 correction").click()
    expect(page.get_by_text("2 titles: 2 matched, 0 without.")).to_be_visible()
    expect(page.get_by_role("heading", name="Corrections kept")).to_be_visible()
    by_title = {row["title"]: row for row in downloaded(page)}
    assert by_title["Captain of Customers"]["code"] == "CUSTOM1.CUSTOMERBDCB.M5"
    assert by_title["Captain of Customers"]["reason"] == "your correction “Captain of Customers”"
