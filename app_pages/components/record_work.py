"""Questions about pay records that may take long: run beside the page, watched, canceled."""

from collections.abc import Callable
from typing import Any

import duckdb
import streamlit as st

from analytics.rows import RecordCell
from app_pages import cache
from app_pages.components.background_task import BackgroundTask, StoppedError, show_progress
from app_pages.components.tables import Table
from data.records.question import RecordQuery

_PATIENCE = 0.5
_TASKS = "record tasks"


def index_is_ready() -> bool:
    """Whether the sorted index is there; else it is made beside the page, with progress."""
    state: dict[str, Any] = {"share": 0.0, "stopped": False}

    def on_progress(share: float) -> None:
        state["share"] = share
        if state["stopped"]:
            raise StoppedError

    made = _outcome(
        "sorted",
        cache.record_identity(),
        lambda: cache.pay_records(on_progress),
        lambda: float(state["share"]),
        lambda: state.update(stopped=True),
        "Putting the records in order",
    )
    return made is not None


def band_table_of(query: RecordQuery, role: str = "bands") -> Table[RecordCell] | None:
    """The band table; None while the engine works on it, or when it was stopped.

    ``role`` tells the questions of one view apart.
    """
    if query.answerable_by_index:
        return cache.record_bands(query)
    cursors: list[duckdb.DuckDBPyConnection] = []

    def stop() -> None:
        for cursor in cursors:
            cursor.interrupt()

    def progress() -> float:
        return cursors[0].query_progress() / 100 if cursors else 0.0

    tables: list[Table[RecordCell]] | None = _outcome(
        role,
        (cache.record_identity(), query),
        lambda: [cache.record_bands(query, cursors)],
        progress,
        stop,
        "Reading the records",
    )
    return tables[0] if tables else None


def _outcome(
    role: str,
    what: object,
    work: Callable[[], Any],
    progress: Callable[[], float],
    cancel: Callable[[], None],
    doing: str,
) -> Any:
    """The outcome of some work, begun unless it is under way; None while it lasts."""
    tasks: dict[str, tuple[object, BackgroundTask]] = st.session_state.setdefault(_TASKS, {})
    if role not in tasks or tasks[role][0] != what:
        if role in tasks:
            tasks[role][1].stop()
        tasks[role] = what, BackgroundTask(work, lambda: max(0.0, min(progress(), 1.0)), cancel)
    task = tasks[role][1]
    if not task.done(within=_PATIENCE):
        show_progress(task, doing)
        return None
    del tasks[role]  # the answer stays in the cache until a load changes it
    try:
        return task.result()
    except (duckdb.InterruptException, StoppedError):
        st.warning("Canceled; nothing has changed.", icon=":material/cancel:")
        st.button("Begin again")
        return None
