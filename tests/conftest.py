"""What the tests share: one store built from the real seeds."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from analytics.market_tables import Market
from data.build.build import build
from data.catalog.market import read_market
from data.store.connection import open_to_read, open_to_write
from tests.examples import USUAL

HOME = Path(__file__).parent.parent
#: The published levels.fyi percentiles, as methods.md and its page give them.
LEVELS_FYI = {0.25: 87_000.0, 0.50: 132_000.0, 0.75: 193_000.0, 0.90: 247_387.0}

# The suite takes the same few examples each time; `make fuzz` looks for new ones.
# No deadline: how long an example takes is a matter of what else the machine does.
settings.register_profile(
    "ci", deadline=None, max_examples=USUAL // 2, derandomize=True, database=None
)
settings.register_profile("fast", settings.get_profile("ci"), max_examples=USUAL // 5)
settings.register_profile("fuzz", deadline=None, max_examples=10 * USUAL)
settings.load_profile("ci")


class FilesWhole(LoadScopeScheduling):
    """Each file goes to the next free worker: what it keeps for its tests is made once."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesWhole:
    """How tests are divided among workers (xdist's own groups do nothing under pytest 9.2)."""
    config.option.loadscopereorder = False
    return FilesWhole(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, and the others fill up what is left: browser, then commands."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.nodeid.startswith("tests/browser/"):
        return 0
    return 1 if item.nodeid.count("/") == 1 else 2


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made from the seeds: built once a run, and a copy for each test process."""
    own = tmp_path_factory.mktemp("store") / "bandstand.duckdb"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        build(own)
        return own
    shared = tmp_path_factory.getbasetemp().parent / "store.duckdb"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            build(own)
            own.rename(shared)
    shutil.copy(shared, own)
    return own


@pytest.fixture(autouse=True)
def own_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own store: it gets ``store`` if it asks for that, else none."""
    asked = "store" in request.fixturenames
    path = request.getfixturevalue("store") if asked else "/dev/null/no-store-was-asked-for"
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    monkeypatch.delenv("BANDSTAND_RECORDS_URL", raising=False)


@pytest.fixture
def mine(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the store that the test's commands may change."""
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    return path


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
