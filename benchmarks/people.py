"""The People page at 200,000 people, the cheapest raises at 20,000, and 500 ranges.

Filter to redrawn charts beside the Market page's, in one Chromium and one run, by turns.
Usage: python -m benchmarks.people [people] [clicks]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from analytics.people.merit import MeritCycle, merit_to_budget
from analytics.people.merit_matrix import example_matrix
from analytics.people.raises import RaiseGoals, cheapest_raises
from analytics.ranges.build import Structure, build_ranges
from analytics.ranges.range_warnings import range_warnings
from analytics.ranges.rows import MarketLevel
from analytics.ranges.tables import structure_table
from benchmarks.dashboard import CHART, VIEWPORT, market_clicks, timed_clicks
from data.build.build import build
from data.people.demo_load import load_company
from data.people.positions import read_positions
from data.store.connection import open_to_read, open_to_write
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import open_page, served, settled

PEOPLE, SOLVED, RANGES = 200_000, 20_000, 500
MOST_RATIO, MOST_SOLVER, MOST_RANGES = 1.5, 10.0, 1.0


def main() -> None:
    """Print each figure beside its limit."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    clicks = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    took = seconds_of_ranges()
    print(f"{RANGES} ranges built, warned of and tabled: {took:.2f} s, limit {MOST_RANGES:g} s")
    with tempfile.TemporaryDirectory() as folder:
        path = company(Path(folder) / "solved.duckdb", min(SOLVED, people))
        for what, seconds in seconds_of_solver(path).items():
            print(f"{what}: {seconds:.2f} s, limit {MOST_SOLVER:g} s")
        large = company(Path(folder) / "people.duckdb", people)
        own, market = clicks_on_both(large, clicks)
        print(
            f"People at {people:,}: filter to redrawn charts {own:.0f} ms, Market {market:.0f} ms, "
            f"ratio {own / market:.2f}, limit {MOST_RATIO:g}"
        )


def company(path: Path, people: int) -> Path:
    """A store with the demo company of so many people."""
    build(path)
    con = open_to_write(path)
    load_company(con, people)
    con.close()
    return path


def seconds_of_ranges() -> float:
    """Seconds that 500 ranges on a market line take, with their warnings and table."""
    markets = tuple(
        MarketLevel(f"Function {i // 10}", f"P{grade}", "professional", grade, 5e4 * 1.2**grade)
        for i in range(RANGES)
        for grade in [i % 10]
    )
    structure = Structure("base", "USD", "2027-01", markets)
    start = time.perf_counter()
    built = build_ranges(structure)
    range_warnings(built.ranges, structure.settings, "USD")
    assert len(structure_table(structure, built.ranges)) == RANGES
    return time.perf_counter() - start


def seconds_of_solver(path: Path) -> dict[str, float]:
    """Seconds that the cheapest raises for all goals take, and merit within a budget."""
    con = open_to_read(path)
    people = read_positions(con, lambda _: None).people
    con.close()
    goals = RaiseGoals(True, {"5": 1.0, "4": 0.9}, "Performance", 0.0)
    start = time.perf_counter()
    plan = cheapest_raises(people, goals)
    solved = time.perf_counter() - start
    matrix = example_matrix(list("54321"))
    assert matrix is not None
    start = time.perf_counter()
    merit_to_budget(people, MeritCycle(matrix, "Performance"), plan.cost)
    scaled = time.perf_counter() - start
    return {
        f"cheapest raises of {len(people):,} people for four goals": solved,
        f"merit of {len(people):,} people to a budget": scaled,
    }


def clicks_on_both(path: Path, clicks: int) -> tuple[float, float]:
    """Median milliseconds from a filter's click to redrawn charts: People's, Market's."""
    with served(path) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        own = open_page(browser, f"{address}/people", CHART, viewport=VIEWPORT)
        market = open_page(browser, f"{address}/market", CHART, viewport=VIEWPORT)
        for page in (own, market):
            settled(page)
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(2):  # by turns, so that what else the machine does meets both
            took[0].extend(timed_clicks(own, market_clicks, clicks // 2))
            took[1].extend(timed_clicks(market, market_clicks, clicks // 2))
        browser.close()
    return statistics.median(took[0]), statistics.median(took[1])


if __name__ == "__main__":
    main()
