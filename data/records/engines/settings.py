"""Where pay records are, if not in the store: from the environment, which alone holds secrets."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

import duckdb

from analytics.errors import InputError
from data.records.engines.duckdb_engine import OBJECT_STORES, open_parquet
from data.records.engines.protocol import Engine
from data.records.engines.records import EngineRecords
from data.records.engines.secrets import engine_name
from data.records.engines.table import RecordTable
from data.records.ordering import read_ladder

URL, TABLE = "BANDSTAND_RECORDS_URL", "BANDSTAND_RECORDS_TABLE"
COLUMNS, MONEY = "BANDSTAND_RECORDS_COLUMNS", "BANDSTAND_RECORDS_MONEY"
_UNITS, _HUNDREDTHS = "units", "hundredths"
#: What Parquet at a path is called, as nothing else names it.
_PARQUET_TABLE = "records"


def engine_is_set() -> bool:
    """Whether pay records are asked of another engine than the store."""
    return bool(os.environ.get(URL))


def engine_source() -> str:
    """The table and engine as provenance names them, without connecting."""
    return f"{_table_name()} on {engine_name(os.environ.get(URL, ''))}"


def open_engine() -> Engine:
    """The engine that `BANDSTAND_RECORDS_URL` names, connected.

    Raises `InputError` where it is not set or of no known kind, `EngineError` where the
    engine can't be reached; neither repeats the URL, which may hold a password.
    """
    url = os.environ.get(URL, "")
    if not url:
        raise InputError(
            f"{URL} is not set; set it to postgresql://…, sc://… or the path of Parquet files"
        )
    if url.startswith(("postgresql://", "postgres://")):
        from data.records.engines.postgres import PostgresEngine

        return PostgresEngine(url)
    if url.startswith("sc://"):
        from data.records.engines.spark import SparkEngine

        return SparkEngine(url)
    if "://" in url and not url.startswith(OBJECT_STORES):
        raise InputError(
            f"{URL}: no engine for {urlsplit(url).scheme}://; use postgresql://, sc:// (Spark and "
            "Databricks), a path of Parquet files, or see docs/engines.md"
        )
    return open_parquet(url, _table_name())


def open_records(con: duckdb.DuckDBPyConnection) -> EngineRecords:
    """The pay records of that engine; levels are in the order of the ladders in ``con``.

    Errors are those of `open_engine` and `RecordTable`.
    """
    return records_on(open_engine(), read_ladder(con))


def records_on(engine: Engine, ladder: Mapping[str, int]) -> EngineRecords:
    """The pay records of an engine, in the table and columns that the environment names."""
    name = _table_name()
    RecordTable.check_name(name)
    found = engine.ask(f"select * from {name} where 1 = 0").column_names
    unit = os.environ.get(MONEY, "") or _UNITS
    if unit not in (_UNITS, _HUNDREDTHS):
        raise InputError(f"{MONEY}={unit}: use {_UNITS} of the currency or {_HUNDREDTHS} of it")
    stated = stated_columns(os.environ.get(COLUMNS, ""))
    table = RecordTable.matched(name, found, stated, hundredths=unit == _HUNDREDTHS)
    return EngineRecords(engine, table, ladder)


def stated_columns(text: str) -> dict[str, str]:
    """Field → column from ``base=base_salary,level=grade``; raises `InputError`."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if any(not equals or not column.strip() for _, equals, column in pairs):
        raise InputError(f"{COLUMNS}: write it like base=base_salary,level=grade")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _table_name() -> str:
    name = os.environ.get(TABLE, "")
    if name:
        return name
    if "://" in os.environ.get(URL, "") and not os.environ[URL].startswith(OBJECT_STORES):
        raise InputError(f"{TABLE} is not set; set it to the table or view, such as pay.records")
    return _PARQUET_TABLE
