"""Stores, logs and indexes that are harmed at random, and disks that fill: for `make fuzz`."""

import random
import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd

from analytics.errors import BandstandError
from data.imports.integrity import damaged_loads
from data.records.bands import PayRecords, record_band_table
from data.records.index import index_folder
from data.records.index_build import ensure_index
from data.records.question import RecordQuery
from data.store.connection import log_path, open_to_read, open_to_write
from data.store.load_ledger import ledger_path, read_ledger
from queries import run
from tests.data.loads import SAID, load
from tests.data.store.test_full_disk import LOAD, contents, limited, payroll
from tests.data.store.test_load_ledger import copied

PEOPLE = 4_000


def harm(path: Path, draw: random.Random) -> None:
    """Flip a bit of a file, or cut a piece out of it."""
    content = bytearray(path.read_bytes())
    at = draw.randrange(len(content))
    if draw.random() < 0.7:
        content[at] ^= 1 << draw.randrange(8)
    else:
        del content[at : at + draw.randrange(1, len(content))]
    path.write_bytes(bytes(content))


def harm_logs(killed: Path, folder: Path, draw: random.Random, times: int) -> int:
    """Harm the log of a killed store in many ways; returns how many loads were told as lost.

    Raises `AssertionError` for a load that is neither in the store nor told.
    """
    told = 0
    for k in range(times):
        path = copied(killed, folder / str(k))
        harm(log_path(path), draw)
        con = open_to_read(path)
        missing = set(read_ledger(path)) - set(run(con, "loads").load)
        named = {m.split(" (")[0] for m in damaged_loads(con)}
        con.close()
        assert {f"load {load}" for load in missing} <= named
        told += len(missing)
        shutil.rmtree(folder / str(k))
    return told


def loaded_store(fresh: Path, folder: Path) -> Path:
    """A copy of a store with pay records, and their index beside it."""
    folder.mkdir()
    path = folder / "mine.duckdb"
    shutil.copy(fresh, path)
    con = open_to_write(path)
    rows = "".join(f"Org {i % 97},F{i % 7},{50_000 + i}\n" for i in range(PEOPLE))
    load(con, "records", f"Organisation,Function,Base\n{rows}", SAID, "Payroll")
    ensure_index(con, path)
    con.execute("checkpoint")
    con.close()
    return path


def harm_stores(loaded: Path, folder: Path, draw: random.Random, times: int) -> Counter[str]:
    """Harm the file of a store in many ways; how many were refused, told, or still right.

    Raises `AssertionError` for a store that answers otherwise than before without a word.
    """
    before, ends = answers(loaded), Counter[str]()
    for k in range(times):
        path = copied(loaded, folder / str(k))
        harm(path, draw)
        try:
            found = answers(path)
        except (BandstandError, duckdb.Error) as error:
            ends["refused" if str(error).strip() else "refused without a word"] += 1
        else:
            assert found[0] or found == before, f"harm {k} changed answers silently"
            ends["told" if found[0] else "right"] += 1
        shutil.rmtree(folder / str(k))
    assert "refused without a word" not in ends
    return ends


def answers(path: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    """What a store says of damage, and all of its pay records as a checksum."""
    con = open_to_read(path)
    try:
        rows = con.execute(
            "select count(*), sum(base), sum(hash(organisation, function, base)::hugeint) "
            "from pay_record"
        ).fetchall()
        return damaged_loads(con), rows
    finally:
        con.close()


def harm_indexes(loaded: Path, folder: Path, draw: random.Random, times: int) -> int:
    """Harm files of the sorted index, or swap two; each answer must equal that of a whole one."""
    right = bands(loaded)
    for k in range(times):
        path = copied(loaded, folder / str(k))
        shutil.copytree(index_folder(loaded, "x").parent, index_folder(path, "x").parent)
        files = sorted(f for f in index_folder(path, "x").parent.rglob("*") if f.stat().st_size)
        files = [file for file in files if file.is_file()]
        if draw.random() < 0.2:
            one, other = draw.sample(files, 2)
            swapped = one.read_bytes()
            shutil.copy(other, one)
            other.write_bytes(swapped)
        else:
            harm(draw.choice(files), draw)
        assert bands(path).equals(right), f"harm {k} changed answers silently"
        shutil.rmtree(folder / str(k))
    return times


def bands(path: Path) -> pd.DataFrame:
    """Bands of all pay records, from the index."""
    con = open_to_read(path)
    try:
        return record_band_table(con, PayRecords.open(con, path), RecordQuery("USD"))
    finally:
        con.close()


def fill_disks(path: Path, draw: random.Random, times: int) -> dict[int, int]:
    """Load under limits on the size of files; how many loads ended with each exit code."""
    payroll(path.parent, 2_000)
    words = [word.format(folder=path.parent) for word in LOAD]
    codes: dict[int, int] = {}
    for _ in range(times):
        answer = limited(path, int(10 ** draw.uniform(2, 7.3)), *words, "--name", "Full")
        damaged, loads = contents(path)
        assert not damaged
        assert answer.returncode in (0, 2)
        # The load may be acknowledged and the index beside it not have room.
        assert bool(loads) == ("load 1: " in answer.stdout)
        if loads:
            fresh = path.with_name("fresh.duckdb")
            shutil.copy(fresh, path)
            ledger_path(path).unlink()
            log_path(path).unlink(missing_ok=True)  # stays where the store has no room for it
        codes[answer.returncode] = codes.get(answer.returncode, 0) + 1
    return codes
