"""Saved work: named, versioned, never overwritten."""

import shutil

import pytest

from analytics.errors import InputError, UnknownNameError
from data.build.build import build
from data.store.connection import open_to_write
from data.store.saved_work import find, save
from queries import run


def test_versions_count_up_and_the_same_work_is_saved_once(own):
    assert [save(own, "pricing", " CSM  2027 ", spec, "") for spec in ("a", "a", "b")] == [1, 1, 2]
    assert save(own, "plan", "CSM 2027", "a", "") == 1
    saved = run(own, "saved_work", kind="pricing")
    rows = saved[["name", "version", "spec"]].to_numpy().tolist()
    assert rows == [["CSM 2027", 1, "a"], ["CSM 2027", 2, "b"]]
    assert find(saved, "CSM 2027") == "b"
    assert find(saved, "CSM 2027", 1) == "a"


def test_what_is_not_saved_names_the_nearest(own):
    save(own, "pricing", "CSM 2027", "a", "")
    saved = run(own, "saved_work", kind="pricing")
    with pytest.raises(UnknownNameError, match="did you mean CSM 2027"):
        find(saved, "CSM 2026")
    with pytest.raises(UnknownNameError, match="no version 3"):
        find(saved, "CSM 2027", 3)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_blank_or_overlong_name_is_refused(own, name):
    with pytest.raises(InputError, match="a name must have 1 to 120"):
        save(own, "pricing", name, "a", "")


def test_a_rebuild_keeps_saved_work(tmp_path, store):
    path = tmp_path / "kept.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    save(con, "pricing", "Kept", "spec", "because")
    con.close()
    build(path)
    con = open_to_write(path)
    assert run(con, "saved_work", kind="pricing").why.tolist() == ["because"]
    con.close()
