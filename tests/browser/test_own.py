"""What a team brings, in a real browser, on a store of its own."""

import csv

from playwright.sync_api import Page, expect

from data.imports.taxonomy.files import FOLDER
from tests.browser.serving import answer, download, edit_cell
from tests.data.imports.oews.test_release import LAYOUTS, ROW, book


def downloaded(page: Page, nth: int = 0) -> list[dict[str, str]]:
    button = page.get_by_role("button", name="Download CSV").nth(nth)
    with download(page, button).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_title_has_a_link_of_its_own_and_leads_to_its_profile(page, url):
    page.goto(f"{url}/find?title=VP+customer+success")
    expect(page.get_by_role("heading", name="Find a job")).to_be_visible()
    (best, *_) = downloaded(page)
    assert (best["code"], best["reason"]) == (
        "CUSTOM1.CUSTOMERBDCB.M6",
        "title “VP of Customer Success”",
    )


def test_no_good_match_says_so(page, url):
    page.goto(f"{url}/find?title=Line+Cook")
    expect(page.get_by_text("No good match for “Line Cook”")).to_be_visible()


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
    page.goto(f"{own}/profile?profile=CUSTOM1.CUSTOMERBDCB.M5")
    expect(page.get_by_text("Captain of Customers")).to_be_visible()


def test_a_taxonomy_is_refused_then_loaded_then_everywhere_then_withdrawn(page, own, tmp_path):
    files = sorted(FOLDER.glob("*.csv"))
    broken = tmp_path / "skills.csv"
    broken.write_text("focus,skill,meaning\nnowhere,SQL,Queries\n", encoding="utf-8")
    page.goto(f"{own}/import")  # what the files are is recognized by their names
    chooser = page.locator("input[type=file]")
    chooser.set_input_files([*(f for f in files if f.name != "skills.csv"), broken])
    expect(page.get_by_text("1 problem; nothing can be loaded")).to_be_visible()
    (problem,) = downloaded(page)
    assert (problem["file"], problem["row"], problem["reason"]) == (
        "skills.csv", "2", "is not in focuses.csv",
    )  # fmt: skip
    page.reload()
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("No problems: 73 rows")).to_be_visible()
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("load 1: 73 rows in, 73 loaded, 0 rejected")).to_be_visible()
    page.goto(f"{own}/profile?profile=EXDATA1.EXAMPLEDCDC7.P3")
    name = "Example: Data Engineering, Data Engineer II (P3)"
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.goto(f"{own}/market?function=Example%3A+Data+Engineering")
    expect(page.get_by_text("P3 median, modelled")).to_be_visible()
    expect(page.get_by_role("button", name="CSV").first).to_be_visible()
    page.goto(f"{own}/price?job=EXDATA1.EXAMPLEDCDC7.P3")
    expect(page.get_by_test_id("stMetric").first).to_contain_text("P50, modelled")
    page.goto(f"{own}/ladder?ladder=example-data-engineering")
    expect(page.get_by_role("heading", name="Example data engineering ladder")).to_be_visible()
    page.goto(f"{own}/import")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("load 1 is withdrawn")).to_be_visible()


def test_a_bls_file_is_reported_with_what_is_left_out_loaded_and_withdrawn(page, own, tmp_path):
    broken = ROW | {"occ_code": "99-9998", "a_median": "n/a"}
    file = tmp_path / "national_M2024_dl.xlsx"
    file.write_bytes(book(LAYOUTS[2024], ROW | {"occ_code": "99-9999"}, broken))
    page.goto(f"{own}/import?kind=BLS+wages")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("2 rows, 1 new, 0 already known, 1 to be left out")).to_be_visible()
    (left_out,) = downloaded(page)
    assert (left_out["row"], left_out["column"], left_out["value"]) == ("3", "A_MEDIAN", "n/a")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("2 rows in, 1 loaded, 1 rejected")).to_be_visible()
    page.goto(f"{own}/sources?source=own-load-1")
    expect(page.get_by_role("heading", name="OEWS 2024-05, loaded from")).to_be_visible()
    page.goto(f"{own}/import")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("load 1 is withdrawn")).to_be_visible()


def test_a_survey_is_asked_what_it_cant_say_loaded_and_priced_from(page, own, tmp_path):
    file = tmp_path / "tech.csv"
    file.write_text(
        "Tech 2026\n\nJob Title,P25,Median,P75,Incumbents\nSenior CSM,99000,117000,134000,260\n"
        "Head of CS,99000,88000,140000,12\n",
        encoding="utf-8",
    )
    page.goto(f"{own}/import?kind=A+survey")
    page.locator("input[type=file]").set_input_files(file)
    answer(page, "combobox", "Currency of every row", "USD")
    answer(page, "textbox", "Effective date of every row", "2026-03")
    page.get_by_role("radiogroup", name="Pay basis of every row").get_by_text("base pay").click()
    expect(
        page.get_by_text("2 rows, 1 to load, 1 to be left out; 1 match a profile")
    ).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Tech 2026")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("2 rows in, 1 loaded, 1 rejected")).to_be_visible()
    page.goto(f"{own}/price?job=CUSTOM1.CUSTOMER920B.P3&pay=base+pay&ageing=month&to=2026-03")
    words = page.get_by_test_id("stCode")
    expect(words).to_contain_text("Tech 2026: Senior CSM, base pay")
    expect(words).to_contain_text("n 260")
