"""Pay records and the rows of loads, as pages read them."""

from collections.abc import Callable
from dataclasses import replace

import duckdb
import pandas as pd

from analytics.record_tables import comparison_table, record_difference_table
from analytics.rows import LevelDifference, RecordCell, RecordComparison
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.engine_records import (
    engine_bands,
    engine_snapshots,
    engine_words,
    opened_records,
)
from app_pages.cache.market_tables import bands, benchmarks, rungs
from app_pages.components.tables import Table
from data.records import bands as records
from data.records.bands import PayRecords
from data.records.demo_load import demo_loads as read_demo_loads
from data.records.engines.settings import engine_is_set
from data.records.index import index_identity
from data.records.question import RecordQuery
from data.records.snapshots import DateNotes, date_notes, read_snapshots
from data.store.location import store_path
from queries import run


def record_values() -> dict[str, list[str]]:
    """What the pay records can be narrowed by; empty while there are none."""
    if engine_is_set():
        words = engine_words()
        return words if words["currency"] else {}
    return _record_words() if has_pay_records() else {}


@cached_read()
def has_pay_records() -> bool:
    """Whether any pay records are loaded, and stand."""
    with store_lock().cursor() as con:
        return records.has_records(con)


@cached_read()
def demo_loads() -> list[int]:
    """The loads of demo records that stand."""
    with store_lock().cursor() as con:
        return read_demo_loads(con)


@cached_read()
def record_identity() -> str:
    """Which loads of pay records stand, as a fingerprint."""
    with store_lock().cursor() as con:
        return index_identity(con)


@cached_read()
def pay_records(_tell: Callable[[float], None] = lambda _: None) -> PayRecords:
    """What answers for the pay records, put in order first if it must be; ``_tell`` hears how far
    that is.
    """
    with store_lock().cursor() as con:
        return PayRecords.open(con, store_path(), _tell)


@cached_read()
def _record_words() -> dict[str, list[str]]:
    with store_lock().cursor() as con:
        return records.known_values(con)


def stated_elements() -> frozenset[str]:
    """The pay elements that any pay record has."""
    return opened_records().elements if engine_is_set() else _stated_elements()


@cached_read()
def _stated_elements() -> frozenset[str]:
    with store_lock().cursor() as con:
        stated = run(con, "record_elements")
    return frozenset(stated.element[stated.people > 0])


def record_bands(
    asked: RecordQuery, cursors: list[duckdb.DuckDBPyConnection] | None = None
) -> Table[RecordCell]:
    """The band table of a question; ``cursors`` is given the cursor that can be interrupted."""
    return engine_bands(asked) if engine_is_set() else _record_bands(asked, cursors)


@cached_read(most=256)
def _record_bands(
    asked: RecordQuery, _cursors: list[duckdb.DuckDBPyConnection] | None = None
) -> Table[RecordCell]:
    with store_lock().cursor() as con:
        if _cursors is not None:
            _cursors.append(con)
        return Table.of(records.record_band_table(con, pay_records(), asked), RecordCell)


def record_notes(asked: RecordQuery) -> DateNotes:
    """What must be said of a question's dates before its answer is shown."""
    by_year = "year" in asked.by
    if engine_is_set():
        dates = engine_snapshots(asked.currency, asked.since, asked.until, by_year)
        return date_notes(dates, asked)
    if not pay_records().index.several_dates:
        return DateNotes((), pooled=False)
    return date_notes(_snapshots(asked.currency, asked.since, asked.until, by_year), asked)


def spelling_notes(asked: RecordQuery) -> tuple[str, ...]:
    """What must be said of the names that a question divides or narrows by."""
    if engine_is_set():
        return opened_records().records.spellings.notes(asked.by, asked.where)
    return pay_records().index.spellings.notes(asked.by, asked.where)


def single_organization() -> bool:
    """Whether all pay records are of one organization."""
    if engine_is_set():
        return len(record_values()["organisation"]) == 1
    return pay_records().index.single_organization


@cached_read(most=16)
def _snapshots(currency: str, since: str, until: str, by_year: bool) -> pd.DataFrame:
    with store_lock().cursor() as con:
        return read_snapshots(con, currency, since, until, by_year=by_year)


@cached_read(most=64)
def record_steps(asked: RecordQuery) -> Table[LevelDifference]:
    """The steps between the levels of a question's answer."""
    frame = record_difference_table(record_bands(asked).frame, asked.by, rungs())
    return Table.of(frame, LevelDifference if len(frame) else None)


@cached_read(most=64)
def record_beside(asked: RecordQuery, function: str) -> Table[RecordComparison]:
    """What lies beside the answer to a question by level, for one function or none."""
    table = record_bands(asked).frame
    whole = record_bands(replace(asked, by=("function",))).frame if function else table.head(0)
    ranges = ask("loaded_ranges", load="").frame
    near = bands(asked.percentiles, None).frame, benchmarks(asked.percentiles).frame
    frame = comparison_table(table, whole, *near, ranges, function)
    return Table.of(frame, RecordComparison if len(frame) else None)
