"""A dashboard server of one's own, for tests, pictures and measurements."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.forks import fork

HOME = Path(__file__).parent.parent.parent
VIEWPORT: ViewportSize = {"width": 1400, "height": 1600}
#: The dashboard as `bandstand run` opens it.
DASHBOARD = (sys.executable, "-m", "cli", "run")
#: Milliseconds after which a page that shows nothing new is taken for broken.
PATIENCE = 180_000
#: Milliseconds after a keystroke or click in which the page may yet ask for a run: a grid waits
#: for 150 with its own. By the page's clock, so that a busy machine moves both.
_LATEST_WISH = 300
#: Milliseconds after a fragment's wish in which its run begins; it may have gone, and none does.
_HEARD = 1_000
#: Milliseconds after a run in which the page takes it in.
_TAKEN_IN = 50
_RUNS = Path(__file__).with_name("runs.js")
_IS_SETTLED = """([wish, heard, taken]) => {
    const {due, running, changed, touched, wished} = window.scriptRuns ?? {due: true};
    const now = performance.now();
    const state = document.querySelector(".stApp")?.dataset.testScriptState;
    const unfolding = document.getAnimations()
        .some(({effect}) => effect?.target?.matches("details"));
    return !due && !running && !unfolding && state === "notRunning"
        && now - changed >= taken && now - touched >= wish && now - wished >= heard;
}"""


@contextmanager
def served(
    store: Path, words: Sequence[str | Path] = DASHBOARD, folder: Path = HOME
) -> Iterator[tuple[str, int]]:
    """Address and process number of a server that the command ``words`` starts in ``folder``."""
    port = free_port()
    environment = {**os.environ, **_settings(store, port)}
    server = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(PATIENCE / 1_000)


@contextmanager
def forked(
    store: Path, port: int, prepare: Callable[[], None] | None = None, **settings: str
) -> Iterator[str]:
    """Address of a ready server that is up at once; ``prepare`` is called in its process first.

    It is ready when it answers, be it that it refuses to.
    """
    server = fork(_run, _settings(store, port) | settings, prepare)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.join(PATIENCE / 1_000)


def _run(environment: dict[str, str], prepare: Callable[[], None] | None) -> None:
    import cli

    os.environ.update(environment)
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 for the life of the process
    sys.argv = ["bandstand", "run"]
    if prepare is not None:
        prepare()
    cli.main()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(store: Path, port: int) -> dict[str, str]:
    return {
        "BANDSTAND_DB": str(store),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }


def wait_for(address: str) -> None:
    """Until the server answers, at most three minutes."""
    end = time.monotonic() + PATIENCE / 1_000
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer within three minutes")


def watch_runs(context: BrowserContext) -> None:
    """Let the pages of a context note when runs of the script are due, begin and end."""
    context.add_init_script(path=_RUNS)


def settled(page: Page) -> None:
    """Until every run that the page asked for has ended, and nothing done to it can ask for more.

    Nor is a panel unfolding: what a click aims at then moves away between press and release.
    A run gives downloads new addresses and drops those of the run before.
    """
    page.wait_for_function(
        _IS_SETTLED, arg=[_LATEST_WISH, _HEARD, _TAKEN_IN], polling=25, timeout=PATIENCE
    )


def filters(page: Page) -> Locator:
    """The panel of filters above a page's content, open or not."""
    return page.get_by_test_id("stExpander").filter(has_text="Filters")


def choose_filter(page: Page, name: str) -> None:
    """Click on a value of the filters, which are opened where they aren't."""
    settled(page)  # a run under way may move or close the panel beneath the click
    value = filters(page).get_by_role("button", name=name, exact=True)
    if not value.is_visible():
        page.get_by_text("Filters", exact=True).click()
        settled(page)
    value.click()
    settled(page)


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


def answer(page: Page, role: str, name: str, text: str) -> None:
    """Type into an input and confirm: one interaction."""
    field = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    field.focus()  # a list closes when the page scrolls to its field
    field.fill(text)
    if role == "combobox":
        page.get_by_role("option").first.wait_for()  # else Enter confirms nothing
    page.keyboard.press("Enter")
    settled(page)


def edit_cell(page: Page, grid: Locator, x: float, row: int, text: str) -> Locator:
    """Type into the cell of a grid at ``x`` from its left, negative from its right; the editor.

    A grid is drawn on a canvas and does not say when it is ready, so it is asked again.
    """
    editor = page.locator("#portal")
    field = editor.locator("input, textarea").first
    for _ in range(PATIENCE // 2_000):
        grid.scroll_into_view_if_needed()
        box = grid.bounding_box()
        assert box
        left = box["x"] + x + (box["width"] if x < 0 else 0)
        page.mouse.dblclick(left, box["y"] + 35 * (row + 0.5))
        try:
            field.fill(text, timeout=2_000)
            return editor
        except PlaywrightTimeout:
            continue
    raise AssertionError("no cell opened")


def open_page(browser: Browser, url: str, ready: str, **context: object) -> Page:
    """A page in a session of its own, once ``ready`` stands in it; waits for the server."""
    opened = browser.new_context(**context)  # type: ignore[arg-type]
    watch_runs(opened)
    page = opened.new_page()
    for _ in range(3_000):
        try:
            page.goto(url, wait_until="commit")
            break
        except PlaywrightError:
            page.wait_for_timeout(20)
    page.wait_for_selector(ready, timeout=PATIENCE)
    return page
