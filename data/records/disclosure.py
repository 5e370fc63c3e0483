"""The fixed blocks of people that others may see, and what is held back.

A block is a run that may be shown by itself; runs that may not are put together
with the others of their focus and level at “Other places”, and where that is
not enough with those of their function and level in “Other focuses”. What still
may not be shown is held back. Every figure is made of whole blocks, the same
for each pay element.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics import disclosure as privacy
from analytics.grouped_quantiles import Ints
from data.records.index import INDEX_ORDER, SortedIndex

#: What the runs of a block have in common, from the finest to the coarsest.
_SHARED = (INDEX_ORDER, INDEX_ORDER[:-1], ("currency", "function", "level"))
_GROUPED = ("focus", "place")


@dataclass(frozen=True)
class DisclosureBlocks:
    """For each run of a sorted store the block that it goes into.

    ``codes`` are places in ``names``, as the store's own, with a further value
    for what was put together; -1 throughout for a run that is held back.
    ``alone`` says which runs are a block by themselves, ``enough`` which have
    payers enough for it, ``unstated`` which are held back because too few of
    their people have such pay stated, or too few have not.
    """

    store: SortedIndex
    names: Mapping[str, list[str]]
    codes: Ints
    alone: NDArray[np.bool_]
    enough: NDArray[np.bool_]
    unstated: NDArray[np.bool_]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, store: SortedIndex, element: str) -> "DisclosureBlocks":
        """The blocks of an element's people.

        They are made from base pay, which everybody has; another element of a
        block is shown where those of whom it is not known may be shown as well,
        else the difference of the two would give them away.
        """
        codes = np.full(store.codes.shape, -1)
        left = np.arange(len(codes))
        alone, enough, unstated = (np.zeros(len(codes), bool) for _ in range(3))
        for shared in _SHARED:
            if not len(left):
                break
            columns = [INDEX_ORDER.index(name) for name in shared]
            _, group = np.unique(store.codes[left][:, columns], axis=0, return_inverse=True)
            group = group.reshape(-1)
            shown, many = _shown(store, "base", left, group)
            if shared == INDEX_ORDER:
                alone[left], enough[left] = shown[group], many[group]
            put = left[shown[group]]
            codes[put] = store.codes[put]
            for name in _GROUPED:
                if name not in shared:
                    codes[put, INDEX_ORDER.index(name)] = len(store.names[name])
            left = left[~shown[group]]
        if element != "base":
            unstated = _gives_away(store, element, codes)
            codes[unstated] = -1
        names = {
            name: [*store.names[name], *([_other(store, name)] if name in _GROUPED else [])]
            for name in INDEX_ORDER
        }
        return cls(store, names, codes, alone & ~unstated, enough, unstated)

    def runs(self, where: Mapping[str, Sequence[str]]) -> tuple[NDArray[np.intp], Ints]:
        """The runs whose blocks pass, and the codes of those blocks."""
        passes = self.codes[:, 0] >= 0
        for name, values in where.items():
            known = self.names[name]
            wanted = [known.index(value) for value in values if value in known]
            passes &= np.isin(self.codes[:, INDEX_ORDER.index(name)], wanted)
        found = np.flatnonzero(passes)
        return found, self.codes[found]

    def held_back(
        self, where: Mapping[str, Sequence[str]], by: Sequence[str]
    ) -> dict[tuple[str, ...], str]:
        """Cells that some people are missing from, by their words, and why."""
        runs = self.store.runs(where)
        runs = runs[~self.alone[runs]]
        columns = [INDEX_ORDER.index(name) for name in by]
        moved = (self.codes[runs][:, columns] != self.store.codes[runs][:, columns]).any(axis=1)
        lost = ~np.isin(runs, self.runs(where)[0])
        told: dict[tuple[str, ...], str] = {}
        for i in runs[moved | lost].tolist():
            label = tuple(
                self.store.names[name][code]
                for name, code in zip(by, self.store.codes[i, columns], strict=True)
            )
            told.setdefault(label, self._why(i))
        return told

    def _why(self, i: int) -> str:
        if self.unstated[i]:
            return "too few have such pay stated, or too few have not; held back"
        reason = (
            privacy.dominance_reason()
            if self.enough[i]
            else privacy.too_few_reason(self.store.single)
        )
        into = [
            self.names[name][-1]
            for name in _GROUPED
            if self.codes[i, INDEX_ORDER.index(name)] == len(self.store.names[name])
        ]
        return f"{reason}; counted under {' and '.join(into)}" if into else f"{reason}; held back"


def _other(store: SortedIndex, name: str) -> str:
    """What is put together, by a name that none has already."""
    word = f"Other {name}{'es' if name == 'focus' else 's'}"
    while word in store.names[name]:
        word += ", grouped"
    return word


def _shown(
    store: SortedIndex, element: str, runs: NDArray[np.intp], group: Ints
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each group may be shown, and whether it has payers enough."""
    found = store.payers(element, runs, group, int(group.max()) + 1)
    enough = found.apart >= privacy.THRESHOLDS.payers
    if store.single:  # its people stand for themselves
        return enough, enough
    return privacy.may_be_shown(found.organisations, found.top_share), enough


def _gives_away(store: SortedIndex, element: str, codes: Ints) -> NDArray[np.bool_]:
    """Runs of blocks that an element is known of too few in, or not known of too few."""
    told = np.zeros(len(codes), bool)
    runs = np.flatnonzero(codes[:, 0] >= 0)
    if not len(runs):
        return told
    _, group = np.unique(codes[runs], axis=0, return_inverse=True)
    group = group.reshape(-1)
    shown, _ = _shown(store, element, runs, group)
    everyone = np.bincount(group, np.diff(store.array("base", "starts"))[runs])
    known = np.bincount(group, np.diff(store.array(element, "starts"))[runs])
    # Who is missing is told by the two together; where anybody is, many must be, and known so.
    some = (known < everyone)[group]
    if some.any():
        missing = _missing_shown(store, element, runs[some], group[some], len(known))
        shown &= (known == everyone) | missing
    told[runs] = ~shown[group]
    return told


def _missing_shown(
    store: SortedIndex, element: str, runs: NDArray[np.intp], group: Ints, many: int
) -> NDArray[np.bool_]:
    """Whether those of each of ``many`` groups that lack an element may be shown as a group."""
    everyone, known = store.paid("base", runs, group), store.paid(element, runs, group)
    cells, payers = (np.concatenate((everyone[i], known[i])) for i in range(2))
    people = np.concatenate((everyone[2], -known[2]))
    width = int(payers.max()) + 1
    pairs, at = np.unique(cells.astype(np.int64) * width + payers, return_inverse=True)
    left = np.bincount(at, people)
    cell, left = pairs[left > 0] // width, left[left > 0]
    payers_left, sums = np.bincount(cell, minlength=many), np.bincount(cell, left, many)
    top = np.zeros(many)
    np.maximum.at(top, cell, left)
    if store.single:  # the payers are dates: the people of one date are apart
        return top >= privacy.THRESHOLDS.payers
    share = np.divide(top, sums, out=np.zeros(many), where=sums > 0)
    return privacy.may_be_shown(payers_left, share)
