"""What holds for every page that the sidebar leads to."""

from collections.abc import Iterable, Iterator, Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.serving import VIEWPORT, settled

LINKS = "[data-testid=stSidebarNavLink]"
#: Streamlit wraps each section of its navigation, a list, in a div; no theme or style reaches it.
NAVIGATION = "[data-testid=stSidebarNavItems]"
#: Colors pass into each other, and axe would judge what is halfway.
COLORS_STAND = """() => !document.getAnimations().some(
    each => each.transitionProperty?.endsWith("color") && each.playState === "running")"""
CONTRAST = ["color-contrast"]
WHOLE = {"include": [["html"]]}
MAIN = {**WHOLE, "exclude": [["[data-testid=stSidebar]"]]}
#: What is judged of a scheme besides everything: in the dark, colors alone differ.
ONLY = {"dark": {"runOnly": CONTRAST}}
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
    page.wait_for_function(COLORS_STAND)


def serious_issues(
    page: Page, judged: Mapping[str, object] = WHOLE, **options: object
) -> list[str]:
    """What axe finds serious or critical: the rule, the element and what to mend."""
    if not page.evaluate("'axe' in window"):  # a link of the sidebar leaves scripts where they are
        page.evaluate(Axe().axe_script)
    found = page.evaluate(
        "([judged, options]) => axe.run(judged, options)",
        [judged, {"resultTypes": ["violations"], **options}],
    )
    return [
        f"{issue['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for issue in found["violations"]
        if issue["impact"] in ("serious", "critical")
        for node in issue["nodes"]
        if not is_streamlits(page, issue["id"], node["target"][-1])
    ]


def is_streamlits(page: Page, rule: str, target: str) -> bool:
    return any(
        rule == name and page.locator(target).first.evaluate("(e, s) => e.matches(s)", selector)
        for name, selector in NOT_OURS
    )


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


def faults_on_screen(page: Page, judged: Mapping[str, object], schemes: Iterable[str]) -> list[str]:
    faults = []
    for scheme in schemes:
        paint(page, scheme)
        issues = serious_issues(page, judged, **ONLY.get(scheme, {}))
        faults += [f"{scheme}: {issue}" for issue in issues]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("wider than the window")
    return faults


def faults_on_paper(page: Page) -> list[str]:
    """What is beyond the sheet, what is only for the screen, headings cut off from their text."""
    page.emulate_media(media="print")
    faults = [f"beyond the sheet: {words}" for words in page.evaluate(BEYOND_THE_SHEET, SHEET)]
    for part in ONLY_ON_SCREEN:
        if page.locator(f"[data-testid={part}]:visible").count():
            faults.append(f"printed: {part}")
    headings = page.locator(".stElementContainer:has(:is(h1, h2, h3)):visible")
    breaks = headings.evaluate_all("all => all.map(e => getComputedStyle(e).breakAfter)")
    if set(breaks) != {"avoid"}:
        faults.append(f"breaks after headings: {breaks}")
    page.emulate_media(media="screen")
    return faults


#: Pages of long text beside a narrow column.
HALF_A_WINDOW = ("Role guide", "Decode a posting", "Gap to the next level")


def assert_it_fits_half_a_window(page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    # Charts are drawn anew some time after the window has changed.
    page.wait_for_function("innerWidth === 700 && document.documentElement.scrollWidth <= 700")
    page.set_viewport_size(VIEWPORT)


def test_every_page_has_no_fault_for_axe_light_or_dark_nor_on_paper(page, records_url):
    seen, faults = set(), []
    judged, schemes = WHOLE, ["light", "dark"]
    for name in open_every_page(page, records_url):
        seen.add(name)
        found = faults_on_screen(page, judged, schemes) + faults_on_paper(page)
        if any(title in name for title in HALF_A_WINDOW):
            assert_it_fits_half_a_window(page)
        faults += [f"{name}: {fault}" for fault in found]
        # The next page is judged first as this one is painted, and without the sidebar, which
        # all of them share.
        judged, schemes = MAIN, schemes[::-1]
    assert len(seen) >= 14
    assert all(any(title in name for name in seen) for title in HALF_A_WINDOW)
    assert not faults, "\n".join(faults)
