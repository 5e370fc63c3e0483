"""Check that the store still has everything the team loaded."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb

from analytics.load_source import load_source
from data.imports.log import ACTIVE
from data.imports.taxonomy.files import files_digest
from data.imports.team_files.file_types import NAMES, file_type
from data.store.connection import set_aside_logs
from data.store.load_ledger import (
    LedgerEntry,
    LoadState,
    present_loads,
    read_ledger,
    store_of,
)
from queries import run

Check = Callable[[duckdb.DuckDBPyConnection, Any], str]


def damaged_loads(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence for each load that is not as it was acknowledged; empty if all are.

    Its rows or files differ from its log, or the ledger beside the store knows it otherwise.
    """
    messages = [*_lost_loads(con), *_damaged_logs(con)]
    for row in run(con, "loads").itertuples():
        check = _CHECKS.get(row.kind)
        reason = check(con, row) if check else f"no version knows loads of the kind {row.kind!r}"
        if reason:
            messages.append(f"load {row.load} ({row.name}, {row.state}): {reason}")
    return messages


def _lost_loads(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence for each load that the store has no longer as the ledger has it."""
    path = store_of(con)
    if path is None:
        return []
    present = present_loads(con)
    files = {(p.kind, p.sha256) for p in present.values()}
    return [
        f"load {load} ({entry.known.name}, {entry.known.state}): {_lost(entry, present.get(load))}"
        for load, entry in read_ledger(path).items()
        if not entry.allows(present.get(load))
        and (load in present or (entry.known.kind, entry.known.sha256) not in files)
    ]


def _lost(entry: LedgerEntry, present: LoadState | None) -> str:
    known = entry.known
    if present is None:
        return (
            f"its {known.rows:,} rows were acknowledged on {entry.when[:10]} and are no longer in "
            f"the store; load the file again or restore a backup, or 'bandstand withdraw "
            f"{known.load}' ends this message (SHA-256 {known.sha256})"
        )
    if replace(present, state=known.state) == known:
        way = "reapply" if known.state == ACTIVE else "withdraw"
        return (
            f"was {known.state} on {entry.when[:10]}, and the store has it as {present.state}; "
            f"'bandstand {way} {known.load}' makes it so again"
        )
    return f"the store has another load of this number, {present.name}; restore a backup"


def _damaged_logs(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence for each write-ahead log that was set aside because it did not open."""
    path = store_of(con)
    return [
        f"{log}: the store's log was damaged and is set aside; what was saved last, corrections "
        "and saved work too, may be missing; remove that file once you have looked"
        for log in (set_aside_logs(path) if path else [])
    ]


def _taxonomy(con: duckdb.DuckDBPyConnection, row: Any) -> str:
    load, sha256 = row.load, row.sha256
    files = dict(
        con.execute("select name, content from taxonomy_file where load = ?", [load]).fetchall()
    )
    if files_digest(files) != sha256:
        return "its files are not those that were loaded"
    profiles = _count(con, "job_profile where source = ?", load_source(load))
    lines = files.get("profiles.csv", b"").splitlines()
    active = row.state == ACTIVE
    if active and len(lines) > 1 and not profiles:
        return "none of its profiles is in the store"
    return ""


def _rows(table: str) -> Check:
    """A check that a table has as many rows as were loaded; a survey's job may have several."""
    counted = "distinct row" if table == "imported_survey" else "*"

    def check(con: duckdb.DuckDBPyConnection, row: Any) -> str:
        ((rows,),) = con.execute(
            f"select count({counted}) from {table} where load = ?", [row.load]
        ).fetchall()
        return "" if rows == row.rows_loaded else _fewer(rows, row.rows_loaded)

    return check


def _oews(con: duckdb.DuckDBPyConnection, row: Any) -> str:
    load = row.load
    rows = _count(con, "imported_occupation where load = ?", load)
    # Rows that equal those of the seeds were not stored twice, so there may be fewer.
    if not 0 < rows <= row.rows_loaded:
        return _fewer(rows, row.rows_loaded)
    lost = _count(
        con,
        "imported_wage w anti join imported_occupation o "
        "using (load, year, soc, o_group, area, industry) where w.load = ?",
        load,
    )
    return f"{lost:,} wages without their occupation" if lost else ""


def _fewer(rows: int, loaded: int) -> str:
    return f"{rows:,} rows where {loaded:,} were loaded"


def _count(con: duckdb.DuckDBPyConnection, where: str, value: object) -> int:
    ((n,),) = con.execute(f"select count(*) from {where}", [value]).fetchall()
    return int(n)


_CHECKS: dict[str, Check] = {
    "taxonomy": _taxonomy,
    "oews": _oews,
    **{name: _rows(file_type(name).table) for name in NAMES},
}
