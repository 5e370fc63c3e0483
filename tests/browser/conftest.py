"""A real dashboard and a real Chromium, one of each for the whole run."""

import os
import shutil
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import PATIENCE, served

#: A test waits for what it expects; how long is a matter of the machine alone.
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def url(store: Path) -> Iterator[str]:
    """Address of a running dashboard."""
    with served(store) as (address, _):
        wait_for(f"{address}/_stcore/health")
        yield address


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a dashboard whose store the test may change."""
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    with served(path) as (address, _):
        wait_for(f"{address}/_stcore/health")
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium found; 'make chromium' installs one")
        pytest.skip("no Chromium found; 'make chromium' installs one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh session; anything that the browser complains of fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 1600}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    yield opened
    # Streamlit asks for its own endpoints below a deep link first, then at the root.
    probing = "the server responded with a status of 404"
    serious = [c for c in complaints if probing not in c or not _is_deep(opened.url)]
    context.close()
    assert not serious


def _is_deep(address: str) -> bool:
    return urlsplit(address).path not in ("", "/")


def wait_for(address: str) -> None:
    """Until the server answers, at most a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer within a minute")
