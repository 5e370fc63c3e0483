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
