"""Where one file is checked: a DuckDB of its own, a folder, and a way to cancel."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from analytics.errors import CancelledError
from data.files.scratch import scratch_folder
from data.store.disk_errors import told_in_words
from data.store.settings import limit

_IN_MEMORY = ":memory:"
_MEGABYTE = 1_000_000
#: How many times a text's size its checked rows may need.
_MEMORY_A_TEXT = 3


class ImportSession:
    """A private DuckDB and folder for one file, apart from the team's store.

    Use it as a context: what was unpacked is removed when it ends. Other threads
    may ask for `progress` or `cancel` while work is under way.
    """

    def __init__(self) -> None:
        self._folder = scratch_folder()
        self._canceled = threading.Event()
        self._on_disk = False
        self.con = _connect(_IN_MEMORY, self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """The folder for what has to be unpacked or translated."""
        return Path(self._folder.name)

    def close(self) -> None:
        """Close the connection and remove the folder; the session is then of no use."""
        try:
            self.con.close()
        finally:
            self._folder.cleanup()

    def make_room(self, text_bytes: int) -> None:
        """Have the database on disk from now on, and empty, if that much text needs it.

        In memory a table fails where tens of millions of rows don't fit; on disk a million
        rows take three times as long to write.
        """
        if self._on_disk or text_bytes <= limit("STAGE_MEMORY_MB") * _MEGABYTE // _MEMORY_A_TEXT:
            return
        in_memory = self.con
        self.con = _connect(str(self.folder / "stage.duckdb"), self.folder)
        self._on_disk = True
        in_memory.close()

    def progress(self) -> float:
        """The share of the current query that is done, 0 to 1; 0 where that is unknown."""
        return max(0.0, min(self.con.query_progress() / 100, 1.0))

    @contextmanager
    def work(self) -> Iterator[None]:
        """A piece of work that `cancel` can stop; an earlier cancel is forgotten.

        Raises `CancelledError` in place of DuckDB's own interruption.
        """
        self._canceled.clear()
        try:
            with told_in_words():
                yield
        except duckdb.InterruptException:
            raise _canceled() from None

    def cancel(self) -> None:
        """Stop the work under way, which then raises `CancelledError`."""
        self._canceled.set()
        self.con.interrupt()

    def raise_if_canceled(self) -> None:
        """Raise `CancelledError` if the work under way was canceled."""
        if self._canceled.is_set():
            raise _canceled()


def _canceled() -> CancelledError:
    return CancelledError("canceled; nothing was loaded")


def _connect(database: str, folder: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(
        database,
        config={
            "memory_limit": f"{limit('STAGE_MEMORY_MB')}MB",
            "temp_directory": str(folder),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    con.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    # A list of constants becomes a join, which on several threads loses the rows' order.
    con.execute("set disabled_optimizers = 'in_clause'; set TimeZone = 'UTC'")
    return con
