"""Pay records asked by ranks, of a real Postgres."""

import threading
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given

from analytics.errors import CancelledError, EngineError
from data.records.engines.postgres import PostgresEngine
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import ASKED_TOGETHER, MANY, arrow, hold, hold_copy
from tests.data.records.engines.postgres_server import PASSWORD, postgres


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.mark.slow
@ASKED_TOGETHER
@given(MANY)
def test_postgres_answers_200_questions_as_the_store_does(url, asked):
    from adbc_driver_postgresql import dbapi

    engines = []

    def put(people: Sequence[Person]) -> PostgresEngine:
        with dbapi.connect(url, autocommit=True) as con, con.cursor() as cursor:
            cursor.adbc_ingest("pay_record", arrow(people), mode="replace")
        engines.append(PostgresEngine(url))
        return engines[0]

    hold(put, *asked)
    engines[0].close()


def test_a_copy_of_postgres_is_to_the_byte_that_of_the_same_people(url, tmp_path):
    from adbc_driver_postgresql import dbapi

    def put(people: Sequence[Person]) -> PostgresEngine:
        with dbapi.connect(url, autocommit=True) as con, con.cursor() as cursor:
            cursor.adbc_ingest("pay_record", arrow(people), mode="replace")
            cursor.execute("analyze pay_record")
        return PostgresEngine(url)

    hold_copy(put, tmp_path)
    engine = PostgresEngine(url)
    assert engine.extent("pay_record").rows == 240
    assert engine.extent("pay_record").size % 8192 == 0
    with pytest.raises(EngineError, match="no_such_table"):
        engine.extent("no_such_table")
    engine.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("s3cr3t-pass%2Fword", "wr0ng-pass"), "password authentication failed"),
        (("?host=", "?host=/nowhere"), "can't be reached"),
    ],
)
def test_a_connection_that_fails_says_why_without_the_password(url, change, words):
    with pytest.raises(EngineError, match=words) as caught:
        PostgresEngine(url.replace(*change))
    said = f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__suppress_context__}"
    assert PASSWORD not in said
    assert "s3cr3t" not in said
    assert "wr0ng" not in said


def test_a_session_writes_nothing_and_names_no_value(url):
    engine = PostgresEngine(url)
    with pytest.raises(EngineError, match="read-only"):
        engine.ask("create table mine (a integer)")
    with pytest.raises(EngineError, match='"nothing" does not exist') as caught:
        engine.ask("select * from nothing where a = ?", ["Ann Example"])
    assert "Ann" not in str(caught.value)
    engine.close()


def test_a_question_is_stopped_on_the_server_by_cancel_and_by_the_limit(url, monkeypatch):
    monkeypatch.setenv("BANDSTAND_RECORDS_SECONDS", "1")
    engine = PostgresEngine(url)
    threading.Timer(0.2, engine.cancel).start()
    with pytest.raises(CancelledError):
        engine.ask("select pg_sleep(5)")
    with pytest.raises(EngineError, match="no answer within 1 seconds"):
        engine.ask("select pg_sleep(5)")
    running = "select count(*) as n from pg_stat_activity where query like '%pg_sleep(5)%' and "
    ours = "state = 'active' and pid <> pg_backend_pid()"
    assert engine.ask(running + ours)["n"].to_pylist() == [0]
    engine.close()
