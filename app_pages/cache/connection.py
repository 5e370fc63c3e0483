"""The one place that caches: the store's connection and what is read from it.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

import atexit
import gc
import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, overload

import duckdb
import streamlit as st

from analytics.errors import InputError
from analytics.permissions import Action, RowRule
from app_pages.asking import asked_store, require, who
from app_pages.components.tables import Table
from data.access.scoped_store import folder_for_copies, write_scoped_store
from data.build.ensure import ensure_built
from data.imports.integrity import damaged_loads
from data.records.bands import visible_sources
from data.records.published import holds_nothing_else
from data.records.question import AGGREGATE, server_mode
from data.store.acting import acting_as
from data.store.digest import sha256
from data.store.disk_errors import told_in_words
from data.store.location import store_path
from data.store.read_write_lock import ReadWriteLock
from queries import run

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")
_forget: list[Callable[[], None]] = []
_writes = [0]


def store_lock() -> ReadWriteLock:
    """The readers and the writer of the store that who asks is given."""
    user = who()
    path = asked_store()
    return _lock(str(path)) if user.rule.gives_all else _scoped_lock(path, user.rule, _written())


def cached_read(most: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep up to ``most`` answers of a function until something is written.

    Answers are kept apart by the store that they are of: who may see other rows has a
    store of their own. Calls hold the gate for reading, so that a writer who forgets what
    is kept can't be followed by an answer from before.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        answers = st.cache_resource(show_spinner=False, max_entries=most)(_by_store(function))
        _forget.append(answers.clear)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            lock = store_lock()
            with lock.reading():
                return answers(str(lock.path), *args, **kwargs)

        return call

    return keep


def _by_store(function: Callable[P, R]) -> Callable[..., R]:
    """A function that takes the store's path as well, which tells its answers apart.

    Streamlit knows a function by its module and name, and its arguments by the names in
    its signature, where those that begin with an underscore tell nothing apart.
    """

    def answer(store: str, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    answer.__module__, answer.__qualname__ = function.__module__, function.__qualname__
    own = inspect.signature(function).parameters.values()
    first = inspect.Parameter("store", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    answer.__signature__ = inspect.Signature([first, *own])  # type: ignore[attr-defined]
    return answer


def write(action: Action, change: Callable[[duckdb.DuckDBPyConnection], R]) -> R:
    """Make a change to the store, and forget what was read before it.

    Raises `NotAllowedError` for who may not do ``action``, `StoreError` when another
    program holds the store or the disk is full, `InputError` on a server for others, and
    what ``change`` raises.
    """
    if server_mode() == AGGREGATE:
        raise InputError("this server is for others to look at: nothing can be changed here")
    user = require(action)
    with (
        acting_as(user.name or None),
        told_in_words(),
        _lock(str(store_path())).writing(after=forget_all) as con,
    ):
        return change(con)


@st.cache_resource(show_spinner="Opening the store…")
def _lock(name: str) -> ReadWriteLock:
    """Those of the store at a path, as text: Streamlit tells texts apart much faster."""
    with told_in_words():
        ensure_built(Path(name))
    return ReadWriteLock(Path(name))


@st.cache_resource(show_spinner="Opening your part of the store…", max_entries=64)
def _scoped_lock(path: Path, rule: RowRule, written: int) -> ReadWriteLock:
    """Those of a copy with the rows of a rule, made after the last change of the store."""
    digest = sha256(repr((rule, written)).encode())[:16]
    scoped = _scopes() / f"{digest}.duckdb"
    with _lock(str(path)).unchanged():
        write_scoped_store(path, rule, scoped)
    return ReadWriteLock(scoped)


@st.cache_resource(show_spinner=False)
def _scopes() -> Path:
    """The folder of such copies."""
    return folder_for_copies(store_path())


def _written() -> int:
    """How often this process has written to the store."""
    return _writes[0]


def forget_all() -> None:
    """Forget everything that was read."""
    _writes[0] += 1
    for forget in _forget:
        forget()


@cached_read()
def damaged_load_messages() -> list[str]:
    """A sentence for each load that is not what its log says, looked for at opening."""
    with store_lock().cursor() as con:
        return damaged_loads(con)


@cached_read()
def may_be_opened_to_others() -> bool:
    """Whether the store holds what was published, and not a row of the team's own."""
    with store_lock().cursor() as con:
        return holds_nothing_else(con)


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
    """Spare every collection of garbage a walk over what the start-up left in memory.

    From now on garbage is collected (`cli.run` starts without that).
    """
    gc.freeze()
    gc.enable()
    atexit.register(gc.unfreeze)
