"""Dates of one organization on an engine: which count; the rule is that of the store."""

import duckdb
import pandas as pd
import pyarrow as pa

from data.records.engines import sql_text
from data.records.engines.protocol import Engine
from data.records.engines.sql_text import LeftOut
from data.records.engines.table import RecordTable
from data.records.question import LATEST, RecordQuery
from queries.loader import text

_EACH, _COUNTED = "count(*) as people", "sum(people) as people"


def engine_snapshots(engine: Engine, table: RecordTable, query: RecordQuery) -> pd.DataFrame:
    """The rows of `record_snapshots` within a query's currency and dates."""
    statement = sql_text.days(table, query)
    return snapshots_of_days(engine.ask(statement.sql, statement.values), query)


def snapshots_of_days(days: pa.Table, query: RecordQuery) -> pd.DataFrame:
    """The same from how many people each organization, currency, function and day has.

    The query's own SQL goes over these counts in place of the records.
    """
    with duckdb.connect() as con:
        con.register("days", days)
        con.execute(
            "create view pay_record as select *, 0 as load from days; "
            "create view import_log as select 0 as load, 'records' as kind, 'active' as state"
        )
        sql = text("record_snapshots").replace(_EACH, _COUNTED)
        values = {"currency": query.currency, "since": query.since, "until": query.until}
        return con.execute(sql, {**values, "by_year": "year" in query.by}).df()


def superseded(snapshots: pd.DataFrame, query: RecordQuery) -> tuple[LeftOut, ...]:
    """The organization, function and day of each that a question leaves out."""
    if query.snapshots != LATEST:
        return ()
    rows = snapshots[snapshots.superseded]
    return tuple(zip(rows.organisation, rows.function, rows.day, strict=True))
