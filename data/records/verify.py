"""Verify the sorted index against SQL."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.grouped_quantiles import group_bands
from analytics.percentiles import PERCENTILES
from data.records.index import (
    INDEX_ORDER,
    PAY_ELEMENTS,
    RunGroups,
    SortedIndex,
    index_identity,
    open_index,
)
from data.records.origins import Origins
from data.records.snapshots import read_snapshots
from data.records.spellings import Spellings
from queries import run


def index_problems(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """What is wrong with the index of the active loads; empty if nothing is.

    SQL recomputes the people, organizations, what each of these pays in all, and the
    percentiles of every run. An index
    that is not built yet, or is of other loads, is not read by any query, and is no
    problem.
    """
    index = open_index(path, index_identity(con))
    if index is None:
        return []
    differences = (_difference(con, index, element) for element in PAY_ELEMENTS)
    problem = index.damage() or next(filter(None, differences), "")
    if not problem:
        return []
    return [f"the sorted index of the pay records: {problem}; remove the folder {path.name}.sorted"]


def _difference(con: duckdb.DuckDBPyConnection, index: SortedIndex, element: str) -> str:
    """The first run in which index and SQL differ; empty if there is none."""
    left_out = read_snapshots(con).query("superseded")
    spelled = Spellings.of(run(con, "record_words")).parameters()
    expected = run(
        con,
        "record_bands",
        element=element,
        percentiles=list(PERCENTILES),
        left_organisations=left_out.organisation.tolist(),
        left_currencies=left_out.currency.tolist(),
        left_functions=left_out.function.tolist(),
        left_days=left_out.day.tolist(),
        spelled_dimensions=spelled["spelled_dimensions"],
        spelled_names=spelled["spelled_names"],
        spelled_labels=spelled["spelled_labels"],
    )
    runs = index.runs({}, element)
    if len(runs) != len(expected):
        return f"{element} has {len(runs):,} runs, by SQL {len(expected):,}"
    if not len(runs):
        return ""
    groups = RunGroups(runs, np.arange(len(runs)), len(runs))
    pay, starts = index.grouped_pay(element, groups)
    bands = group_bands(pay, starts, PERCENTILES)
    names = np.array(
        [
            [index.names[n][c] for n, c in zip(INDEX_ORDER, row, strict=True)]
            for row in index.codes[runs].tolist()
        ]
    )
    values = bands.values * index.cents_per_unit(element)
    expected_values = np.stack(expected.bands.to_numpy())
    differs = (
        (names != expected[list(INDEX_ORDER)].to_numpy()).any(axis=1)
        | (bands.n != expected.n.to_numpy())
        | (index.organization_counts(element, groups) != expected.organisations.to_numpy())
        | _payers_differ(index, element, groups, expected)
        | _origins_differ(index.origins(element, groups), expected)
        | ~np.isclose(values, expected_values, rtol=1e-12, atol=1e-6).all(axis=1)
    )
    if not differs.any():
        return ""
    first = names[int(np.argmax(differs))]
    return f"{element} of {', '.join(first)} differs from what SQL computes"


def _payers_differ(
    index: SortedIndex, element: str, groups: RunGroups, expected: pd.DataFrame
) -> NDArray[np.bool_]:
    """Whether organizations pay something else in all, in each group of one run."""
    if index.single_organization:  # whose payers are dates
        return np.zeros(groups.count, bool)
    members = index.members(element, groups)
    counts = np.diff(members.cluster_starts)
    differs: NDArray[np.bool_] = counts != expected.payer_totals.map(len).to_numpy()
    if differs.any():
        return differs
    run = np.repeat(np.arange(groups.count), counts)
    totals = np.bincount(members.clusters, members.values, len(run)) * index.cents_per_unit(element)
    totals = totals[np.lexsort((totals, run))]
    unlike = ~np.isclose(totals, np.concatenate(expected.payer_totals), rtol=1e-9)
    differs[run[unlike]] = True
    return differs


def _origins_differ(origins: Origins, expected: pd.DataFrame) -> NDArray[np.bool_]:
    loads = [a != tuple(b) for a, b in zip(origins.loads, expected.loads, strict=True)]
    days = (origins.first != expected.first_day) | (origins.last != expected.last_day)
    differs: NDArray[np.bool_] = np.array(loads, bool) | days.to_numpy(bool)
    return differs
