"""Build the store if it was not built from the present seeds."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import duckdb

from data.build.fingerprint import fingerprint
from data.store.connection import open_to_read

Opener = Callable[[Path], duckdb.DuckDBPyConnection]


def ensure_built(path: Path) -> bool:
    """Build the store if it is missing or was built from other seeds; returns whether it did."""
    if con := _opened_if_current(path, open_to_read):
        con.close()
        return False
    # A start that needs no build is spared its imports.
    from data.build.build import build

    build(path)
    return True


def open_built(path: Path, opened: Opener = open_to_read) -> duckdb.DuckDBPyConnection:
    """The store, ``opened`` to read or to write; it is built first where `ensure_built` says so."""
    if con := _opened_if_current(path, opened):
        return con
    ensure_built(path)
    return opened(path)


def _opened_if_current(path: Path, opened: Opener) -> duckdb.DuckDBPyConnection | None:
    if not path.exists():
        return None
    con = opened(path)
    with ExitStack() as unless_current:
        unless_current.callback(con.close)
        if _is_current(con):
            unless_current.pop_all()
            return con
    return None


def _is_current(con: duckdb.DuckDBPyConnection) -> bool:
    try:
        row = con.execute("select value from store_meta where key = 'fingerprint'").fetchone()
    except duckdb.CatalogException:
        return False
    return row is not None and bool(row[0] == fingerprint())
