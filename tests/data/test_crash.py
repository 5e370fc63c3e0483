"""A killed process: what was acknowledged is there, and nothing is half there."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.check import damaged_loads
from data.store import open_to_write
from queries import run
from tests.conftest import HOME

KILLS = 50
WORK = """
import sys
from pathlib import Path
from data.store import open_to_write
from tests.data.bringing import SAID, load

con = open_to_write(Path(sys.argv[1]))
start = con.execute("select count(*) from import_log").fetchall()[0][0]
print("ready", flush=True)
for k in range(start, start + 1000):
    rows = "".join(f"Org {k},{50_000 + i}\\n" for i in range(60))
    load(con, "records", "Organisation,Base\\n" + rows, SAID, f"Payroll {k}")
    print(k + 1, flush=True)
"""


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
    """Load surveys, kill −9 so long after the start of work; the last load acknowledged."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORK, str(path)], stdout=subprocess.PIPE, text=True, cwd=HOME
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    time.sleep(seconds)
    worker.kill()
    told = [line for line in worker.stdout.read().splitlines() if line.isdigit()]
    worker.wait()
    return int(told[-1]) if told else 0
