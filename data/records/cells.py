"""The people of each cell of a query, from the sorted index or by SQL.

The index answers what it is ordered by; any other query goes to SQL. Both give the
same cells. In aggregate mode cells are made of whole disclosure blocks.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.clustered_intervals import Members, MembersOf
from analytics.disclosure import THRESHOLDS
from analytics.grouped_quantiles import IntArray, number_distinct
from data.records.disclosure import disclosure_blocks, run_contributors
from data.records.index import INDEX_ORDER, RunGroups, SortedIndex
from data.records.lattice import everybody_among
from data.records.lattice_labels import label_dimensions, labels_by_query, shows_everybody
from data.records.origins import Origins
from data.records.parallel_sort import sort_groups_in_parallel
from data.records.question import AGGREGATE, ALL_DATES, RecordQuery
from data.records.snapshots import superseded_dates
from data.records.spellings import Spellings
from queries import run

Label = tuple[str, ...]
#: No names are joined.
AS_SPELLED = Spellings()


@dataclass(frozen=True)
class CellSummary:
    """What is said of each cell beside its pay.

    ``labels`` have a value for each dimension of the query; ``organizations`` has shape
    (cells,). One in the pay of a cell is ``cents_per_unit`` hundredths of the currency.
    ``origins`` are where its people come from.
    """

    labels: list[Label]
    organizations: NDArray[np.int64]
    cents_per_unit: int
    origins: Origins


@dataclass(frozen=True)
class Cells(CellSummary):
    """The people of each cell, one cell after another.

    ``pay``, of shape (people,), is sorted within each cell; ``starts``, of shape
    (cells + 1,), is where each cell begins, and ``members_of`` gives who belongs to
    which organization.
    """

    pay: IntArray
    starts: IntArray
    members_of: MembersOf


@dataclass(frozen=True)
class AggregateCells(Cells):
    """Cells that others may see, and a cell of nobody for each that is held back.

    ``reasons`` states why people are missing from a cell, and is empty where none
    are; ``too_few_for_tails`` marks cells without P10, P90 and intervals.
    """

    reasons: list[str]
    too_few_for_tails: NDArray[np.bool_]


def query_cells(con: duckdb.DuckDBPyConnection, index: SortedIndex, query: RecordQuery) -> Cells:
    """The cells of a query; `AggregateCells` in aggregate mode."""
    if query.mode == AGGREGATE:
        return aggregate_cells(index, query)
    if query.answerable_by_index:
        return cells_from_index(index, query)
    if not index.several_dates:  # then there is nothing to look for
        query = replace(query, snapshots=ALL_DATES)
    return cells_from_sql(con, query, index.spellings)


def cells_from_index(index: SortedIndex, query: RecordQuery) -> Cells:
    """The cells of a query that the index can answer."""
    runs = index.runs(query.filters, query.element)
    labels, groups = _group_by_label(runs, index.codes[runs], index.names, query.by)
    pay, starts = index.grouped_pay(query.element, groups)
    organizations = index.organization_counts(query.element, groups)
    return Cells(
        labels=labels,
        pay=pay,
        starts=starts,
        organizations=organizations,
        members_of=_members_of(index, query.element, groups),
        cents_per_unit=index.cents_per_unit(query.element),
        origins=index.origins(query.element, groups),
    )


def cells_from_sql(
    con: duckdb.DuckDBPyConnection, query: RecordQuery, spellings: Spellings = AS_SPELLED
) -> Cells:
    """The same by SQL, which can group and filter by every dimension."""
    filters = {name: spellings.names(name, values) for name, values in query.filters.items()}
    row_by, column_by = (*query.by, "")[:2]
    lists: dict[str, Any] = {**superseded_dates(con, query), **spellings.parameters()}
    answer = run(
        con,
        "record_cells",
        element=query.element,
        currency=query.currency,
        since=query.since,
        until=query.until,
        row_by=row_by,
        column_by=column_by,
        functions=list(filters.get("function", ())),
        focuses=list(filters.get("focus", ())),
        levels=list(filters.get("level", ())),
        places=list(filters.get("place", ())),
        titles=list(filters.get("title", ())),
        sizes=list(filters.get("size", ())),
        departments=list(filters.get("department", ())),
        tenures=list(filters.get("tenure", ())),
        organisations=list(filters.get("organisation", ())),
        **lists,
    )
    pay_of_cells = [np.asarray(pay, np.int64) for pay in answer.pays]
    starts = np.cumsum([0, *map(len, pay_of_cells)], dtype=np.int64)
    unordered = np.concatenate([np.empty(0, np.int64), *pay_of_cells])
    pay = unordered.copy()
    sort_groups_in_parallel(pay, starts)
    rows_and_columns = zip(answer.row_of, answer.column_of, strict=True)
    labels = [label[: len(query.by)] for label in rows_and_columns]
    origins = Origins(
        [tuple(loads) for loads in answer.loads],
        answer.first_day.to_numpy(np.int64),
        answer.last_day.to_numpy(np.int64),
    )
    organizations = answer.organisations.to_numpy()
    people = np.concatenate([np.empty(0, np.int64), *answer.people]).astype(np.int64)
    members = Members(
        values=unordered,
        clusters=np.repeat(np.arange(len(people)), people),
        starts=starts,
        cluster_starts=np.concatenate(([0], np.cumsum(organizations))),
    )
    return Cells(
        labels=labels,
        organizations=organizations,
        cents_per_unit=1,
        origins=origins,
        pay=pay,
        starts=starts,
        members_of=members.part,
    )


def aggregate_cells(index: SortedIndex, query: RecordQuery) -> AggregateCells:
    """The cells of a query in aggregate mode: whole blocks, and reasons for what is missing."""
    blocks = disclosure_blocks(index, query.element)
    runs, codes = blocks.runs(query.filters)
    by = label_dimensions(query)
    labels, groups = _group_by_label(runs, codes, blocks.names, by)
    held_back = blocks.held_back(query.filters, by)
    if labels and shows_everybody(query, {*labels, *held_back}):
        everybody = (everybody_among(blocks.names["function"]),)
        held_back |= dict.fromkeys((everybody,) if held_back else (), "partly")
        labels = [*labels, everybody]
        groups = _with_everybody(groups)
    pay, starts = index.grouped_pay(query.element, groups)
    organizations = index.organization_counts(query.element, groups)
    contributors = organizations
    if index.single_organization:
        contributors = run_contributors(index, query.element, groups).count
    reasons = ["partly held back" if held_back.pop(label, "") else "" for label in labels]
    nobody = (0, len(held_back))  # padding: a cell without people for each left
    return AggregateCells(
        labels=labels_by_query([*labels, *held_back], query),
        pay=pay,
        starts=np.pad(starts, nobody, mode="edge"),
        organizations=np.pad(organizations, nobody),
        members_of=_members_of(index, query.element, groups),
        cents_per_unit=index.cents_per_unit(query.element),
        origins=index.origins(query.element, groups).with_nobody(len(held_back)),
        reasons=[*reasons, *held_back.values()],
        too_few_for_tails=np.pad(contributors, nobody) < THRESHOLDS.tail_contributors,
    )


def _with_everybody(groups: RunGroups) -> RunGroups:
    """The groups, and one more of all their runs."""
    everybody = np.full(len(groups.runs), groups.count, groups.group.dtype)
    return RunGroups(
        np.concatenate((groups.runs, np.sort(groups.runs))),
        np.concatenate((groups.group, everybody)),
        groups.count + 1,
    )


def _members_of(index: SortedIndex, element: str, groups: RunGroups) -> MembersOf:
    return lambda first, last: index.members(element, groups.part(first, last))


def _group_by_label(
    runs: NDArray[np.intp], codes: IntArray, names: Mapping[str, Sequence[str]], by: Sequence[str]
) -> tuple[list[Label], RunGroups]:
    """Runs grouped by their values of the dimensions ``by``, and the values of each group.

    ``codes``, of shape (runs, columns of the index), are positions in ``names``.
    """
    if not len(runs):
        return [], RunGroups(runs, runs, 0)
    columns = [codes[:, INDEX_ORDER.index(name)] for name in by]
    shape = tuple(len(names[name]) for name in by)
    keys = np.ravel_multi_index(tuple(columns), shape)
    distinct, group = number_distinct(keys, math.prod(shape))
    label_codes = np.unravel_index(distinct, shape)
    values = [np.array(names[name], object)[c] for name, c in zip(by, label_codes, strict=True)]
    return list(zip(*values, strict=True)), RunGroups.of(runs, group, len(distinct))
