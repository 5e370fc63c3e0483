"""Pay records asked by ranks, of DuckDB: a table, and Parquet at a path."""

import threading

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given

from analytics.errors import CancelledError
from data.records.engines.duckdb_engine import DuckDbEngine, open_parquet
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import ASKED_TOGETHER, MANY, arrow, hold, own_store
from tests.examples import examples


@pytest.mark.slow
@ASKED_TOGETHER
@given(MANY)
def test_duckdb_answers_200_questions_as_the_store_does(asked):
    hold(lambda rows: DuckDbEngine(own_store(rows), "DuckDB"), *asked)


@pytest.mark.slow
@examples(1, HealthCheck.function_scoped_fixture)
@given(MANY)
def test_hive_partitioned_parquet_answers_as_the_store_does(tmp_path_factory, asked):
    def put(rows: list[Person]) -> DuckDbEngine:
        folder = tmp_path_factory.mktemp("lake")
        pq.write_to_dataset(arrow(rows), folder, partition_cols=["level"])
        return open_parquet(str(folder), "pay_record")

    hold(put, *asked)


def test_a_question_is_canceled():
    engine = DuckDbEngine(duckdb.connect(), "DuckDB")
    threading.Timer(0.2, engine.cancel).start()
    with pytest.raises(CancelledError):
        engine.ask("select count(*) from range(1000000000000)")
    engine.close()
