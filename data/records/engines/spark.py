"""Spark by its Connect protocol, Databricks too: `pip install 'bandstand[spark]'`; no Java here."""

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from analytics.errors import CancelledError, EngineError, InputError
from data.records.engines.protocol import Extent
from data.records.engines.secrets import engine_name, without_secrets
from data.records.engines.time_limit import Deadline

_NOT_INSTALLED = "Spark needs packages more: pip install 'bandstand[spark]'"
#: An error's class, such as UNRESOLVED_COLUMN, and the one sentence after it.
_GRPC_DETAILS = re.compile(r'details = "([^"\n]*)')
_SPARK_ERROR = re.compile(r"\[([A-Z_.0-9]+)\]\s*([^\n]*)")


class SparkEngine:
    """A session of a Spark Connect server; a token is in the URL, as Spark has it."""

    def __init__(self, url: str) -> None:
        session_class, self._errors = _client()
        self.name = engine_name(url)
        self._url, self._canceled = url, False
        self._deadline = Deadline(self.name, lambda: self._session.interruptAll())
        try:
            self._session = session_class.builder.remote(url).create()
            # The client's own policy tries again for ten minutes.
            self._session.client.set_retry_policies([])
            self._session.sql("select 1 as one").toArrow()
        except self._errors as error:
            raise EngineError(f"{self.name} can't be reached: {self._words(error)}") from None

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`; a question that takes too long is interrupted."""
        with self._timed():
            return self._session.sql(sql, args=list(values) or None).toArrow()

    def stream(self, sql: str, values: Sequence[str] = ()) -> Iterator[pa.Table]:
        """As in `Engine`; by the client's own iterator, which `toLocalIterator` rests on."""
        with self._timed():
            client = self._session.client
            plan = self._session.sql(sql, args=list(values) or None)._plan.to_proto(client)
            for part in client.to_table_as_iterator(plan, {}):
                if isinstance(part, pa.Table):
                    yield part

    def stamp(self) -> str:
        """Empty: the records' sums are asked for."""
        return ""

    def extent(self, table: str) -> Extent:
        """As in `Engine`: what the catalog has, once the table was analyzed."""
        try:
            rows = self.ask(f"describe table extended {table}").to_pylist()
        except EngineError:
            return Extent()
        said = " ".join(str(r["data_type"]) for r in rows if r["col_name"] == "Statistics")
        numbers = {unit: int(n) for n, unit in re.findall(r"(\d+) (bytes|rows)", said)}
        return Extent(numbers.get("rows"), numbers.get("bytes"))

    def cancel(self) -> None:
        """As in `Engine`."""
        self._canceled = True
        self._session.interruptAll()

    def close(self) -> None:
        """As in `Engine`."""
        self._session.stop()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Interrupt what is asked after the time limit, and say errors in words."""
        self._canceled = False
        try:
            with self._deadline:
                yield
        except self._errors as error:
            self._raise(error)

    def _raise(self, error: Exception) -> None:
        if self._canceled:
            raise CancelledError("canceled; nothing has changed") from None
        if self._deadline.passed:
            raise self._deadline.error() from None
        raise EngineError(f"{self.name}: {self._words(error)}") from None

    def _words(self, error: Exception) -> str:
        """What Spark says, in one line, without plans, values and secrets."""
        text = str(error)
        if found := _SPARK_ERROR.search(text):
            first = f"{found[1]}: {found[2]}"
        elif found := _GRPC_DETAILS.search(text):
            first = found[1]
        else:
            first = (text.splitlines() or [""])[0]
        return without_secrets(first, self._url)


def _client() -> tuple[Any, tuple[type[Exception], ...]]:
    """The client's session, and what it raises; its logs, which hold plans with values, are off."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    try:
        import grpc
        from pyspark.errors import PySparkException
        from pyspark.sql.connect.session import SparkSession
    except ImportError:
        raise InputError(_NOT_INSTALLED) from None
    for name in ("pyspark", "pyspark.sql.connect.logging", "SparkConnectLogger", "grpc"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False
    return SparkSession, (PySparkException, grpc.RpcError)
