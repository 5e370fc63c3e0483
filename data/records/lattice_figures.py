"""The figures of every cell of the lattice, from the people that it is published from."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analytics.clustered_intervals import Members
from analytics.disclosure import THRESHOLDS
from data.records.aggregate_table import aggregate_columns
from data.records.cells import AggregateCells
from data.records.disclosure import DisclosureBlocks, without_element
from data.records.index import PAY_ELEMENTS
from data.records.intervals import cell_bands
from data.records.lattice import SHAPES, Shape
from data.records.origins import Origins
from data.records.pivot_audit import without_what_pins
from data.records.publication import contributors_of, payers
from data.records.question import AGGREGATE, RecordQuery

#: Gives status, source and date of cells of some origins.
Provenance = Callable[[Origins], dict[str, list[str]]]
_PARTS_OF = {
    "base": ["base"],
    "target_cash": ["base", "variable"],
    "total_comp": ["base", "variable", "equity"],
    "overtime": ["overtime"],
}


def lattice_figures(
    people: pd.DataFrame, blocks: DisclosureBlocks, provenance: Provenance
) -> pd.DataFrame:
    """A row for each cell of each shape, pay element and currency, as others may see it.

    ``people`` are those of `people_to_publish`, and ``blocks`` say who is held back.
    """
    payer, single = payers(people)
    whole = people.assign(payer=payer)
    tables = [
        _figures(
            whole[whole.currency == currency],
            RecordQuery(currency, element, shape, mode=AGGREGATE),
            without_element(blocks, element) if element != "base" else blocks,
            provenance,
            single=single,
        )
        for currency in blocks.index.names["currency"]
        for element in PAY_ELEMENTS
        for shape in SHAPES
    ]
    table = without_what_pins(pd.concat(tables, ignore_index=True), people)
    return table.assign(position=range(len(table)))


def _figures(
    people: pd.DataFrame,
    query: RecordQuery,
    blocks: DisclosureBlocks,
    provenance: Provenance,
    *,
    single: bool,
) -> pd.DataFrame:
    """The figures of one shape, element and currency."""
    parts = people[_PARTS_OF[query.element]]
    stated = people.assign(pay=parts.sum(axis=1))[parts.notna().all(axis=1)]
    held_back = blocks.held_back({"currency": (query.currency,)}, query.by)
    cells = _cells(stated, query.by, held_back, single=single)
    bands, missing = cell_bands(cells, query)
    labels = {name: [label[j] for label in cells.labels] for j, name in enumerate(query.by)}
    columns = {**labels, **aggregate_columns(cells, bands, missing, query, single)}
    columns |= provenance(cells.origins)
    columns |= {"pay_basis": query.element, "currency": query.currency}
    columns |= {"shape": " ".join(query.by)}
    return pd.DataFrame(columns, index=range(len(cells.labels)))


def _cells(
    people: pd.DataFrame, shape: Shape, held_back: dict[tuple[str, ...], str], *, single: bool
) -> AggregateCells:
    """The cells of some people by the columns of a shape, and those held back after them."""
    labels, group = _grouped(people, shape)
    order = np.lexsort((people.pay.to_numpy(), group))
    people, group = people.iloc[order], group[order]
    starts = np.searchsorted(group, np.arange(len(labels) + 1)).astype(np.int64)
    organization, _ = pd.factorize(people.organisation)
    width = int(organization.max(initial=0)) + 1
    pairs, cluster = np.unique(group * width + organization, return_inverse=True)
    cluster_starts = np.searchsorted(pairs, np.arange(len(labels) + 1) * width)
    pay = people.pay.to_numpy(np.int64)
    who = contributors_of(group, people.payer.to_numpy(), len(labels), single=single)
    reasons = ["partly held back" if held_back.get(label) else "" for label in labels]
    shown = set(labels)
    left = {label: reason for label, reason in held_back.items() if label not in shown}
    nobody = (0, len(left))
    return AggregateCells(
        labels=[*labels, *left],
        pay=pay,
        starts=np.pad(starts, nobody, mode="edge"),
        organizations=np.pad(np.diff(cluster_starts), nobody),
        members_of=Members(pay, cluster, starts, cluster_starts).part,
        cents_per_unit=1,
        origins=_origins(people, starts).with_nobody(len(left)),
        reasons=[*reasons, *left.values()],
        too_few_for_tails=np.pad(who.count, nobody) < THRESHOLDS.tail_contributors,
    )


def _grouped(people: pd.DataFrame, shape: Shape) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """The labels of a shape's cells in order, and the cell of each person."""
    if people.empty:
        return [], np.empty(0, np.int64)
    if not shape:
        return [()], np.zeros(len(people), np.int64)
    grouper = people.groupby(list(shape), sort=True)
    distinct = people[list(shape)].drop_duplicates().sort_values(list(shape))
    return list(distinct.itertuples(index=False, name=None)), grouper.ngroup().to_numpy(np.int64)


def _origins(people: pd.DataFrame, starts: np.ndarray) -> Origins:
    """Where the people of each cell come from."""
    if people.empty:
        return Origins([], np.empty(0, np.int64), np.empty(0, np.int64))
    day, load = people.day.to_numpy(np.int64), people.load.to_numpy()
    loads = [tuple(np.unique(part).tolist()) for part in np.split(load, starts[1:-1])]
    return Origins(
        loads, np.minimum.reduceat(day, starts[:-1]), np.maximum.reduceat(day, starts[:-1])
    )
