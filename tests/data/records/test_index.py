"""The sorted store's life: made, followed, damaged, stopped, and made in little memory."""

from pathlib import Path

import pytest

from analytics.errors import InputError
from data.imports.load import reapply, withdraw
from data.records.bands import PayRecords, record_band_table
from data.records.index import index_folder, index_identity, open_index
from data.records.index_build import ensure_index
from data.records.question import RecordQuery
from data.records.verify import index_problems
from data.store.connection import open_to_read
from tests.data.records.demo_store import Person, only, put


def test_the_sorted_store_follows_the_loads(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    only(own, [Person(base=100), Person(base=300)])
    first = ensure_index(own, path)
    assert record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).n.tolist() == [2]
    second = put(own, [Person(base=500)])
    assert index_identity(own) != first.identity
    assert record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).p50.tolist() == [
        3
    ]
    withdraw(own, second)
    assert record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).p50.tolist() == [
        2
    ]
    reapply(own, second)
    assert record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).n.tolist() == [3]
    assert len(list(index_folder(path, "x").parent.iterdir())) == 1


def test_a_sorted_store_that_was_cut_is_made_anew_and_a_changed_one_is_told(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    only(own, [Person(base=100 * i) for i in range(1, 50)])
    ensure_index(own, path)
    pays = index_folder(path, index_identity(own)) / "base.pays"
    whole = pays.read_bytes()
    pays.write_bytes(whole[:-4])
    assert open_index(path, index_identity(own)) is None
    assert record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).p50.tolist() == [
        25
    ]
    assert index_problems(own, path) == []
    changed = bytearray(whole)
    changed[-1] ^= 0x40
    pays.write_bytes(bytes(changed))
    assert "has changed since it was made" in index_problems(own, path)[0]


def test_what_the_engine_computes_otherwise_is_told(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    only(own, [Person(base=100 * i) for i in range(1, 50)])
    ensure_index(own, path)
    own.execute("update pay_record set base = base + 100 where base = 2500")
    assert index_problems(own, path) == [
        "the sorted pay records: base of USD, Sales, Field, P1, Boston differs from what the "
        "engine computes; remove the folder mine.duckdb.sorted"
    ]


def test_stopped_half_way_nothing_is_left_behind(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    only(own, [Person(), Person(level="P2")])

    def stop(_: float) -> None:
        raise InputError("enough")

    with pytest.raises(InputError, match="enough"):
        ensure_index(own, path, stop)
    assert list(index_folder(path, "x").parent.iterdir()) == []
    assert record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).n.tolist() == [
        1,
        1,
    ]


def test_sorting_goes_to_disk_where_memory_is_short(own, tmp_path):
    """A tenth of the memory that the rows take; `make bench` does it with 10 million."""
    only(own, [Person()])
    own.execute(
        "insert into pay_record by name select 1 as load, i as row, 'O' || (i % 500) as "
        "organisation, 'F' || (i % 8) as function, 'Focus ' || (i % 72) as focus, 'P' || (i % 6) "
        "as level, 'Place ' || (i % 50) as place, 'USD' as currency, hash(i) % 10000000 as base, "
        "date '2026-01-01' as effective_date from range(1_000_000) as r(i)"
    )
    own.close()
    con = open_to_read(tmp_path / "mine.duckdb", memory_mb=80)
    store = ensure_index(con, tmp_path / "mine.duckdb")
    assert store.people("base") == 1_000_001
    assert index_problems(con, tmp_path / "mine.duckdb") == []
    con.close()


def test_no_records_no_store(own, tmp_path):
    assert index_identity(own) == ""
    assert index_problems(own, tmp_path / "mine.duckdb") == []
    assert not Path(f"{tmp_path}/mine.duckdb.sorted").exists()


def test_without_records_nothing_beside_the_store_is_touched(own, tmp_path):
    (tmp_path / "precious").mkdir()
    with pytest.raises(InputError, match="no pay records are loaded"):
        ensure_index(own, tmp_path / "mine.duckdb")
    only(own, [Person()])
    sorted_folder = index_folder(tmp_path / "mine.duckdb", "x").parent
    (sorted_folder / "mine too").mkdir(parents=True)
    ensure_index(own, tmp_path / "mine.duckdb")
    assert (tmp_path / "precious").exists()
    assert (sorted_folder / "mine too").exists()


def test_a_load_that_comes_while_the_records_are_put_in_order_is_not_mixed_in(own, tmp_path):
    only(own, [Person(base=100)])

    def meanwhile(_: float) -> None:
        put(own.cursor(), [Person(base=900)])

    store = ensure_index(own, tmp_path / "mine.duckdb", meanwhile)
    assert store.people("base") == 1
    assert index_identity(own) != store.identity
    assert ensure_index(own, tmp_path / "mine.duckdb").people("base") == 2


def test_what_a_killed_maker_left_is_cleared_away(own, tmp_path):
    only(own, [Person()])
    left = index_folder(tmp_path / "mine.duckdb", "x").parent / "making-999999999-abc"
    left.mkdir(parents=True)
    ensure_index(own, tmp_path / "mine.duckdb")
    assert not left.exists()
