"""A dashboard server of one's own, for tests, pictures and measurements."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

HOME = Path(__file__).parent.parent.parent
#: The dashboard as `bandstand run` opens it.
DASHBOARD = ("-m", "cli", "run")
#: Milliseconds after which a page that shows nothing new is taken for broken.
PATIENCE = 60_000


@contextmanager
def served(store: Path, words: Sequence[str] = DASHBOARD) -> Iterator[tuple[str, int]]:
    """Address and process number of a server that Python runs with ``words``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "BANDSTAND_DB": str(store),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
    server = subprocess.Popen(
        [sys.executable, *words], cwd=HOME, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(10)


def settled(page: Page) -> None:
    """Until the page's script has run to its end, and no other run follows on its heels.

    A run gives downloads new addresses and drops those of the run before.
    """
    for _ in range(3):
        page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(timeout=PATIENCE)
        page.wait_for_timeout(400)


def download(page: Page, button: Locator) -> Path:
    """The file that a button gives, asked for again where a run took its address away."""
    for patience in (8_000, 8_000, PATIENCE):
        settled(page)
        try:
            with page.expect_download(timeout=patience) as caught:
                button.click()
            return Path(caught.value.path())
        except PlaywrightTimeout:
            continue
    raise AssertionError("no download came")


def open_page(browser: Browser, url: str, ready: str, **context: object) -> Page:
    """A page in a session of its own, once ``ready`` stands in it; waits for the server."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    for _ in range(3_000):
        try:
            page.goto(url, wait_until="commit")
            break
        except PlaywrightError:
            page.wait_for_timeout(20)
    page.wait_for_selector(ready, timeout=PATIENCE)
    return page
