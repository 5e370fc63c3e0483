"""Pay records on another engine, as the page reads them: kept until it is asked again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from analytics.rows import RecordCell
from app_pages.cache.connection import forget_all, store_lock
from app_pages.components.tables import Table
from data.records.engines.protocol import Engine
from data.records.engines.records import EngineRecords
from data.records.engines.settings import open_engine, open_records
from data.records.question import RecordQuery

P = ParamSpec("P")
R = TypeVar("R")
_forget: list[Callable[[], None]] = []
#: What all visitors share of an engine is asked by one of them at a time.
_one_at_a_time = threading.RLock()


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


def _kept(function: Callable[P, R]) -> Callable[P, R]:
    answers = st.cache_resource(show_spinner="Asking the engine…", max_entries=256)(function)
    _forget.append(answers.clear)
    return answers


def ask_again() -> None:
    """Forget what an engine answered, and what was made of it."""
    forget_all()
    for forget in _forget:
        forget()


@_kept
def opened_records() -> OpenedRecords:
    """The records that `BANDSTAND_RECORDS_URL` names, connected; errors as in `open_records`."""
    with _one_at_a_time, store_lock().cursor() as con:
        records = open_records(con)
        totals = records.totals()
        elements = ("base", "target_cash", "total_comp", "overtime")
        stated = frozenset(name for name in elements if totals[name])
        return OpenedRecords(
            records, datetime.now(), int(str(totals["records"])), stated, records.stamp(totals)
        )


@_kept
def engine_words() -> dict[str, list[str]]:
    """What the records on the engine can be narrowed by."""
    opened = opened_records()
    with _one_at_a_time:
        return opened.records.known_values()


@_kept
def engine_snapshots(currency: str, since: str, until: str, by_year: bool) -> pd.DataFrame:
    """The dates of each organization there, within a currency and dates."""
    opened = opened_records()
    by = ("year",) if by_year else ("level",)
    with _one_at_a_time:
        return opened.records.snapshots(RecordQuery(currency, by=by, since=since, until=until))


@_kept
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
