"""Many readers or one writer: nobody reads half a change, and nothing is lost."""

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from analytics.errors import StoreError
from data.store.read_write_lock import ReadWriteLock


@pytest.fixture
def gate(tmp_path, store):
    path = tmp_path / "gate.duckdb"
    shutil.copy(store, path)
    return ReadWriteLock(path)


def count(gate: ReadWriteLock) -> int:
    with gate.reading(), gate.cursor() as con:
        (n,) = con.execute("select count(*) from title_correction").fetchall()[0]
        return int(n)


def add(gate: ReadWriteLock, title: str) -> None:
    with gate.writing() as con:
        con.execute("insert into title_correction values (?, 'x', now()::timestamp, 'me')", [title])


def test_readers_and_writers_take_turns(gate):
    with ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(add, gate, f"title {i}") for i in range(12)]
        reads = [pool.submit(count, gate) for _ in range(200)]
        for job in [*writes, *reads]:
            job.result()
    assert count(gate) == 12


def test_a_writer_waits_for_readers_who_may_read_again_within(gate):
    written = threading.Event()

    def write() -> None:
        add(gate, "late")
        written.set()

    with gate.reading():
        thread = threading.Thread(target=write)
        thread.start()
        assert count(gate) == 0
        assert not written.wait(0.2)
    thread.join(10)
    assert count(gate) == 1


def test_a_write_that_fails_lets_readers_in_again(gate):
    with pytest.raises(duckdb.Error), gate.writing() as con:
        con.execute("select nonsense")
    assert count(gate) == 0


def test_a_store_held_elsewhere_is_told_and_reading_goes_on(gate, tmp_path):
    path = tmp_path / "gate.duckdb"
    code = f"import duckdb; c=duckdb.connect({str(path)!r}, read_only=True); print(1, flush=True)"
    held = subprocess.Popen(
        [sys.executable, "-c", f"{code}; input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout is not None
    held.stdout.readline()
    with pytest.raises(StoreError, match=r"process \d+ .* holds the store"):
        add(gate, "refused")
    assert count(gate) == 0
    held.communicate("\n")


def test_readers_go_on_while_one_writes_and_see_what_was_committed(gate):
    seen: list[int] = []
    after: list[list[int]] = []
    with gate.writing(after=lambda: after.append(list(seen))) as con:
        con.execute("begin")
        con.execute("insert into title_correction values ('new', 'x', now()::timestamp, 'me')")
        reader = threading.Thread(target=lambda: seen.append(count(gate)))
        reader.start()
        reader.join(10)
        assert seen == [0]
        con.execute("commit")
        seen.append(count(gate))
    assert seen == [0, 1]
    assert after == [[0, 1]]
    assert count(gate) == 1
