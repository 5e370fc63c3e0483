"""Spark by its Connect protocol, Databricks too: `pip install 'bandstand[spark]'`; no Java here."""

import logging
import os
import re
import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from analytics.errors import CancelledError, EngineError, InputError
from data.records.engines.secrets import without_secrets
from data.store.settings import limit

_NOT_INSTALLED = "Spark needs packages more: pip install 'bandstand[spark]'"
#: An error's class, such as UNRESOLVED_COLUMN, and the one sentence after it.
_GRPC_DETAILS = re.compile(r'details = "([^"\n]*)')
_SPARK_ERROR = re.compile(r"\[([A-Z_.0-9]+)\]\s*([^\n]*)")


class SparkEngine:
    """A session of a Spark Connect server; a token is in the URL, as Spark has it."""

    def __init__(self, url: str) -> None:
        session_class, self._errors = _client()
        self.name = f"Spark at {urlsplit(url.replace('sc://', 'http://', 1)).hostname}"
        self._url, self._seconds = url, limit("RECORDS_SECONDS")
        self._canceled = self._timed_out = False
        try:
            self._session = session_class.builder.remote(url).create()
            # The client's own policy tries again for ten minutes.
            self._session.client.set_retry_policies([])
            self._session.sql("select 1 as one").toArrow()
        except self._errors as error:
            raise EngineError(f"{self.name} can't be reached: {self._words(error)}") from None

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`; a question that takes too long is interrupted."""
        self._canceled = self._timed_out = False
        timer = threading.Timer(self._seconds, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            return self._session.sql(sql, args=list(values) or None).toArrow()
        except self._errors as error:
            self._raise(error)
        finally:
            timer.cancel()
        raise AssertionError("an error was raised")

    def stamp(self) -> str:
        """Empty: the records' sums are asked for."""
        return ""

    def cancel(self) -> None:
        """As in `Engine`."""
        self._canceled = True
        self._session.interruptAll()

    def close(self) -> None:
        """As in `Engine`."""
        self._session.stop()

    def _time_out(self) -> None:
        self._timed_out = True
        self._session.interruptAll()

    def _raise(self, error: Exception) -> None:
        if self._canceled:
            raise CancelledError("canceled; nothing has changed") from None
        if self._timed_out:
            raise EngineError(
                f"{self.name}: no answer within {self._seconds:,} seconds; filter, or set "
                "BANDSTAND_RECORDS_SECONDS"
            ) from None
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
