"""The fixed blocks of people that others may see, and what is held back.

A block is a run that may be shown by itself; runs that may not are put together
with the others of their focus and level at “Other places”, and where that is
not enough with those of their function and level in “Other focuses”. What still
may not be shown is held back. Every figure is made of whole blocks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics import privacy
from analytics.cells import Ints
from data.sorted_store import ORDER, SortedStore

_OTHER = {"focus": "Other focuses", "place": "Other places"}
#: What the runs of a block have in common, from the finest to the coarsest.
_SHARED = (ORDER, ORDER[:-1], ("currency", "function", "level"))


@dataclass(frozen=True)
class Blocks:
    """For each run of a sorted store the block that it goes into.

    ``codes`` are places in ``names``, as the store's own, with a further value
    for what was put together; -1 throughout for a run that is held back.
    """

    store: SortedStore
    names: Mapping[str, list[str]]
    codes: Ints
    alone: NDArray[np.bool_]
    enough: NDArray[np.bool_]
    some: NDArray[np.bool_]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, store: SortedStore, element: str) -> "Blocks":
        """The blocks of an element's people."""
        starts = store.array(element, "starts")
        some = np.diff(starts) > 0
        codes = np.full(store.codes.shape, -1)
        left = np.flatnonzero(some)
        alone = np.zeros(len(some), bool)
        enough = np.zeros(len(some), bool)
        for shared in _SHARED:
            if not len(left):
                break
            columns = [ORDER.index(name) for name in shared]
            _, group = np.unique(store.codes[left][:, columns], axis=0, return_inverse=True)
            group = group.reshape(-1)
            shown, many = _shown(store, element, left, group)
            if shared == ORDER:
                alone[left], enough[left] = shown[group], many[group]
            put = left[shown[group]]
            codes[put] = store.codes[put]
            for name in _OTHER:
                if name not in shared:
                    codes[put, ORDER.index(name)] = len(store.names[name])
            left = left[~shown[group]]
        names = {name: [*store.names[name], *filter(None, [_OTHER.get(name)])] for name in ORDER}
        return cls(store, names, codes, alone, enough, some)

    def runs(self, where: Mapping[str, Sequence[str]]) -> tuple[NDArray[np.intp], Ints]:
        """The runs whose blocks pass, and the codes of those blocks."""
        passes = self.codes[:, 0] >= 0
        for name, values in where.items():
            known = self.names[name]
            wanted = [known.index(value) for value in values if value in known]
            passes &= np.isin(self.codes[:, ORDER.index(name)], wanted)
        found = np.flatnonzero(passes)
        return found, self.codes[found]

    def held_back(
        self, where: Mapping[str, Sequence[str]], by: Sequence[str]
    ) -> dict[tuple[str, ...], str]:
        """Cells that some people are missing from, by their words, and why."""
        runs = self.store.runs(where)
        runs = runs[self.some[runs] & ~self.alone[runs]]
        columns = [ORDER.index(name) for name in by]
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
        people = self.store.organisations == 1
        if self.enough[i]:
            reason = privacy.one_holds_much()
        else:
            reason = privacy.few().replace("organisations", "people") if people else privacy.few()
        into = [
            _OTHER[name]
            for name in _OTHER
            if self.codes[i, ORDER.index(name)] == len(self.store.names[name])
        ]
        return f"{reason}; counted under {' and '.join(into)}" if into else f"{reason}; held back"


def _shown(
    store: SortedStore, element: str, runs: NDArray[np.intp], group: Ints
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each group may be shown, and whether it has payers enough."""
    found = store.groups(element, runs, group, int(group.max()) + 1)
    if store.organisations == 1:  # one company's own people stand for themselves
        people = np.diff(found.starts)
        enough = people >= privacy.THRESHOLDS.payers
        return enough, enough
    shown = privacy.may_be_shown(found.organisations, found.top_share)
    return shown, found.organisations >= privacy.THRESHOLDS.payers
