"""A link names jobs by their codes, and the page that it opens stays so when it is loaded again."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import settled

P1, P2, P4 = (f"CUSTOM1.CUSTOMER920B.P{n}" for n in (1, 2, 4))


def shown(page: Page) -> list[str]:
    expect(page.get_by_test_id("stSelectbox").first).to_be_visible()
    settled(page)
    chosen = page.locator("[data-testid=stSelectbox] input").evaluate_all(
        "e => e.map(i => i.value)"
    )
    return [*chosen, *page.locator("[data-testid=stMultiSelect] [data-tag]").all_inner_texts()]


@pytest.mark.parametrize(
    ("link", "choices"),
    [
        (f"?for={P4}&basis=base+pay&in=California", ["Senior · P4", "base pay", "California"]),
        (f"price?job={P4}&pay=base+pay", ["Senior · P4", "base pay"]),
        (f"profile?profile={P4}", ["Senior · P4"]),
        ("?for=Director+of+CS&in=Denver", ["Director · M4", "Denver-Aurora-Centennial, CO"]),
        ("?in=Bay+Area", ["United States"]),
    ],
)
def test_a_link_by_code_chooses_and_stays(page, url, link, choices):
    for load in (partial(page.goto, f"{url}/{link}"), page.reload):
        load()
        chosen = shown(page)
        assert all(any(words in text for text in chosen) for words in choices), chosen


def test_a_comparison_by_codes_compares_these_and_stays(page, url):
    for load in (partial(page.goto, f"{url}/compare?profiles={P1}&profiles={P2}"), page.reload):
        load()
        expect(page.get_by_text("P1 to P2, median, modelled")).to_be_visible()
        settled(page)


def test_homes_links_carry_the_question_to_pricing(page, url):
    page.goto(f"{url}/?for={P4}&basis=base+pay&month=2027-03")
    settled(page)
    page.get_by_role("link", name="Change sources").click()
    expect(page.get_by_role("heading", name="Price a job")).to_be_visible()
    assert any("Senior · P4" in text for text in shown(page))
    assert "base pay" in shown(page)
    expect(page.get_by_label("Month", exact=True)).to_have_value("2027-03")
