"""A killed process: what was acknowledged is there, and nothing is half there."""

import random
import shutil
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from data.imports.integrity import damaged_loads
from data.store.connection import open_to_write
from queries import run
from tests.data.loads import SAID, load
from tests.forks import FORKS, fork

pytestmark = pytest.mark.kills

KILLS = 50


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
    kill_and_look(path, KILLS // 2, random.Random(seed))


def kill_and_look(path: Path, kills: int, draw: random.Random) -> int:
    """Kill a loading process again and again, and look at the store each time.

    Returns how many loads there are in the end.
    """
    for _ in range(kills):
        acknowledged = killed_after(path, draw.uniform(0.0, 0.4))
        con = open_to_write(path)
        loads = run(con, "loads")
        assert len(loads) >= acknowledged
        assert loads.load.tolist() == list(range(1, len(loads) + 1))
        assert damaged_loads(con) == []
        assert len(run(con, "profiles")) == 10
        con.close()
    return len(loads)


def killed_after(path: Path, seconds: float) -> int:
    """Load payrolls, kill −9 so long after the start of work; the last load acknowledged."""
    hears, tells = FORKS.Pipe(duplex=False)
    worker = fork(load_on_and_on, path, tells)
    tells.close()
    last = hears.recv()
    time.sleep(seconds)
    worker.kill()
    worker.join()
    try:
        while True:
            last = hears.recv()
    except EOFError:
        return last
