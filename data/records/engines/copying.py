"""Copy pay records from an engine into a sorted index, so that answers take milliseconds."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from analytics.errors import EngineError, InputError, StoreError
from data.files.scratch import is_running
from data.files.whole_file import write_whole
from data.records.engines.bands import OnProgress
from data.records.engines.copied import (
    CopyFacts,
    EngineCopy,
    copies_folder,
    copy_identity,
    index_base,
    mark_verified,
    open_copy,
    write_values,
)
from data.records.engines.copy_check import CopyDiffersError, hold_alike, hold_answers
from data.records.engines.handover import Parts
from data.records.engines.records import EngineRecords
from data.records.index import SortedIndex, index_folder, open_index
from data.records.index_build import build_index
from data.store.disk_errors import told_in_words

_DAYS = (
    "select organisation, currency, function, effective_date, count(*) as people "
    "from pay_record group by all order by all"
)
#: The share of the work that is done once everybody is handed over, and once the index is made.
_HANDED, _ORDERED = 0.6, 0.9


def copy_records(
    records: EngineRecords, store: Path, on_progress: OnProgress = lambda _: None
) -> EngineCopy:
    """The copy of an engine's records beside ``store``, made unless there is one of this state.

    What was handed over before a copy was broken off stays and is not asked for again.
    The copy counts once the engine agrees with it on totals, values of each dimension and
    a sample of questions; then earlier copies are removed. Raises `EngineError` where the
    engine fails, differs or its records change meanwhile, `StoreError` where the disk
    refuses, `InputError` where there are no records or another process is copying.
    """
    totals = records.totals()
    stamp = records.stamp(totals)
    identity = copy_identity(records, stamp)
    there = open_copy(store, records.source, records.ladder)
    if there is not None and there.facts.identity == identity:
        return there
    facts = CopyFacts(
        identity=identity,
        stamp=stamp,
        source=records.source,
        columns=dict(records.table.columns),
        hundredths=records.table.hundredths,
        copied_at=datetime.now().isoformat(timespec="seconds"),
        demo=records.demo,
        totals={name: str(value) for name, value in totals.items()},
    )
    folder = copies_folder(store) / identity
    with told_in_words(), _alone(folder.parent):
        _make(records, folder, facts, on_progress)
        _remove_others(folder)
    made = open_copy(store, records.source, records.ladder)
    if made is None:
        raise StoreError(f"{folder}: the copy can't be read back; copy again")
    return made


def _make(records: EngineRecords, folder: Path, facts: CopyFacts, on_progress: OnProgress) -> None:
    """Write the copy, the last thing that makes it count at the end."""
    parts = _handed(records, folder, facts.people, on_progress)
    handed = parts.opened()
    try:
        with _removed_if_it_differs(folder):
            hold_alike(handed, records, facts.totals)
        index = _ordered(parts, records, folder, facts.identity)
        write_values(folder, records.words, handed.ask(_DAYS))
    finally:
        handed.close()
    on_progress(_ORDERED)
    copy = EngineCopy(folder, facts, index, records.ladder)
    with _removed_if_it_differs(folder):
        asked = hold_answers(copy, records, lambda s: on_progress(_ORDERED + (1 - _ORDERED) * s))
    if records.stamp() != facts.stamp:
        raise EngineError(
            f"{records.source}: the records changed while they were copied; copy again"
        )
    mark_verified(folder, replace(facts, questions=asked))
    shutil.rmtree(parts.folder, ignore_errors=True)


def _handed(records: EngineRecords, folder: Path, people: int, on_progress: OnProgress) -> Parts:
    """All parts: those that are there, and what the engine then hands over."""
    if not people:
        raise InputError(f"{records.source}: no record counts; 'bandstand records check' says why")
    parts = Parts(folder / "parts")
    parts.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if parts.people < people:
        for handed in parts.fetch(records.engine, records.table):
            on_progress(min(_HANDED, _HANDED * handed / people))
    if not parts.files:
        raise EngineError(f"{records.source}: the records changed while they were copied")
    return parts


def _ordered(parts: Parts, records: EngineRecords, folder: Path, identity: str) -> SortedIndex:
    """The index of the parts, made unless an earlier attempt came as far."""
    base = index_base(folder)
    if there := open_index(base, identity):
        return there
    with parts.connection() as con:
        try:
            build_index(con, base, identity, records.words)
        except duckdb.OutOfRangeException as error:
            raise StoreError(
                f"a sum of base, variable pay and equity is too large: {error}"
            ) from error
    return SortedIndex(index_folder(base, identity))


@contextmanager
def _removed_if_it_differs(folder: Path) -> Iterator[None]:
    """Begin anew next time where the engine says otherwise."""
    try:
        yield
    except CopyDiffersError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process copy at a time; who was killed holds nobody up. Raises `InputError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = folder / "copying"
    text = lock.read_text() if lock.exists() else ""
    if text.isdigit() and int(text) != os.getpid() and is_running(int(text)):
        raise InputError(f"process {text} is copying already; wait for it, or end it")
    write_whole(lock, str(os.getpid()).encode(), mode=0o600)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _remove_others(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder and re.fullmatch(r"[0-9a-f]{24}", other.name):
            shutil.rmtree(other, ignore_errors=True)
