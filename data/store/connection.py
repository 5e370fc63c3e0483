"""Open the store: locked down, one cursor per call."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics.errors import StoreError
from data.store.settings import limit

# Passed when opening, not set afterwards: connections of one process share them, and
# the locked configuration would refuse the second.
_CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    # Most tables hold little: with DuckDB's usual 256 KB the store is thirteen times as large.
    "default_block_size": "16384",
    "max_temp_directory_size": "32GB",
}
_UNREADABLE = (
    "{path}: can't be opened as a Bandstand store; move it away and run 'bandstand build', or "
    "name another file in BANDSTAND_DB. DuckDB reports: {error}"
)
_LOCKED_DOWN = {"enable_external_access": "false", "lock_configuration": "true"}


def open_to_read(path: Path, memory_mb: int | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach no other file, network or setting.

    Share it, and take ``.cursor()`` for each call: threads that share one bare
    connection get each other's rows. Work that needs more than ``memory_mb``, by
    default the configured limit, goes to disk. Raises `StoreError`.
    """
    return _open(path, read_only=True, memory_mb=memory_mb)


def open_to_write(path: Path) -> duckdb.DuckDBPyConnection:
    """The one writing connection; creates file and folder, readable by this user alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: can't create this folder for the store: {error.strerror}; name "
            "another file in BANDSTAND_DB"
        ) from error
    previous = os.umask(0o077)
    try:
        return _open(path, read_only=False)
    finally:
        os.umask(previous)


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit everything that is done within, or nothing if an exception is raised."""
    con.execute("begin")
    try:
        yield
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise


def _open(
    path: Path, *, read_only: bool, memory_mb: int | None = None
) -> duckdb.DuckDBPyConnection:
    try:
        config = _CONFIG | _LOCKED_DOWN if read_only else _CONFIG
        config = config | {"memory_limit": f"{memory_mb or limit('STORE_MEMORY_MB')}MB"}
        return duckdb.connect(str(path), read_only=read_only, config=dict(config))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path}: {_holder(str(error))} has the store open; close the dashboard or the "
                "other command first"
            ) from error
        raise StoreError(_UNREADABLE.format(path=path, error=error)) from error
    except duckdb.Error as error:
        raise StoreError(_UNREADABLE.format(path=path, error=error)) from error


def _holder(error: str) -> str:
    """The program that has the store open, as far as DuckDB's error names it."""
    match = re.search(r"held in (\S+) \(PID (\d+)\)", error)
    return f"process {match[2]} ({match[1]})" if match else "another program"
