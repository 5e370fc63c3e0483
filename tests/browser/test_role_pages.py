"""Role guide, posting decoder and gap page in half a window, and dark from the start.

What they share with every page, on the screen and on paper, `test_every_page.py` holds.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.serving import settled

PAGES = {
    "guide": "Role guide",
    "decode": "Decode a posting",
    "gap": "Gap to the next level",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_half_a_window(page, url, path):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 700, "height": 1000})
    page.goto(f"{url}/{path}")
    expect(page.get_by_role("heading", name=PAGES[path], exact=True)).to_be_visible()
    settled(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
