"""Pay records asked by ranks over Spark Connect, of Sail: its server without Java."""

import logging
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings

from analytics.errors import EngineError
from data.records.engines.protocol import Extent
from data.records.engines.spark import SparkEngine
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import ASKED_TOGETHER, MANY, arrow, hold, hold_copy

#: Pyspark warns that it does not fully support pandas 3, of which nothing is used.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")
TOKEN = "t0ken-of-ann"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address or ("", 0)
    yield f"sc://{host}:{port}/"
    server.stop()


# A question takes Sail a fifth of a second, so that it is asked 50.
@pytest.mark.slow
@settings(ASKED_TOGETHER, max_examples=1)
@given(MANY)
def test_spark_connect_answers_as_the_store_does(url, asked):
    engine = SparkEngine(url)

    def put(people: Sequence[Person]) -> SparkEngine:
        engine._session.createDataFrame(arrow(people)).createOrReplaceTempView("pay_record")
        return engine

    hold(put, *asked)


def test_a_copy_of_spark_is_to_the_byte_that_of_the_same_people(url, tmp_path):
    engine = SparkEngine(url)

    def put(people: Sequence[Person]) -> SparkEngine:
        engine._session.createDataFrame(arrow(people)).createOrReplaceTempView("pay_record")
        return engine

    hold_copy(put, tmp_path)
    assert engine.extent("pay_record") == Extent()
    engine.close()


def test_errors_and_logs_hold_neither_values_nor_the_token(url, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    engine = SparkEngine(url)
    with pytest.raises(EngineError, match="nothing") as refused:
        engine.ask("select * from nothing where a = ?", ["Ann Example"])
    with pytest.raises(EngineError, match="can't be reached") as unreached:
        SparkEngine(f"sc://127.0.0.1:1/;use_ssl=true;token={TOKEN}")
    output = "".join(capfd.readouterr())
    for text in (str(refused.value), str(unreached.value), caplog.text, output):
        assert "Ann" not in text
        assert TOKEN not in text
