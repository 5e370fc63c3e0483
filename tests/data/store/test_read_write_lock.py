"""Many readers or one writer: nobody sees half a change, and nothing is lost."""

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
def lock(tmp_path, store):
    path = tmp_path / "lock.duckdb"
    shutil.copy(store, path)
    return ReadWriteLock(path)


def count(lock: ReadWriteLock) -> int:
    with lock.reading(), lock.cursor() as con:
        (n,) = con.execute("select count(*) from title_correction").fetchall()[0]
        return int(n)


def add(lock: ReadWriteLock, title: str) -> None:
    with lock.writing() as con:
        con.execute("insert into title_correction values (?, 'x', now()::timestamp, 'me')", [title])


def test_readers_and_writers_take_turns(lock):
    with ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(add, lock, f"title {i}") for i in range(12)]
        reads = [pool.submit(count, lock) for _ in range(200)]
        for job in [*writes, *reads]:
            job.result()
    assert count(lock) == 12


def test_a_writer_waits_for_readers_who_may_read_again_within(lock):
    written = threading.Event()

    def write() -> None:
        add(lock, "late")
        written.set()

    with lock.reading():
        thread = threading.Thread(target=write)
        thread.start()
        assert count(lock) == 0
        assert not written.wait(0.2)
    thread.join(10)
    assert count(lock) == 1


def test_a_write_that_fails_lets_readers_in_again(lock):
    with pytest.raises(duckdb.Error), lock.writing() as con:
        con.execute("select nonsense")
    assert count(lock) == 0


def test_a_store_open_elsewhere_refuses_the_writer_and_reading_goes_on(lock, tmp_path):
    path = tmp_path / "lock.duckdb"
    code = f"import duckdb; c=duckdb.connect({str(path)!r}, read_only=True); print(1, flush=True)"
    reader = subprocess.Popen(
        [sys.executable, "-c", f"{code}; input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    with pytest.raises(StoreError, match=r"process \d+ .* has the store open"):
        add(lock, "refused")
    assert count(lock) == 0
    reader.communicate("\n")


def test_readers_go_on_while_one_writes_and_see_what_was_committed(lock):
    seen: list[int] = []
    after: list[list[int]] = []
    with lock.writing(after=lambda: after.append(list(seen))) as con:
        con.execute("begin")
        con.execute("insert into title_correction values ('new', 'x', now()::timestamp, 'me')")
        reader = threading.Thread(target=lambda: seen.append(count(lock)))
        reader.start()
        reader.join(10)
        assert seen == [0]
        con.execute("commit")
        seen.append(count(lock))
    assert seen == [0, 1]
    assert after == [[0, 1]]
    assert count(lock) == 1
