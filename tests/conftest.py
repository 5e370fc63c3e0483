"""What the tests share: one store built from the real seeds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analytics.market_tables import Market
from data.build.build import build
from data.catalog.market import read_market
from data.store.connection import open_to_read, open_to_write

HOME = Path(__file__).parent.parent
#: The published levels.fyi percentiles, as methods.md and its page give them.
LEVELS_FYI = {0.25: 87_000.0, 0.50: 132_000.0, 0.75: 193_000.0, 0.90: 247_387.0}


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made from the seeds, once a test process."""
    path = tmp_path_factory.mktemp("store") / "bandstand.duckdb"
    build(path)
    return path


@pytest.fixture(autouse=True)
def own_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own store."""
    monkeypatch.setenv("BANDSTAND_DB", str(store))


@pytest.fixture(scope="session")
def con(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    shared = open_to_read(store)
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def market(con: duckdb.DuckDBPyConnection) -> Market:
    return read_market(con.cursor())


@pytest.fixture
def own(tmp_path: Path, store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writing connection of a store that the test may change, at `mine.duckdb`."""
    shutil.copy(store, tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    yield con
    con.close()
