"""Role guide, posting decoder and gap page: both themes, wide and narrow, and on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.serving import settled

PAGES = {
    "guide": "Role guide",
    "decode": "Decode a posting",
    "gap": "Gap to the next level",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_each_theme_and_width_and_prints_alone(page, url, path):
    page.goto(f"{url}/{path}")
    heading = page.get_by_role("heading", name=PAGES[path], exact=True)
    for scheme, width in (("light", 1400), ("dark", 700)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 1000})
        expect(heading).to_be_visible()
        settled(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.emulate_media(media="print")
    expect(heading).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
