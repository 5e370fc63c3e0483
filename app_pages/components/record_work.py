"""Questions about pay records that may take long: run beside the page, watched, canceled."""

from collections.abc import Callable
from typing import Any, TypeVar

import duckdb
import streamlit as st

from analytics.errors import CancelledError
from analytics.record_rows import RecordCell
from app_pages import cache
from app_pages.asking import records_mode, uses_engine
from app_pages.components import record_engine
from app_pages.components.background_task import BackgroundTask, show_progress
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.records.bands import PayRecords
from data.records.question import AGGREGATE, RecordQuery

_PATIENCE = 0.5
_TASKS = "record tasks"
T = TypeVar("T")


def index_is_ready() -> bool:
    """Whether the sorted index is there; else it is made beside the page, with progress.

    What is published for others, or is on another engine, needs none.
    """
    if records_mode() == AGGREGATE or uses_engine():
        return True
    share = 0.0
    canceled = False

    def on_progress(done: float) -> None:
        nonlocal share
        share = done
        if canceled:
            raise CancelledError("canceled; nothing has changed")

    def cancel() -> None:
        nonlocal canceled
        canceled = True

    def make() -> BackgroundTask[PayRecords]:
        return BackgroundTask(lambda: cache.pay_records(on_progress), lambda: share, cancel)

    made = _outcome("sorted", cache.record_identity(), make, "Putting the records in order")
    return made is not None


def band_table_of(query: RecordQuery, role: str = "bands") -> Table[RecordCell] | None:
    """The band table; None while the engine works on it, or when it was stopped.

    ``role`` tells the questions of one view apart.
    """
    if uses_engine():
        return _engine_table_of(query, role)
    if query.answerable_by_index:
        return cache.record_bands(query)
    cursors: list[duckdb.DuckDBPyConnection] = []

    def cancel() -> None:
        for cursor in cursors:
            cursor.interrupt()

    def progress() -> float:
        return max(0.0, min(cursors[0].query_progress() / 100, 1.0)) if cursors else 0.0

    def make() -> BackgroundTask[Table[RecordCell]]:
        return BackgroundTask(lambda: cache.record_bands(query, cursors), progress, cancel)

    return _outcome(role, (cache.record_identity(), query), make, "Reading the records")


def _engine_table_of(query: RecordQuery, role: str) -> Table[RecordCell] | None:
    if (copy := cache.chosen_copy(query)) is not None:
        return cache.copied_bands(copy.facts.identity, query)
    if not record_engine.agreed():  # the copy can't answer this one
        record_engine.show_cost()
        return None
    opened = cache.opened_records()
    watch = cache.EngineWatch()

    def make() -> BackgroundTask[Table[RecordCell]]:
        return BackgroundTask(
            lambda: cache.engine_bands(query, watch), lambda: watch.share, watch.cancel
        )

    label = f"Reading {opened.people:,} records on {opened.records.engine.name}"
    return _outcome(role, (opened.stamp, query), make, escape_markdown(label))


def _outcome(
    role: str, question: object, make: Callable[[], BackgroundTask[T]], label: str
) -> T | None:
    """The outcome of a task, made unless it is under way; None while it lasts."""
    tasks: dict[str, tuple[object, BackgroundTask[Any]]] = st.session_state.setdefault(_TASKS, {})
    if role not in tasks or tasks[role][0] != question:
        if role in tasks:
            tasks[role][1].stop()
        tasks[role] = question, make()
    task: BackgroundTask[T] = tasks[role][1]
    if not task.done(within=_PATIENCE):
        show_progress(task, label)
        return None
    del tasks[role]  # the answer stays in the cache until a load changes it
    try:
        return task.result()
    except CancelledError:
        st.warning("Canceled; nothing has changed.", icon=":material/cancel:")
        st.button("Begin again")
        return None
