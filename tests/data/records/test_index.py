"""The sorted index: built, replaced, damaged, interrupted, and built in little memory."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics.errors import InputError, StoreError
from data.imports.load import reapply, withdraw
from data.records.bands import PayRecords, record_band_table
from data.records.block_digests import BlockDigests, ChangedIndexError, block_digests
from data.records.index import SortedIndex, index_folder, index_identity, open_index
from data.records.index_build import ensure_index
from data.records.question import RecordQuery
from data.records.verify import index_problems
from data.store.connection import open_to_read
from tests.data.records.demo_store import Person, add_load, replace_records


def table(con: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    """The band table by level; the index is built or rebuilt as needed."""
    return record_band_table(con, PayRecords.open(con, path), RecordQuery("USD"))


def test_the_index_follows_the_loads(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(base=100), Person(base=300)])
    first = ensure_index(own, path)
    assert table(own, path).n.tolist() == [2]
    second = add_load(own, [Person(base=500)])
    assert index_identity(own) != first.identity
    assert table(own, path).p50.tolist() == [3]
    withdraw(own, second)
    assert table(own, path).p50.tolist() == [2]
    reapply(own, second)
    assert table(own, path).n.tolist() == [3]
    assert len(list(index_folder(path, "x").parent.iterdir())) == 1


def test_a_truncated_index_is_rebuilt_and_a_changed_one_is_reported(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(base=100 * i) for i in range(1, 50)])
    ensure_index(own, path)
    file = index_folder(path, index_identity(own)) / "base.pays"
    content = file.read_bytes()
    file.write_bytes(content[:-4])
    assert open_index(path, index_identity(own)) is None
    assert table(own, path).p50.tolist() == [25]
    assert index_problems(own, path) == []
    changed = bytearray(content)
    changed[-1] ^= 0x40
    file.write_bytes(bytes(changed))
    (problem,) = index_problems(own, path)
    assert "base.pays has changed since it was made" in problem


def test_a_folder_without_a_readable_manifest_is_rebuilt(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person()])
    folder = index_folder(path, ensure_index(own, path).identity)
    (folder / "manifest.json").write_text('{"identity": "x"}', "utf-8")
    with pytest.raises(StoreError, match=r"not a readable sorted index.*remove the folder"):
        SortedIndex(folder)
    assert open_index(path, folder.name) is None
    assert table(own, path).n.tolist() == [1]


def test_a_difference_from_sql_is_reported(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(base=100 * i) for i in range(1, 50)])
    ensure_index(own, path)
    own.execute("update pay_record set base = base + 100 where base = 2500")
    assert index_problems(own, path) == [
        "the sorted index of the pay records: base of USD, Sales, Field, P1, Boston differs from "
        "what SQL computes; remove the folder mine.duckdb.sorted"
    ]


def test_pay_of_another_organization_than_sql_says_is_reported(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    pays = [(name, 100 * (10 * i + j)) for j, name in enumerate(["A", "B", "C"]) for i in range(9)]
    replace_records(own, [Person(name, base=base) for name, base in pays])
    ensure_index(own, path)
    assert index_problems(own, path) == []
    own.execute(  # each has as many people and pays as much to them, but for these two
        "update pay_record set organisation = case organisation when 'A' then 'B' else 'A' end "
        "where base in (4000, 5100)"
    )
    (problem,) = index_problems(own, path)
    assert "base of USD, Sales, Field, P1, Boston differs from what SQL computes" in problem


def test_a_date_or_load_that_differs_from_sql_is_reported(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(), Person(level="P2")])
    add_load(own, [Person("Beta")])
    ensure_index(own, path)
    for change in ("effective_date = date '2026-02-01'", "load = 1, base = base"):
        own.execute("begin")
        own.execute(f"update pay_record set {change} where load = 2")
        (problem,) = index_problems(own, path)
        assert "base of USD, Sales, Field, P1, Boston differs" in problem
        own.execute("rollback")
    assert index_problems(own, path) == []


def test_an_interrupted_build_leaves_nothing_behind(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(), Person(level="P2")])

    def stop(_: float) -> None:
        raise InputError("enough")

    with pytest.raises(InputError, match="enough"):
        ensure_index(own, path, stop)
    assert list(index_folder(path, "x").parent.iterdir()) == []
    assert table(own, path).n.tolist() == [1, 1]


def test_the_index_is_built_in_little_memory(own, tmp_path):
    """A tenth of the memory that the rows take; `make bench` does the same with 10 million rows."""
    replace_records(own, [Person()])
    own.execute(
        "insert into pay_record by name select 1 as load, i as row, 'O' || (i % 500) as "
        "organisation, 'F' || (i % 8) as function, 'Focus ' || (i % 72) as focus, 'P' || (i % 6) "
        "as level, 'Place ' || (i % 50) as place, 'USD' as currency, hash(i) % 10000000 as base, "
        "date '2026-01-01' as effective_date from range(1_000_000) as r(i)"
    )
    own.close()
    con = open_to_read(tmp_path / "mine.duckdb", memory_mb=80)
    index = ensure_index(con, tmp_path / "mine.duckdb")
    assert index.people("base") == 1_000_001
    assert index_problems(con, tmp_path / "mine.duckdb") == []
    con.close()


def test_without_records_there_is_no_index(own, tmp_path):
    assert index_identity(own) == ""
    assert index_problems(own, tmp_path / "mine.duckdb") == []
    assert not Path(f"{tmp_path}/mine.duckdb.sorted").exists()


def test_other_folders_beside_the_store_are_not_touched(own, tmp_path):
    (tmp_path / "precious").mkdir()
    with pytest.raises(InputError, match="no pay records are loaded"):
        ensure_index(own, tmp_path / "mine.duckdb")
    replace_records(own, [Person()])
    sorted_folder = index_folder(tmp_path / "mine.duckdb", "x").parent
    (sorted_folder / "mine too").mkdir(parents=True)
    ensure_index(own, tmp_path / "mine.duckdb")
    assert (tmp_path / "precious").exists()
    assert (sorted_folder / "mine too").exists()


def test_a_load_during_the_build_is_not_mixed_in(own, tmp_path):
    replace_records(own, [Person(base=100)])

    def load_more(_: float) -> None:
        add_load(own.cursor(), [Person(base=900)])

    index = ensure_index(own, tmp_path / "mine.duckdb", load_more)
    assert index.people("base") == 1
    assert index_identity(own) != index.identity
    assert ensure_index(own, tmp_path / "mine.duckdb").people("base") == 2


def test_what_a_killed_build_left_is_removed(own, tmp_path):
    replace_records(own, [Person()])
    left = index_folder(tmp_path / "mine.duckdb", "x").parent / "making-999999999-abc"
    left.mkdir(parents=True)
    ensure_index(own, tmp_path / "mine.duckdb")
    assert not left.exists()


def test_every_changed_bit_and_swapped_file_is_seen_before_it_answers(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(f"Org {i % 9}", base=100 * i, variable=i) for i in range(1, 90)])
    folder = index_folder(path, ensure_index(own, path).identity)
    query = RecordQuery("USD", by=("level",), element="target_cash")
    right = record_band_table(own, PayRecords.open(own, path), query)
    whole = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert len(whole) > 10
    for name, content in whole.items():
        if content:
            changed = bytearray(content)
            changed[len(changed) // 2] ^= 0x04
            (folder / name).write_bytes(bytes(changed))
            records = PayRecords.open(own, path)
            pd.testing.assert_frame_equal(record_band_table(own, records, query), right)
            (folder / name).write_bytes(content)
    for one, other in (("base.pays", "target_cash.pays"), ("base.starts", "base.payer_starts")):
        if one in whole and other in whole and len(whole[one]) == len(whole[other]):
            (folder / one).write_bytes(whole[other])
            records = PayRecords.open(own, path)
            by_base = record_band_table(own, records, RecordQuery("USD", by=("level",)))
            assert by_base.p50.tolist() == [45]


def test_only_the_blocks_that_a_question_reads_are_compared(tmp_path):
    values = np.arange(400_000, dtype="<i4")
    values.tofile(tmp_path / "a.pays")
    digests = {"a.pays": block_digests(tmp_path / "a.pays")}
    assert len(digests["a.pays"]) == 2
    changed = bytearray(values.tobytes())
    changed[-1] ^= 1
    (tmp_path / "a.pays").write_bytes(bytes(changed))
    blocks = BlockDigests(tmp_path, digests)
    first, last = np.array([0, 262_000]), np.array([10, 262_144])
    blocks.check_items("a.pays", values, first, last)
    with pytest.raises(ChangedIndexError, match=r"a\.pays: has changed"):
        blocks.check_items("a.pays", values, first, last + 1)
    assert "a.pays has changed" in blocks.damage()
