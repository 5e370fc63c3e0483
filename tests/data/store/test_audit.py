"""The audit log: a chain of lines that tells what was changed in it."""

import json
import threading

import pytest

from analytics.errors import StoreError
from data.store import audit
from data.store.acting import acting_as
from data.store.audit import Event


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.delenv("BANDSTAND_AUDIT", raising=False)
    path = tmp_path / "store.duckdb"
    for i in range(4):
        audit.record(path, Event("export", f"bands {i}.csv", {"level": "P3"}, i, "ab" * 32))
    return path


def test_each_line_says_who_what_and_has_the_hash_of_the_one_before(store):
    with acting_as("kim@example.com"):
        audit.record(store, Event("view", "People"))
    lines = audit.read(store)
    assert [line["what"] for line in lines[:2]] == ["bands 0.csv", "bands 1.csv"]
    assert lines[0]["previous"] == "0" * 64
    assert lines[0]["about"] == {"level": "P3"}
    assert (lines[4]["who"], lines[4]["rows"]) == ("kim@example.com", None)
    assert audit.verify(store) == audit.Verdict(5, audit.verify(store).last)
    assert audit.audit_path(store).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("change", ["edit", "remove", "double", "garble"])
def test_a_line_that_was_changed_is_found(store, number, change):
    path = audit.audit_path(store)
    lines = path.read_bytes().splitlines()
    line = lines[number]
    changed = {
        "edit": [line.replace(b'"P3"', b'"P4"')],
        "remove": [],
        "double": [line, line],
        "garble": [b"{" + line],
    }[change]
    path.write_bytes(b"\n".join([*lines[:number], *changed, *lines[number + 1 :], b""]))
    fault = audit.verify(store).fault
    assert f"line {number + (2 if change in ('edit', 'double') else 1)} " in fault


def test_lines_cut_off_are_found_by_a_hash_that_was_kept(store):
    kept = audit.verify(store).last
    path = audit.audit_path(store)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert audit.verify(store).fault == ""
    assert not audit.holds(store, kept)
    path.write_bytes(b"".join(lines))
    audit.record(store, Event("view", "People"))
    assert audit.holds(store, kept)


def test_lines_of_many_writers_make_one_chain(store):
    def write():
        for i in range(20):
            audit.record(store, Event("view", f"Page {i}", {"words": "x" * 3_000}))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify(store).lines == 84
    assert audit.verify(store).fault == ""


def test_a_line_longer_than_what_is_read_of_the_end_is_chained(store):
    audit.record(store, Event("view", "x" * 200_000))
    audit.record(store, Event("view", "after"))
    assert audit.verify(store).fault == ""


def test_nothing_is_done_where_it_can_not_be_logged(tmp_path, monkeypatch):
    monkeypatch.setenv("BANDSTAND_AUDIT", str(tmp_path))
    with pytest.raises(StoreError, match="can't be written, so nothing was done"):
        audit.record(tmp_path / "store.duckdb", Event("view", "People"))


def test_the_log_stands_where_it_is_told_to(tmp_path, monkeypatch):
    monkeypatch.setenv("BANDSTAND_AUDIT", str(tmp_path / "far" / "log.jsonl"))
    audit.record(tmp_path / "store.duckdb", Event("view", "People"))
    (line,) = (tmp_path / "far" / "log.jsonl").read_text().splitlines()
    assert json.loads(line)["event"] == "view"
