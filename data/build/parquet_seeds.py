"""Seeds too large for text: Parquet files, read and checked by DuckDB.

A seed is ``seeds/x.parquet`` with a sidecar ``seeds/x.toml`` of the same form as
a CSV seed's, with one source. Whatever is missing or wrong raises `SeedError`.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analytics.errors import SeedError
from data.build.seed_files import SEEDS, Sidecar, read_sidecar
from data.files.cell_types import UNITS


@dataclass(frozen=True)
class ParquetSeed:
    """A Parquet file with its sidecar; its rows are checked when they are staged."""

    path: Path
    sidecar: Sidecar

    @property
    def table(self) -> str:
        """The view that holds the seed's rows while the store is built."""
        return f"seed_{self.path.stem}"


def read_parquet_seeds(folder: Path = SEEDS) -> list[ParquetSeed]:
    """The Parquet seeds of a folder, by name; raises `SeedError` for a sidecar."""
    files = sorted(folder.glob("*.parquet"))
    return [ParquetSeed(file, read_sidecar(file.with_suffix(".toml"))) for file in files]


def stage_parquet(con: duckdb.DuckDBPyConnection, seed: ParquetSeed) -> None:
    """Make the seed's view, and hold its rows against the sidecar; raises `SeedError`."""
    _check_columns(con, seed)
    types = {c: UNITS[unit.rstrip("?")][1] for c, unit in seed.sidecar.columns.items()}
    columns = ", ".join(f"{name}::{kind} as {name}" for name, kind in types.items())
    (source,) = seed.sidecar.sources
    con.execute(
        f"create or replace temp view {seed.table} as "
        f"select {columns}, '{source}' as source from read_parquet('{seed.path}')"
    )
    rules = _rules(seed.sidecar)
    any_broken = " or ".join(f"({condition})" for _, condition in rules)
    if con.execute(f"select 1 from {seed.table} where {any_broken} limit 1").fetchone():
        for reason, condition in rules:
            _refuse(con, seed, reason, condition)
    key = ", ".join(seed.sidecar.key)
    _refuse(con, seed, "is there twice", f"({key}) in (select ({key}) from {seed.table} "
            f"group by {key} having count(*) > 1)")  # fmt: skip


def _check_columns(con: duckdb.DuckDBPyConnection, seed: ParquetSeed) -> None:
    names = con.execute(f"select name from parquet_schema('{seed.path}') offset 1").fetchall()
    if [name for (name,) in names] != list(seed.sidecar.columns):
        raise SeedError(
            f"{seed.path.name}: its columns are {[name for (name,) in names]}, but "
            f"{seed.sidecar.path.name} lists {list(seed.sidecar.columns)}; make the two agree"
        )


def _rules(sidecar: Sidecar) -> list[tuple[str, str]]:
    """What breaks a rule, in words and as a condition."""
    needed = [name for name, unit in sidecar.columns.items() if not unit.endswith("?")]
    empty = [(f"column {name}: is empty", f"{name} is null") for name in needed]
    falling = [
        (f"column {high}: is below {low}", f"{high} < {low}")
        for group in sidecar.rising
        for low, high in itertools.combinations(group, 2)
    ]
    return empty + falling


def _refuse(con: duckdb.DuckDBPyConnection, seed: ParquetSeed, reason: str, broken: str) -> None:
    key = ", ".join(seed.sidecar.key)
    row = con.execute(f"select {key} from {seed.table} where {broken} limit 1").fetchone()
    if row:
        raise SeedError(f"{seed.path.name}, {key} {row}: {reason}")
