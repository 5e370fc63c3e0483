"""Many readers or one writer of a store, within one process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition

import duckdb

from data.store import open_to_read, open_to_write


class Gate:
    """Hands out cursors to read, and now and then the one connection to write.

    DuckDB opens a file for reading or for writing in a process, not both: to
    write, the gate waits until no reader is left, closes the reading
    connection, and opens it again afterwards. While it reads, other programs can
    read too; nothing but a write keeps them out.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free = Condition()
        self._readers = 0
        self._shared: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep writers out for as long as this lasts; may be nested."""
        with self._free:
            self._readers += 1
        try:
            yield
        finally:
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own on the reading connection; take it within `reading`."""
        with self._free:
            if self._shared is None:
                self._shared = open_to_read(self._path)
            return self._shared.cursor()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The writing connection, once every reader is done; readers wait meanwhile.

        Raises `StoreError` when another program holds the store.
        """
        with self._free:
            self._free.wait_for(lambda: self._readers == 0)
            if self._shared is not None:
                self._shared.close()
                self._shared = None
            con = open_to_write(self._path)
            try:
                yield con
            finally:
                con.close()
