"""Pay records at scale, compared with DuckDB and polars on the same rows, alternating in one run.

Loading a Parquet file of demo records, checked, sorted and indexed, compared with
DuckDB's `create table … order by`; bands by level for random filters, and the bands
of all cells with their intervals, compared with DuckDB on an ordered table of enums
and with polars; and the Pay records page compared with a bare Streamlit page.

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

import duckdb
import numpy as np
from playwright.sync_api import Page, sync_playwright

from analytics.grouped_quantiles import (
    FloatArray,
    GroupBands,
    IntArray,
    contiguous_spans,
    gather,
)
from analytics.percentiles import PERCENTILES
from benchmarks.dashboard import BARE, DASHBOARD, bare_clicks, measure
from data.build.build import build
from data.records.cells import cells_from_index
from data.records.demo import write_parquet
from data.records.index import INDEX_ORDER, SortedIndex
from data.records.index_build import ensure_index
from data.records.intervals import cell_bands
from data.records.parallel_sort import sort_groups_in_parallel
from data.records.question import RecordQuery
from data.store.connection import open_to_read
from tests.browser.chromium import ARGUMENTS, find_chromium

SEED, FILTERS, ROUNDS = 20261125, 100, 3
#: Dimensions that divide the demo records into so many cells.
GROUPINGS = {720: ("focus", "level"), 36_000: ("function", "focus", "level", "place")}
Filters = dict[str, tuple[str, ...]]
#: Computes the bands of what passes the filters, by some dimensions.
Engine = Callable[[Filters, tuple[str, ...]], object]


def load_into_bandstand(file: Path, folder: Path) -> None:
    """Check, load and index a file in the team's own store."""
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


def load_into_duckdb(file: Path, folder: Path) -> None:
    """DuckDB alone: sorted, nothing checked."""
    con = duckdb.connect(str(folder / "bare.duckdb"))
    con.execute(
        f"create table pay as select * from '{file}' order by function, focus, level, place"
    )
    con.close()


LOADERS = {"ours": load_into_bandstand, "create_table": load_into_duckdb}


def measure_load(loader: str, file: Path, folder: Path) -> None:
    """Print seconds and peak memory of one load; runs in a process of its own."""
    import resource

    for module in (
        "data.imports.load",
        "data.imports.team_files.check",
        "data.records.index_build",
    ):
        importlib.import_module(module)
    start = time.perf_counter()
    LOADERS[loader](file, folder)
    seconds = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps([seconds, peak_mb]))


def compare_loads(file: Path, folder: Path, empty_store: Path, rounds: int) -> None:
    """Alternate both loaders; leaves our store and the bare table in ``folder``."""
    seconds: dict[str, list[float]] = {name: [] for name in LOADERS}
    peaks = dict.fromkeys(LOADERS, 0.0)
    for _ in range(rounds):
        for name in LOADERS:
            for old in folder.glob("bare*" if name == "create_table" else "store*"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            if name == "ours":
                shutil.copy(empty_store, folder / "store.duckdb")
            command = [sys.executable, "-m", "benchmarks.records", name, str(file), str(folder)]
            output = subprocess.run(command, capture_output=True, check=True).stdout
            took, peak = json.loads(output)
            seconds[name].append(took)
            peaks[name] = max(peaks[name], peak)
    ratios = [a / b for a, b in zip(seconds["ours"], seconds["create_table"], strict=True)]
    ours, theirs = (statistics.median(seconds[name]) for name in ("ours", "create_table"))
    print(
        f"load: {ours:.1f} s, peak {peaks['ours']:,.0f} MB; create table order by {theirs:.1f} s, "
        f"{peaks['create_table']:,.0f} MB; ratio {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f}–{max(ratios):.2f})",
        flush=True,
    )


def random_filters(index: SortedIndex) -> list[Filters]:
    """One to five focuses; every second time one to ten places; sometimes one to three levels."""
    draw = np.random.default_rng(SEED)

    def choose(name: str, most: int) -> tuple[str, ...]:
        return tuple(draw.choice(index.names[name], draw.integers(1, most + 1), replace=False))

    return [
        {
            "focus": choose("focus", 5),
            **({"place": choose("place", 10)} if draw.random() < 0.5 else {}),
            **({"level": choose("level", 3)} if draw.random() < 0.3 else {}),
        }
        for _ in range(FILTERS)
    ]


def duckdb_engine(folder: Path, file: Path) -> Engine:
    """DuckDB on an ordered table of enums."""
    con = duckdb.connect(str(folder / "enums.duckdb"))
    names = ("function", "focus", "level", "place")
    for name in names:
        con.execute(
            f"create type t_{name} as enum (select distinct {name} from '{file}' order by 1)"
        )
    columns = ", ".join(f"{name}::t_{name} as {name}" for name in names)
    con.execute(
        f"create table pay as select {columns}, base::bigint as base from '{file}' "
        "order by function, focus, level, place"
    )

    def bands(filters: Filters, by: tuple[str, ...]) -> object:
        conditions = [
            f"{name} in ({', '.join(map(quoted, values))})" for name, values in filters.items()
        ]
        return con.execute(
            f"select {', '.join(by)}, count(*), quantile_cont(base, {list(PERCENTILES)}) from pay "
            f"where {' and '.join(conditions) or 'true'} group by all"
        ).fetchall()

    return bands


def polars_engine(file: Path) -> Engine:
    """polars on a sorted frame of categories."""
    import polars as pl

    names = ("function", "focus", "level", "place")
    categories = (pl.col(name).cast(pl.String).cast(pl.Categorical) for name in names)
    frame = pl.read_parquet(file, columns=[*names, "base"]).with_columns(categories).sort(names)

    def bands(filters: Filters, by: tuple[str, ...]) -> object:
        conditions = [pl.col(name).is_in(list(values)) for name, values in filters.items()]
        percentiles = [pl.col("base").quantile(p, "linear").alias(f"p{p}") for p in PERCENTILES]
        rows = frame.lazy().filter(*conditions) if conditions else frame.lazy()
        return rows.group_by(by).agg(pl.len(), *percentiles).collect()

    return bands


def other_engines(folder: Path, file: Path) -> dict[str, Engine]:
    """DuckDB, and polars where it is installed."""
    engines = {"DuckDB": duckdb_engine(folder, file)}
    if importlib.util.find_spec("polars"):
        engines["polars"] = polars_engine(file)
    return engines


def quoted(text: str) -> str:
    """The text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def milliseconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - start)


def our_bands(index: SortedIndex, filters: Filters, by: tuple[str, ...]) -> GroupBands:
    """Our bands with intervals of the market; n and organizations are computed as well."""
    query = RecordQuery("USD", by=by, where=tuple(filters.items()))
    return cell_bands(cells_from_index(index, query), query)[0]


def percentiles_alone(
    index: SortedIndex, filters: Filters, by: tuple[str, ...]
) -> tuple[IntArray, FloatArray]:
    """Our n and percentiles, as the other engines give them: no intervals, no organizations."""
    runs = index.runs(filters)
    codes = index.codes[runs][:, [INDEX_ORDER.index(name) for name in by]]
    keys = np.ravel_multi_index(tuple(codes.T), tuple(len(index.names[name]) for name in by))
    order = np.argsort(keys, kind="stable")
    runs, keys = runs[order], keys[order]
    arrays = index.arrays("base")
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    n = np.add.reduceat(arrays.starts[runs + 1] - arrays.starts[runs], first)
    starts = np.concatenate(([0], np.cumsum(n)))
    pay = np.array(gather(arrays.pay, arrays.starts, contiguous_spans(runs)))
    if len(first) < len(runs):
        sort_groups_in_parallel(pay, starts)
    positions = (n - 1)[:, None] * np.array(PERCENTILES)
    whole = positions.astype(np.int64)
    below = pay[starts[:-1, None] + whole].astype(float)
    above = pay[starts[:-1, None] + np.minimum(whole + 1, (n - 1)[:, None])]
    return n, below + (above - below) * (positions - whole)


def compare_queries(index: SortedIndex, others: dict[str, Engine]) -> None:
    """Alternate all engines over random filters, and over all cells."""
    engines: dict[str, Engine] = {
        "ours": partial(our_bands, index),
        "percentiles alone": partial(percentiles_alone, index),
        **others,
    }
    all_filters = random_filters(index)
    for filters in all_filters[:20]:
        n, values = percentiles_alone(index, filters, ("level",))
        bands = our_bands(index, filters, ("level",))
        assert (n == bands.n).all()
        assert np.allclose(values, bands.values, rtol=1e-12)
    times: dict[str, list[float]] = {name: [] for name in engines}
    for filters in all_filters:
        for name, engine in engines.items():
            time.sleep(0.02)  # until the threads of the previous engine are idle
            times[name].append(milliseconds(partial(engine, filters, ("level",))))
    for name, ms in times.items():
        p50, p95 = np.percentile(ms, [50, 95])
        ratio = p50 / np.median(times["ours"])
        print(f"random filter, {name}: p50 {p50:.1f}, p95 {p95:.1f} ms; {ratio:.1f} × ours")
    for cells, by in GROUPINGS.items():
        medians = {
            name: statistics.median(milliseconds(partial(engine, {}, by)) for _ in range(ROUNDS))
            for name, engine in engines.items()
        }
        compared = ", ".join(
            f"{name} {ms:.0f} ms (ours {medians['ours'] / ms:.2f})" for name, ms in medians.items()
        )
        print(f"all {cells:,} cells: {compared}")


def level_clicks(page: Page, k: int) -> Callable[[], None]:
    """A filter click on the Pay records page."""
    level = page.get_by_test_id("stSidebar").get_by_role("button", name=["P2", "M4", "P5"][k % 3])
    return level.first.click


def compare_pages(store: Path, clicks: int, rounds: int = 3) -> None:
    """Click to redrawn chart, and memory with twenty sessions, compared with the bare page."""
    bare, ours = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for _ in range(rounds):
            bare.append(measure(browser, BARE, store, bare_clicks, clicks))
            ours.append(measure(browser, DASHBOARD, store, level_clicks, clicks, "/records"))
        browser.close()
    for figure in bare[0]:
        ratios = [a[figure] / b[figure] for a, b in zip(ours, bare, strict=True)]
        bare_median, our_median = (
            statistics.median(measured[figure] for measured in page) for page in (bare, ours)
        )
        print(
            f"{figure}: bare {bare_median:.0f}, Pay records {our_median:.0f}, "
            f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        )


def build_in_little_memory(store: Path) -> None:
    """Rebuild the sorted index under a limit of 1 GB."""
    shutil.rmtree(store.with_name(store.name + ".sorted"))
    con = open_to_read(store, memory_mb=1_000)
    seconds = milliseconds(lambda: ensure_index(con, store)) / 1e3
    con.close()
    print(f"sorted index alone, memory_limit 1 GB: {seconds:.1f} s")


def main(sizes: list[int]) -> None:
    """Print every comparison that the module's docstring names, for each number of rows."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            file, empty, store = folder / "demo.parquet", folder / "empty", folder / "store.duckdb"
            build(empty)
            write_parquet(file, rows, SEED)
            print(f"{rows:,} rows, Parquet of {file.stat().st_size / 1e6:,.0f} MB", flush=True)
            compare_loads(file, folder, empty, ROUNDS if rows <= 1_000_000 else 1)
            build_in_little_memory(store)
            con = open_to_read(store)
            compare_queries(ensure_index(con, store), other_engines(folder, file))
            con.close()
            if rows == 10_000_000:
                compare_pages(store, 15)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in LOADERS:
        measure_load(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(n) for n in sys.argv[1:]] or [1_000_000, 10_000_000])
