"""Pay records on a real Spark cluster: the same answers, and what happens when parts of it die.

Not part of the suite: `make test-engines`, with `ROWS=1000000` for fewer records.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from analytics.errors import CancelledError, EngineError, InputError
from benchmarks.engines import view_of
from data.records.demo import write_parquet
from data.records.engines.duckdb_engine import open_parquet
from data.records.engines.records import EngineRecords
from data.records.engines.settings import records_on
from data.records.engines.spark import SparkEngine
from data.records.engines.table import RecordTable
from data.records.question import RecordQuery
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import ASKED_TOGETHER, MANY, arrow, hold, hold_copy
from tests.engines.cluster import Cluster, kill, spark_cluster

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")
ROWS = int(os.environ.get("ROWS") or 10_000_000)
TOKEN = "t0ken-of-ann"
QUERY = RecordQuery("USD", by=("focus", "level"))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    write_parquet(folder / "records.parquet", ROWS, 7)
    return folder


@pytest.fixture(scope="module")
def expected(lake: Path) -> pd.DataFrame:
    return EngineRecords(open_parquet(str(lake)), table_of(lake)).band_table(QUERY)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with spark_cluster(tmp_path_factory.mktemp("spark")) as cluster:
        yield cluster


def table_of(lake: Path) -> RecordTable:
    return RecordTable.matched("records", pq.read_schema(lake / "records.parquet").names)


def opened(cluster: Cluster, lake: Path) -> EngineRecords:
    engine = SparkEngine(cluster.url)
    engine.ask(view_of(lake))
    return EngineRecords(engine, table_of(lake))


def hold_equal(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        found.drop(columns="source"), expected.drop(columns="source"), rtol=0, atol=1e-5
    )


def test_ten_million_records_answer_as_duckdb_does(cluster, lake, expected):
    records = opened(cluster, lake)
    found = records.band_table(QUERY)
    assert found.n.sum() > ROWS / 2
    hold_equal(found, expected)
    records.engine.close()


@settings(ASKED_TOGETHER, max_examples=1)
@given(MANY)
def test_fifty_questions_as_the_store_answers_them(cluster, tmp_path_factory, asked):
    hold(_putting(cluster, tmp_path_factory.mktemp("people")), *asked)


def test_a_copy_is_to_the_byte_that_of_the_same_people(cluster, tmp_path):
    hold_copy(_putting(cluster, tmp_path), tmp_path)


def _putting(cluster: Cluster, folder: Path) -> Callable[[Sequence[Person]], SparkEngine]:
    """Puts people where the cluster reads them: its client has newer ways than the server."""
    engine, numbers = SparkEngine(cluster.url), count()

    def put(people: Sequence[Person]) -> SparkEngine:
        file = folder / f"{next(numbers)}.parquet"
        pq.write_table(arrow(people), file)
        engine.ask(view_of(file, "pay_record"))
        return engine

    return put


def test_a_question_is_canceled_on_the_cluster(cluster, lake):
    records = opened(cluster, lake)
    _ = records.words, records.snapshots(QUERY)
    threading.Timer(1.0, records.engine.cancel).start()
    with pytest.raises(CancelledError):
        records.band_table(QUERY)
    records.engine.close()


def test_a_table_that_lacks_a_column_is_said(cluster, lake, monkeypatch):
    engine = SparkEngine(cluster.url)
    engine.ask(view_of(lake))
    engine.ask("create or replace temporary view lacking as select organisation from records")
    monkeypatch.setenv("BANDSTAND_RECORDS_TABLE", "lacking")
    with pytest.raises(InputError, match="no column for currency, base, effective_date"):
        records_on(engine, {})
    engine.close()


def test_tls_that_the_server_does_not_speak_is_said_without_the_token(cluster):
    with pytest.raises(EngineError, match="can't be reached") as caught:
        SparkEngine(f"{cluster.url};use_ssl=true;token={TOKEN}")
    assert TOKEN not in str(caught.value)


def test_a_worker_that_dies_amid_a_question_gives_no_wrong_answer(cluster, lake, expected):
    records = opened(cluster, lake)
    _ = records.words, records.snapshots(QUERY)
    timer = threading.Timer(1.5, kill, [cluster.workers[0]])
    timer.start()
    with suppress(EngineError):  # an error in words is no wrong answer
        hold_equal(records.band_table(QUERY), expected)
    timer.join()
    assert cluster.workers[0].poll() is not None
    hold_equal(records.band_table(QUERY), expected)  # of the one that is left


def test_a_cluster_that_is_gone_is_said(cluster, lake):
    records = opened(cluster, lake)
    kill(cluster.server)
    with pytest.raises(EngineError, match=r"Spark at 127\.0\.0\.1"):
        records.band_table(QUERY)
    with pytest.raises(EngineError, match="can't be reached"):
        SparkEngine(cluster.url)
