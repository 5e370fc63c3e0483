"""What people come for, counted in interactions: a choice typed or clicked is one."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import leave
from tests.browser.serving import answer, choose_filter, download, filters, settled

FIGURE = ".answer .figure"


def test_the_sentence_is_answered_in_five_interactions_and_opens_again_by_its_link(
    page: Page, url: str
) -> None:
    page.goto(url)
    expect(page.locator(FIGURE)).to_be_visible()
    settled(page)
    parts = [
        ("combobox", "Job", "Customer Success Management, Senior · P4"),
        ("combobox", "Place", "Colorado"),
        ("combobox", "Pay basis", "base pay"),
        ("spinbutton", "Percentile", "60"),
        ("textbox", "Month", "July 2027"),
    ]
    for role, name, text in parts:
        answer(page, role, name, text)
    assert len(parts) <= 6
    about = page.locator(".context-line")
    for part in ("Senior · P4", "P60 of base pay", "Colorado", "July 2027"):
        expect(about).to_contain_text(part)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    figure = page.locator(FIGURE).inner_text()
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stCode").filter(has_text="in=Colorado").inner_text().strip()
    said = about.inner_text()
    leave(page)  # what comes is a session of somebody else's
    page.goto(link)
    expect(page.locator(FIGURE)).to_have_text(figure)
    expect(about).to_have_text(said)


def test_a_level_is_filtered_and_exported_in_four_clicks(page: Page, url: str) -> None:
    page.goto(url)
    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Market", exact=True).click()  # 1
    expect(filters(page)).to_be_visible()
    settled(page)
    choose_filter(page, "P3")  # 2 and 3: opens the filters, then the level
    file = download(page, page.get_by_role("button", name="Download CSV"))  # 4
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    assert [row["level"] for row in rows] == ["P3"]


SURVEY = (
    "Job Title,Level,P25,Median,P75,Incumbents,Currency,Effective Date,Pay Basis\n"
    "Customer Success Manager,P4,119000,137000,154000,260,USD,2026-03-01,base\n"
)


def test_a_survey_is_loaded_in_two_clicks_and_on_homes_chart_in_four(
    page: Page, own: str, tmp_path: Path
) -> None:
    file = tmp_path / "tech.csv"
    file.write_text(SURVEY, encoding="utf-8")
    page.goto(own)
    settled(page)
    page.get_by_role("link", name="Load a survey").click()  # 1
    page.locator("input[type=file]").set_input_files(file)  # 2
    expect(page.get_by_text("1 row, 1 to load, 0 to be left out")).to_be_visible()
    page.get_by_role("button", name="Load", exact=True).click()  # 3
    expect(page.get_by_text("load 1: 1 rows in, 1 loaded, 0 rejected")).to_be_visible()
    page.get_by_role("link", name="See it on Home's chart").click()  # 4
    expect(page.get_by_role("button", name="Your surveys")).to_be_visible()
    for part in ("Senior · P4", "P50 of base pay"):
        expect(page.locator(".context-line")).to_contain_text(part)
    expect(page.locator(".legend")).to_contain_text("your survey")
