"""A copy of an engine's records: the index to the byte, the same answers, and when it is stale."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.errors import EngineError, InputError, StoreError
from data.records.engines import handover
from data.records.engines.copied import EngineCopy, copies_folder, open_copy, staleness
from data.records.engines.copying import copy_records
from data.records.engines.duckdb_engine import DuckDbEngine, open_parquet
from data.records.engines.handover import KEYS, Parts
from data.records.engines.records import EngineRecords
from data.records.index import index_folder
from data.records.index_build import ensure_index
from data.records.question import RecordQuery
from tests.data.records.demo_store import Person, replace_records
from tests.data.records.engines.conformance import PEOPLE_TO_COPY as PEOPLE
from tests.data.records.engines.conformance import TABLE, arrow


class Counting(DuckDbEngine):
    """An engine that counts what is asked, and breaks off while it hands over, if told to."""

    def __init__(self, people: Sequence[Person], stop_after: int = 0) -> None:
        con = duckdb.connect()
        con.register("given", arrow(people))
        con.execute("create table pay_record as from given")
        super().__init__(con, "a test's engine")
        self.statements: list[tuple[str, Sequence[str]]] = []
        self.stop_after = stop_after

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        self.statements.append((sql, values))
        return super().ask(sql, values)

    def stream(self, sql: str, values: Sequence[str] = ()) -> Iterator[pa.Table]:
        self.statements.append((sql, values))
        whole = super().ask(sql, values)
        for i in range(0, whole.num_rows, 10):
            if self.stop_after and i >= self.stop_after:
                raise EngineError("the engine is gone")
            yield whole.slice(i, 10)


def records_of(engine: DuckDbEngine) -> EngineRecords:
    return EngineRecords(engine, TABLE, {"P1": 0, "P2": 1})


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "_PART", 25)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> tuple[EngineRecords, EngineCopy, Path]:
    store = tmp_path_factory.mktemp("copied") / "mine.duckdb"
    records = records_of(Counting(PEOPLE))
    return records, copy_records(records, store), store


def test_the_index_is_to_the_byte_that_of_the_same_records_loaded(copied, own, tmp_path):
    _, copy, _ = copied
    replace_records(own, PEOPLE)
    ((load,),) = own.execute("select distinct load from pay_record").fetchall()
    own.execute(f"update pay_record set load = {handover.COPIED} where load = {load}")
    own.execute(f"update import_log set load = {handover.COPIED} where load = {load}")
    own.execute(f"update source set source = 'own-load-{handover.COPIED}' "
                f"where source = 'own-load-{load}'")  # fmt: skip
    path = tmp_path / "mine.duckdb"
    loaded = index_folder(path, ensure_index(own, path).identity)
    made = index_folder(copy.folder / "records", copy.facts.identity)
    files = sorted(file.name for file in loaded.iterdir())
    assert files == sorted(file.name for file in made.iterdir())
    assert "base.pays" in files
    for name in files:
        if not name.startswith("manifest"):
            assert (made / name).read_bytes() == (loaded / name).read_bytes(), name
    manifests = [json.loads((folder / "manifest.json").read_text()) for folder in (loaded, made)]
    identities = [manifest.pop("identity") for manifest in manifests]
    assert identities[0] != identities[1]
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize("element", ["base", "target_cash", "total_comp", "overtime"])
@pytest.mark.parametrize(
    ("by", "where"),
    [
        (("level",), ()),
        (("function", "place"), ()),
        (("focus",), (("level", ("P1", "P10")), ("place", ("東京",)))),
    ],
)
def test_a_copy_answers_as_the_engine_does(copied, element, by, where):
    records, copy, _ = copied
    query = RecordQuery("USD", element, by, where)
    assert copy.answers(query)
    mine, theirs = copy.band_table(query), records.band_table(query)
    assert mine.drop(columns="source").equals(theirs.drop(columns="source"))
    assert mine.source[0] == f"pay_record on a test's engine, copied {copy.facts.copied_at[:10]}"
    assert copy.known_values() == records.known_values()
    assert copy.snapshots(query).equals(records.snapshots(query))


def test_what_the_copy_is_not_ordered_by_is_left_to_the_engine(copied):
    _, copy, _ = copied
    for query in (
        RecordQuery("USD", by=("title",)),
        RecordQuery("USD", since="2025-01-01"),
        RecordQuery("USD", snapshots="all"),
        RecordQuery("USD", mode="aggregate"),
    ):
        assert not copy.answers(query)


@pytest.mark.parametrize("looked_at", [1, 2, 100])
def test_a_part_ends_before_the_key_of_its_last_row(monkeypatch, looked_at):
    monkeypatch.setattr(handover, "_LOOKED_AT", looked_at)
    monkeypatch.setattr(handover, "_PART", 4)
    people = [Person(organisation=name) for name in "AABBBBBBC"]
    table = arrow(people).select(handover._SCHEMA.names)
    parts = handover._whole_keys(table.slice(i, 2) for i in range(0, len(people), 2))
    ends = [part.column("organisation").to_pylist() for part in parts]
    assert ["".join(end) for end in ends] == ["AA", "BBBBBB", "C"]


@pytest.mark.usefixtures("small_parts")
def test_a_copy_that_was_broken_off_goes_on_where_it_was(copied, tmp_path):
    store = tmp_path / "mine.duckdb"
    engine = Counting(PEOPLE, stop_after=120)
    with pytest.raises(EngineError, match="gone"):
        copy_records(records_of(engine), store)
    (folder,) = (p for p in copies_folder(store).iterdir() if p.is_dir())
    there = Parts(folder / "parts").people
    assert 0 < there <= 120
    assert open_copy(store, "pay_record on a test's engine", {}) is None
    engine.stop_after, engine.statements = 0, []
    made = copy_records(records_of(engine), store)
    ((sql, values),) = [s for s in engine.statements if "order by currency" in s[0]]
    assert "> ?" in sql  # after the last key alone
    assert len(values) == 2 * len(KEYS) - 1
    assert made.facts.people == len(PEOPLE)
    assert sorted(p.name for p in copies_folder(store).iterdir()) == [folder.name]
    assert not (folder / "parts").exists()
    whole = index_folder(copied[1].folder / "records", copied[1].facts.identity)
    for file in index_folder(folder / "records", folder.name).iterdir():
        assert file.read_bytes() == (whole / file.name).read_bytes(), file.name
    engine.statements = []
    assert copy_records(records_of(engine), store).facts == made.facts
    assert not [s for s in engine.statements if "order by currency" in s[0]]  # it is there


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("lost", ["a row", "a cent", "an answer"])
def test_a_copy_that_differs_from_the_engine_never_counts(tmp_path, lost):
    class Faulty(Counting):
        """An engine whose answers do not agree with what it hands over."""

        def stream(self, sql, values=()):
            for i, part in enumerate(super().stream(sql, values)):
                changed = part
                if i == 2 and lost == "a row":
                    changed = part.slice(1)
                if i == 2 and lost == "a cent":
                    base = pa.array([b + (j == 0) for j, b in enumerate(part["base"].to_pylist())])
                    changed = part.set_column(part.column_names.index("base"), "base", base)
                yield changed

        def ask(self, sql, values=()):
            answer = super().ask(sql, values)
            if lost == "an answer" and "up_to" in sql:
                pay = pa.array([p + 1 for p in answer["pay_0"].to_pylist()])
                answer = answer.set_column(answer.column_names.index("pay_0"), "pay_0", pay)
            return answer

    store = tmp_path / "mine.duckdb"
    with pytest.raises(EngineError, match="copy again"):
        copy_records(records_of(Faulty(PEOPLE)), store)
    assert open_copy(store, "pay_record on a test's engine", {}) is None
    assert list(copies_folder(store).iterdir()) == []


def test_a_stale_copy_says_by_what(copied):
    records, copy, _ = copied
    assert staleness(copy, records) == ""
    more = records_of(Counting([*PEOPLE, Person(base=12_345, effective_date=date(2026, 2, 1))]))
    said = staleness(copy, more)
    assert "records 241, then 240" in said
    assert "last day 2026-02-01, then 2026-01-01" in said
    raised = records_of(Counting([PEOPLE[0]._replace(base=PEOPLE[0].base + 1), *PEOPLE[1:]]))
    total = sum(p.base for p in PEOPLE)
    assert staleness(copy, raised) == (f"hundredths of base pay {total + 1:,}, then {total:,}")
    columns = {**TABLE.columns, "focus": "title"}
    other = replace(records, table=replace(TABLE, columns=columns))
    assert "focus is taken from title, then from focus" in staleness(copy, other)


def test_the_stamp_of_an_open_engine_sees_a_file_that_came_since(tmp_path):
    pq.write_table(arrow(PEOPLE), tmp_path / "a.parquet")
    engine = open_parquet(str(tmp_path), "pay_record")
    before = engine.stamp()
    assert engine.stamp() == before
    pq.write_table(arrow(PEOPLE[:1]), tmp_path / "b.parquet")
    assert engine.stamp() != before
    engine.close()


def test_no_records_and_a_second_process_are_said(tmp_path):
    store = tmp_path / "mine.duckdb"
    with pytest.raises(InputError, match="no record counts"):
        copy_records(records_of(Counting([Person()._replace(base=-1)])), store)
    (copies_folder(store) / "copying").write_text("1")
    with pytest.raises(InputError, match="process 1 is copying already"):
        copy_records(records_of(Counting(PEOPLE)), store)
    (copies_folder(store) / "copying").write_text("999999999")  # who was killed
    copy_records(records_of(Counting(PEOPLE)), store)


def test_a_copy_whose_file_changed_gives_no_figure(copied, tmp_path):
    records, _, _ = copied
    made = copy_records(records, tmp_path / "mine.duckdb")
    pays = index_folder(made.folder / "records", made.facts.identity) / "base.pays"
    content = bytearray(pays.read_bytes())
    content[0] ^= 1
    pays.write_bytes(bytes(content))
    again = open_copy(tmp_path / "mine.duckdb", records.source, {})
    with pytest.raises(StoreError, match=r"has changed since it was made.*records copy"):
        again.band_table(RecordQuery("USD"))
