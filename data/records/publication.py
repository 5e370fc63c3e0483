"""What is published from: the people of each block, new or as they were published before.

Who keeps what was shown before a load and after it can take one from the other. So a
block's people are taken anew only where nobody in it changed, or enough people did, in
each part of pay; else the block stays what it was, in every figure that it is part of.
"""

from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import (
    THRESHOLDS,
    Contributors,
    PayerEntries,
    count_contributors,
    may_be_shown,
)
from data.records.disclosure import DisclosureBlocks, Label, base_blocks, without_element
from data.records.index import INDEX_ORDER, SortedIndex
from data.records.index_build import counted_records
from data.records.runs import number_runs

BLOCK = list(INDEX_ORDER)
_OWN = [f"own_{name}" for name in INDEX_ORDER[1:]]
#: Which part of pay each element adds; without the element, a block has no such part.
_PART_OF = {"target_cash": "variable", "total_comp": "equity", "overtime": "overtime"}
_PARTS = ("base", *_PART_OF.values())
COLUMNS = [*BLOCK, *_OWN, "organisation", "load", "day", *_PARTS]


def people_to_publish(
    con: duckdb.DuckDBPyConnection, index: SortedIndex, previous: pd.DataFrame
) -> tuple[pd.DataFrame, DisclosureBlocks]:
    """The people of every block that may be shown, and the blocks as they are now.

    ``previous`` is the table of people that was published before, without rows for a
    first publication; columns are `COLUMNS`, money in hundredths.
    """
    blocks = base_blocks(index, _previous_blocks(previous))
    current = _people_of(con, blocks)
    people = renewed(previous, current)
    people = people[_showable(people)].reset_index(drop=True)
    return people, _without_missing(blocks, people)


def renewed(previous: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """The people of each block: the current ones, or the previous where too few changed.

    A change of one to four people in any part of pay keeps the block whole as it was.
    """
    if previous.empty:
        return current
    stays = pd.Index([])
    for part in _PARTS:
        changed = _people_changed(previous, current, part)
        few = changed[(changed > 0) & (changed < THRESHOLDS.contributors)]
        stays = stays.union(few.index)
    known = pd.MultiIndex.from_frame(previous[BLOCK].drop_duplicates())
    stays = stays.intersection(known)
    kept = previous[pd.MultiIndex.from_frame(previous[BLOCK]).isin(stays)]
    fresh = current[~pd.MultiIndex.from_frame(current[BLOCK]).isin(stays)]
    return pd.concat([kept, fresh], ignore_index=True)


def _without_missing(blocks: DisclosureBlocks, people: pd.DataFrame) -> DisclosureBlocks:
    """The blocks without those that none of the people are of: they are held back."""
    there = set(people[BLOCK].drop_duplicates().itertuples(index=False, name=None))
    codes = blocks.codes.copy()
    for row in np.unique(codes[codes[:, 0] >= 0], axis=0).tolist():
        label = tuple(blocks.names[n][c] for n, c in zip(INDEX_ORDER, row, strict=True))
        if label not in there:
            codes[(codes == row).all(axis=1)] = -1
    return replace(blocks, codes=codes, standalone=blocks.standalone & (codes[:, 0] >= 0))


def payers(people: pd.DataFrame) -> tuple[NDArray[np.int64], bool]:
    """Who counts toward the thresholds for each person, and whether all are of one company.

    Organizations count, or the dates of one company (see `count_contributors`).
    """
    single = people.organisation.nunique() == 1
    codes, _ = pd.factorize(people.day if single else people.organisation)
    return codes.astype(np.int64), single


def contributors_of(
    group: NDArray[np.int64], payer: NDArray[np.int64], groups: int, *, single: bool
) -> Contributors:
    """Who stands behind each of ``groups`` groups of people."""
    entries = PayerEntries(group, payer, np.ones(len(group), np.int64))
    return count_contributors(entries, groups, single)


def _previous_blocks(previous: pd.DataFrame) -> dict[Label, Label]:
    """The block that each run had."""
    runs = previous[["currency", *_OWN]].drop_duplicates()
    own = runs.itertuples(index=False, name=None)
    blocks = previous.loc[runs.index, BLOCK].itertuples(index=False, name=None)
    return dict(zip(own, blocks, strict=True))


def _people_of(con: duckdb.DuckDBPyConnection, blocks: DisclosureBlocks) -> pd.DataFrame:
    """The people of the records who are in a block, with the parts of pay that it shows."""
    index = blocks.index
    records, _ = counted_records(con)
    number_runs(con, records, index.spellings)
    rows = con.execute(
        "select run, organisation, load, effective_date - date '1970-01-01' as day, "
        f"{', '.join(_PARTS)} from (from {records}) join run using ({', '.join(INDEX_ORDER)})"
    ).df()
    con.execute("drop table run; drop table superseded")
    rows = rows[blocks.codes[rows.run, 0] >= 0]
    run = rows.run.to_numpy()
    for element, part in _PART_OF.items():
        shown = without_element(blocks, element).codes[run, 0] >= 0
        rows[part] = rows[part].astype(float).where(shown)
    names = {organisation: index.spellings.label("organisation", organisation)
             for organisation in rows.organisation.unique()}  # fmt: skip
    labels = {"organisation": rows.organisation.map(names)}
    for j, name in enumerate(INDEX_ORDER):
        labels[name] = np.array(blocks.names[name], object)[blocks.codes[run, j]]
        if name != "currency":
            labels[f"own_{name}"] = np.array(index.names[name], object)[index.codes[run, j]]
    return rows.assign(**labels)[COLUMNS].reset_index(drop=True)


def _people_changed(previous: pd.DataFrame, current: pd.DataFrame, part: str) -> pd.Series:
    """How many people of each block have another amount of a part of pay than before."""
    key = [*BLOCK, "organisation", part]
    both = pd.concat([previous[key].assign(more=-1), current[key].assign(more=1)])
    more = both.groupby(key, dropna=False).more.sum()
    new, gone = (
        side.groupby(level=list(range(len(BLOCK)))).sum()
        for side in (more.clip(lower=0), -more.clip(upper=0))
    )
    return pd.Series(np.maximum(new, gone))


def _showable(people: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each person is of a block that may be shown."""
    if people.empty:
        return np.empty(0, bool)
    block = people.groupby(BLOCK, sort=False).ngroup().to_numpy().astype(np.int64)
    payer, single = payers(people)
    who = contributors_of(block, payer, int(block.max()) + 1, single=single)
    shown: NDArray[np.bool_] = may_be_shown(who.count, who.largest_share)[block]
    return shown
