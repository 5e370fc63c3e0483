"""Pay records and the rows of loads, as pages read them."""

from collections.abc import Callable
from dataclasses import replace

import duckdb
import pandas as pd

from analytics.pay_rows import LevelDifference
from analytics.record_rows import RecordCell, RecordComparison
from analytics.record_tables import comparison_table, record_difference_table
from app_pages.asking import records_mode, uses_engine
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.engine_records import (
    chosen_copy,
    copied_bands,
    copied_snapshots,
    copied_values,
    engine_bands,
    engine_snapshots,
    engine_words,
    opened_records,
)
from app_pages.cache.market_tables import bands, benchmarks, rungs
from app_pages.components.tables import Table
from data.records import bands as records
from data.records import published
from data.records.bands import PayRecords
from data.records.demo_load import demo_loads as read_demo_loads
from data.records.index import index_identity
from data.records.question import AGGREGATE, RecordQuery
from data.records.snapshots import DateNotes, date_notes, read_snapshots
from queries import run


def record_values() -> dict[str, list[str]]:
    """What the pay records can be narrowed by; empty while there are none."""
    if uses_engine():
        copy = chosen_copy()
        words = copied_values(copy.facts.identity) if copy else engine_words()
        return words if words["currency"] else {}
    return _record_words(records_mode()) if has_pay_records() else {}


def has_pay_records() -> bool:
    """Whether any pay records are loaded, and stand; for others, whether any are published."""
    return _has_pay_records(records_mode())


@cached_read()
def _has_pay_records(mode: str) -> bool:
    with store_lock().cursor() as con:
        return published.is_published(con) if mode == AGGREGATE else records.has_records(con)


def has_demo_records() -> bool:
    """Whether there are demo records among what is shown."""
    return _has_demo_records(records_mode())


@cached_read()
def _has_demo_records(mode: str) -> bool:
    with store_lock().cursor() as con:
        if mode == AGGREGATE:
            return published.is_published(con) and published.is_of_demo_data(con)
        return bool(read_demo_loads(con))


def one_organization() -> bool:
    """Whether all that is shown is of one organization."""
    return _one_organization(records_mode())


@cached_read()
def _one_organization(mode: str) -> bool:
    if mode != AGGREGATE:
        return pay_records().index.single_organization
    with store_lock().cursor() as con:
        return published.is_of_one_organization(con)


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
        return PayRecords.open(con, store_lock().path, _tell)


@cached_read()
def _record_words(mode: str) -> dict[str, list[str]]:
    with store_lock().cursor() as con:
        if mode == AGGREGATE:
            return published.published_values(con)
        return records.known_values(con)


def stated_elements() -> frozenset[str]:
    """The pay elements that any pay record has; for others, that anything is shown of."""
    if uses_engine():
        copy = chosen_copy()
        return copy.facts.elements if copy else opened_records().elements
    return _stated_elements(records_mode())


@cached_read()
def _stated_elements(mode: str) -> frozenset[str]:
    with store_lock().cursor() as con:
        if mode == AGGREGATE:
            return published.published_elements(con)
        stated = run(con, "record_elements")
    return frozenset(stated.element[stated.people > 0])


def record_bands(
    asked: RecordQuery, cursors: list[duckdb.DuckDBPyConnection] | None = None
) -> Table[RecordCell]:
    """The band table of a question; ``cursors`` is given the cursor that can be interrupted."""
    if uses_engine():
        copy = chosen_copy(asked)
        return copied_bands(copy.facts.identity, asked) if copy else engine_bands(asked)
    return _record_bands(records_mode(), asked, cursors)


def _answering(asked: RecordQuery) -> str:
    """What answers a question where records are on an engine: the copy, or the engine."""
    if not uses_engine():
        return ""
    copy = chosen_copy(asked)
    return copy.facts.identity if copy else opened_records().stamp


@cached_read(most=256)
def _record_bands(
    mode: str, asked: RecordQuery, _cursors: list[duckdb.DuckDBPyConnection] | None
) -> Table[RecordCell]:
    with store_lock().cursor() as con:
        if mode == AGGREGATE:
            return Table.of(published.published_table(con, asked), RecordCell)
        if _cursors is not None:
            _cursors.append(con)
        return Table.of(records.record_band_table(con, pay_records(), asked), RecordCell)


def record_notes(asked: RecordQuery) -> DateNotes:
    """What must be said of a question's dates before its answer is shown."""
    by_year = "year" in asked.by
    key = asked.currency, asked.since, asked.until, by_year
    if uses_engine():
        copy = chosen_copy()
        dates = copied_snapshots(copy.facts.identity, *key) if copy else engine_snapshots(*key)
        return date_notes(dates, asked)
    if not pay_records().index.several_dates:
        return DateNotes((), pooled=False)
    return date_notes(_snapshots(*key), asked)


def spelling_notes(asked: RecordQuery) -> tuple[str, ...]:
    """What must be said of the names that a question divides or narrows by."""
    if uses_engine():
        records = chosen_copy() or opened_records().records
        return records.spellings.notes(asked.by, asked.where)
    return pay_records().index.spellings.notes(asked.by, asked.where)


def single_organization() -> bool:
    """Whether all pay records are of one organization."""
    if uses_engine():
        return len(record_values()["organisation"]) == 1
    return pay_records().index.single_organization


@cached_read(most=16)
def _snapshots(currency: str, since: str, until: str, by_year: bool) -> pd.DataFrame:
    with store_lock().cursor() as con:
        return read_snapshots(con, currency, since, until, by_year=by_year)


def record_steps(asked: RecordQuery) -> Table[LevelDifference]:
    """The steps between the levels of a question's answer."""
    return _record_steps(asked, _answering(asked))


@cached_read(most=64)
def _record_steps(asked: RecordQuery, answering: str) -> Table[LevelDifference]:
    frame = record_difference_table(record_bands(asked).frame, asked.by, rungs())
    return Table.of(frame, LevelDifference if len(frame) else None)


def of_function(asked: RecordQuery) -> RecordQuery:
    """The same question of whole functions; others see those of everybody in them alone."""
    of_functions = tuple(pair for pair in asked.where if pair[0] == "function")
    where = of_functions if asked.mode == AGGREGATE else asked.where
    return replace(asked, by=("function",), where=where)


def record_beside(asked: RecordQuery, function: str) -> Table[RecordComparison]:
    """What lies beside the answer to a question by level, for one function or none."""
    return _record_beside(asked, function, _answering(asked))


@cached_read(most=64)
def _record_beside(asked: RecordQuery, function: str, answering: str) -> Table[RecordComparison]:
    table = record_bands(asked).frame
    whole = record_bands(of_function(asked)).frame if function else table.head(0)
    whole = whole[whole.function == function] if function else whole
    ranges = ask("loaded_ranges", load="").frame
    near = bands(asked.percentiles, None).frame, benchmarks(asked.percentiles).frame
    frame = comparison_table(table, whole, *near, ranges, function)
    return Table.of(frame, RecordComparison if len(frame) else None)
