"""Number the runs of the pay records, and say where the people of each come from."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.records.index import INDEX_ORDER, PAY_ELEMENTS
from data.records.origins import OriginEntries
from data.records.spellings import Spellings

_KEYS = ", ".join(INDEX_ORDER)


@dataclass(frozen=True)
class Runs:
    """The runs in order.

    ``names`` and ``codes`` are as in the index; ``people`` has shape (runs,).
    ``origins`` are by pay element. ``parts`` has the columns as the records spell
    them, in the order of runs, and ``part_run``, of shape (parts,), the run of each.
    """

    names: Mapping[str, list[str]]
    codes: NDArray[np.int32]
    people: NDArray[np.int64]
    origins: Mapping[str, OriginEntries]
    parts: Mapping[str, NDArray[np.object_]]
    part_run: NDArray[np.int64]

    @property
    def total(self) -> int:
        """The people of all runs."""
        return int(self.people.sum())

    def bounds(self, column: str, start: int, end: int) -> tuple[str, str]:
        """The smallest and the largest value that runs ``start`` to before ``end`` have."""
        first, last = np.searchsorted(self.part_run, (start, end))
        values = self.parts[column][first:last]
        return min(values), max(values)


def number_runs(con: duckdb.DuckDBPyConnection, records: str, spellings: Spellings) -> Runs:
    """Make the temporary table ``run``, which numbers the runs in order.

    ``records`` is the SQL of the rows that count; names that ``spellings`` join are one.
    """
    parts = _read_parts(con, records)
    names, codes = _encoded(parts, spellings)
    run_codes, part_run = np.unique(codes, axis=0, return_inverse=True)
    part_run = part_run.reshape(-1).astype(np.int64)
    order = np.lexsort((parts["load"], part_run))
    parts = {name: values[order] for name, values in parts.items()}
    part_run = part_run[order]
    spelled = {name: np.ma.getdata(parts[name]).astype(object) for name in INDEX_ORDER}
    con.register("numbered", pd.DataFrame({"run": part_run, **spelled}))
    con.execute(f"create or replace temp table run as select distinct run, {_KEYS} from numbered")
    con.unregister("numbered")
    people = np.bincount(part_run, parts["people"], len(run_codes)).astype(np.int64)
    origins = {name: _origins(name, parts, part_run, len(run_codes)) for name in PAY_ELEMENTS}
    return Runs(names, run_codes.astype(np.int32), people, origins, spelled, part_run)


def _read_parts(con: duckdb.DuckDBPyConnection, records: str) -> dict[str, NDArray[np.object_]]:
    """The people of each run in each load, and the first and last day of each pay element."""
    days = ", ".join(
        f"{end}(day) filter (where ({sql}) is not null) as {end}_{name}"
        for name, sql in PAY_ELEMENTS.items()
        for end in ("min", "max")
    )
    return dict(
        con.execute(
            f"select {_KEYS}, load, count(*) as people, {days} "
            f"from (select *, effective_date - date '1970-01-01' as day from {records}) "
            "group by all"
        ).fetchnumpy()
    )


def _encoded(
    parts: Mapping[str, NDArray[np.object_]], spellings: Spellings
) -> tuple[dict[str, list[str]], NDArray[np.int32]]:
    """The labels of each column, and for each part their positions."""
    names, codes = {}, np.empty((len(parts["load"]), len(INDEX_ORDER)), np.int32)
    for j, name in enumerate(INDEX_ORDER):
        values = np.ma.getdata(parts[name]).astype(object)
        spelled, which = np.unique(values, return_inverse=True)
        labels = np.array([spellings.label(name, value) for value in spelled.tolist()], object)
        distinct, label_of = np.unique(labels, return_inverse=True)
        names[name], codes[:, j] = distinct.tolist(), label_of[which]
    return names, codes


def _origins(
    element: str, parts: Mapping[str, NDArray[np.object_]], part_run: NDArray[np.int64], runs: int
) -> OriginEntries:
    """An entry for each run and load in which the element is stated."""
    stated = ~np.ma.getmaskarray(parts[f"min_{element}"])
    run, load = part_run[stated], np.ma.getdata(parts["load"])[stated].astype(np.int64)
    low, high = (
        np.ma.getdata(parts[f"{end}_{element}"])[stated].astype(np.int64) for end in ("min", "max")
    )
    # Parts of one run and load differ in spelling alone; they follow one another.
    begins = np.flatnonzero(np.diff(run << 32 | load, prepend=-1))
    if len(begins) < len(run):
        low, high = np.minimum.reduceat(low, begins), np.maximum.reduceat(high, begins)
    counts = np.bincount(run[begins], minlength=runs)
    starts = np.concatenate(([0], np.cumsum(counts)))
    return OriginEntries(load[begins], low, high, starts)
