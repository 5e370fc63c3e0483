"""Take every picture of the README and the docs anew, from the running product.

Usage: make screenshots
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from data.build import build
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import open_page, served

HOME = Path(__file__).parent.parent
PICTURES = HOME / "docs" / "pictures"
READY = "[data-testid=stDataFrame], [data-testid=stTable], [data-testid=stFileUploader]"
#: Picture → (link, colour scheme, width, height).
VIEWS = {
    "market": ("/", "light", 1400, 1130),
    "market-dark": ("/?split=80%2F20", "dark", 1400, 1130),
    "market-narrow": ("/?track=Professional", "light", 700, 1000),
    "steps": ("/?table=Steps+between+levels", "light", 1400, 1900),
    "ladder": ("/ladder", "light", 1400, 1900),
    "profile": ("/profile?profile=CUSTOM1.CUSTOMERBDCB.M6", "light", 1400, 1900),
    "find": ("/find?title=Sr.+CSM", "light", 1400, 1000),
    "import": ("/import", "light", 1400, 800),
    "compare": ("/compare", "light", 1400, 1700),
    "sources": ("/sources?source=levels-fyi", "light", 1400, 1400),
}


def main() -> None:
    """Serve a store of the seeds and photograph each view."""
    chromium = find_chromium()
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "store.duckdb"
        build(store)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        with served(store) as (url, _):
            for name, (link, scheme, width, height) in VIEWS.items():
                page = open_page(
                    browser,
                    url + link,
                    READY,
                    color_scheme=scheme,
                    viewport={"width": width, "height": height},
                )
                page.wait_for_timeout(1500)
                page.screenshot(path=PICTURES / f"{name}.png")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
