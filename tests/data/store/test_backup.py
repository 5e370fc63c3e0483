"""Backups that carry their checksum, and damage that is named."""

import json
import os
import shutil
import stat
import zipfile
from pathlib import Path

import duckdb
import pytest

from analytics.errors import InputError
from data.build.restored import prepare_restored
from data.imports.integrity import damaged_loads
from data.imports.load import load_taxonomy
from data.imports.taxonomy.files import FOLDER, files_in_folder
from data.store.backup import backup, restore
from data.store.connection import log_path, open_to_read, open_to_write
from data.store.digest import sha256
from data.store.load_ledger import ledger_path
from data.store.saved_work import save
from queries import run
from tests.commands import bandstand
from tests.data.loads import SAID, load


@pytest.fixture(scope="module")
def loaded(store, tmp_path_factory):
    """A folder with a store of a load and of saved work, and what stands beside it."""
    folder = tmp_path_factory.mktemp("loaded")
    shutil.copy(store, folder / "mine.duckdb")
    con = open_to_write(folder / "mine.duckdb")
    load_taxonomy(con, files_in_folder(FOLDER), "example")
    save(con, "pricing", "Kept", "spec", "")
    con.close()
    return folder


@pytest.fixture
def mine(loaded, tmp_path, monkeypatch):
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("BANDSTAND_DB", str(tmp_path / "mine.duckdb"))
    return tmp_path / "mine.duckdb"


def saved(path) -> list[str]:
    con = open_to_read(path)
    try:
        return run(con, "saved_work", kind="pricing").name.tolist()
    finally:
        con.close()


def test_a_restore_brings_back_the_backup_and_keeps_the_present_store(mine, tmp_path):
    file = tmp_path / "monday.bandstand"
    manifest = backup(mine, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    con = open_to_write(mine)
    save(con, "pricing", "Later", "spec", "")
    con.close()
    before = restore(file, mine, prepare_restored)
    assert saved(mine) == ["Kept"]
    assert before is not None
    assert saved(before) == ["Kept", "Later"]
    assert len(manifest["sha256"]) == 64
    again = restore(file, mine, prepare_restored)
    assert again is not None
    assert again.name == "mine.duckdb.before-restore-1"
    assert saved(again) == ["Kept"]


def test_a_backup_can_be_restored_where_there_is_no_store(mine, tmp_path):
    file = tmp_path / "monday.bandstand"
    backup(mine, file)
    assert restore(file, tmp_path / "new" / "store.duckdb", prepare_restored) is None
    assert saved(tmp_path / "new" / "store.duckdb") == ["Kept"]


def test_an_existing_file_is_never_overwritten(mine, tmp_path):
    (tmp_path / "there").write_text("mine")
    with pytest.raises(InputError, match="already exists"):
        backup(mine, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_a_damaged_backup_is_refused_and_the_store_stays(mine, tmp_path):
    file = tmp_path / "monday.bandstand"
    con = open_to_write(tmp_path / "small.duckdb")
    con.execute("create table numbers as select hash(range) from range(50_000)")
    con.close()
    backup(tmp_path / "small.duckdb", file)
    whole = file.read_bytes()
    torn = tmp_path / "torn"
    other = tmp_path / "other"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        new.writestr("manifest.json", old.read("manifest.json"))
        data = bytearray(old.read("bandstand.duckdb"))
        data[-1] ^= 0xFF
        new.writestr("bandstand.duckdb", bytes(data))
    (tmp_path / "text").write_text("no backup")
    before = mine.read_bytes()
    with pytest.raises(InputError, match="checksum does not match"):
        restore(other, mine, prepare_restored)
    for name in ("text", "missing"):
        with pytest.raises(InputError, match="is not a readable backup"):
            restore(tmp_path / name, mine, prepare_restored)
    # Wherever a byte of the packed store is wrong, unpacking fails in another way. Its
    # frame, at both ends, has bytes that mean nothing here, such as the time.
    for at in range(len(whole) // 10, len(whole) * 9 // 10, len(whole) // 60):
        torn.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with pytest.raises(InputError, match=r"not a readable backup|is damaged"):
            restore(torn, mine, prepare_restored)
    assert mine.read_bytes() == before
    assert not [name for name in os.listdir(tmp_path) if "restor" in name]


def test_a_whole_store_is_whole_and_a_damaged_load_is_named(mine):
    con = open_to_write(mine)
    assert damaged_loads(con) == []
    con.execute("update taxonomy_file set content = 'x'::blob where name = 'skills.csv'")
    assert damaged_loads(con) == [
        "load 1 (example, active): its files are not those that were loaded"
    ]
    con.close()


def packed(store: Path, file: Path) -> Path:
    """A file like a backup, with a true checksum, of any database."""
    manifest = {"sha256": sha256(store), "bytes": store.stat().st_size}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.write(store, "bandstand.duckdb")
    return file


@pytest.mark.parametrize(
    "harm",
    [
        lambda store: store.write_bytes(b"no database"),
        lambda store: store.write_bytes(store.read_bytes()[:20_000]),
        lambda store: store.write_bytes(b""),
    ],
    ids=["other bytes", "cut", "emptied"],
)
def test_a_store_that_does_not_open_is_restored_as_its_message_advises(mine, tmp_path, harm):
    file = tmp_path / "monday.bandstand"
    backup(mine, file)
    harm(mine)
    harmed = mine.read_bytes()
    log_path(mine).write_bytes(b"a log of that store")
    bad = bandstand("loads")
    if harmed:
        assert bad.returncode == 2
        assert "'bandstand restore FILE' puts a backup in its place" in bad.stderr
    answer = bandstand("restore", str(file))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert saved(mine) == ["Kept"]
    kept = tmp_path / "mine.duckdb.before-restore"
    if harmed:
        assert kept.read_bytes() == harmed
        # What stands beside a store goes with it.
        assert log_path(kept).read_bytes() == b"a log of that store"
    assert bandstand("check").returncode == 0


def test_a_store_that_does_not_open_is_moved_away_and_built_as_its_message_advises(mine, tmp_path):
    log_path(mine).write_bytes(b"a log of that store")
    mine.write_bytes(b"no database")
    assert "move it away and run 'bandstand build'" in bandstand("loads").stderr
    mine.rename(tmp_path / "away")
    assert bandstand("build").returncode == 0
    # The loads that were in the store moved away are told, not forgotten.
    assert "load 1 (example, active): its" in bandstand("check").stderr
    assert bandstand("withdraw", "1").returncode == 0
    (tmp_path / "mine.duckdb.wal.set-aside-1").unlink()
    assert bandstand("check").returncode == 0


def test_a_restored_store_begins_a_ledger_of_its_own(mine, tmp_path):
    file = tmp_path / "monday.bandstand"
    backup(mine, file)
    con = open_to_write(mine)
    load(con, "records", "Organisation,Base\nAcme,90000\n", SAID)
    con.close()
    before = restore(file, mine, prepare_restored)
    assert before is not None
    for path, lines in ((mine, 1), (before, 2)):
        assert len(ledger_path(path).read_text().splitlines()) == lines
        con = open_to_read(path)
        assert damaged_loads(con) == []
        con.close()


def test_another_program_s_database_is_refused_and_nothing_of_it_is_run(mine, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    ours = mine.read_bytes()
    ran = f"select * from read_csv('{secret}')"
    makes = {
        "empty": "select 1",
        "a view like a table": f"create view store_meta as select a as key from ({ran})",
        "a view of its own": f"create view stowaway as {ran}",
        "a function of its own": "create macro median(x) as 0",
    }
    for name, sql in makes.items():
        foreign = tmp_path / f"{name}.duckdb"
        if "own" in name:
            shutil.copy(mine, foreign)
        with duckdb.connect(str(foreign), config={"default_block_size": "16384"}) as con:
            con.execute(sql)
        with pytest.raises(InputError, match="holds another program's database"):
            restore(packed(foreign, tmp_path / f"{name}.bandstand"), mine, prepare_restored)
    assert mine.read_bytes() == ours
    assert sorted(path.name for path in tmp_path.glob("mine*")) == [
        "mine.duckdb",
        "mine.duckdb.audit.jsonl",
        "mine.duckdb.loads.jsonl",
    ]


def test_a_view_of_ours_that_was_changed_in_a_backup_is_made_anew(mine, tmp_path):
    changed = tmp_path / "changed.duckdb"
    shutil.copy(mine, changed)
    with duckdb.connect(str(changed)) as con:
        ((view,),) = con.execute(
            "select min(view_name) from duckdb_views() where not internal"
        ).fetchall()
        con.execute(f"create or replace view {view} as from read_csv('/etc/hostname')")
    restore(packed(changed, tmp_path / "changed.bandstand"), mine, prepare_restored)
    con = open_to_read(mine)
    views = con.execute("select sql from duckdb_views() where not internal").fetchall()
    assert views
    assert not any("read_csv" in sql for (sql,) in views)
    con.close()
