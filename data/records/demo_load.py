"""Demo records in the store, for a look round: loaded and removed as a whole."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from analytics.jobs.profile_lookup import NamedJob
from data.imports.load import reapply, withdraw
from data.imports.log import WITHDRAWN
from queries import run

#: How many demo records a look round takes, and from which seed.
ROWS, SEED = 5_000, 1


def demo_name(rows: int, seed: int) -> str:
    """Under which name demo records are loaded."""
    return f"Demo records, {rows:,} rows, seed {seed}"


def load_demo(con: duckdb.DuckDBPyConnection, rows: int = ROWS, seed: int = SEED) -> str:
    """Load demo records, or restore those that were removed; returns what was done."""
    # Only here: a start of the dashboard is spared what reads and writes files.
    from data.imports.team_files.check import check_file
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.load import load_team_file
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession
    from data.records.demo import write_parquet

    if removed := _removed(con, demo_name(rows, seed)):
        return reapply(con, removed)
    with tempfile.TemporaryDirectory() as folder, ImportSession() as session:
        file = Path(folder) / "demo.parquet"
        write_parquet(file, rows, seed)
        checked = check_file(
            session, file_type("records"), file.name, file, ImportOptions(), _no_profiles
        )
        return load_team_file(con, session, checked, demo_name(rows, seed))


def remove_demo(con: duckdb.DuckDBPyConnection) -> int:
    """Withdraw every load of nothing but demo records; returns how many there were."""
    loads = demo_loads(con)
    for load in loads:
        withdraw(con, load)
    return len(loads)


def demo_loads(con: duckdb.DuckDBPyConnection) -> list[int]:
    """The numbers of the loads of nothing but demo records that stand."""
    loads = run(con, "record_loads")
    return [int(load) for load in loads.load[loads.demo]]


def _removed(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """The withdrawn load of demo records with a name; 0 where there is none."""
    loads = run(con, "loads")
    found = loads[(loads.kind == "records") & (loads.name == name) & (loads.state == WITHDRAWN)]
    return int(found.load.max()) if len(found) else 0


def _no_profiles(jobs: Sequence[object]) -> list[NamedJob]:
    """Pay records are of no profile."""
    return [NamedJob("", "proxy", "")] * len(jobs)
