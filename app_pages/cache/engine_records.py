"""Pay records on another engine, as the page reads them: kept until it is asked again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from analytics.errors import InputError
from analytics.record_rows import RecordCell
from app_pages.cache.connection import forget_all, store_lock
from app_pages.components.tables import Table
from data.records.engines.copied import EngineCopy, is_stale, open_copy, staleness
from data.records.engines.protocol import Engine, Extent
from data.records.engines.records import EngineRecords
from data.records.engines.settings import engine_source, open_engine, open_records
from data.records.ordering import read_ladder
from data.records.question import RecordQuery

P = ParamSpec("P")
R = TypeVar("R")
_forget: list[Callable[[], None]] = []
#: What all visitors share of an engine is asked by one of them at a time.
_one_at_a_time = threading.RLock()


#: Where answers come from, in the session and the link: `COPY` where there is one, or `ENGINE`.
ASK, COPY, ENGINE = "ask", "copy", "engine"


@dataclass
class EngineWatch:
    """How far a question is, and a way to stop it where it is asked."""

    share: float = 0.0
    engines: list[Engine] = field(default_factory=list)

    def progress(self, share: float) -> None:
        """Hear how far the question is, from 0 to 1."""
        self.share = share

    def cancel(self) -> None:
        """Stop the question on the engine."""
        for engine in self.engines:
            engine.cancel()


@dataclass(frozen=True)
class OpenedRecords:
    """The records on an engine, when they were first asked, how many count, and their stamp."""

    records: EngineRecords
    at: datetime
    people: int
    elements: frozenset[str]
    stamp: str


def _cached(function: Callable[P, R]) -> Callable[P, R]:
    return _cache_answers(function, "Asking the engine…")


def _cached_beside(function: Callable[P, R]) -> Callable[P, R]:
    """The same on a thread beside the page, which may be gone before a spinner is drawn."""
    return _cache_answers(function, False)


def _cache_answers(function: Callable[P, R], spinner: str | bool) -> Callable[P, R]:
    answers = st.cache_resource(show_spinner=spinner, max_entries=256)(function)
    _forget.append(answers.clear)
    return answers


def ask_again() -> None:
    """Forget what an engine answered, and what was made of it."""
    forget_all()
    for forget in _forget:
        forget()


@_cached
def engine_copy() -> EngineCopy | None:
    """The finished copy of the records that `BANDSTAND_RECORDS_URL` names, if there is one."""
    with store_lock().cursor() as con:
        return open_copy(store_lock().path, engine_source(), read_ladder(con))


def chosen_copy(asked: RecordQuery | None = None) -> EngineCopy | None:
    """The copy, if it can answer and the session does not ask the engine itself."""
    copy = None if st.session_state.get(ASK) == ENGINE else engine_copy()
    return copy if copy is not None and (asked is None or copy.answers(asked)) else None


@_cached
def connected_records() -> EngineRecords:
    """The records that `BANDSTAND_RECORDS_URL` names, none of them read yet.

    Errors are those of `open_records`.
    """
    with _one_at_a_time, store_lock().cursor() as con:
        return open_records(con)


@_cached
def engine_extent() -> Extent:
    """How many rows and bytes the engine says that the table has."""
    records = connected_records()
    with _one_at_a_time:
        return records.engine.extent(records.table.name)


def copy_is_stale(copy: EngineCopy) -> bool | None:
    """Whether the records changed since they were copied; None where only reading them tells."""
    records = connected_records()
    with _one_at_a_time:
        return is_stale(copy, records)


@_cached
def copy_staleness(identity: str) -> str:
    """By what the copy of this identity differs from the records, all of which are read."""
    copy, records = _copy_of(identity), connected_records()
    with _one_at_a_time:
        return staleness(copy, records)


@_cached
def copied_values(identity: str) -> dict[str, list[str]]:
    """What the records of the copy of this identity can be narrowed by."""
    return _copy_of(identity).known_values()


@_cached
def copied_snapshots(
    identity: str, currency: str, since: str, until: str, by_year: bool
) -> pd.DataFrame:
    """The dates of each organization in the copy of this identity."""
    by = ("year",) if by_year else ("level",)
    query = RecordQuery(currency, by=by, since=since, until=until)
    return _copy_of(identity).snapshots(query)


@_cached
def copied_bands(identity: str, asked: RecordQuery) -> Table[RecordCell]:
    """The band table of a question that the copy of this identity answers."""
    return Table.of(_copy_of(identity).band_table(asked), RecordCell)


def _copy_of(identity: str) -> EngineCopy:
    copy = engine_copy()
    if copy is None or copy.facts.identity != identity:
        raise InputError("the copy was made anew meanwhile; open the page again")
    return copy


@_cached
def opened_records() -> OpenedRecords:
    """The records on the engine, counted: one reading of all; errors as in `open_records`."""
    records = connected_records()
    with _one_at_a_time:
        totals = records.totals()
        elements = ("base", "target_cash", "total_comp", "overtime")
        stated = frozenset(name for name in elements if totals[name])
        return OpenedRecords(
            records, datetime.now(), int(str(totals["records"])), stated, records.stamp(totals)
        )


@_cached
def engine_words() -> dict[str, list[str]]:
    """What the records on the engine can be narrowed by."""
    opened = opened_records()
    with _one_at_a_time:
        return opened.records.known_values()


@_cached
def engine_snapshots(currency: str, since: str, until: str, by_year: bool) -> pd.DataFrame:
    """The dates of each organization there, within a currency and dates."""
    opened = opened_records()
    by = ("year",) if by_year else ("level",)
    with _one_at_a_time:
        return opened.records.snapshots(RecordQuery(currency, by=by, since=since, until=until))


@_cached_beside
def engine_bands(asked: RecordQuery, _watch: EngineWatch | None = None) -> Table[RecordCell]:
    """The band table of a question; ``_watch`` is told how far it is, and can stop it.

    The question goes over a connection of its own, so that stopping it stops no other.
    """
    watch = _watch or EngineWatch()
    opened = opened_records()
    with _one_at_a_time:  # what the question needs to know first
        _ = opened.records.spellings, opened.records.snapshots(asked)
    engine = open_engine()
    watch.engines.append(engine)
    try:
        own = replace(opened.records, engine=engine, known=opened.records)
        return Table.of(own.band_table(asked, watch.progress), RecordCell)
    finally:
        engine.close()
