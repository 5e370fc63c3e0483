"""Build the sorted index from the pay records, piece by piece, in bounded memory."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.errors import InputError, StoreError
from data.files.scratch import is_running
from data.records.block_digests import block_digests
from data.records.element_writer import ElementWriter, PayRange, Piece
from data.records.index import (
    INDEX_ORDER,
    PAY_ELEMENTS,
    RUN_CODES,
    Manifest,
    SortedIndex,
    index_folder,
    index_identity,
    open_index,
)
from data.records.runs import Runs, number_runs
from data.records.snapshots import read_snapshots
from data.records.spellings import Spellings
from data.store.connection import transaction
from data.store.disk_errors import in_words
from queries import run as run_query

#: People whose pay is in memory at once.
_PIECE = 4_000_000
OnProgress = Callable[[float], None]
_KEYS = ", ".join(INDEX_ORDER)
_ACTIVE = "load in (select load from import_log where kind = 'records' and state = 'active')"


def ensure_index(
    con: duckdb.DuckDBPyConnection, store: Path, on_progress: OnProgress = lambda _: None
) -> SortedIndex:
    """The index of the active loads, built if there is none yet.

    ``con`` may be read-only. ``on_progress`` is called with the share that is done,
    and may raise to stop: then nothing is left behind. Raises `InputError` where no
    pay records are loaded, `StoreError` where the folder can't be written.
    """
    with transaction(con):  # so that loads which change meanwhile are not seen
        identity = index_identity(con)
        if not identity:
            raise InputError(
                "no pay records are loaded; load them with 'bandstand load records FILE'"
            )
        index = open_index(store, identity)
        if index is not None:
            return index
        folder = index_folder(store, identity)
        try:
            build_index(con, store, identity, run_query(con, "record_words"), on_progress)
        except OSError as error:
            raise StoreError(
                f"{folder}: the sorted index can't be written: {in_words(error)}"
            ) from error
        except duckdb.OutOfRangeException as error:
            raise StoreError(
                f"{store}: a sum of base, variable pay and equity is too large: {error}"
            ) from error
        return SortedIndex(folder)


def remake_index(con: duckdb.DuckDBPyConnection, store: Path, identity: str) -> SortedIndex:
    """The index of the active loads, made anew in place of one that has changed on disk."""
    index = open_index(store, identity)
    if index is not None and index.damage():
        shutil.rmtree(index_folder(store, identity), ignore_errors=True)
    return ensure_index(con, store)


def build_index(
    con: duckdb.DuckDBPyConnection,
    store: Path,
    identity: str,
    words: pd.DataFrame,
    on_progress: OnProgress = lambda _: None,
) -> None:
    """Write the index of the records of ``con``, whose ``words`` are as in `record_words`.

    Raises `OSError` where the disk refuses, `duckdb.OutOfRangeException` for pay that no
    sum can hold; then nothing is left behind.
    """
    folder = index_folder(store, identity)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f"making-{os.getpid()}-", dir=folder.parent))
    try:
        manifest = _write_arrays(con, unfinished, identity, Spellings.of(words), on_progress)
        manifest.write(unfinished)
        if open_index(store, identity) is None:  # another process may have been faster
            shutil.rmtree(folder, ignore_errors=True)
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    for other in folder.parent.iterdir():
        if other != folder and _is_obsolete(other.name):
            shutil.rmtree(other, ignore_errors=True)


def _is_obsolete(folder_name: str) -> bool:
    """Whether a folder is the index of other loads, or left by a process that has ended."""
    if unfinished := re.fullmatch(r"making-(\d+)-\w+", folder_name):
        return os.name == "posix" and not is_running(int(unfinished[1]))
    return bool(re.fullmatch(r"[0-9a-f]{24}", folder_name))


def _write_arrays(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    identity: str,
    spellings: Spellings,
    on_progress: OnProgress,
) -> Manifest:
    """Write every array into ``folder``, and return the manifest of them."""
    records, several_dates = counted_records(con)
    runs = number_runs(con, records, spellings)
    organizations, payers, payer_column = _number_payers(con, records, spellings)
    ranges = {name: _pay_range(con, records, sql) for name, sql in PAY_ELEMENTS.items()}
    with contextlib.ExitStack() as stack:
        writers = {
            name: ElementWriter(
                stack, folder, name, pay_range, payers, everyone=pay_range.people == runs.total
            )
            for name, pay_range in ranges.items()
        }
        for start, end in _pieces(runs.people):
            piece = _read_piece(con, records, runs, start, end, payer_column)
            for writer in writers.values():
                writer.add(piece, start, end)
            on_progress(int(runs.people[:end].sum()) / runs.total)
        for name, writer in writers.items():
            writer.add_origins(runs.origins[name])
            writer.finish()
    con.execute("drop table run; drop table payer; drop table superseded")
    runs.codes.tofile(folder / RUN_CODES)
    lengths = {file: n for writer in writers.values() for file, n in writer.lengths.items()}
    types = {file: t for writer in writers.values() for file, t in writer.types.items()}
    return Manifest(
        identity=identity,
        several_dates=several_dates,
        spellings=spellings.joined,
        organisations=organizations,
        payers=payers,
        names=runs.names,
        elements={name: writer.entry for name, writer in writers.items()},
        shapes={RUN_CODES: runs.codes.shape, **{file: (n,) for file, n in lengths.items()}},
        types={RUN_CODES: runs.codes.dtype.str, **types},
        digests={path.name: block_digests(path) for path in sorted(folder.iterdir())},
    )


def counted_records(con: duckdb.DuckDBPyConnection) -> tuple[str, bool]:
    """The SQL of the rows that count, and whether any organization has several dates or loads.

    Makes the temporary table ``superseded`` of the dates that don't count.
    """
    snapshots = read_snapshots(con)
    keys = "organisation, currency, function"
    con.register("snapshots", snapshots[[*keys.split(", "), "day", "superseded"]])
    con.execute(
        f"create or replace temp table superseded as select {keys}, day::date as effective_date "
        "from snapshots where superseded"
    )
    con.unregister("snapshots")
    records = f"pay_record where {_ACTIVE}"
    if snapshots.superseded.any():
        records += f" and ({keys}, effective_date) not in (from superseded)"
    return records, len(snapshots) > 0


def _number_payers(
    con: duckdb.DuckDBPyConnection, records: str, spellings: Spellings
) -> tuple[int, int, str]:
    """Make the temporary table ``payer``, which numbers the payers.

    Returns the number of organizations, the number of payers, and the column that
    distinguishes payers: dates where there is one organization (see
    `analytics.disclosure.count_contributors`).
    """
    contributors = con.execute(
        f"select distinct organisation, effective_date from {records}"
    ).fetchnumpy()
    names = np.unique(contributors["organisation"].astype(object)).tolist()
    labels = [spellings.label("organisation", name) for name in names]
    if len(set(labels)) == 1:
        column, values = "effective_date", np.unique(contributors["effective_date"])
        payers = np.arange(len(values))
    else:
        column, values = "organisation", np.array(names, object)
        payers = np.unique(np.array(labels, object), return_inverse=True)[1]
    con.register("numbered", pd.DataFrame({"payer": payers, column: values}))
    kind = "date" if column == "effective_date" else "varchar"
    con.execute(
        "create or replace temp table payer as "
        f"select payer, {column}::{kind} as {column} from numbered"
    )
    con.unregister("numbered")
    return len(set(labels)), int(payers.max()) + 1, column


def _pay_range(con: duckdb.DuckDBPyConnection, records: str, sql: str) -> PayRange:
    ((people, low, high, with_fraction),) = con.execute(
        "select count(pay), min(pay), max(pay), count(*) filter (pay % 100 <> 0) "
        f"from (select {sql} as pay from {records})"
    ).fetchall()
    unit = 1 if with_fraction else 100
    return PayRange(people, (low or 0) // unit, (high or 0) // unit, unit)


def _pieces(people: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of runs, start and end, each of one run or of at most `_PIECE` people."""
    start = total = 0
    for i, n in enumerate(people.tolist()):
        if total and total + n > _PIECE:
            yield start, i
            start, total = i, 0
        total += n
    if total:
        yield start, len(people)


def _read_piece(
    con: duckdb.DuckDBPyConnection,
    records: str,
    runs: Runs,
    start: int,
    end: int,
    payer_column: str,
) -> Piece:
    """The people of runs ``start`` to before ``end``, in any order."""
    # Bounds on the sorted columns let DuckDB skip the rows of other runs.
    bounds: list[str] = []
    parameters: dict[str, str] = {}
    for name in ("currency", "function", "focus"):
        low, high = runs.bounds(name, start, end)
        bounds.append(f"{name} between ${name}_low and ${name}_high")
        parameters |= {f"{name}_low": low, f"{name}_high": high}
    pay = ", ".join(f"({sql}) as {name}" for name, sql in PAY_ELEMENTS.items())
    columns = con.execute(
        f"select run, payer, {pay} from (from {records} and {' and '.join(bounds)}) "
        f"join run using ({_KEYS}) join payer using ({payer_column}) "
        f"where run >= {start} and run < {end}",
        parameters,
    ).fetchnumpy()
    run, payer = (np.ma.getdata(columns[name]) for name in ("run", "payer"))
    return Piece(run, payer, {name: columns[name] for name in PAY_ELEMENTS})
