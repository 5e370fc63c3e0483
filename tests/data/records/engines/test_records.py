"""Pay records in a folder of Parquet: columns, what is left out, the band table, and messages."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.errors import EngineError, InputError
from data.imports.provenance import DEMO
from data.records.engines import bands
from data.records.engines.check import check_records
from data.records.engines.records import EngineRecords
from data.records.engines.secrets import engine_name, without_secrets
from data.records.engines.settings import (
    engine_source,
    open_engine,
    records_on,
    stated_columns,
)
from data.records.engines.table import NEEDED, RecordTable
from data.records.question import AGGREGATE, RecordQuery
from tests.commands import bandstand

#: Eight people, of whom four count at P1: 100, 110, 120 and 130 thousand, and one at P9.
ROWS = {
    "company": ["Acme", "Acme", "Bolt", "acme ", None, "Bolt", "Acme", "Acme"],
    "salary": [100_000.0, 110_000.0, 120_000.5, 130_000.0, 1.0, -5.0, 90_000.0, None],
    "bonus": [10_000.0, None, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "grade": ["P1", "P1", "P1", "P1", "P1", "P1", "P9", "P1"],
    "currency": ["USD"] * 8,
    "as_of": [date(2026, 3, 1)] * 8,
}


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lake" / "year=2026"
    folder.mkdir(parents=True)
    pq.write_table(pa.table(ROWS), folder / "part.parquet")
    monkeypatch.setenv("BANDSTAND_RECORDS_URL", str(tmp_path / "lake"))
    return folder


def opened() -> EngineRecords:
    return records_on(open_engine(), {"P1": 0, "P2": 1})


@pytest.mark.usefixtures("lake")
def test_columns_are_recognized_as_the_headings_of_files_are():
    columns = opened().table.columns
    assert columns == {
        "organisation": "company",
        "currency": "currency",
        "base": "salary",
        "effective_date": "as_of",
        "variable": "bonus",
        "level": "grade",
    }


@pytest.mark.usefixtures("lake")
def test_a_band_by_hand_in_units_of_the_currency():
    table = opened().band_table(RecordQuery("USD", by=("level",), percentiles=(0.5,)))
    assert table.level.tolist() == ["P1", "P9"]
    assert table.n.tolist() == [4, 1]
    assert table.organisations.tolist() == [2, 1]  # Acme and "acme " are one
    assert table.p50.tolist() == [115_000.25, 90_000]
    assert table.as_of.tolist() == ["2026-03-01"] * 2
    assert table.source[0].startswith("records on ")
    cash = opened().band_table(RecordQuery("USD", "target_cash", percentiles=(0.5,)))
    assert cash.p50.tolist() == [119_999.5, 90_000]  # 110,000, 119,999.5 and 130,000


@pytest.mark.usefixtures("lake")
def test_the_check_counts_what_an_import_would_leave_out():
    found = check_records(opened())
    assert (found.records, found.usable) == (8, 5)
    assert [sentence.split(";")[0] for sentence in found.left_out] == [
        "organisation is missing: 1 records left out",
        "base is missing: 1 records left out",
        "base is below 0: 1 records left out",
    ]
    assert found.warnings[0] == "variable is below 0: 1 records, which count as they are"
    assert found.warnings[1].startswith("level: 1 records have a level on no ladder, such as 'P9'")
    assert found.warnings[2].startswith("no column for equity, overtime, function, focus, place")


@pytest.mark.usefixtures("store")
def test_the_commands_ask_there_and_what_they_rest_on_is_said(lake):
    answer = bandstand("export", "record-bands", "--by", "level", "--percentiles", "50")
    assert answer.returncode == 0
    assert [line.split(",")[:4] for line in answer.stdout.splitlines()[1:]] == [
        ['"P1"', '"4"', '"2"', '"115000.25"'],
        ['"P9"', '"1"', '"1"', '"90000"'],
    ]
    assert "organisation" not in answer.stderr  # joined, but not asked by
    assert "base: salary" in bandstand("records", "connect").stdout
    checked = bandstand("records", "check")
    assert "8 records: 5 count, 3 are left out" in checked.stdout
    assert checked.returncode == 2
    assert "aggregate mode" in bandstand("export", "record-bands", "--mode", "aggregate").stderr


def test_commands_answer_from_a_copy_and_say_when_it_is_stale(lake, mine):
    by_level = ("export", "record-bands", "--percentiles", "50")
    asked = bandstand(*by_level)
    made = bandstand("records", "copy")
    assert "5 records of records on" in made.stdout
    assert "2 questions to the cent are as on the engine" in made.stdout  # of equity there is none
    copied = bandstand(*by_level)
    assert copied.stderr.startswith("bandstand: answered from the copy of ")
    assert "stale" not in copied.stderr
    figures = [[line.split(",")[:8] for line in a.stdout.splitlines()] for a in (asked, copied)]
    assert figures[0] == figures[1]
    pq.write_table(pa.table(ROWS).slice(0, 1), lake / "more.parquet")
    stale = bandstand(*by_level)
    assert "which is stale: records 6, then 5; with base pay 6, then 5;" in stale.stderr
    assert "--ask engine asks the engine itself" in stale.stderr
    assert stale.stdout == copied.stdout
    assert '"P1","5"' in bandstand(*by_level, "--ask", "engine").stdout
    assert (
        "the copy can't answer this"
        in bandstand("export", "record-bands", "--by", "year", "--ask", "copy").stderr
    )
    (lake / "more.parquet").unlink()
    (lake / "part.parquet").unlink()
    gone = bandstand(*by_level)
    assert "not compared with the engine" in gone.stderr
    assert gone.stdout == copied.stdout
    assert bandstand(*by_level, "--ask", "copy").stderr == ""


def test_what_is_written_of_a_copy_holds_no_secret(monkeypatch):
    monkeypatch.setenv("BANDSTAND_RECORDS_URL", "postgresql://ann:s3cr3t@db.example.com/pay")
    monkeypatch.setenv("BANDSTAND_RECORDS_TABLE", "pay.records")
    assert engine_source() == "pay.records on Postgres at db.example.com"
    token = "sc://spark.example.com:443/;token=abc-def"
    assert engine_name(token) == "Spark at spark.example.com"
    assert engine_name("s3://key:s3cr3t@bucket/pay") == "Parquet in an object store"


def test_a_stamp_changes_with_the_files(lake):
    before = opened().stamp()
    assert opened().stamp() == before
    pq.write_table(pa.table(ROWS).slice(0, 3), lake / "more.parquet")
    assert opened().stamp() != before


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("BANDSTAND_RECORDS_TABLE", "r; drop table x", "a name that can't be used"),
        ("BANDSTAND_RECORDS_COLUMNS", "base=sallary", "no column 'sallary'.*salary"),
        ("BANDSTAND_RECORDS_COLUMNS", "pay=salary", "no field 'pay'"),
        ("BANDSTAND_RECORDS_COLUMNS", "base", "write it like"),
        ("BANDSTAND_RECORDS_MONEY", "pennies", "units of the currency or hundredths"),
        ("BANDSTAND_RECORDS_URL", "/nowhere", "no Parquet there"),
        ("BANDSTAND_RECORDS_URL", "oracle://ann:s3cr3t@db", "no engine for oracle://"),
    ],
)
@pytest.mark.usefixtures("lake")
def test_a_setting_that_can_not_be_used_is_refused_in_words(monkeypatch, variable, value, words):
    monkeypatch.setenv(variable, value)
    with pytest.raises(InputError, match=words) as caught:
        opened()
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.usefixtures("lake")
def test_demo_records_are_called_so_there_too(lake):
    pq.write_table(pa.table({**ROWS, "company": [f"{DEMO} 0001"] * 8}), lake / "part.parquet")
    assert set(opened().band_table(RecordQuery("USD")).status) == {"computed from demo data"}


@pytest.mark.usefixtures("lake")
def test_aggregate_mode_is_refused_before_anything_is_asked():
    with pytest.raises(InputError, match="not asked of another engine"):
        opened().band_table(RecordQuery("USD", mode=AGGREGATE))


def test_a_table_that_lacks_a_needed_column_names_it():
    with pytest.raises(InputError, match="no column for base, effective_date"):
        RecordTable.matched("pay.records", ["company", "currency"])
    for name in ("a", "pay.records", "c.s.t_1"):
        RecordTable(name, {field: field for field in NEEDED})
    for name in ("", "1a", "a.b.c.d", 'a"b', "a b", "a;b", "a--", "ä"):
        with pytest.raises(InputError, match="can't be used"):
            RecordTable(name, {field: field for field in NEEDED})


def test_stated_columns_are_read_in_pairs():
    assert stated_columns("base = pay, level=grade,") == {"base": "pay", "level": "grade"}


@pytest.mark.parametrize(
    ("lost", "words"), [("a rank", "lacks a rank"), ("a cell", "changed while")]
)
def test_an_answer_that_lacks_a_rank_is_no_figure(lake, lost, words):
    class Forgetful:
        """An engine that loses the last cell of each answer, or its first percentile there."""

        def __init__(self) -> None:
            self.engine = open_engine()
            self.name = "forgetful"

        def ask(self, sql, values=()):
            answer = self.engine.ask(sql, values)
            if "up_to" not in sql:
                return answer
            if lost == "a cell":
                return answer.slice(0, answer.num_rows - 1)
            pay = pa.array([*answer["pay_0"].to_pylist()[:-1], None])
            return answer.set_column(answer.column_names.index("pay_0"), "pay_0", pay)

        def stamp(self) -> str:
            return ""

    records = EngineRecords(Forgetful(), opened().table)
    with pytest.raises(EngineError, match=words):
        records.band_table(RecordQuery("USD"))


def test_half_a_cent_goes_away_from_0_as_in_an_import(lake):
    rows = {**ROWS, "salary": [0.125, 0.375, 1.625, 2.0] * 2, "bonus": [-0.125] * 8}
    pq.write_table(pa.table(rows), lake / "part.parquet")
    assert opened().totals()["sum_base"] == str(13 + 38 + 163 + 200 + 38 + 163 + 200)
    assert opened().totals()["sum_variable"] == str(7 * -13)


@pytest.mark.usefixtures("lake")
def test_more_cells_or_organizations_than_are_asked_for_are_refused(monkeypatch):
    monkeypatch.setattr(bands, "MOST_PAYERS", 2)
    with pytest.raises(InputError, match="each organization of each cell, here 3"):
        opened().band_table(RecordQuery("USD"))
    assert len(opened().band_table(RecordQuery("USD", interval="people"))) == 2
    monkeypatch.setattr(bands, "MOST_CELLS", 1)
    with pytest.raises(InputError, match="2 cells are more than 1"):
        opened().band_table(RecordQuery("USD", interval="people"))


def test_secrets_of_a_url_are_replaced():
    url = "postgresql://ann:p%40ss-word@db/pay?sslpassword=hush-hush"
    said = without_secrets(f"{url} failed for p@ss-word and p%40ss-word, hush-hush", url)
    assert said == "… failed for … and …, …"
    token = "sc://spark:443/;use_ssl=true;token=abc-def"
    assert "abc-def" not in without_secrets("no: abc-def", token)
