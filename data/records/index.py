"""Pay records in order, beside the store: made from it, and answers in milliseconds.

A run is all people of one currency, function, focus, level and place. For each
pay element the sorted store holds their pay as integers in order within each
run, where each run begins, and how many people each organisation pays in it.
All of it is memory-mapped, so that a question reads what it asks for.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.errors import StoreError
from analytics.grouped_quantiles import (
    Ints,
    contiguous_spans,
    count_payers,
    gather,
    largest_payer,
    sort_groups,
)
from data.store.digest import sha256
from queries import run as ask

#: What a run's people have in common, in the order of the store.
INDEX_ORDER = ("currency", "function", "focus", "level", "place")
#: Pay elements → what they are made of; where a part is not stated, the sum is not known.
PAY_ELEMENTS: Mapping[str, str] = {
    "base": "base",
    "target_cash": "base + variable",
    "total_comp": "base + variable + equity",
}
ARRAYS = ("pays", "starts", "payers", "payer_people", "payer_starts")
_FORMAT = 4


@dataclass(frozen=True)
class Groups:
    """People put together: pays in order within each group, and how many organisations pay."""

    pays: Ints
    starts: Ints
    organisations: NDArray[np.int64]


@dataclass(frozen=True)
class PayerCounts:
    """What is known of those who pay each group.

    ``apart`` is how many there are who can't be one another: organisations, or
    in one company's own records, where a person may come once a date, the most
    people of any one date.
    """

    organisations: NDArray[np.int64]
    top_share: NDArray[np.float64]
    apart: NDArray[np.int64]


class SortedIndex:
    """An open sorted store; its arrays are read-only and shared by all threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self._arrays = {file: self._mapped(file) for file in self._said["shapes"]}
            self.codes = self._arrays["runs.codes"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{folder}: is no sorted store: {error}; remove it") from error

    @property
    def identity(self) -> str:
        """Of which loads the store was made."""
        return str(self._said["identity"])

    @property
    def organisations(self) -> int:
        """How many organisations there are."""
        return int(self._said["organisations"])

    @property
    def single(self) -> bool:
        """Whether all people are of one organisation."""
        return self.organisations == 1

    @property
    def _payers(self) -> int:
        """How many payers, or dates in a single organisation's place, there are."""
        return int(self._said["payers"])

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        """For each column of `INDEX_ORDER` its values; `codes` are places in these lists."""
        return {name: list(self._said["names"][name]) for name in INDEX_ORDER}

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, int]]:
        return {name: {v: i for i, v in enumerate(self.names[name])} for name in INDEX_ORDER}

    @cached_property
    def _having(self) -> Mapping[str, tuple[NDArray[np.intp], list[int]]]:
        """For each column the runs by their value, and where each value's begin."""
        found = {}
        for name, codes in zip(INDEX_ORDER, self.codes.T, strict=True):
            counts = np.bincount(codes, minlength=len(self.names[name]))
            starts = [0, *np.cumsum(counts).tolist()]
            found[name] = np.argsort(codes, kind="stable"), starts
        return found

    def unit(self, element: str) -> int:
        """Hundredths of the currency that one stands for in an element's pays."""
        return int(self._said["elements"][element]["unit"])

    def people(self, element: str) -> int:
        """How many people an element's pay is known of."""
        return len(self.array(element, "pays"))

    def array(self, element: str, name: str) -> Ints:
        """One of an element's `ARRAYS`."""
        held = self._said["elements"][element].get("payers_of", element)
        owner = element if name in ("pays", "starts") else held
        return self._arrays[f"{owner}.{name}"]

    def runs(self, where: Mapping[str, Sequence[str]]) -> NDArray[np.intp]:
        """The runs that pass: for each column named, those with one of its values."""
        found: NDArray[np.intp] | None = None
        # What leaves the fewest goes first, so that the rest look at little.
        for name in sorted(where, key=lambda n: len(where[n]) / len(self.names[n])):
            known = self._places[name]
            wanted = sorted({known[value] for value in where[name] if value in known})
            if len(wanted) == len(known):
                continue
            if found is None:
                runs, starts = self._having[name]
                some = [runs[starts[code] : starts[code + 1]] for code in wanted]
                found = np.sort(np.concatenate([runs[:0], *some]))
            else:
                passes = np.zeros(len(known), bool)
                passes[wanted] = True
                found = found[passes[self.codes[found, INDEX_ORDER.index(name)]]]
        return np.arange(len(self.codes)) if found is None else found

    def groups(self, element: str, runs: NDArray[np.intp], group: Ints, many: int) -> Groups:
        """Runs put together; ``group`` says for each of ``runs`` in which of ``many`` it goes.

        Each of the groups has a run.
        """
        runs, group = _together(runs, group)
        starts, stretches = self.array(element, "starts"), contiguous_spans(runs)
        ends = _ends(starts, runs, group, many)
        pays = gather(self.array(element, "pays"), starts, stretches)
        if len(runs) > many:
            pays = pays if pays.flags.writeable else np.array(pays)
            sort_groups(pays, ends)
        if self.single:
            return Groups(pays, ends, np.minimum(ends[1:] - ends[:-1], 1))
        from_run = self.array(element, "payer_starts")
        of_payers = _ends(from_run, runs, group, many)
        if len(runs) <= many:  # nobody pays twice in a run
            return Groups(pays, ends, np.diff(of_payers))
        entries = gather(self.array(element, "payers"), from_run, stretches)
        return Groups(pays, ends, count_payers(entries, of_payers, self._payers))

    def payers(self, element: str, runs: NDArray[np.intp], group: Ints, many: int) -> PayerCounts:
        """Who pays runs that are put together as of `groups`."""
        runs, group = _together(runs, group)
        n = np.diff(_ends(self.array(element, "starts"), runs, group, many))
        from_run = self.array(element, "payer_starts")
        ends = _ends(from_run, runs, group, many)
        entries, people = self._entries(element, runs)
        most = largest_payer(entries, people, ends)
        if self.single:  # the payers are dates
            some = np.minimum(n, 1)
            return PayerCounts(some, some.astype(float), most)
        organisations = count_payers(entries, ends, self._payers)
        share = np.divide(most, n, out=np.zeros(many), where=n > 0)
        return PayerCounts(organisations, share, organisations)

    def paid(
        self, element: str, runs: NDArray[np.intp], group: Ints
    ) -> tuple[Ints, Ints, NDArray[np.int64]]:
        """Group, payer and people of each entry of some runs; a pair may come several times."""
        from_run = self.array(element, "payer_starts")
        entries, people = self._entries(element, runs)
        where = np.repeat(group, from_run[runs + 1] - from_run[runs])
        return where, entries, people.astype(np.int64)

    def _entries(self, element: str, runs: NDArray[np.intp]) -> tuple[Ints, Ints]:
        """The payers of each run, and how many people each pays there."""
        starts, stretches = self.array(element, "payer_starts"), contiguous_spans(runs)
        payer, people = (
            gather(self.array(element, name), starts, stretches)
            for name in ("payers", "payer_people")
        )
        return payer, people

    def damaged(self) -> str:
        """Why the arrays are not what they were when they were made; empty if they are."""
        for name, digest in self._said["sha256"].items():
            if sha256(self._folder / name) != digest:
                return f"{self._folder.name}/{name} has changed since it was made"
        return ""

    def _mapped(self, file: str) -> Ints:
        shape, kind = tuple(self._said["shapes"][file]), np.dtype(self._said["types"][file])
        path = self._folder / file
        if path.stat().st_size != int(np.prod(shape)) * kind.itemsize:
            raise ValueError(f"{file} is cut")
        if not all(shape):  # nothing can't be mapped
            return np.empty(shape, kind)
        found: Any = np.memmap(path, kind, mode="r", shape=shape)
        return np.asarray(found)


def _together(runs: NDArray[np.intp], group: Ints) -> tuple[NDArray[np.intp], Ints]:
    """The runs of a group next to each other, and each one's group."""
    order = np.argsort(group, kind="stable")
    return runs[order], group[order]


def _ends(starts: Ints, runs: NDArray[np.intp], group: Ints, many: int) -> NDArray[np.int64]:
    """Where each group begins, if what lies in its runs is put together, and the last one ends."""
    ends = np.zeros(many + 1, np.int64)
    ends[1:] = np.cumsum(np.bincount(group, starts[runs + 1] - starts[runs], many))
    return ends


def index_identity(con: duckdb.DuckDBPyConnection) -> str:
    """The active loads of pay records, as a fingerprint; empty while there are none."""
    loads = ask(con, "record_loads")
    if loads.empty:
        return ""
    what = loads[["load", "sha256", "rows", "loaded_at", "mapping"]].astype(str)
    told = json.dumps([_FORMAT, *what.to_numpy().tolist()])
    return sha256(told.encode())[:24]


def index_folder(store: Path, identity: str) -> Path:
    """Where the sorted store of some loads lies."""
    return store.with_name(store.name + ".sorted") / identity


def open_index(store: Path, identity: str) -> SortedIndex | None:
    """The sorted store of these loads, or None where it has to be made."""
    folder = index_folder(store, identity)
    if not folder.exists():
        return None
    try:
        found = SortedIndex(folder)
    except StoreError:
        return None
    return found if found.identity == identity else None
