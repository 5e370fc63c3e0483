"""The log of loads: each with its number, its file, and its state."""

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from analytics.errors import InputError, UnknownNameError
from data.store.acting import acting_user
from data.store.load_ledger import highest_number
from queries import run

ACTIVE, WITHDRAWN, SET_ASIDE = "active", "withdrawn", "set aside"


def log_load(
    con: duckdb.DuckDBPyConnection,
    kind: str,
    name: str,
    sha256: str,
    rows: int,
    loaded: int,
    *,
    file: str = "",
    mapping: str = "",
) -> int:
    """Log a load, in the caller's transaction; returns its number."""
    load = highest_number(con) + 1
    con.execute(
        "insert into import_log by name select $load as load, $kind as kind, $name as name, "
        "$sha256 as sha256, $rows as rows_in, $loaded as rows_loaded, $rejected as rows_rejected, "
        "$now as loaded_at, $who as loaded_by, $state as state, $file as file, $mapping as mapping",
        {
            "load": load,
            "kind": kind,
            "name": name,
            "sha256": sha256,
            "rows": rows,
            "loaded": loaded,
            "rejected": rows - loaded,
            "now": utc_now(),
            "who": acting_user(),
            "state": ACTIVE,
            "file": file or name,
            "mapping": mapping,
        },
    )
    return load


def load_type(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """The kind of a load that exists."""
    ((kind,),) = con.execute("select kind from import_log where load = ?", [load]).fetchall()
    return str(kind)


def load_name(con: duckdb.DuckDBPyConnection, load: int, states: Sequence[str] = ()) -> str:
    """The name of a load; raises `UnknownNameError`, or `InputError` if its state is another."""
    loads = run(con, "loads")
    rows = loads[loads.load == load]
    if rows.empty:
        numbers = ", ".join(map(str, loads.load)) or "none"
        raise UnknownNameError(f"no load {load}; there are: {numbers}")
    if states and rows.state.iloc[0] not in states:
        raise InputError(f"load {load} is already {rows.state.iloc[0]}")
    return str(rows.name.iloc[0])


def set_state(con: duckdb.DuckDBPyConnection, load: int, state: str) -> None:
    """Set a load's state: active, withdrawn or set aside."""
    con.execute("update import_log set state = ? where load = ?", [state, load])


def utc_now() -> datetime:
    """The current time in UTC, without a time zone."""
    return datetime.now(UTC).replace(tzinfo=None)
