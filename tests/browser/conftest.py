"""A real dashboard and a real Chromium, one of each for the whole run."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from data.store.connection import open_to_write
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import PATIENCE, VIEWPORT, forked, free_port, watch_runs
from tests.data.records.demo_store import put_demo

#: A test waits for what it expects; how long is a matter of the machine alone.
expect.set_options(timeout=PATIENCE)
HERE = "127.0.0.1"
#: A page lives for seconds here: what compilers that optimize cost is never won back.
COMPILED_ONCE = "--js-flags=--no-opt --no-maglev"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark all tests of this folder, also where only part of the suite is run."""
    item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def url(store: Path) -> Iterator[str]:
    """Address of a running dashboard, for tests that change nothing."""
    with forked(store, free_port()) as address:
        yield address


@pytest.fixture(scope="session")
def demo_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 6,000 demo records."""
    path = tmp_path_factory.mktemp("records") / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    put_demo(con, 6_000)
    con.close()
    return path


@pytest.fixture(scope="session")
def records_url(demo_store: Path) -> Iterator[str]:
    """Address of a dashboard with demo records, for tests that load nothing."""
    with forked(demo_store, free_port()) as address:
        yield address


@pytest.fixture(scope="session")
def own_port() -> int:
    """Where each test's own dashboard is: at one address, so that the browser knows its scripts."""
    return free_port()


@pytest.fixture
def serve(browser: Browser, own_port: int) -> Iterator[Callable[..., str]]:
    """Opens a dashboard as `forked` does, until the test is over; gives its address."""
    with ExitStack() as servers:
        yield lambda store, *args, **settings: servers.enter_context(
            forked(store, own_port, *args, **settings)
        )
        for context in browser.contexts:
            for page in context.pages:
                leave(page)  # else it complains that its server is gone


@pytest.fixture
def own(store: Path, tmp_path: Path, serve: Callable[..., str]) -> str:
    """Address of a dashboard whose store the test may change."""
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    return serve(path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium found; 'make chromium' installs one")
        pytest.skip("no Chromium found; 'make chromium' installs one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, COMPILED_ONCE])
        yield opened
        opened.close()


def new_page(browser: Browser) -> Page:
    """A page in a context of its own, with nothing cached."""
    # While a chart loads, a placeholder shimmers; drawing that takes most of a processor.
    context = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    watch_runs(context)
    return context.new_page()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Page:
    """The page that most tests share: one which has compiled Streamlit's scripts before."""
    return new_page(browser)


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A fresh session; anything that the browser complains of fails the test."""
    with watched(tab):
        yield tab
        leave(tab)
    tab.context.clear_cookies()
    tab.set_viewport_size(VIEWPORT)
    tab.emulate_media(media="null", color_scheme="null", reduced_motion="reduce")


@pytest.fixture
def new(browser: Browser) -> Iterator[Page]:
    """A page with nothing cached, for tests that listen to what it does."""
    page = new_page(browser)
    with watched(page):
        yield page
        leave(page)
    page.context.close()


def leave(page: Page) -> None:
    """Leave the dashboard, and nothing behind in the browser."""
    if urlsplit(page.url).scheme == "http":
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.goto("about:blank")


@contextmanager
def watched(page: Page) -> Iterator[None]:
    """Collect what the browser complains of, and what it asks of other hosts; fail if anything."""
    complaints: list[str] = []
    # Streamlit asks for its own endpoints below a deep link first, then at the root.
    probing = "the server responded with a status of 404"

    def on_error(error: PlaywrightError) -> None:
        complaints.append(str(error))

    def on_console(message: ConsoleMessage) -> None:
        is_deep = urlsplit(page.url).path not in ("", "/")
        if message.type == "error" and not (is_deep and probing in message.text):
            complaints.append(message.text)

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in (HERE, None):  # None: data of the page's own
            complaints.append(f"asked of another host: {request.url}")

    listeners = {"pageerror": on_error, "console": on_console, "request": on_request}
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert not complaints
