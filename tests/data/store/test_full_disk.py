"""A disk that takes no more: the reason in words, exit code 2, and nothing half done."""

import os
import resource
import shutil
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from data.imports.integrity import damaged_loads
from data.store.connection import open_to_read, open_to_write
from queries import run
from tests.commands import Answer, bandstand
from tests.conftest import HOME
from tests.data.loads import SAID, load
from tests.forks import FORKS, fork

PROFILE = "CUSTOM1.CUSTOMERBDCB.M6"
LOAD = ("load", "records", "{folder}/pay.csv", "--set", "currency=USD",
        "--set", "effective_date=2026-03")  # fmt: skip


def in_a_limited_process(store: Path, size: int, words: tuple[str, ...], tells: Connection) -> None:
    """Run a command that may write no file past so many bytes, and tell how it ended."""
    os.environ["BANDSTAND_DB"] = str(store)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    tells.send(bandstand(*words))


def limited(store: Path, size: int, *words: str) -> Answer:
    """How a command ends that may write no file past so many bytes."""
    hears, tells = FORKS.Pipe(duplex=False)
    worker = fork(in_a_limited_process, store, size, words, tells)
    tells.close()
    try:
        answer: Answer = hears.recv()
    finally:
        worker.join()
    return answer


def payroll(folder: Path, rows: int = 20_000) -> None:
    text = "".join(f"Org {i % 97},F{i % 7},{50_000 + i}\n" for i in range(rows))
    (folder / "pay.csv").write_text("Organisation,Function,Base\n" + text)


@pytest.fixture(scope="module")
def one_load(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load(con, "records", "Organisation,Base\nAcme,90000\n", SAID)
    con.close()
    payroll(path.parent)
    return path


def listed(folder: Path) -> list[str]:
    """The files of a folder; logs come and go."""
    names = sorted(path.name for path in folder.iterdir())
    return [name for name in names if not name.endswith((".wal", ".audit.jsonl"))]


def contents(path: Path) -> tuple[list[str], list[int]]:
    """What is damaged in a store, and its loads."""
    con = open_to_read(path)
    try:
        return damaged_loads(con), run(con, "loads").load.tolist()
    finally:
        con.close()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (10_000, LOAD),
        (400_000, LOAD),
        (10_000, ("build",)),
        (10_000, ("backup", "{folder}/b.bandstand")),
        (100, ("export", "bands", "--out", "{folder}/bands.xlsx")),
        (400, ("export", "bands", "--out", "{folder}/bands.xlsx")),
        (100, ("template", "roster", "{folder}/roster.xlsx")),
        (0, ("withdraw", "1")),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else " ".join(value[:2]),
)
def test_what_can_t_be_written_is_told_and_nothing_is_half_done(one_load, size, words):
    folder = one_load.parent
    before = listed(folder)
    answer = limited(one_load, size, *(word.format(folder=folder) for word in words))
    assert answer.returncode == 2
    assert "a file would pass the size that this process may write (ulimit -f)" in answer.stderr
    assert contents(one_load) == ([], [1])
    assert listed(folder) == before


@pytest.mark.parametrize("words", [("--help",), ("check",), ("profile", PROFILE)])
def test_commands_that_read_write_nothing(one_load, words):
    answer = limited(one_load, 0, *words)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_what_stood_in_a_file_stays_when_an_export_fails(one_load):
    kept = one_load.parent / "kept.csv"
    kept.write_text("last month")
    answer = limited(one_load, 600, "export", "bands", "--out", str(kept))
    assert answer.returncode == 2
    assert kept.read_text() == "last month"
    kept.unlink()


@pytest.mark.slow
def test_reading_needs_no_folder_that_can_be_written(one_load, tmp_path):
    """On a file system that is mounted for reading, in a name space of its own."""
    mount = "mount --bind {0} {0} && mount -o remount,bind,ro {0} && exec {1} -m cli {2}"
    environment = {**os.environ, "BANDSTAND_DB": str(one_load), "TMPDIR": str(one_load.parent)}
    for words, code in (("check", 0), (f"profile {PROFILE}", 0), ("withdraw 1", 2)):
        script = mount.format(one_load.parent, sys.executable, words)
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script],
            capture_output=True, text=True, cwd=HOME, env=environment, check=False,
        )  # fmt: skip
        if "unshare" in done.stderr or "mount:" in done.stderr:
            pytest.skip("this system lets nobody mount")
        assert done.returncode == code, done.stderr
        assert ("the file system is read-only" in done.stderr) == bool(code)
