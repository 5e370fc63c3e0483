"""A killed process: what was acknowledged is there, and nothing is half there."""

import random
import shutil
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from data.imports.integrity import damaged_loads
from data.store.connection import open_to_write
from queries import run
from tests.data.loads import SAID, load
from tests.forks import FORKS, fork

pytestmark = pytest.mark.kills

KILLS = 24


def load_on_and_on(path: Path, acknowledge: Connection) -> None:
    """Load payroll after payroll, and say the number of each once it is acknowledged."""
    con = open_to_write(path)
    start = con.execute("select count(*) from import_log").fetchall()[0][0]
    acknowledge.send(start)
    for k in range(start, start + 1000):
        rows = "".join(f"Org {k},{50_000 + i}\n" for i in range(60))
        load(con, "records", "Organisation,Base\n" + rows, SAID, f"Payroll {k}")
        acknowledge.send(k + 1)


@pytest.mark.parametrize("seed", range(2))
def test_kills_at_random_moments_lose_nothing_acknowledged_and_tear_nothing(tmp_path, store, seed):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    killed = kill_and_look(path, KILLS // 2, random.Random(seed))
    assert killed.after_commit >= KILLS // 4


@dataclass(frozen=True)
class Killed:
    """How many loads there are in the end, and how many kills came after a commit of theirs."""

    loads: int
    after_commit: int


def kill_and_look(path: Path, kills: int, draw: random.Random) -> Killed:
    """Kill a loading process again and again, and look at the store each time.

    Every other one is killed soon after its first load is acknowledged.
    """
    after_commit = 0
    for k in range(kills):
        first, acknowledged = killed_after(path, draw.uniform(0.0, 0.4), after_commit=k % 2 == 1)
        after_commit += acknowledged > first
        con = open_to_write(path)
        loads = run(con, "loads")
        assert len(loads) >= acknowledged
        assert loads.load.tolist() == list(range(1, len(loads) + 1))
        assert damaged_loads(con) == []
        assert len(run(con, "profiles")) == 10
        con.close()
    return Killed(len(loads), after_commit)


def killed_after(path: Path, seconds: float, *, after_commit: bool) -> tuple[int, int]:
    """Load payrolls, kill −9 so long after the start of work, or after the first commit of it.

    Returns the last load acknowledged before the work, and by it.
    """
    hears, tells = FORKS.Pipe(duplex=False)
    worker = fork(load_on_and_on, path, tells)
    tells.close()
    first = last = hears.recv()
    if after_commit:
        last = hears.recv()
    time.sleep(seconds / (4 if after_commit else 1))
    worker.kill()
    worker.join()
    try:
        while True:
            last = hears.recv()
    except EOFError:
        return first, last
