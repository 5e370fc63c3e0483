"""Pay records in order, beside the store: made from it, and answers in milliseconds.

A run is all people of one currency, function, focus, level and place. For each
pay element the sorted store holds their pay as integers in order within each
run, where each run begins, and how many people each organisation pays in it.
All of it is memory-mapped, so that a question reads what it asks for.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.cells import Ints, gather, order_within, payers, spans
from analytics.errors import StoreError
from queries import run as ask

#: What a run's people have in common, in the order of the store.
ORDER = ("currency", "function", "focus", "level", "place")
#: Pay elements → what they are made of; where a part is not stated, the sum is not known.
ELEMENTS: Mapping[str, str] = {
    "base": "base",
    "target_cash": "base + variable",
    "total_comp": "base + variable + equity",
}
ARRAYS = ("pays", "starts", "payers", "payer_starts")
_FORMAT = 3


@dataclass(frozen=True)
class Groups:
    """People put together: pays in order within each group, and what is known of the payers.

    ``apart`` is how many there are who can't be one another: organisations, or
    in one company's own records, where a person may come once a date, the most
    people of any one date.
    """

    pays: Ints
    starts: Ints
    organisations: NDArray[np.int64]
    top_share: NDArray[np.float64]
    apart: NDArray[np.int64]

    @classmethod
    def of(
        cls, pays: Ints, starts: Ints, payers: Ints, top_share: NDArray[np.float64], single: bool
    ) -> "Groups":
        """Groups of many organisations; of a ``single`` one the payers given are dates."""
        if not single:
            return cls(pays, starts, payers, top_share, payers)
        some = (payers > 0).astype(np.int64)
        apart = np.round(top_share * np.diff(starts)).astype(np.int64)
        return cls(pays, starts, some, some.astype(float), apart)


class SortedStore:
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
        """For each column of `ORDER` its values; `codes` are places in these lists."""
        return {name: list(self._said["names"][name]) for name in ORDER}

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, int]]:
        return {name: {v: i for i, v in enumerate(self.names[name])} for name in ORDER}

    @cached_property
    def _by_column(self) -> Ints:
        return np.ascontiguousarray(self.codes.T)

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
            places = self._places[name]
            wanted = np.zeros(len(places), bool)
            wanted[[places[value] for value in where[name] if value in places]] = True
            if not wanted.all():
                codes = self._by_column[ORDER.index(name)]
                found = (
                    np.flatnonzero(wanted[codes]) if found is None else found[wanted[codes[found]]]
                )
        return np.arange(len(self.codes)) if found is None else found

    def groups(self, element: str, runs: NDArray[np.intp], group: Ints, many: int) -> Groups:
        """Runs put together; ``group`` says for each of ``runs`` in which of ``many`` it goes.

        Each of the groups has a run.
        """
        order = np.argsort(group, kind="stable")
        runs, group = runs[order], group[order]
        starts = self.array(element, "starts")
        sizes = starts[runs + 1] - starts[runs]
        ends = np.zeros(many + 1, np.int64)
        ends[1:] = np.cumsum(np.bincount(group, sizes, many))
        stretches = spans(runs)
        pays = gather(self.array(element, "pays"), starts, stretches)
        from_run = self.array(element, "payer_starts")
        counts = from_run[runs + 1] - from_run[runs]
        paid = gather(self.array(element, "payers"), from_run, stretches)
        if len(runs) == many:
            top = np.zeros(many)
            some = counts > 0
            top[some] = np.maximum.reduceat(paid[:, 1], (np.cumsum(counts) - counts)[some])
            top = np.divide(top, sizes, out=top, where=sizes > 0)
            return Groups.of(pays, ends, counts, top, self.single)
        pays = pays if pays.flags.writeable else np.array(pays)
        order_within(pays, ends)
        organisations, top = payers(
            np.repeat(group, counts),
            paid[:, 0],
            paid[:, 1],
            many,
            self._payers,
        )
        return Groups.of(pays, ends, organisations, top, self.single)

    def paid(
        self, element: str, runs: NDArray[np.intp], group: Ints
    ) -> tuple[Ints, Ints, NDArray[np.int64]]:
        """Group, payer and people of each entry of some runs; a pair may come several times."""
        from_run = self.array(element, "payer_starts")
        entries = gather(self.array(element, "payers"), from_run, spans(runs))
        where = np.repeat(group, from_run[runs + 1] - from_run[runs])
        return where, entries[:, 0], entries[:, 1].astype(np.int64)

    def damaged(self) -> str:
        """Why the arrays are not what they were when they were made; empty if they are."""
        for name, digest in self._said["sha256"].items():
            with (self._folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
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


def identity_of(con: duckdb.DuckDBPyConnection) -> str:
    """The active loads of pay records, as a fingerprint; empty while there are none."""
    loads = ask(con, "record_loads")
    if loads.empty:
        return ""
    what = loads[["load", "sha256", "rows", "loaded_at", "mapping"]].astype(str)
    told = json.dumps([_FORMAT, *what.to_numpy().tolist()])
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def folder_of(store: Path, identity: str) -> Path:
    """Where the sorted store of some loads lies."""
    return store.with_name(store.name + ".sorted") / identity


def opened(store: Path, identity: str) -> SortedStore | None:
    """The sorted store of these loads, or None where it has to be made."""
    folder = folder_of(store, identity)
    if not folder.exists():
        return None
    try:
        found = SortedStore(folder)
    except StoreError:
        return None
    return found if found.identity == identity else None
