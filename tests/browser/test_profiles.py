"""Profiles, ladders and comparing in a real browser."""

from playwright.sync_api import Page, expect

M6 = "CUSTOM1.CUSTOMERBDCB.M6"


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_an_unknown_profile_offers_the_nearest(page, url):
    page.goto(f"{url}/profile?profile=CUSTOM1.CUSTOMERBDCB.P6")
    expect(page.get_by_text(f"did you mean {M6}")).to_be_visible()


def test_a_profile_has_a_link_prints_and_leads_to_the_next_and_to_comparing(page, url):
    page.goto(f"{url}/profile?profile={M6}")
    heading(page, "Customer Success, Vice President (M6)")
    expect(page.get_by_text("Passed: the lowest of 5 scores is 4")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    heading(page, "Skills")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="M5", exact=True).click()
    heading(page, "Customer Success, Senior Director (M5)")
    page.get_by_role("link", name="Compare with Customer Success, Vice President (M6)").click()
    heading(page, "Compare profiles")
    expect(page.get_by_text("M5 to M6, median, modelled")).to_be_visible()


def test_the_ladder_shows_what_the_next_level_adds(page, url):
    page.goto(f"{url}/ladder?ladder=career")
    heading(page, "Career ladder page")
    page.get_by_role("radio", name="IC3", exact=True).or_(
        page.get_by_role("button", name="IC3", exact=True)
    ).first.click()
    heading(page, "IC3 Senior CSM → IC4 Strategic or Enterprise CSM")
    expect(page.get_by_text("Has the hardest accounts").first).to_be_visible()
