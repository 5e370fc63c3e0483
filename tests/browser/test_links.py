"""Links from page to page carry what was asked."""

from playwright.sync_api import Page, expect

from tests.browser.serving import settled

P4 = "CUSTOM1.CUSTOMER920B.P4"


def shown(page: Page) -> list[str]:
    expect(page.get_by_test_id("stSelectbox").first).to_be_visible()
    settled(page)
    chosen = page.locator("[data-testid=stSelectbox] input").evaluate_all(
        "e => e.map(i => i.value)"
    )
    return [*chosen, *page.locator("[data-testid=stMultiSelect] [data-tag]").all_inner_texts()]


def test_homes_links_carry_the_question_to_pricing(page, url):
    page.goto(f"{url}/?for={P4}&basis=base+pay&month=2027-03")
    settled(page)
    page.get_by_role("link", name="Change sources").click()
    expect(page.get_by_role("heading", name="Price a job")).to_be_visible()
    assert any("Senior · P4" in text for text in shown(page))
    assert "base pay" in shown(page)
    expect(page.get_by_label("Month", exact=True)).to_have_value("2027-03")
