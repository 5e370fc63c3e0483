"""The one place that caches: the store's connection and what is read from it.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

import atexit
import gc
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar, overload

import duckdb
import streamlit as st

from app_pages.components.tables import Table
from data.build.ensure import ensure_built
from data.imports.integrity import damaged_loads
from data.records.bands import visible_sources
from data.store.disk_errors import told_in_words
from data.store.location import store_path
from data.store.read_write_lock import ReadWriteLock
from queries import run

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")
_forget: list[Callable[[], None]] = []


@st.cache_resource(show_spinner="Opening the store…")
def store_lock() -> ReadWriteLock:
    """The store's readers and its writer."""
    path = store_path()
    ensure_built(path)
    return ReadWriteLock(path)


def cached_read(most: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep up to ``most`` answers of a function until something is written.

    Calls hold the gate for reading, so that a writer who forgets what is kept
    can't be followed by an answer from before.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        answers = st.cache_resource(show_spinner=False, max_entries=most)(function)
        _forget.append(answers.clear)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            with store_lock().reading():
                return answers(*args, **kwargs)

        return call

    return keep


def write(change: Callable[[duckdb.DuckDBPyConnection], R]) -> R:
    """Make a change to the store, and forget what was read before it.

    Raises `StoreError` when another program holds the store or the disk is full, and
    what ``change`` raises.
    """
    with told_in_words(), store_lock().writing(after=forget_all) as con:
        return change(con)


def forget_all() -> None:
    """Forget everything that was read."""
    for forget in _forget:
        forget()


@cached_read()
def damaged_load_messages() -> list[str]:
    """A sentence for each load that is not what its log says, looked for at opening."""
    with store_lock().cursor() as con:
        return damaged_loads(con)


@overload
def ask(name: str, row_type: type[Row], **params: str | Sequence[str]) -> Table[Row]: ...
@overload
def ask(name: str, row_type: None = None, **params: str | Sequence[str]) -> Table[Any]: ...
def ask(name: str, row_type: type[Any] | None = None, **params: str | Sequence[str]) -> Table[Any]:
    """The answer to a query, as a table; its rows are of ``row_type`` where one is given."""
    return _ask(name, row_type, **params)


@cached_read(most=64)
def _ask(name: str, row_type: type[Any] | None, **params: str | Sequence[str]) -> Table[Any]:
    values: dict[str, Any] = dict(params)
    with store_lock().cursor() as con:
        frame = run(con, name, **values)
    return Table.of(visible_sources(frame) if name == "sources" else frame, row_type)


@st.cache_resource(show_spinner=False)
def freeze_garbage() -> None:
    """Spare every rerun a walk over what the start-up left in memory.

    Streamlit collects all garbage after each run; freezing what is loaded by
    now, once, takes that from the larger part of a rerun to a small one.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
