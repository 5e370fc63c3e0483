"""The main job in a real browser."""

import csv
import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.serving import choose_filter, filters, settled
from tests.browser.test_every_page import paint

LADDER = ["P1", "P2", "P3", "P4", "P5", "P6", "M3", "M4", "M5", "M6"]
CHART = ".js-plotly-plot"


def levels_drawn(page: Page) -> list[str]:
    """Levels on the chart's axis, from the bottom."""
    texts = page.locator(f"{CHART} .ytick text").all_text_contents()
    return [text.split()[0] for text in texts if "Canon" not in text]


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator(f"{CHART} .barlayer .point").first.wait_for()
    return page


def download(page: Page, label: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("button", name=label).click()
    path = found.value.path()
    return Path(path).read_bytes()


def test_the_chart_has_marks_and_words_for_all_ten_levels_and_leads_to_steps_and_source(page, url):
    opened(page, f"{url}/market")
    assert levels_drawn(page) == LADDER
    # Ten hatched bars and one solid one, and a median label for each modelled level.
    expect(page.locator(f"{CHART} .barlayer .point")).to_have_count(11)
    labels = page.locator(f"{CHART} .textpoint text").all_text_contents()
    assert [label for label in labels if label.startswith("$")] == [
        "$69k", "$88k", "$118k", "$158k", "$201k", "$243k", "$193k", "$217k", "$240k", "$261k",
    ]  # fmt: skip
    assert page.locator('[aria-label*="P3 Mid-Level Professional $118k modelled"]').count()
    page.get_by_role("tab", name="Level-to-level differentials").click()
    steps = page.locator(CHART).nth(1)
    expect(steps.locator(".ytick")).to_have_count(11)
    page.get_by_role("radio", name="Dollars").click()
    expect(steps.locator(".xtitle")).to_contain_text("US dollars")
    expect(page).to_have_url(re.compile("unit=Dollars"))
    page.get_by_role("tab").first.click()
    settled(page)
    page.get_by_role("link", name="levels.fyi", exact=True).click()
    expect(page.get_by_role("heading", name="levels.fyi: Customer Success pay")).to_be_visible()
    expect(page).to_have_url(re.compile(r"sources.*source=levels\.fyi"))


def test_filters_take_keyboard_and_mouse_change_chart_table_and_link_and_go_along(page, url):
    opened(page, f"{url}/market")
    filters(page).locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="P3", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{CHART} .ytick")).to_have_count(1)
    hover_tells_the_figure_and_where_it_is_from(page)
    choose_filter(page, "M6")
    # The level's own row and the canon's published range.
    expect(page.locator(f"{CHART} .ytick")).to_have_count(3)
    assert levels_drawn(page) == ["P3", "M6"]
    expect(page).to_have_url(re.compile(r"\?level=P3&level=M6$"))
    rows = list(csv.DictReader(io.StringIO(download(page, "Download CSV").decode("utf-8-sig"))))
    assert [row["level"] for row in rows] == ["P3", "M6", "M6"]
    chips = page.locator(".st-key-filter-chips")
    expect(chips).to_contain_text("2 filters")
    chips.get_by_role("button", name="Level: P3").click()
    expect(page).to_have_url(f"{url}/market?level=M6")
    expect(page.locator(f"{CHART} .ytick")).to_have_count(2)
    assert levels_drawn(page) == ["M6"]
    page.get_by_role("link", name="Ladder", exact=True).click()
    expect(page.get_by_text("1 filter", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("ladder.*level=M6"))
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", name="Sources", exact=True)).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Pay records").click()  # which draws none of these filters
    expect(page.get_by_text("No pay records are loaded yet.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Import").click()
    expect(page.get_by_role("heading", name="Import")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Market").click()
    expect(page).to_have_url(f"{url}/market?level=M6")
    expect(page.locator(f"{CHART} .ytick")).to_have_count(2)
    choose_filter(page, "levels.fyi")
    expect(chips).to_contain_text("Sources shown: 5 of 10")
    chips.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(f"{url}/market")
    expect(chips.get_by_role("button")).to_have_count(0)
    expect(page.locator(f"{CHART} .barlayer .point")).to_have_count(11)


def hover_tells_the_figure_and_where_it_is_from(page: Page) -> None:
    settled(page)
    box = page.locator(f"{CHART} .barlayer .point").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    hover = page.locator(f"{CHART} .hoverlayer .hovertext")
    expect(hover).to_contain_text("Median $117,500, interval $98,900–$139,200")
    expect(hover).to_contain_text("Source: Modelled ladder; as of: 2026-05")


def test_csv_and_excel_hold_the_table_shown(page, url):
    opened(page, f"{url}/market?track=Professional")
    rows = list(csv.reader(io.StringIO(download(page, "Download CSV").decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(download(page, "Download Excel")))["Table"]
    cells = [[_as_csv(c) for c in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == rows
    header, *body = rows
    assert [row[header.index("level")] for row in body] == LADDER[:6]
    assert [row[header.index("p50")] for row in body] == [
        "68700", "88000", "117500", "158400", "200900", "243400",
    ]  # fmt: skip
    shown = page.locator("[data-testid=stDataFrame] table tbody tr").nth(2).text_content()
    assert shown
    for part in ("P3", "Mid-Level Professional", "117500"):
        assert part in shown


def test_a_pasted_link_restores_the_view(page, url):
    opened(page, f"{url}/market?level=P3&level=P4&split=80%2F20&percentiles=P25+P50+P75")
    assert levels_drawn(page) == ["P3", "P4"]
    page.get_by_text("Filters", exact=True).click()
    for name in ("P3", "P4"):
        pressed = page.get_by_role("button", name=name, exact=True)
        expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Split 80/20.")).to_be_visible()
    expect(page).to_have_url(re.compile("level=P3&level=P4"))


def test_labels_are_legible_in_each_theme_and_width(page, url):
    page.emulate_media(color_scheme="dark")
    opened(page, f"{url}/market")
    for scheme in ("dark", "light"):
        paint(page, scheme)
        for width in (700, 1400):
            page.set_viewport_size({"width": width, "height": 1600})
            page.wait_for_function(FITS, arg=[CHART, width])
            assert_legible(page)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


#: A chart is drawn anew some time after its window has changed.
FITS = """([chart, width]) => {
    const {left, right} = document.querySelector(chart).getBoundingClientRect();
    return left >= 0 && right <= width;
}"""


def assert_legible(page: Page) -> None:
    paper = _rgb(page, "[data-testid=stApp]", "backgroundColor")
    for selector in (
        f"{CHART} .ytick text",
        f"{CHART} .xtick text",
        ".legend",
        f"{CHART} .annotation text",
    ):
        ink = _rgb(page, selector, "color" if selector == ".legend" else "fill")
        assert _contrast(ink, paper) >= 3, selector


def _as_csv(value: object) -> str:
    return "" if value is None else str(value)


def _rgb(page: Page, selector: str, style: str) -> tuple[float, ...]:
    said = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{style}")
    return tuple(float(part) for part in re.findall(r"[\d.]+", said)[:3])


def _contrast(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """WCAG contrast ratio of two sRGB colours."""

    def light(rgb: tuple[float, ...]) -> float:
        linear = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in (v / 255 for v in rgb)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)
