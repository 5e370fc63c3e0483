"""The Market page beside a bare Streamlit page, in one Chromium, in one run.

Prints filter click to redrawn chart, process start to first chart, server CPU
a rerun, and server memory after twenty sessions, each as a ratio to the bare
page's; then the same of Home, Price a job and Places. Usage: python -m
benchmarks.dashboard [clicks] [rounds]
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from data.build.build import build
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import DASHBOARD, filters, open_page, served

#: With Streamlit's own collection of garbage after each run, which `bandstand run` spares itself.
BARE = (sys.executable, "-m", "streamlit", "run", "benchmarks/bare.py",
        "--runner.postScriptGC", "true")  # fmt: skip
VIEWPORT = {"width": 1400, "height": 1000}
SESSIONS = 20
CHART = ".js-plotly-plot .main-svg"

# From the click to the last change inside any chart, once charts are quiet for 300 ms.
WATCH = """
() => {
  window.clicked = 0; window.changed = 0;
  document.addEventListener('click', () => { window.clicked = performance.now(); }, true);
  const chart = e => e.target.closest && e.target.closest('.js-plotly-plot');
  new MutationObserver(list => {
    if (list.some(chart)) window.changed = performance.now();
  }).observe(document.body, {subtree: true, childList: true, attributes: true});
}
"""
SETTLED = "() => window.changed > window.clicked && performance.now() - window.changed > 300"


def bare_clicks(page: Page, k: int) -> Callable[[], None]:
    page.locator("[data-testid=stSelectbox] input").click()
    option = page.get_by_role("option").nth((k + 1) % 3)
    option.wait_for()
    return option.click


def market_clicks(page: Page, k: int) -> Callable[[], None]:
    panel = filters(page)
    level = panel.get_by_role("button", name=["P2", "M4", "P5"][k % 3], exact=True)
    if not level.is_visible():
        panel.get_by_text("Filters", exact=True).click()
        level.wait_for()
    return level.click


def home_clicks(page: Page, k: int) -> Callable[[], None]:
    page.get_by_role("combobox", name="Pay basis").click()
    option = page.get_by_role("option").nth(k % 3)
    option.wait_for()
    return option.click


def places_clicks(page: Page, k: int) -> Callable[[], None]:
    shown = page.get_by_test_id("stButtonGroup").filter(has_text="States").first
    return shown.get_by_role("radio").nth((k + 1) % 2).click


def price_clicks(page: Page, k: int) -> Callable[[], None]:
    return page.get_by_test_id("stNumberInputStepUp").first.click


def timed_clicks(
    page: Page, ready: Callable[[Page, int], Callable[[], None]], n: int
) -> list[float]:
    """Milliseconds from each click to the chart's last change."""
    page.evaluate(WATCH)
    took = []
    for k in range(n + 3):
        click = ready(page, k)
        time.sleep(0.4)
        page.evaluate("() => { window.clicked = 0; window.changed = 0; }")
        click()
        page.wait_for_function(SETTLED, timeout=20_000)
        took.append(page.evaluate("() => window.changed - window.clicked"))
    return took[3:]


def measure(
    browser: Browser,
    words: Sequence[str],
    store: Path,
    ready: Callable,
    n: int,
    path: str = "",
) -> dict[str, float]:
    began = time.perf_counter()
    with served(store, words) as (url, number):
        server = psutil.Process(number)
        url += path
        page = open_page(browser, url, CHART, viewport=VIEWPORT)
        start = time.perf_counter() - began
        time.sleep(1)
        timed_clicks(page, ready, 5)
        before = sum(server.cpu_times()[:2])
        took = timed_clicks(page, ready, n)
        cpu = (sum(server.cpu_times()[:2]) - before) / (n + 3)
        for _ in range(SESSIONS - 1):
            open_page(browser, url, CHART, viewport=VIEWPORT)
        time.sleep(1)
        memory = server.memory_info().rss / 2**20
        for context in browser.contexts:
            context.close()
    return {
        "filter click to redrawn chart, p50, ms": statistics.median(took),
        "filter click to redrawn chart, p95, ms": sorted(took)[int(0.95 * len(took))],
        "process start to first chart, s": start,
        "server CPU a rerun, ms": 1000 * cpu,
        f"server memory after {SESSIONS} sessions, MiB": memory,
    }


#: Page → the server's words, what is clicked, and the page's address.
PAGES: dict[str, tuple[Sequence[str], Callable, str]] = {
    "bare": (BARE, bare_clicks, ""),
    "Market": (DASHBOARD, market_clicks, "/market"),
    "Home": (DASHBOARD, home_clicks, ""),
    "Price": (DASHBOARD, price_clicks, "/price"),
    "Places": (DASHBOARD, places_clicks, "/places"),
}


def main(clicks: int = 40, rounds: int = 3) -> None:
    """Take the pages by turns and print the median of the rounds, with the ratios' spread."""
    # A start finds its modules compiled, as every start but the first does.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in PAGES}
    chromium = find_chromium()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "bench.duckdb"
        build(store)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for _ in range(rounds):
            for name, (words, ready, path) in PAGES.items():
                found[name].append(measure(browser, words, store, ready, clicks, path))
        browser.close()
    for name in list(PAGES)[1:]:
        print(
            f"| {clicks} clicks, median of {rounds} rounds | bare page | {name} | ratio (spread) |"
        )
        print("|---|---:|---:|---:|")
        for what in found["bare"][0]:
            print(compared(what, found["bare"], found[name]))
    for name in ("Price", "Places"):
        print(f"{name} beside Market:")
        print(compared("filter click to redrawn chart, p50, ms", found["Market"], found[name]))


def compared(what: str, peer: Sequence[dict[str, float]], ours: Sequence[dict[str, float]]) -> str:
    """A measurement of ours beside a peer's: medians of the rounds, and the rounds' ratios."""
    one, other = ([r[what] for r in rounds] for rounds in (peer, ours))
    ratios = sorted(b / a for a, b in zip(one, other, strict=True))
    middle = statistics.median(other) / statistics.median(one)
    return (
        f"| {what} | {statistics.median(one):.1f} | {statistics.median(other):.1f} | "
        f"{middle:.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}) |"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
