"""Many readers and, now and then, one writer of a store, within one process."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from data.store.connection import open_to_read, open_to_write


class ReadWriteLock:
    """Hands out cursors to read and, now and then, the one connection to write.

    DuckDB opens a file for reading or for writing in a process, not both. To
    write, the lock waits until no reader is left and reopens the file for
    writing. Meanwhile readers go on, on cursors of the writing connection, and
    see what was committed. At the end the lock waits for them once more. While
    it only reads, other programs can read too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed = threading.Condition()
        self._readers = 0
        self._this_thread = threading.local()
        self._readers_barred = self._writing = False
        self._reader: duckdb.DuckDBPyConnection | None = None
        self._writer: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep the connection as it is for the duration; may be nested."""
        depth = getattr(self._this_thread, "depth", 0)
        with self._changed:
            # A writer waits for whoever reads already, so they must not wait in turn.
            self._changed.wait_for(lambda: depth > 0 or not self._readers_barred)
            self._readers += 1
        self._this_thread.depth = depth + 1
        try:
            yield
        finally:
            self._this_thread.depth = depth
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for the caller alone; take it within `reading`."""
        with self._changed:
            if self._writer is not None:
                return self._writer.cursor()
            if self._reader is None:
                self._reader = open_to_read(self.path)
            return self._reader.cursor()

    @contextmanager
    def writing(
        self, after: Callable[[], None] = lambda: None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The writing connection; a second writer waits for the first.

        ``after`` is called at the end, while nobody reads. Raises `StoreError`
        when another program has the store open.
        """
        con = self._begin()
        try:
            yield con
        finally:
            with self._changed:
                self._wait_for_readers()
                try:
                    after()
                finally:
                    with suppress(duckdb.Error):  # of a full disk; the lock must go on
                        con.close()
                    self._writer = None
                    self._writing = False
                    self._admit_readers()

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Nobody writes for the duration, so that the file can be copied.

        Not to be called while this thread reads: a writer may be waiting for it.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._writing)
            self._writing = True
        try:
            yield
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def _begin(self) -> duckdb.DuckDBPyConnection:
        with self._changed:
            self._changed.wait_for(lambda: not self._writing)
            self._writing = True
            self._wait_for_readers()
            try:
                if self._reader is not None:
                    self._reader.close()
                    self._reader = None
                self._writer = open_to_write(self.path)
                return self._writer
            except BaseException:
                self._writing = False
                raise
            finally:
                self._admit_readers()

    def _wait_for_readers(self) -> None:
        """Bar new readers, and wait until the present ones are done."""
        self._readers_barred = True
        self._changed.wait_for(lambda: self._readers == 0)

    def _admit_readers(self) -> None:
        self._readers_barred = False
        self._changed.notify_all()
