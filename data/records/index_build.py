"""Making the sorted store from the pay records, piece by piece, in bounded memory."""

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.errors import InputError, StoreError
from analytics.grouped_quantiles import Ints
from data.files.scratch import is_running
from data.records.index import (
    ARRAYS,
    INDEX_ORDER,
    PAY_ELEMENTS,
    SortedIndex,
    index_folder,
    index_identity,
    open_index,
)
from data.store.connection import transaction
from data.store.digest import sha256

#: People whose pay is held in memory at once.
_PIECE = 4_000_000
OnProgress = Callable[[float], None]
_KEYS = ", ".join(INDEX_ORDER)
_ACTIVE = "(select load from import_log where kind = 'records' and state = 'active')"


def ensure_index(
    con: duckdb.DuckDBPyConnection, store: Path, tell: OnProgress = lambda _: None
) -> SortedIndex:
    """The sorted store of the active loads, made if it is not there.

    ``con`` may be read-only. ``tell`` hears the share that is done, and may
    raise to stop it: then nothing is left behind. Raises `StoreError` where the
    folder can't be written.
    """
    with transaction(con):  # loads that come and go meanwhile are not seen
        identity = index_identity(con)
        if not identity:
            raise InputError("no pay records are loaded; 'bandstand load records FILE' does")
        found = open_index(store, identity)
        if found is None:
            folder = index_folder(store, identity)
            try:
                _make(con, store, identity, tell)
            except OSError as error:
                raise StoreError(
                    f"{folder}: the sorted store can't be written: {error.strerror}"
                ) from error
            except duckdb.OutOfRangeException as error:
                raise StoreError(f"{store}: a sum of pay is beyond all bounds: {error}") from error
            found = SortedIndex(folder)
    return found


def _make(con: duckdb.DuckDBPyConnection, store: Path, identity: str, tell: OnProgress) -> None:
    folder = index_folder(store, identity)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f"making-{os.getpid()}-", dir=folder.parent))
    try:
        said = _write(con, work, tell)
        said |= {"identity": identity, "sha256": _digests(work)}
        (work / "manifest.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        if open_index(store, identity) is None:  # another process may have made the same just now
            shutil.rmtree(folder, ignore_errors=True)
            work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for other in folder.parent.iterdir():
        if other != folder and _is_left_over(other.name):
            shutil.rmtree(other, ignore_errors=True)


def _is_left_over(name: str) -> bool:
    """Whether a folder was made of other loads, or by a process that is gone."""
    if making := re.fullmatch(r"making-(\d+)-\w+", name):
        return os.name == "posix" and not is_running(int(making[1]))
    return bool(re.fullmatch(r"[0-9a-f]{24}", name))


def _write(con: duckdb.DuckDBPyConnection, work: Path, tell: OnProgress) -> dict[str, Any]:
    runs = con.execute(f"""
        create or replace temp table run as
        select row_number() over (order by {_KEYS}) - 1 as run, *
        from (select {_KEYS}, count(*) as people from pay_record
              where load in {_ACTIVE} group by all)
    """).execute(f"select {_KEYS}, people from run order by run").fetchnumpy()  # fmt: skip
    ((organisations,),) = con.execute(
        f"select count(distinct lower(organisation)) from pay_record where load in {_ACTIVE}"
    ).fetchall()
    # In one company's own records a date stands in a payer's place: see `Payers`.
    payer = "effective_date" if organisations == 1 else "organisation"
    con.execute(f"""
        create or replace temp table payer as
        select dense_rank() over (order by lower({payer}::varchar)) - 1 as payer, {payer}
        from (select distinct {payer} from pay_record where load in {_ACTIVE})
    """)
    ((payers,),) = con.execute("select count(distinct payer) from payer").fetchall()
    names, codes = {}, np.empty((len(runs["people"]), len(INDEX_ORDER)), np.int32)
    for j, name in enumerate(INDEX_ORDER):
        known, codes[:, j] = np.unique(runs[name].astype(object), return_inverse=True)
        names[name] = known.tolist()
    codes.tofile(work / "runs.codes")
    shapes: dict[str, Any] = {"runs.codes": codes.shape}
    types = {"runs.codes": codes.dtype.str}
    elements = {name: _element(con, sql) for name, sql in PAY_ELEMENTS.items()}
    people = int(np.sum(runs["people"]))
    with contextlib.ExitStack() as stack:
        writers = {
            name: _Writer(stack, work, name, about, alike=name != "base" and about["n"] == people)
            for name, about in elements.items()
        }
        for start, end in _pieces(runs["people"]):
            piece = _piece(con, runs, start, end, payer)
            for writer in writers.values():
                writer.add(piece, start, end)
            tell(float(np.sum(runs["people"][:end])) / people)
        for writer in writers.values():
            for array in ARRAYS:
                if (file := writer.file_of(array)) is not None:
                    shapes[file], types[file] = writer.finish(array)
    told = {
        name: {"unit": elements[name]["unit"], **({"payers_of": "base"} if writer.alike else {})}
        for name, writer in writers.items()
    }
    con.execute("drop table run; drop table payer")
    return {
        "names": names, "organisations": organisations, "payers": payers, "elements": told,
        "shapes": shapes, "types": types,
    }  # fmt: skip


def _element(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """How an element's pay is held: in whole units where there are no fractions, and how wide."""
    ((n, low, high, fractions),) = con.execute(
        f"select count(pay), min(pay), max(pay), count(*) filter (pay % 100 <> 0) "
        f"from (select {sql} as pay from pay_record where load in {_ACTIVE})"
    ).fetchall()
    unit = 1 if fractions else 100
    low, high = (low or 0) // unit, (high or 0) // unit
    narrow = low >= -(2**31) and high < 2**31
    return {"n": n, "low": low, "high": high, "unit": unit, "type": "<i4" if narrow else "<i8"}


def _pieces(people: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Neighbouring runs, from one to before another, of at most so many people or one run."""
    start = held = 0
    for i, n in enumerate(people.tolist()):
        if held and held + n > _PIECE:
            yield start, i
            start, held = i, 0
        held += n
    if held:
        yield start, len(people)


def _piece(
    con: duckdb.DuckDBPyConnection, runs: dict[str, Any], start: int, end: int, payer: str
) -> dict[str, Any]:
    """Run, payer and pay of the people of some runs; the bounds spare the engine other rows."""
    bounds = [
        f"{name} between ${name}_0 and ${name}_1" for name in ("currency", "function", "focus")
    ]
    values = {
        f"{name}_{i}": bound
        for name in ("currency", "function", "focus")
        for i, bound in enumerate((min(runs[name][start:end]), max(runs[name][start:end])))
    }
    asked = ", ".join(f"({sql}) as {name}" for name, sql in PAY_ELEMENTS.items())
    found: dict[str, Any] = con.execute(
        f"select run, payer, {asked} from pay_record join run using ({_KEYS}) "
        f"join payer using ({payer}) where load in {_ACTIVE} "
        f"and run >= {start} and run < {end} and {' and '.join(bounds)}",
        values,
    ).fetchnumpy()
    return found


class _Writer:
    """The arrays of one pay element, written piece by piece."""

    def __init__(
        self, stack: contextlib.ExitStack, work: Path, name: str, about: dict[str, Any], alike: bool
    ) -> None:
        self._work, self._name, self._about, self.alike = work, name, about, alike
        self._types = {
            "pays": about["type"],
            "starts": "<i8",
            "payers": "<i4",
            "payer_people": "<i4",
            "payer_starts": "<i8",
        }
        self._files: dict[str, BinaryIO] = {
            array: stack.enter_context((work / file).open("wb"))
            for array in ARRAYS
            if (file := self.file_of(array)) is not None
        }
        self._at: dict[str, int] = {
            array: 0 for array in ("starts", "payer_starts") if array in self._files
        }
        for array in self._at:
            self._put(array, np.zeros(1, np.int64))

    def file_of(self, array: str) -> str | None:
        """The file of an array, or None where another element's serves."""
        return f"{self._name}.{array}" if array in ("pays", "starts") or not self.alike else None

    def add(self, piece: dict[str, Any], start: int, end: int) -> None:
        """The people of runs ``start`` to before ``end``, in any order."""
        pay = piece[self._name]
        known = ~np.ma.getmaskarray(pay)
        all_known = bool(known.all())
        run = piece["run"] - start
        pays = np.ma.getdata(pay)
        run, pays = (run, pays) if all_known else (run[known], pays[known])
        pays = pays // self._about["unit"]
        self._put("pays", _ordered(run, pays, self._about["low"], self._about["high"]))
        self._counted("starts", np.bincount(run, minlength=end - start))
        if self.alike:
            return
        payer = np.ma.getdata(piece["payer"])
        pairs = run << 32 | (payer if all_known else payer[known])
        pairs.sort()
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        people = np.diff(first, append=len(pairs))
        self._put("payers", pairs[first] & 0xFFFFFFFF)
        self._put("payer_people", people)
        self._counted("payer_starts", np.bincount(pairs[first] >> 32, minlength=end - start))

    def finish(self, array: str) -> tuple[tuple[int, ...], str]:
        """Shape and type of an array that is complete."""
        file = self._files[array]
        file.flush()
        os.fsync(file.fileno())
        kind = self._types[array]
        return (file.tell() // np.dtype(kind).itemsize,), kind

    def _counted(self, array: str, counts: Ints) -> None:
        ends = self._at[array] + np.cumsum(counts)
        self._put(array, ends)
        self._at[array] = int(ends[-1])

    def _put(self, array: str, values: Ints) -> None:
        values.astype(self._types[array], copy=False).tofile(self._files[array])


def _ordered(run: Ints, pays: Ints, low: int, high: int) -> Ints:
    """Pays ordered by run, then by size."""
    bits = (high - low).bit_length()
    if not len(run) or int(run.max()).bit_length() + bits > 62:
        return pays[np.lexsort((pays, run))]
    keys = run << bits | (pays - low)
    keys.sort()
    ordered: Ints = (keys & ((1 << bits) - 1)) + low
    return ordered


def _digests(work: Path) -> dict[str, str]:
    return {path.name: sha256(path) for path in sorted(work.iterdir())}
