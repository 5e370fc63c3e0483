"""What holds for every page that the sidebar leads to."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.serving import settled

LINKS = "[data-testid=stSidebarNavLink]"
#: Streamlit wraps each section of its navigation, a list, in a div; no theme or style reaches it.
NAVIGATION = "[data-testid=stSidebarNavItems]"
CONTRAST = ["color-contrast"]
NOT_OURS = {("list", NAVIGATION), ("listitem", f"{NAVIGATION} *")}


def open_every_page(page: Page, url: str) -> Iterator[str]:
    """Open each page in turn, as its link in the sidebar does; gives its name."""
    page.goto(url)
    settled(page)
    links = page.locator(LINKS)
    for number in range(links.count()):
        links.nth(number).click()
        settled(page)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        settled(page)
        yield links.nth(number).inner_text()


def paint(page: Page, scheme: str) -> None:
    """Show the page light or dark, and wait until Streamlit has."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)


def serious_issues(page: Page, **options: object) -> list[str]:
    """What axe finds serious or critical: the rule, the element and what to mend."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **options})
    return [
        f"{issue['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for issue in found.response["violations"]
        if issue["impact"] in ("serious", "critical")
        for node in issue["nodes"]
        if not is_streamlits(page, issue["id"], node["target"][-1])
    ]


def is_streamlits(page: Page, rule: str, target: str) -> bool:
    return any(
        rule == name and page.locator(target).first.evaluate("(e, s) => e.matches(s)", selector)
        for name, selector in NOT_OURS
    )


def test_axe_finds_nothing_serious_on_any_page_light_or_dark(page, records_url):
    issues, seen = [], []
    for name in open_every_page(page, records_url):
        seen.append(name)
        paint(page, "light")
        issues += [f"{name}: {issue}" for issue in serious_issues(page)]
        paint(page, "dark")  # colors alone differ
        issues += [f"{name}, dark: {issue}" for issue in serious_issues(page, runOnly=CONTRAST)]
    assert len(set(seen)) >= 14
    assert not issues, "\n".join(issues)


#: Words of what stands on a sheet as wide as given, beyond its right edge; Streamlit gets
#: no chance to draw anew, as it gets none when a browser prints.
BEYOND_THE_SHEET = """width => {
    dispatchEvent(new Event("beforeprint"));
    document.documentElement.style.width = `${width}px`;
    const beyond = [...document.querySelectorAll(
        ".stMain :is(h1, h2, h3, p, td, input, canvas, .xtick text, .ytick text, .textpoint text)")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .map(element => element.tagName + " " + element.textContent.slice(0, 60));
    document.documentElement.style.width = "";
    dispatchEvent(new Event("afterprint"));
    return beyond;
}"""
#: CSS pixels between the margins of a sheet of US Letter.
SHEET = 710
ONLY_ON_SCREEN = ["stSidebar", "stHeader", "stButton", "stDownloadButton", "stPageLink"]


def test_every_page_prints_within_the_sheet_and_without_controls(page, records_url):
    for name in open_every_page(page, records_url):
        page.emulate_media(media="print")
        beyond = page.evaluate(BEYOND_THE_SHEET, SHEET)
        assert not beyond, f"{name}: {beyond}"
        for part in ONLY_ON_SCREEN:
            assert not page.locator(f"[data-testid={part}]:visible").count(), f"{name}: {part}"
        headings = page.locator(".stElementContainer:has(:is(h1, h2, h3)):visible")
        breaks = headings.evaluate_all("all => all.map(e => getComputedStyle(e).breakAfter)")
        assert set(breaks) == {"avoid"}, name
        page.emulate_media(media="screen")


def test_the_question_its_answer_and_the_ladder_print_on_one_sheet(page, url):
    page.goto(url)
    expect(page.locator(".js-plotly-plot .ytick")).to_have_count(11)
    settled(page)
    assert page.pdf(format="Letter").count(b"/Type /Page\n") == 1
