"""Postgres, over ADBC: `pip install 'bandstand[postgres]'`."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from analytics.errors import CancelledError, EngineError, InputError
from data.records.engines.secrets import without_secrets
from data.store.settings import limit

_NOT_INSTALLED = "Postgres needs a package more: pip install 'bandstand[postgres]'"


class PostgresEngine:
    """A read-only session of Postgres; user and password are in the URL or as libpq has them."""

    def __init__(self, url: str) -> None:
        try:
            from adbc_driver_postgresql import dbapi
        except ImportError:
            raise InputError(_NOT_INSTALLED) from None
        self.name = f"Postgres at {urlsplit(url).hostname or 'its socket'}"
        self._url, self._errors, self._seconds = url, dbapi.Error, limit("RECORDS_SECONDS")
        self._running: list[Any] = []
        try:
            self._con = dbapi.connect(url, autocommit=True)
        except dbapi.Error as error:
            raise EngineError(f"{self.name} can't be reached: {self._words(error)}") from None
        self.ask("set default_transaction_read_only = on")
        self.ask(f"set statement_timeout = {1000 * self._seconds:d}")

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`; Postgres numbers its parameters."""
        with self._con.cursor() as cursor:
            self._running.append(cursor)
            try:
                cursor.execute(_numbered(sql), list(values) or None)
                return cursor.fetch_arrow_table() if cursor.description else pa.table({})
            except self._errors as error:
                self._raise(error)
            finally:
                self._running.remove(cursor)
        raise AssertionError("an error was raised")

    def stamp(self) -> str:
        """Empty: the records' sums are asked for."""
        return ""

    def cancel(self) -> None:
        """As in `Engine`."""
        for cursor in [*self._running]:
            cursor.adbc_cancel()

    def close(self) -> None:
        """As in `Engine`."""
        self._con.close()

    def _raise(self, error: Exception) -> None:
        words = self._words(error)
        if "statement timeout" in words:
            raise EngineError(
                f"{self.name}: no answer within {self._seconds:,} seconds; filter, or set "
                "BANDSTAND_RECORDS_SECONDS"
            ) from None
        if "user request" in words or "cancel" in words.casefold():
            raise CancelledError("canceled; nothing has changed") from None
        raise EngineError(f"{self.name}: {words}") from None

    def _words(self, error: Exception) -> str:
        """What Postgres says, in one line, without statements, values and secrets."""
        found = re.search(r"(?:ERROR|FATAL):\s*([^\n]+)", str(error))
        first = found[1] if found else (str(error).splitlines() or [""])[0]
        return without_secrets(first, self._url)


def _numbered(sql: str) -> str:
    """The text with ``$1``, ``$2`` for its question marks."""
    parts = sql.split("?")
    return parts[0] + "".join(f"${i}{part}" for i, part in enumerate(parts[1:], 1))
