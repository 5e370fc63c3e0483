"""Many readers and, now and then, one writer of a store, within one process."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.store.connection import open_to_read, open_to_write


class ReadWriteLock:
    """Hands out cursors to read, and now and then the one connection to write.

    DuckDB opens a file for reading or for writing in a process, not both. To
    write, the gate waits until no reader is left and opens the file anew for
    writing. While that lasts readers go on, on cursors of the writing
    connection, and see what was committed. At its end the gate waits for them
    once more. While it only reads, other programs can read too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free = threading.Condition()
        self._readers = 0
        self._mine = threading.local()
        self._barred = self._busy = False
        self._shared: duckdb.DuckDBPyConnection | None = None
        self._writer: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep the connection as it is for as long as this lasts; may be nested."""
        depth = getattr(self._mine, "depth", 0)
        with self._free:
            # Who reads already is waited for, and must not wait in turn.
            self._free.wait_for(lambda: depth > 0 or not self._barred)
            self._readers += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own; take it within `reading`."""
        with self._free:
            if self._writer is not None:
                return self._writer.cursor()
            if self._shared is None:
                self._shared = open_to_read(self._path)
            return self._shared.cursor()

    @contextmanager
    def writing(
        self, after: Callable[[], None] = lambda: None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The writing connection; a second writer waits for the first.

        ``after`` is called at the end, while nobody reads. Raises `StoreError`
        when another program holds the store.
        """
        con = self._begin()
        try:
            yield con
        finally:
            with self._free:
                self._quiet()
                try:
                    after()
                finally:
                    con.close()
                    self._writer = None
                    self._busy = False
                    self._open_again()

    def _begin(self) -> duckdb.DuckDBPyConnection:
        with self._free:
            self._free.wait_for(lambda: not self._busy)
            self._busy = True
            self._quiet()
            try:
                if self._shared is not None:
                    self._shared.close()
                    self._shared = None
                self._writer = open_to_write(self._path)
                return self._writer
            except BaseException:
                self._busy = False
                raise
            finally:
                self._open_again()

    def _quiet(self) -> None:
        """Bar new readers, and wait until those within are done."""
        self._barred = True
        self._free.wait_for(lambda: self._readers == 0)

    def _open_again(self) -> None:
        self._barred = False
        self._free.notify_all()
