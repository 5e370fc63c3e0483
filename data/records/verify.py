"""Whether the sorted store says what the engine says of the same records."""

from pathlib import Path

import duckdb
import numpy as np

from analytics.grouped_quantiles import group_bands
from data.records.index import INDEX_ORDER, PAY_ELEMENTS, SortedIndex, index_identity, open_index
from data.records.question import PERCENTILES
from queries import run


def index_problems(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """What is wrong with the sorted store that would answer now; empty if nothing is.

    Every cell's people, organisations and percentiles are computed anew by SQL.
    One that is not made yet, or of other loads, answers nothing and is no fault.
    """
    store = open_index(path, index_identity(con))
    if store is None:
        return []
    reason = store.damaged() or next(
        filter(None, (_differs(con, store, element) for element in PAY_ELEMENTS)), ""
    )
    if not reason:
        return []
    return [f"the sorted pay records: {reason}; remove the folder {path.name}.sorted"]


def _differs(con: duckdb.DuckDBPyConnection, store: SortedIndex, element: str) -> str:
    """The first cell of which the two say different things; empty if there is none."""
    told = run(con, "record_bands", element=element, percentiles=list(PERCENTILES))
    starts = store.array(element, "starts")
    runs = np.flatnonzero(np.diff(starts))
    if len(runs) != len(told):
        return f"{element}: {len(runs):,} cells, and {len(told):,} by the engine"
    if not len(runs):
        return ""
    groups = store.groups(element, runs, np.arange(len(runs)), len(runs))
    held = group_bands(groups.pays, groups.starts, PERCENTILES)
    theirs = np.stack(told.bands.to_numpy())
    ours = held.values * store.unit(element)
    names = np.array(
        [
            [store.names[n][c] for n, c in zip(INDEX_ORDER, row, strict=True)]
            for row in store.codes[runs]
        ]
    )
    wrong = (
        (names != told[list(INDEX_ORDER)].to_numpy()).any(axis=1)
        | (held.n != told.n.to_numpy())
        | (groups.organisations != told.organisations.to_numpy())
        | ~np.isclose(ours, theirs, rtol=1e-12, atol=1e-6).all(axis=1)
    )
    if not wrong.any():
        return ""
    i = int(np.argmax(wrong))
    return f"{element} of {', '.join(names[i])} differs from what the engine computes"
