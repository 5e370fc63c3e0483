"""The search box by keyboard alone: from a slash to the page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.serving import settled

FOUND = ".st-key-found :is(a, button)"


def search(page: Page, typed: str, first: str) -> None:
    """Type into the box that the slash leads to, and open the first thing found."""
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator(FOUND).first).to_contain_text(first)
    settled(page)
    page.keyboard.press("Enter")
    expect(page.locator(FOUND).first).to_be_focused()
    page.keyboard.press("Enter")


def test_a_slash_and_a_few_letters_open_what_they_name_from_any_page(page, url):
    page.goto(f"{url}/find")
    for typed, first, heading, address in (
        ("p4", "Senior · P4", "Senior (P4)", "/profile.*P4"),
        ("Sr. CSM", "Professional · P3", "Professional (P3)", "/profile.*P3"),
        ("levels.fyi", "levels.fyi", "levels.fyi: Customer Success pay", "/sources.*levels-fyi"),
        ("43-4051", "Customer Service Representatives", "Places", r"/places\?soc=.*43-4051"),
        ("decode", "Decode a posting", "Decode a posting", "/decode$"),
    ):
        settled(page)
        search(page, typed, first)
        expect(page).to_have_url(re.compile(address))
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        expect(page.get_by_role("searchbox")).to_have_value("")
    for typed, place in (("Colarado", "Colorado"), ("utah", "Utah")):  # the second from Home itself
        settled(page)
        search(page, typed, place)
        expect(page).to_have_url(re.compile(f"in={place}"))
        expect(page.locator(".context-line")).to_contain_text(place)


def test_nothing_found_says_so_and_runs_no_markup(page, url):
    page.goto(f"{url}/ote")
    settled(page)
    page.get_by_role("searchbox").fill("![x](/x) <b>zz</b>")
    words = "Nothing is called “![x](/x) <b>zz</b>”."
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("spinbutton").first.press("/")  # a slash typed elsewhere stays there
    expect(page.get_by_role("searchbox")).not_to_be_focused()
