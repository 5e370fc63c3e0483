"""Open the store: locked down, one cursor per call."""

import glob
import itertools
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from analytics.errors import StoreError
from data.store.disk_errors import in_words
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
    "{path}: can't be opened as a Bandstand store; 'bandstand restore FILE' puts a backup in its "
    "place and keeps it, or move it away and run 'bandstand build'. DuckDB reports: {error}"
)
_LOCKED_DOWN = {"enable_external_access": "false", "lock_configuration": "true"}


class UnreadableStoreError(StoreError):
    """The file can't be opened, though no other program has it open."""


def open_to_read(path: Path, memory_mb: int | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach no other file, network or setting.

    Share it, and take ``.cursor()`` for each call: threads that share one bare
    connection get each other's rows. Work that needs more than ``memory_mb``, by
    default the configured limit, goes to disk. A log that keeps the store from opening
    is set aside first. Raises `StoreError`.
    """
    return _open_without_damaged_log(path, read_only=True, memory_mb=memory_mb)


def open_to_write(path: Path) -> duckdb.DuckDBPyConnection:
    """The one writing connection; creates file and folder, readable by this user alone.

    A log of an earlier file of this name is set aside, as one that does not open is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: can't create this folder for the store: {error.strerror}; name "
            "another file in BANDSTAND_DB"
        ) from error
    if not path.exists():
        _set_aside(path)
    previous = os.umask(0o077)
    try:
        return _open_without_damaged_log(path, read_only=False)
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
        # DuckDB rolls back by itself what it can't write, and then has nothing to roll back.
        with suppress(duckdb.Error):
            con.execute("rollback")
        raise


@contextmanager
def kept_at_once(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A transaction that is then moved from the log into the store's file.

    For what is in no ledger: a log that is cut would lose it without a word.
    """
    with transaction(con):
        yield
    empty_log(con)


def empty_log(con: duckdb.DuckDBPyConnection) -> None:
    """Move what was committed into the store's file (20 to 50 ms), if that can be done now."""
    with suppress(duckdb.Error):
        con.execute("checkpoint")


def raise_if_open(path: Path) -> None:
    """Raise `StoreError` if another program has the store open, whether it can be opened or not."""
    try:
        _open(path, read_only=False).close()
    except UnreadableStoreError:
        return


def log_path(store: Path) -> Path:
    """The write-ahead log that DuckDB keeps beside a store."""
    return store.with_name(store.name + ".wal")


def set_aside_logs(store: Path) -> list[Path]:
    """The logs of a store that did not open and were set aside, in order."""
    return sorted(store.parent.glob(glob.escape(log_path(store).name) + ".set-aside-*"))


def _open_without_damaged_log(
    path: Path, *, read_only: bool, memory_mb: int | None = None
) -> duckdb.DuckDBPyConnection:
    try:
        return _open(path, read_only=read_only, memory_mb=memory_mb)
    except UnreadableStoreError as error:
        log = _set_aside(path) if "WAL" in str(error.__cause__) else None
        if log is None:
            raise
        try:
            return _open(path, read_only=read_only, memory_mb=memory_mb)
        except UnreadableStoreError:
            os.replace(log, log_path(path))
            raise


def free_name(path: Path) -> Path:
    """The path with the first number at its end that no file has."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(1))
    return next(each for each in numbered if not each.exists())


def _set_aside(store: Path) -> Path | None:
    """Give the log another name, which is returned; None where there is none, or it can't be."""
    log = log_path(store)
    aside = free_name(log.with_name(f"{log.name}.set-aside"))
    try:
        os.replace(log, aside)
    except OSError:
        return None
    return aside


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
        raise _unopened(path, error) from error
    except duckdb.Error as error:
        raise _unopened(path, error) from error


def _unopened(path: Path, error: duckdb.Error) -> StoreError:
    if reason := in_words(error):
        return StoreError(f"{path}: can't be opened: {reason}")
    return UnreadableStoreError(_UNREADABLE.format(path=path, error=error))


def _holder(error: str) -> str:
    """The program that has the store open, as far as DuckDB's error names it."""
    match = re.search(r"held in (\S+) \(PID (\d+)\)", error)
    return f"process {match[2]} ({match[1]})" if match else "another program"
