"""The fixed blocks of people that others may see, and why some people are held back.

A block is a run that may be shown by itself. Runs that may not are combined with
the others of their focus and level as “Other places”, and where that is not enough
with those of their function and level as “Other focuses”. What may still not be
shown is held back. Every figure is made of whole blocks, the same for each pay
element; within a block there is beside everybody at most one set of people whose
pay is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure import (
    THRESHOLDS,
    Contributors,
    count_contributors,
    dominance_reason,
    may_be_shown,
    too_few_reason,
)
from analytics.grouped_quantiles import IntArray
from data.records.index import INDEX_ORDER, RunGroups, SortedIndex

#: The columns that the runs of a block share, from the finest blocks to the coarsest.
_SHARED_COLUMNS = (INDEX_ORDER, INDEX_ORDER[:-1], ("currency", "function", "level"))
#: Columns with a further value for combined runs → its name.
_COMBINED = {"focus": "Other focuses", "place": "Other places"}
_UNSTATED = "too few people with, or without, this pay stated; held back"
#: A value for each column of `INDEX_ORDER`.
Label = tuple[str, ...]


@dataclass(frozen=True)
class DisclosureBlocks:
    """The block that each run of an index belongs to.

    ``codes``, of shape (runs, columns), are positions in ``names``, which are the
    index's own and one more for combined runs; a run that is held back is -1
    throughout. Of shape (runs,): ``standalone`` marks runs that are a block by
    themselves, ``enough_contributors`` those that have the number for it, and
    ``reveals_unstated`` those held back because showing the pay element would tell
    too much of the people who have it stated, or of those who have not.
    """

    index: SortedIndex
    names: Mapping[str, list[str]]
    codes: IntArray
    standalone: NDArray[np.bool_]
    enough_contributors: NDArray[np.bool_]
    reveals_unstated: NDArray[np.bool_]

    def runs(self, filters: Mapping[str, Sequence[str]]) -> tuple[NDArray[np.intp], IntArray]:
        """The runs whose blocks pass the filters, and the codes of those blocks."""
        passes = self.codes[:, 0] >= 0
        for name, values in filters.items():
            names = self.names[name]
            codes = [names.index(value) for value in values if value in names]
            passes &= np.isin(self.codes[:, INDEX_ORDER.index(name)], codes)
        runs = np.flatnonzero(passes)
        return runs, self.codes[runs]

    def held_back(
        self, filters: Mapping[str, Sequence[str]], by: Sequence[str]
    ) -> dict[tuple[str, ...], str]:
        """The labels of the cells that some people are missing from, and why."""
        runs = self.index.runs(filters)
        runs = runs[~self.standalone[runs]]
        columns = [INDEX_ORDER.index(name) for name in by]
        moved = (self.codes[runs][:, columns] != self.index.codes[runs][:, columns]).any(axis=1)
        filtered_out = ~np.isin(runs, self.runs(filters)[0])
        reasons: dict[tuple[str, ...], str] = {}
        for run in runs[moved | filtered_out].tolist():
            label = tuple(
                self.index.names[name][code]
                for name, code in zip(by, self.index.codes[run, columns], strict=True)
            )
            reasons.setdefault(label, self._reason(run))
        return reasons

    def _reason(self, run: int) -> str:
        if self.reveals_unstated[run]:
            return _UNSTATED
        reason = (
            dominance_reason()
            if self.enough_contributors[run]
            else too_few_reason(self.index.single_organization)
        )
        combined = [
            self.names[name][-1]
            for name in _COMBINED
            if self.codes[run, INDEX_ORDER.index(name)] == len(self.index.names[name])
        ]
        if combined:
            return f"{reason}; counted under {' and '.join(combined)}"
        return f"{reason}; held back"


@lru_cache(maxsize=8)
def disclosure_blocks(index: SortedIndex, element: str) -> DisclosureBlocks:
    """The blocks of the people whose ``element`` is stated.

    They are made from base pay, which everybody has. Another element of a block is
    shown only where those who don't have it stated may be shown as well, and where no
    other element is of a third set of people; else a difference would give some away.
    """
    blocks = base_blocks(index)
    if element == "base":
        return blocks
    return without_element(blocks, element)


def base_blocks(index: SortedIndex, kept: Mapping[Label, Label] | None = None) -> DisclosureBlocks:
    """The blocks of everybody.

    ``kept`` is the block that runs had when they were last published; those stay
    together, whether or not they may be shown any more.
    """
    names = _block_names(index)
    codes = np.full(index.codes.shape, -1)
    standalone, enough, reveals = (np.zeros(len(codes), bool) for _ in range(3))
    remaining = np.arange(len(codes))
    if kept:
        remaining = _put_where_they_were(index, names, codes, standalone, kept)
    for shared in _SHARED_COLUMNS:
        if not len(remaining):
            break
        columns = [INDEX_ORDER.index(name) for name in shared]
        groups = RunGroups.by_codes(remaining, index.codes[remaining][:, columns])
        contributors = run_contributors(index, "base", groups)
        shown = may_be_shown(contributors.count, contributors.largest_share)[groups.group]
        if shared == INDEX_ORDER:
            standalone[groups.runs] = shown
            enough[groups.runs] = (contributors.count >= THRESHOLDS.contributors)[groups.group]
        block_runs = groups.runs[shown]
        codes[block_runs] = index.codes[block_runs]
        for name in _COMBINED:
            if name not in shared:
                codes[block_runs, INDEX_ORDER.index(name)] = len(index.names[name])
        remaining = groups.runs[~shown]
    return DisclosureBlocks(index, names, codes, standalone, enough, reveals)


def without_element(blocks: DisclosureBlocks, element: str) -> DisclosureBlocks:
    """The blocks whose ``element`` may be shown."""
    reveals = _reveals_unstated(blocks, element)
    codes = np.where(reveals[:, None], -1, blocks.codes)
    return replace(
        blocks, codes=codes, standalone=blocks.standalone & ~reveals, reveals_unstated=reveals
    )


def _put_where_they_were(
    index: SortedIndex,
    names: Mapping[str, list[str]],
    codes: IntArray,
    standalone: NDArray[np.bool_],
    kept: Mapping[Label, Label],
) -> NDArray[np.intp]:
    """Give runs the block that they had, and return those that had none."""
    code_of = {name: {v: i for i, v in enumerate(names[name])} for name in INDEX_ORDER}
    others = []
    for run, row in enumerate(index.codes.tolist()):
        label = tuple(index.names[n][c] for n, c in zip(INDEX_ORDER, row, strict=True))
        block = kept.get(label)
        if block is None or any(
            value not in code_of[n] for n, value in zip(INDEX_ORDER, block, strict=True)
        ):
            others.append(run)
            continue
        codes[run] = [code_of[n][value] for n, value in zip(INDEX_ORDER, block, strict=True)]
        standalone[run] = block == label
    return np.array(others, np.intp)


def run_contributors(index: SortedIndex, element: str, groups: RunGroups) -> Contributors:
    """Who stands behind an element's figures of each group of runs."""
    entries = index.payer_entries(element, groups)
    return count_contributors(entries, groups.count, index.single_organization)


def _block_names(index: SortedIndex) -> dict[str, list[str]]:
    """The index's names, and one for combined runs that none of them has already."""
    names = {name: list(index.names[name]) for name in INDEX_ORDER}
    for column, combined in _COMBINED.items():
        while combined in names[column]:
            combined += ", grouped"
        names[column].append(combined)
    return names


def _reveals_unstated(blocks: DisclosureBlocks, element: str) -> NDArray[np.bool_]:
    """Runs of blocks in which an element would tell too much of those who have it, or have not."""
    reveals = np.zeros(len(blocks.codes), bool)
    runs = np.flatnonzero(blocks.codes[:, 0] >= 0)
    if len(runs):
        groups = RunGroups.by_codes(runs, blocks.codes[runs])
        reveals[groups.runs] = ~_shown_elements(blocks.index, groups)[element][groups.group]
    return reveals


def _shown_elements(index: SortedIndex, groups: RunGroups) -> dict[str, NDArray[np.bool_]]:
    """For each element, which groups of whole blocks may show it.

    An element of everybody adds nobody's absence. Of a part of the people there is one
    set at most: target cash goes before total pay, which those without target cash can't
    have, and both before overtime, of which nobody can tell whether the set is the same.
    """
    everyone = _people(index, "base", groups)
    cash, total, overtime = (
        _people(index, name, groups) for name in ("target_cash", "total_comp", "overtime")
    )
    whole = {"target_cash": cash == everyone, "total_comp": total == everyone}
    shown = {"target_cash": whole["target_cash"] | _part_may_be_shown(index, "target_cash", groups)}
    alone = whole["target_cash"] & _part_may_be_shown(index, "total_comp", groups)
    shown["total_comp"] = shown["target_cash"] & ((total == cash) | alone)
    parts = (shown["target_cash"] & ~whole["target_cash"]) | (
        shown["total_comp"] & ~whole["total_comp"]
    )
    shown["overtime"] = (overtime == everyone) | (
        ~parts & _part_may_be_shown(index, "overtime", groups)
    )
    return shown


def _people(index: SortedIndex, element: str, groups: RunGroups) -> NDArray[np.int64]:
    """How many people of each group have an element stated."""
    return np.diff(groups.starts(index.arrays(element).starts))


def _part_may_be_shown(index: SortedIndex, element: str, groups: RunGroups) -> NDArray[np.bool_]:
    """Whether those with an element stated, and those without, may both be shown by themselves."""
    stated = run_contributors(index, element, groups)
    return may_be_shown(stated.count, stated.largest_share) & _lacking_may_be_shown(
        index, element, groups
    )


def _lacking_may_be_shown(index: SortedIndex, element: str, groups: RunGroups) -> NDArray[np.bool_]:
    """Whether those of each group who don't have an element stated may be shown as a group."""
    lacking = index.payer_entries("base", groups).minus(index.payer_entries(element, groups))
    contributors = count_contributors(lacking, groups.count, index.single_organization)
    return may_be_shown(contributors.count, contributors.largest_share)
