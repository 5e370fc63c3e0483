"""Pay records at scale, beside DuckDB and polars on the same rows, in one run by turns.

Loading a Parquet file of demo records, checked, ordered and indexed, beside
DuckDB's `create table … order by`; bands by level for random filters, and the
bands of all cells with their intervals, beside DuckDB on an ordered table of
enums and polars; and the Pay records page beside a bare Streamlit page.

Usage: python -m benchmarks.records [rows …]
"""

import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from playwright.sync_api import Page, sync_playwright

from analytics.grouped_quantiles import contiguous_spans, gather, group_bands, sort_groups
from benchmarks.dashboard import BARE, DASHBOARD, bare_clicks, measure
from data.build.build import build
from data.records.bands import cells_from_index
from data.records.demo import write_parquet
from data.records.index import INDEX_ORDER, SortedIndex
from data.records.index_build import ensure_index
from data.records.question import PERCENTILES, RecordQuery
from data.store.connection import open_to_read
from tests.browser.chromium import ARGUMENTS, find_chromium

SEED, FILTERS, ROUNDS = 20261125, 100, 3
SHARES = list(PERCENTILES)
ENUMS = ("function", "focus", "level", "place")
CELLS = {720: ("focus", "level"), 36_000: ("function", "focus", "level", "place")}
Where = dict[str, tuple[str, ...]]


def ours(file: Path, folder: Path) -> None:
    """Checked, loaded in order, and indexed, into the team's own store."""
    from data.imports.team_files.check import check_file
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.load import load_team_file
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession
    from data.store.connection import open_to_write

    with ImportSession() as session:
        kind = file_type("records")
        checked = check_file(session, kind, file.name, file, ImportOptions(), list)
        assert checked.report.left_out == 0
        con = open_to_write(folder / "store.duckdb")
        load_team_file(con, session, checked, "benchmark")
        ensure_index(con, folder / "store.duckdb")
        con.close()


def create_table(file: Path, folder: Path) -> None:
    """DuckDB alone, nothing checked, ordered."""
    con = duckdb.connect(str(folder / "bare.duckdb"))
    con.execute(
        f"create table pay as select * from '{file}' order by function, focus, level, place"
    )
    con.close()


def one(name: str, file: Path, folder: Path) -> None:
    """One load in a process of its own: seconds and peak memory."""
    import resource

    for module in (
        "data.imports.load",
        "data.imports.team_files.check",
        "data.records.index_build",
    ):
        importlib.import_module(module)
    start = time.perf_counter()
    {"ours": ours, "create_table": create_table}[name](file, folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps([seconds, peak]))


def loads(file: Path, folder: Path, empty: Path, rounds: int) -> None:
    """Both ways to load, by turns; leaves our store and the bare table in ``folder``."""
    took: dict[str, list[float]] = {"ours": [], "create_table": []}
    peaks = dict.fromkeys(took, 0.0)
    for _ in range(rounds):
        for name in took:
            for old in folder.glob("bare*" if name == "create_table" else "store*"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            if name == "ours":
                shutil.copy(empty, folder / "store.duckdb")
            words = [sys.executable, "-m", "benchmarks.records", name, str(file), str(folder)]
            answer = subprocess.run(words, capture_output=True, check=True).stdout
            seconds, peak = json.loads(answer)
            took[name].append(seconds)
            peaks[name] = max(peaks[name], peak)
    ratios = [a / b for a, b in zip(took["ours"], took["create_table"], strict=True)]
    mine, theirs = (statistics.median(took[name]) for name in took)
    print(
        f"load: {mine:.1f} s, peak {peaks['ours']:,.0f} MB; create table order by {theirs:.1f} s, "
        f"{peaks['create_table']:,.0f} MB; ratio {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f}–{max(ratios):.2f})",
        flush=True,
    )


def filters(store: SortedIndex) -> list[Where]:
    """One to five focuses; every second time one to ten places; sometimes one to three levels."""
    draw = np.random.default_rng(SEED)

    def some(name: str, most: int) -> tuple[str, ...]:
        return tuple(draw.choice(store.names[name], draw.integers(1, most + 1), replace=False))

    return [
        {
            "focus": some("focus", 5),
            **({"place": some("place", 10)} if draw.random() < 0.5 else {}),
            **({"level": some("level", 3)} if draw.random() < 0.3 else {}),
        }
        for _ in range(FILTERS)
    ]


def peers(folder: Path, file: Path) -> dict[str, Callable[[Where, tuple[str, ...]], Any]]:
    """For each engine what gives the bands of a filter, divided by some columns."""
    con = duckdb.connect(str(folder / "enums.duckdb"))
    for name in ENUMS:
        con.execute(
            f"create type t_{name} as enum (select distinct {name} from '{file}' order by 1)"
        )
    told = ", ".join(f"{name}::t_{name} as {name}" for name in ENUMS)
    con.execute(
        f"create table pay as select {told}, base::bigint as base from '{file}' "
        "order by function, focus, level, place"
    )

    def duck(where: Where, by: tuple[str, ...]) -> Any:
        some = [f"{name} in ({', '.join(map(_quoted, values))})" for name, values in where.items()]
        return con.execute(
            f"select {', '.join(by)}, count(*), quantile_cont(base, {SHARES}) from pay "
            f"where {' and '.join(some) or 'true'} group by all"
        ).fetchall()

    found: dict[str, Callable[[Where, tuple[str, ...]], Any]] = {"DuckDB": duck}
    if importlib.util.find_spec("polars"):
        import polars as pl

        frame = pl.read_parquet(file, columns=[*ENUMS, "base"]).with_columns(
            pl.col(name).cast(pl.String).cast(pl.Categorical) for name in ENUMS
        ).sort(ENUMS)  # fmt: skip

        def polars(where: Where, by: tuple[str, ...]) -> Any:
            some = [pl.col(name).is_in(list(values)) for name, values in where.items()]
            shares = [pl.col("base").quantile(p, "linear").alias(f"p{p}") for p in SHARES]
            rows = frame.lazy().filter(*some) if some else frame.lazy()
            return rows.group_by(by).agg(pl.len(), *shares).collect()

        found["polars"] = polars
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def milliseconds(work: Callable[[], Any]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - start)


def answer(store: SortedIndex, where: Where, by: tuple[str, ...]) -> Any:
    """Our bands with intervals, n and organisations."""
    cells = cells_from_index(store, RecordQuery("USD", by=by, where=tuple(where.items())))
    return group_bands(cells.groups.pays, cells.groups.starts, PERCENTILES)


def alone(store: SortedIndex, where: Where, by: tuple[str, ...]) -> Any:
    """Our percentiles alone, as the others give them: no intervals, no organisations."""
    runs = store.runs(where)
    codes = store.codes[runs][:, [INDEX_ORDER.index(name) for name in by]]
    key = np.ravel_multi_index(tuple(codes.T), tuple(len(store.names[name]) for name in by))
    order = np.argsort(key, kind="stable")
    runs, key = runs[order], key[order]
    starts = store.array("base", "starts")
    first = np.flatnonzero(np.diff(key, prepend=-1))
    n = np.add.reduceat(starts[runs + 1] - starts[runs], first)
    ends = np.concatenate(([0], np.cumsum(n)))
    pays = np.array(gather(store.array("base", "pays"), starts, contiguous_spans(runs)))
    if len(first) < len(runs):
        sort_groups(pays, ends)
    at = (n - 1)[:, None] * np.array(SHARES)
    whole = at.astype(np.int64)
    low = pays[ends[:-1, None] + whole].astype(float)
    high = pays[ends[:-1, None] + np.minimum(whole + 1, (n - 1)[:, None])]
    return n, low + (high - low) * (at - whole)


def questions(store: SortedIndex, others: dict[str, Callable[..., Any]]) -> None:
    """Random filters and all cells, each way by turns."""
    ways = {"ours": partial(answer, store), "percentiles alone": partial(alone, store), **others}
    for where in filters(store)[:20]:
        n, values = alone(store, where, ("level",))
        both = answer(store, where, ("level",))
        assert (n == both.n).all()
        assert np.allclose(values, both.values, rtol=1e-12)
    asked = filters(store)
    took: dict[str, list[float]] = {name: [] for name in ways}
    for where in asked:
        for name, way in ways.items():
            time.sleep(0.02)  # until the threads of the one before have come to rest
            took[name].append(milliseconds(partial(way, where, ("level",))))
    for name, times in took.items():
        p50, p95 = np.percentile(times, [50, 95])
        beside = p50 / np.median(took["ours"])
        print(f"random filter, {name}: p50 {p50:.1f}, p95 {p95:.1f} ms; {beside:.1f} × ours")
    for cells, by in CELLS.items():
        times = {name: [milliseconds(partial(way, {}, by)) for _ in range(ROUNDS)]
                 for name, way in ways.items()}  # fmt: skip
        mine = statistics.median(times["ours"])
        said = ", ".join(
            f"{name} {statistics.median(ms):.0f} ms (ours {mine / statistics.median(ms):.2f})"
            for name, ms in times.items()
        )
        print(f"all {cells:,} cells: {said}")


def level_clicks(page: Page, k: int) -> Callable[[], None]:
    """A filter click on the Pay records page."""
    focus = page.get_by_test_id("stSidebar").get_by_role("button", name=["P2", "M4", "P5"][k % 3])
    return focus.first.click


def page_beside_bare(store: Path, clicks: int, rounds: int = 3) -> None:
    """Click to redrawn chart, and memory with twenty sessions, beside the bare page."""
    found: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for _ in range(rounds):
            found["bare"].append(measure(browser, BARE, store, bare_clicks, clicks))
            mine = measure(browser, DASHBOARD, store, level_clicks, clicks, "/records")
            found["ours"].append(mine)
        browser.close()
    for what in found["bare"][0]:
        theirs, mine = ([r[what] for r in found[name]] for name in ("bare", "ours"))
        ratios = [a / b for a, b in zip(mine, theirs, strict=True)]
        print(f"{what}: bare {statistics.median(theirs):.0f}, Pay records "
              f"{statistics.median(mine):.0f}, ratio {statistics.median(ratios):.2f} "
              f"({min(ratios):.2f}–{max(ratios):.2f})")  # fmt: skip


def short_of_memory(path: Path) -> None:
    """The sorted store made anew under a limit of 1 GB."""
    shutil.rmtree(path.with_name(path.name + ".sorted"))
    con = open_to_read(path, memory_mb=1_000)
    seconds = milliseconds(lambda: ensure_index(con, path)) / 1e3
    con.close()
    print(f"sorted store alone, memory_limit 1 GB: {seconds:.1f} s")


def main(sizes: list[int]) -> None:
    """Print all that the module's text names, for each number of rows."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            file, empty, path = folder / "demo.parquet", folder / "empty", folder / "store.duckdb"
            build(empty)
            write_parquet(file, rows, SEED)
            print(f"{rows:,} rows, Parquet of {file.stat().st_size / 1e6:,.0f} MB", flush=True)
            loads(file, folder, empty, ROUNDS if rows <= 1_000_000 else 1)
            short_of_memory(path)
            con = open_to_read(path)
            questions(ensure_index(con, path), peers(folder, file))
            con.close()
            if rows == 10_000_000:
                page_beside_bare(path, 15)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ("ours", "create_table"):
        one(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(n) for n in sys.argv[1:]] or [1_000_000, 10_000_000])
