"""Pay records on engines: the ranks beside the engine's own percentiles and beside all pays.

CPU seconds are those of the engine's processes and of our own, apart where they are apart.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

import pyarrow as pa

from data.records.demo import write_parquet
from data.records.engines.copied import index_base
from data.records.engines.copying import copy_records
from data.records.engines.duckdb_engine import open_parquet
from data.records.engines.handover import ordered_people
from data.records.engines.protocol import Engine
from data.records.engines.records import EngineRecords
from data.records.engines.table import RecordTable
from data.records.index import index_folder, index_identity
from data.records.index_build import ensure_index
from data.records.question import RecordQuery
from data.store.connection import open_to_read
from tests.engines.cluster import spark_cluster, spark_home

_BY = ("focus", "level")
_KEYS = ", ".join(_BY)
_ROUNDS = 3


class Weighed:
    """An engine that adds up the bytes of its answers."""

    def __init__(self, engine: Engine) -> None:
        self.name, self._engine, self.size = engine.name, engine, 0
        self.stamp, self.cancel, self.close = engine.stamp, engine.cancel, engine.close
        self.stream, self.extent = engine.stream, engine.extent

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`."""
        answer = self._engine.ask(sql, values)
        self.size += answer.nbytes if answer is not None else 0
        return answer


def measured(name: str, work: Callable[[], object], engine_cpu: Callable[[], float]) -> float:
    """Print what a piece of work takes; returns the CPU seconds of engine and client."""
    ours, theirs, begin = time.process_time(), engine_cpu(), time.perf_counter()
    found = work()
    ours, theirs = time.process_time() - ours, engine_cpu() - theirs
    said = f", {found}" if isinstance(found, str) else ""
    wall = time.perf_counter() - begin
    print(f"  {name}: {wall:.1f} s, engine {theirs:.1f} CPU s, client {ours:.1f}{said}", flush=True)
    return ours + theirs


def by_turns(works: Mapping[str, Callable[[], object]], engine_cpu: Callable[[], float]) -> None:
    """Measure pieces of work by turns, and print the median CPU seconds of each.

    The first turn has what a process that was just started does once.
    """
    taken = [
        {name: measured(name, work, engine_cpu) for name, work in works.items()}
        for _ in range(_ROUNDS)
    ]
    for name in works:
        print(f"  median of {name}: {median(turn[name] for turn in taken):.1f} CPU s", flush=True)


def compare(engine: Engine, columns: Sequence[str], engine_cpu: Callable[[], float],
            percentiles: str) -> None:  # fmt: skip
    """Bands of every focus and level in three ways, on one engine."""
    weighed = Weighed(engine)
    records = EngineRecords(weighed, RecordTable.matched("records", columns))
    _ = records.words, records.snapshots(RecordQuery("USD"))

    def ours(interval: str) -> str:
        before = weighed.size
        table = records.band_table(RecordQuery("USD", by=_BY, interval=interval))
        return f"{len(table)} cells, {(weighed.size - before) / 1e3:,.0f} kB back"

    def all_pays() -> str:
        sql = f"select {_KEYS}, base from records where currency = 'USD'"
        return f"{sum(part.nbytes for part in engine.stream(sql)) / 1e6:,.0f} MB back"

    own = f"select {_KEYS}, count(*) as n, {percentiles} as p from records group by {_KEYS}"
    by_turns(
        {
            "ranks, interval of the people": lambda: ours("people"),
            "ranks, interval of the market": lambda: ours("market"),
            "the engine's own percentiles, no interval": lambda: engine.ask(own),
            "all pays brought back": all_pays,
        },
        engine_cpu,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"  peak memory of this process so far: {peak:,.0f} MB", flush=True)


def compare_copies(lake: Path, columns: Sequence[str], folder: Path) -> None:
    """A copy beside the engine's plain ordered scan, and beside an import of the same file."""
    engine = open_parquet(str(lake))
    records = EngineRecords(engine, RecordTable.matched("records", columns))
    statement = ordered_people(records.table)

    def scan() -> str:
        parts = engine.stream(statement.sql, statement.values)
        return f"{sum(part.num_rows for part in parts):,} rows"

    alone = measured("plain ordered scan", scan, lambda: 0.0)
    store = folder / "copied.duckdb"
    copied = measured("copy, verified", lambda: copy_records(records, store) and "", lambda: 0.0)
    print(f"  copy over scan, CPU: {copied / alone:.2f}")
    copy = copy_records(records, store)
    made = index_folder(index_base(copy.folder), copy.facts.identity)
    size = sum(file.stat().st_size for file in made.iterdir())
    print(f"  the copy: {size / 1e6:,.0f} MB; {copy.facts.questions} questions alike")
    query = RecordQuery("USD", by=_BY)
    measured("the same bands from the copy", lambda: copy.band_table(query) is None, lambda: 0.0)
    print(f"  unlike the index of the same file loaded: {_unlike_loaded(lake, made, folder)}")


def _unlike_loaded(lake: Path, made: Path, folder: Path) -> list[str]:
    """The files of the copy's index that differ from those of the same Parquet, loaded."""
    store = folder / "loaded.duckdb"
    (file,) = lake.glob("*.parquet")
    words = [sys.executable, "-m", "cli", "load", "records", str(file)]
    subprocess.run(words, check=True, env={**os.environ, "BANDSTAND_DB": str(store)},
                   stdout=subprocess.DEVNULL)  # fmt: skip
    con = open_to_read(store)
    ensure_index(con, store)
    loaded = index_folder(store, index_identity(con))
    con.close()
    names = {file.name for folder in (made, loaded) for file in folder.iterdir()}
    arrays = sorted(name for name in names if not name.startswith("manifest"))
    return [n for n in arrays if (made / n).read_bytes() != (loaded / n).read_bytes()]


def main(sizes: Sequence[int]) -> None:
    """Print every comparison for each number of rows, and the machine's load."""
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="bandstand-bench-") as name:
            folder, lake = Path(name), Path(name) / "lake"
            lake.mkdir()
            write_parquet(lake / "records.parquet", rows, 7)
            columns = pa.parquet.read_schema(lake / "records.parquet").names
            load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
            print(json.dumps({"rows": rows, "cores": os.cpu_count(), "load": load}), flush=True)
            print("DuckDB over Parquet (engine and client are one process)")
            own = "quantile_cont(base, [.1, .25, .5, .75, .9])"
            compare(open_parquet(str(lake)), columns, lambda: 0.0, own)
            compare_copies(lake, columns, folder)
            if spark_home():
                _on_spark(folder, lake, columns)


def _on_spark(folder: Path, lake: Path, columns: Sequence[str]) -> None:
    from data.records.engines.spark import SparkEngine

    with spark_cluster(folder) as cluster:
        engine = SparkEngine(cluster.url)
        engine.ask(view_of(lake))
        print("Spark 4 cluster: a master, two workers of a core, a Connect server")
        engine.ask("select sum(base) from records")  # starts the executors
        compare(engine, columns, cluster.cpu_seconds, "percentile(base, array(.1,.25,.5,.75,.9))")
        engine.close()


def view_of(path: Path, name: str = "records") -> str:
    """The statement that makes Parquet at a path a table of a Spark session."""
    return f"create or replace temporary view {name} using parquet options (path '{path}')"


if __name__ == "__main__":
    import pyarrow.parquet

    main([int(word) for word in sys.argv[1:]] or [1_000_000, 10_000_000])
