"""The 200 questions of the conformance suite in a further dialect, of ClickHouse in this process.

It is the text that is tested: no engine of ClickHouse is shipped.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from tests.conftest import HOME
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import ASKED_TOGETHER, MANY, arrow, hold

#: What the standard says of nulls, and of a column that has the name of another's alias.
_STANDARD = {
    "cast_keep_nullable": 1,
    "aggregate_functions_null_for_empty": 1,
    "join_use_nulls": 1,
    "prefer_column_name_to_alias": 1,
    "output_format_arrow_string_as_string": 1,
}


class ChdbEngine:
    """A session of chdb; values are bound by name."""

    name = "chdb"

    def __init__(self, session: Any) -> None:
        self._session = session
        for name, value in _STANDARD.items():
            session.query(f"set {name} = {value}")

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`."""
        first, *rest = sql.split("?")
        named = first + "".join(f"{{v{i}:String}}{part}" for i, part in enumerate(rest))
        bound = {f"v{i}": _escaped(value) for i, value in enumerate(values)}
        answer = self._session.query(named, "Arrow", params=bound)
        return pa.ipc.open_file(answer.bytes()).read_all()


def _escaped(value: str) -> str:
    """A value as ClickHouse reads one of a parameter."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    sys.path += map(str, HOME.glob(".venv-engines/lib/python*/site-packages"))
    chdb = pytest.importorskip("chdb.session", reason="CHDB IS NOT TESTED: make engines")
    session = chdb.Session(str(tmp_path_factory.mktemp("chdb")))
    yield session
    session.close()


@ASKED_TOGETHER
@given(MANY)
def test_chdb_answers_200_questions_as_the_store_does(session, tmp_path_factory, asked):
    folder, numbers = tmp_path_factory.mktemp("people"), count()

    def put(people: Sequence[Person]) -> ChdbEngine:
        file: Path = folder / f"{next(numbers)}.parquet"
        pq.write_table(arrow(people), file)
        session.query(f"create or replace view pay_record as select * from file('{file}', Parquet)")
        return ChdbEngine(session)

    hold(put, *asked)
