"""Postgres, over ADBC: `pip install 'bandstand[postgres]'`."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from analytics.errors import CancelledError, EngineError, InputError
from data.records.engines.protocol import Extent
from data.records.engines.secrets import engine_name, without_secrets
from data.records.engines.time_limit import too_slow
from data.store.settings import limit

_NOT_INSTALLED = "Postgres needs a package more: pip install 'bandstand[postgres]'"


class PostgresEngine:
    """A read-only session of Postgres; user and password are in the URL or as libpq has them."""

    def __init__(self, url: str) -> None:
        try:
            from adbc_driver_postgresql import dbapi
        except ImportError:
            raise InputError(_NOT_INSTALLED) from None
        self.name = engine_name(url)
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
        with self._rows_of(sql, values) as cursor:
            return cursor.fetch_arrow_table() if cursor.description else pa.table({})

    def stream(self, sql: str, values: Sequence[str] = ()) -> Iterator[pa.Table]:
        """As in `Engine`."""
        with self._rows_of(sql, values) as cursor:
            for batch in cursor.fetch_record_batch():
                yield pa.Table.from_batches([batch])

    def stamp(self) -> str:
        """Empty: the records' sums are asked for."""
        return ""

    def extent(self, table: str) -> Extent:
        """As in `Engine`: what Postgres counted when it last analyzed the table."""
        sql = (
            "select cast(sum(case when reltuples > 0 then reltuples else 0 end) as bigint) as n, "
            "cast(sum(pg_table_size(oid)) as bigint) as size from pg_class where "
            "relkind in ('r', 'm') and (oid = cast(? as regclass) or oid in "
            "(select relid from pg_partition_tree(cast(? as regclass))))"
        )
        found = self.ask(sql, [table, table]).to_pylist()[0]
        return Extent(found["n"] or None, found["size"] or None)

    def cancel(self) -> None:
        """As in `Engine`."""
        for cursor in [*self._running]:
            cursor.adbc_cancel()

    def close(self) -> None:
        """As in `Engine`."""
        self._con.close()

    @contextmanager
    def _rows_of(self, sql: str, values: Sequence[str]) -> Iterator[Any]:
        """A cursor that can be canceled while its answer is read."""
        with self._con.cursor() as cursor:
            self._running.append(cursor)
            try:
                cursor.execute(_numbered(sql), list(values) or None)
                yield cursor
            except (self._errors, OSError, pa.ArrowException) as error:
                self._raise(error)
            finally:
                self._running.remove(cursor)

    def _raise(self, error: Exception) -> None:
        words = self._words(error)
        if "statement timeout" in words:
            raise too_slow(self.name, self._seconds) from None
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
