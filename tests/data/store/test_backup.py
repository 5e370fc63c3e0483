"""Backups that carry their checksum, and damage that is named."""

import os
import shutil
import stat
import zipfile

import pytest

from analytics.errors import InputError, StoreError
from data.imports.integrity import damaged_loads
from data.imports.load import load_taxonomy
from data.imports.taxonomy.files import FOLDER, files_in_folder
from data.store.backup import backup, restore
from data.store.connection import open_to_read, open_to_write
from data.store.saved_work import save
from queries import run


@pytest.fixture
def mine(tmp_path, store):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load_taxonomy(con, files_in_folder(FOLDER), "example")
    save(con, "pricing", "Kept", "spec", "")
    con.close()
    return path


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
    before = restore(file, mine)
    assert saved(mine) == ["Kept"]
    assert before is not None
    assert saved(before) == ["Kept", "Later"]
    assert len(manifest["sha256"]) == 64
    with pytest.raises(StoreError, match="from an earlier restore"):
        restore(file, mine)


def test_a_backup_can_be_restored_where_there_is_no_store(mine, tmp_path):
    file = tmp_path / "monday.bandstand"
    backup(mine, file)
    assert restore(file, tmp_path / "new" / "store.duckdb") is None
    assert saved(tmp_path / "new" / "store.duckdb") == ["Kept"]


def test_an_existing_file_is_never_overwritten(mine, tmp_path):
    (tmp_path / "there").write_text("mine")
    with pytest.raises(InputError, match="already exists"):
        backup(mine, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_a_damaged_backup_is_refused_and_the_store_stays(mine, tmp_path):
    file = tmp_path / "monday.bandstand"
    backup(mine, file)
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
        restore(other, mine)
    for name in ("text", "missing"):
        with pytest.raises(InputError, match="is not a readable backup"):
            restore(tmp_path / name, mine)
    # Wherever a byte of the packed store is wrong, unpacking fails in another way. Its
    # frame, at both ends, has bytes that mean nothing here, such as the time.
    for at in range(len(whole) // 10, len(whole) * 9 // 10, len(whole) // 60):
        torn.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with pytest.raises(InputError, match=r"not a readable backup|is damaged"):
            restore(torn, mine)
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
