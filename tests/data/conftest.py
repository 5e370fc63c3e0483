"""A store that a test may change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.store.connection import open_to_write


@pytest.fixture
def own(tmp_path: Path, store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writing connection of a store of the test's own, at `mine.duckdb`."""
    shutil.copy(store, tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    yield con
    con.close()
