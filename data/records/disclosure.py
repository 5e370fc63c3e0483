"""The fixed blocks of people that others may see, and why some people are held back.

A block is a run that may be shown by itself. Runs that may not are combined with
the others of their focus and level as “Other places”, and where that is not enough
with those of their function and level as “Other focuses”. What may still not be
shown is held back. Every figure is made of whole blocks, the same for each pay
element.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    shown only where those who don't have it stated may be shown as well; else the
    difference of the two would give them away.
    """
    codes = np.full(index.codes.shape, -1)
    standalone, enough, reveals = (np.zeros(len(codes), bool) for _ in range(3))
    remaining = np.arange(len(codes))
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
    if element != "base":
        reveals = _reveals_unstated(index, element, codes)
        codes[reveals] = -1
    return DisclosureBlocks(
        index, _block_names(index), codes, standalone & ~reveals, enough, reveals
    )


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


def _reveals_unstated(index: SortedIndex, element: str, codes: IntArray) -> NDArray[np.bool_]:
    """Runs of blocks in which too few people have an element stated, or too few have not."""
    reveals = np.zeros(len(codes), bool)
    runs = np.flatnonzero(codes[:, 0] >= 0)
    if not len(runs):
        return reveals
    groups = RunGroups.by_codes(runs, codes[runs])
    contributors = run_contributors(index, element, groups)
    shown = may_be_shown(contributors.count, contributors.largest_share)
    everyone = np.diff(groups.starts(index.arrays("base").starts))
    stated = np.diff(groups.starts(index.arrays(element).starts))
    # Only where somebody lacks the element is it worth asking who.
    incomplete = (stated < everyone)[groups.group]
    if incomplete.any():
        some = RunGroups(groups.runs[incomplete], groups.group[incomplete], groups.count)
        shown &= (stated == everyone) | _lacking_may_be_shown(index, element, some)
    reveals[groups.runs] = ~shown[groups.group]
    return reveals


def _lacking_may_be_shown(index: SortedIndex, element: str, groups: RunGroups) -> NDArray[np.bool_]:
    """Whether those of each group who don't have an element stated may be shown as a group."""
    lacking = index.payer_entries("base", groups).minus(index.payer_entries(element, groups))
    contributors = count_contributors(lacking, groups.count, index.single_organization)
    return may_be_shown(contributors.count, contributors.largest_share)
