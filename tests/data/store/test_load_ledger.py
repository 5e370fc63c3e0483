"""What was acknowledged is found again, or its loss is told."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from data.imports.integrity import damaged_loads
from data.imports.load import reapply, withdraw
from data.imports.title_corrections import correct_titles, remove_correction
from data.store import saved_work
from data.store.connection import log_path, open_to_read, open_to_write, set_aside_logs
from data.store.load_ledger import ledger_path, read_ledger
from queries import run
from tests.commands import bandstand
from tests.data.loads import SAID, load


def payroll(con: duckdb.DuckDBPyConnection, k: int) -> str:
    rows = "".join(f"Org {k},{50_000 + i}\n" for i in range(10 + k))
    return load(con, "records", "Organisation,Base\n" + rows, SAID, f"Payroll {k}")


def copied(path: Path, to: Path) -> Path:
    """A copy of a store with what stands beside it."""
    to.mkdir(parents=True, exist_ok=True)
    for file in (path, log_path(path), ledger_path(path)):
        if file.exists():
            shutil.copy(file, to)
    return to / path.name


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """A store as a killed process leaves it: load 1 in its file, 2 and 3 in its log."""
    return killed_store(store, tmp_path_factory.mktemp("killed"))


def killed_store(store: Path, folder: Path) -> Path:
    """The same, made of a copy of a store in a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    payroll(con, 1)
    with con.cursor() as other:
        # A transaction that writes keeps the log from being moved into the file.
        other.execute("begin")
        other.execute("create table unfinished (a integer)")
        payroll(con, 2)
        payroll(con, 3)
        left = copied(path, folder / "left")
    con.close()
    return left


@pytest.fixture
def left(tmp_path: Path, killed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the killed store that the test may change."""
    path = copied(killed, tmp_path / "left")
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    return path


def told(path: Path) -> list[str]:
    con = open_to_read(path)
    try:
        return damaged_loads(con)
    finally:
        con.close()


@pytest.fixture
def reopened(left: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same store without its log."""
    log_path(left).unlink()
    con = open_to_write(left)
    yield con
    con.close()


def test_a_killed_process_leaves_all_that_was_acknowledged(left):
    assert told(left) == []
    con = open_to_read(left)
    assert run(con, "loads").rows_loaded.tolist() == [11, 12, 13]
    con.close()


@pytest.mark.parametrize(
    ("harm", "lost"),
    [
        (lambda log: log[:-9], [3]),
        (lambda log: log[: len(log) // 3], [2, 3]),
        (lambda log: b"", [2, 3]),
        (lambda log: None, [2, 3]),
        (lambda log: bytes([log[0] ^ 1]) + log[1:], [2, 3]),
    ],
    ids=["cut at the end", "cut", "emptied", "deleted", "first byte"],
)
def test_a_log_that_was_cut_is_told_with_number_rows_and_sha256(
    left: Path, harm: Callable[[bytes], bytes | None], lost: list[int]
):
    harmed = harm(log_path(left).read_bytes())
    log_path(left).unlink()
    if harmed is not None:
        log_path(left).write_bytes(harmed)
    messages = told(left)
    assert [message.split(" (")[0] for message in messages] == [f"load {k}" for k in lost]
    for k, message in zip(lost, messages, strict=True):
        assert f"its {10 + k} rows were acknowledged on" in message
        assert read_ledger(left)[k].known.sha256 in message
    answer = bandstand("check")
    assert answer.returncode == 2
    assert "load 3 (Payroll 3, active): its 13 rows" in answer.stderr


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_log_that_locks_the_store_is_set_aside_and_its_loads_are_named(left, share):
    log = bytearray(log_path(left).read_bytes())
    log[int(share * len(log))] ^= 0x10
    log_path(left).write_bytes(bytes(log))
    messages = told(left)
    assert [m.split(" (")[0] for m in messages[:2]] == ["load 2", "load 3"]
    (aside,) = set_aside_logs(left)
    assert aside.read_bytes() == bytes(log)
    assert str(aside) in messages[2]
    assert "saved work too, may be missing" in messages[2]
    aside.unlink()
    assert len(told(left)) == 2


def test_a_lost_load_is_loaded_again_or_given_up(reopened):
    assert len(damaged_loads(reopened)) == 2
    # The number of a lost load is not given to another.
    assert payroll(reopened, 3).startswith("load 4: 13 rows in")
    (message,) = damaged_loads(reopened)
    assert message.startswith("load 2 (Payroll 2, active)")
    assert withdraw(reopened, 2) == "load 2 is lost, and no longer missed"
    assert damaged_loads(reopened) == []
    assert payroll(reopened, 5).startswith("load 5")


@pytest.mark.parametrize(
    ("before", "lost", "again"), [([], withdraw, "withdraw"), ([withdraw], reapply, "reapply")]
)
def test_a_lost_withdrawal_or_reapply_is_told_with_the_way_to_repeat_it(
    mine, tmp_path, before, lost, again
):
    con = open_to_write(mine)
    payroll(con, 1)
    for change in before:
        change(con, 1)
    earlier = copied(mine, tmp_path / "earlier")
    lost(con, 1)
    con.close()
    shutil.copy(earlier, mine)
    (message,) = told(mine)
    assert f"'bandstand {again} 1' makes it so again" in message
    con = open_to_write(mine)
    payroll(con, 2)  # another change does not hide it
    assert damaged_loads(con) == [message]
    con.close()
    answer = bandstand(again, "1")
    assert answer.returncode == 0
    assert told(mine) == []


def test_a_store_without_a_ledger_opens_as_ever_and_gets_one_with_all_its_loads(own, tmp_path):
    payroll(own, 1)
    ledger_path(tmp_path / "mine.duckdb").unlink()
    assert damaged_loads(own) == []
    payroll(own, 2)
    assert sorted(read_ledger(tmp_path / "mine.duckdb")) == [1, 2]


def test_nothing_is_loaded_that_the_ledger_can_t_note(own, tmp_path):
    ledger_path(tmp_path / "mine.duckdb").mkdir()
    with pytest.raises(Exception, match=r"mine.duckdb.loads.jsonl: can't be"):
        payroll(own, 1)
    assert run(own, "loads").empty


def test_torn_changed_and_begun_lines_claim_nothing(own, tmp_path):
    file = ledger_path(tmp_path / "mine.duckdb")
    payroll(own, 1)
    whole = file.read_bytes()
    assert whole.count(b"\n") == 1
    other = whole.replace(b"Payroll 1", b"Payroll 9")
    begun = whole.replace(b'"step": "done "', b'"step": "begun"')
    for text in (whole + other, whole + begun, whole + whole[:40]):
        file.write_bytes(text)
        assert damaged_loads(own) == []
    # A line after a torn one stands by itself.
    payroll(own, 2)
    assert sorted(read_ledger(tmp_path / "mine.duckdb")) == [1, 2]


def test_after_a_load_nothing_stands_in_a_log_that_could_be_cut(own, tmp_path):
    payroll(own, 1)
    log = log_path(tmp_path / "mine.duckdb")
    assert not log.exists() or not log.stat().st_size


def test_what_is_in_no_ledger_stands_without_the_log_once_it_is_acknowledged(own, tmp_path):
    code = own.execute("select min(code) from job_profile").fetchone()[0]
    for title in ("Deal Desk Lead", "CS Wizard"):
        correct_titles(own, {title: code})
    remove_correction(own, "CS Wizard")
    saved_work.save(own, "plan", "2027", "{}", "")
    (tmp_path / "cut").mkdir()
    left = tmp_path / "cut" / "mine.duckdb"  # as a killed process leaves it, and its log is lost
    shutil.copy(tmp_path / "mine.duckdb", left)
    con = open_to_read(left)
    assert con.execute("select title from title_correction").fetchall() == [("Deal Desk Lead",)]
    assert con.execute("select name, version from saved_work").fetchall() == [("2027", 1)]
    con.close()
