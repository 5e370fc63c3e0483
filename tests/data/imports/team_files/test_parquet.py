"""Parquet on its way in: typed columns, folders, and what can't be right."""

import os
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.errors import InputError
from data.imports.team_files.check import check_file
from data.imports.team_files.checked_rows import rows_to_load
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.session import ImportSession
from data.records.demo import (
    DEMO,
    LEVELS,
    focus_name,
    records,
    true_median_and_spread,
    write_parquet,
)
from tests.data.loads import NOTHING, SAID, Brought, bring, load, nameless


def parquet(**columns: pa.Array | list[object]) -> bytes:
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), out)
    return out.getvalue().to_pybytes()


def of_folder(folder: Path, options: ImportOptions = SAID) -> Brought:
    return bring("records", folder, options, folder.name)


def test_each_type_of_column_is_read_as_what_it_is():
    told = bring(
        "records",
        parquet(
            company=pa.array(["Acme", "Brücke"]).dictionary_encode(),
            level=pa.array([3, 4], pa.int16()),
            currency=["USD", "usd"],
            base=pa.array([95_000.5, 1e7], pa.float64()),
            variable=pa.array([Decimal("12.34"), None], pa.decimal128(12, 2)),
            equity=["1,000", "$2,000"],
            effective_date=[datetime(2026, 3, 1), datetime(2026, 4, 2, 5)],
        ),
        ImportOptions(decimal="."),
    )  # fmt: skip
    assert told.problems == []
    assert told.values("base") == [95_000.5, 10_000_000.0]
    assert told.values("variable") == [12.34, None]
    assert told.values("equity") == [1_000, 2_000]
    assert told.values("level") == ["3", "4"]
    assert told.values("currency") == ["USD", "USD"]
    assert told.values("effective_date")[0] == date(2026, 3, 1)
    assert told.report.layout.table.encoding == "Parquet"
    assert told.report.rows_in == told.report.to_load + told.report.left_out == 2


def test_rows_are_numbered_from_one_and_left_out_with_their_cells():
    told = bring(
        "records",
        parquet(
            company=["Acme", None, "C", "D"],
            base=pa.array([1.0, 2.0, float("nan"), -4.0]),
            note=pa.array([[1], [], [2, 3], None]),
        ),
        SAID,
    )
    said = [(p.row, p.column, p.value, p.reason) for p in told.problems]
    assert said == [
        (2, "company", "", "is empty"),
        (3, "base", "nan", "is not an amount of pay"),
        (4, "base", "-4.0", "is below 0"),
    ]
    assert told.rejects[2] == ["3", "base", "nan", "is not an amount of pay", "C", "nan", "[2, 3]"]


def test_a_folder_is_one_load_in_the_order_of_its_files(tmp_path):
    (tmp_path / "b.parquet").write_bytes(parquet(company=["Late"], base=[2]))
    (tmp_path / "a.parquet").write_bytes(parquet(company=["Early"], base=[1]))
    (tmp_path / "notes.txt").write_text("not ours")
    told = of_folder(tmp_path)
    assert told.values("organisation") == ["Early", "Late"]
    once = told.report.layout.table.sha256
    (tmp_path / "b.parquet").write_bytes(parquet(company=["Other"], base=[2]))
    assert of_folder(tmp_path).report.layout.table.sha256 != once


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "contains no file that ends in .parquet"),
        ({"a": parquet(company=["A"], base=[1]), "b": parquet(company=["B"], pay=[1])},
         "b.parquet: has different columns from a.parquet"),
        ({"a": b"PAR1 but no more"}, "can't be read as Parquet"),
        ({"a": parquet(company=pa.array([], pa.string()), base=pa.array([], pa.int64()))},
         "is empty"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path, files, words):
    for name, content in files.items():
        (tmp_path / f"{name}.parquet").write_bytes(content)
    with pytest.raises(InputError, match=words):
        of_folder(tmp_path)


@pytest.mark.parametrize("cut", [100, 400, 900])
def test_torn_files_are_refused_or_whole(cut):
    content = parquet(company=["A"] * 50, base=list(range(50)))
    torn = bytearray(content)
    torn[min(cut, len(torn) - 1)] ^= 0xFF
    with suppress(InputError):
        told = bring("records", bytes(torn), SAID)
        assert told.report.rows_in == told.report.to_load + told.report.left_out == 50


def test_demo_records_are_the_same_for_a_seed_and_around_their_truth():
    (once,), (again,), (other,) = (list(records(60_000, seed)) for seed in (1, 1, 2))
    assert once.equals(again)
    assert not once.equals(other)
    table = once.to_pandas()
    assert table.organisation.str.startswith(DEMO).all()
    assert set(table.level) == set(LEVELS)
    focus = focus_name("Customer Success", "Management")
    cell = table[(table.focus == focus) & (table.level == "P3") & (table.place == "New York")]
    median, spread = true_median_and_spread("Customer Success", "Management", "P3", "New York")
    assert abs(cell.base.median() / median - 1) < 4 * 1.2533 * spread / len(cell) ** 0.5


@pytest.mark.slow
def test_demo_records_load_whole_and_are_called_demo(own, tmp_path):
    write_parquet(tmp_path / "demo.parquet", 600_001, 1)
    said = load(own, "records", tmp_path / "demo.parquet", name="Anything")
    assert said == "load 1: 600,001 rows in, 600,001 loaded, 0 rejected"
    ((publisher, disclosure),) = own.execute(
        "select publisher, disclosure from source where source = 'own-load-1'"
    ).fetchall()
    assert (publisher, disclosure) == ("Demo data, generated", "Made up: nobody's pay")


def test_pay_records_lie_in_order_and_text_is_held_once(own, tmp_path):
    write_parquet(tmp_path / "demo.parquet", 300_000, 1)
    load(own, "records", tmp_path / "demo.parquet", name="Demo")
    own.execute("checkpoint")
    ((wrong,),) = own.execute(
        "select count(*) from (select focus, lag(focus) over (order by rowid) as before, function, "
        "lag(function) over (order by rowid) as f from pay_record) "
        "where before is not null and (function, focus) < (f, before)"
    ).fetchall()
    assert wrong == 0
    held = own.execute(
        "select distinct compression from pragma_storage_info('pay_record') "
        "where column_name in ('focus', 'level', 'place', 'organisation') "
        "and segment_type = 'VARCHAR'"
    ).fetchall()
    assert held
    assert all("DICT" in way.upper() or way == "Constant" for (way,) in held)


def test_rows_keep_their_numbers_whatever_threads_read_them(tmp_path):
    rows = 240_000
    table = pa.table({
        "company": ["Acme"] * rows, "base": np.arange(rows) + 50_000, "currency": ["USD"] * rows,
        "effective_date": [date(2026, 1, 1)] * rows,
    })  # fmt: skip
    pq.write_table(table, tmp_path / "many.parquet", row_group_size=20_000)
    with ImportSession() as session:
        check_file(session, file_type("records"), "f", tmp_path / "many.parquet", NOTHING, nameless)
        read = rows_to_load(session, "row, v_base").read_all()
    assert (read["v_base"].to_numpy() == 100 * (read["row"].to_numpy() - 1 + 50_000)).all()


def test_what_is_said_fills_the_gaps_of_a_typed_column_and_changes_nothing_else():
    content = parquet(
        company=["A", "B"], base=["95.000,50", "1,00"], variable=pa.array([950.125, None])
    )
    said = ImportOptions(set_values={**SAID.set_values, "variable": "7"}, decimal=",")
    told = bring("records", content, said)
    assert told.values("variable") == [950.13, 7.0]
    assert told.values("base") == [95_000.5, 1.0]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_a_time_has_the_day_of_its_own_zone(zone):
    midnight = datetime(2026, 3, 1, tzinfo=ZoneInfo(zone))
    content = parquet(
        company=["A"], base=[50_000], effective_date=pa.array([midnight], pa.timestamp("us", zone))
    )
    told = bring("records", content, ImportOptions(set_values={"currency": "USD"}))
    assert told.values("effective_date") == [date(2026, 3, 1)]


def test_pay_beyond_all_bounds_is_left_out():
    told = bring("records", parquet(company=["A", "B"], base=[9e16, 5e4], variable=[9e18, 1.0]))
    assert told.report.questions
    told = bring("records", parquet(company=["A", "B"], base=[9e16, 5e4]), SAID)
    assert [(p.row, p.reason) for p in told.problems] == [(1, "is not an amount of pay")]


def test_whole_numbers_beside_gaps_and_bytes_are_the_words_that_they_were():
    told = bring(
        "records",
        parquet(
            company=pa.array(["Brücke".encode(), b"B"], pa.binary()),
            level=pa.array([3.0, None]), base=[1, 2],
        ),
        SAID,
    )  # fmt: skip
    assert told.values("organisation") == ["Brücke", "B"]
    assert told.values("level") == ["3", None]


def test_columns_that_hold_no_single_values_are_no_field():
    with pytest.raises(InputError, match="'level' contains lists or records"):
        bring("records", parquet(company=["A"], base=[1], level=[["P2", "P3"]]), SAID)


def test_an_empty_part_of_a_folder_is_a_part_and_partitions_are_refused(tmp_path):
    empty = pa.table({"company": pa.array([], pa.string()), "base": pa.array([], pa.int64())})
    pq.write_table(empty, tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(parquet(company=["B"], base=[2]))
    assert of_folder(tmp_path).values("organisation") == ["B"]
    (tmp_path / "year=2025").mkdir()
    (tmp_path / "year=2025" / "c.parquet").write_bytes(parquet(company=["C"], base=[2]))
    with pytest.raises(InputError, match="names hold values of a column, such as year=2025"):
        of_folder(tmp_path)


def test_a_folder_is_read_by_exact_names_with_its_inner_folders(tmp_path):
    """Names that are patterns for DuckDB, and what a writer leaves beside its files."""
    files = {
        "pay[1].parquet": "A", "pay1.parquet": "B", "in [x]/p*.parquet": "C",
        "in [x]/pq.parquet": "D", "_temporary/t.parquet": "T",
    }  # fmt: skip
    for name, company in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(parquet(company=[company], base=[90_000]))
    (tmp_path / "_SUCCESS").write_text("")
    (tmp_path / "read me.txt").write_text("two batches")
    assert sorted(of_folder(tmp_path).values("organisation")) == ["A", "B", "C", "D"]


@pytest.mark.slow
def test_checking_goes_to_disk_where_memory_is_short(tmp_path, monkeypatch):
    """200,000 rows under 16 MB a core; `make bench ROWS=50000000` does it under 500 MB."""
    monkeypatch.setenv("BANDSTAND_STAGE_MEMORY_MB", str(16 * (os.cpu_count() or 2)))
    file = tmp_path / "demo.parquet"
    write_parquet(file, 200_000, seed=1)
    with ImportSession() as session:
        report = check_file(
            session, file_type("records"), file.name, file, NOTHING, nameless
        ).report
        assert (session.folder / "stage.duckdb").exists()
    assert (report.rows_in, report.to_load, report.left_out) == (200_000, 200_000, 0)
