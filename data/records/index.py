"""The sorted index: pay records in sorted arrays beside the store, read in milliseconds.

A *run* is all people of one currency, function, focus, level and place. For each
pay element the index holds the people's pay as integers, sorted within each run, and
the payer of each; where each run begins, how many people each payer has in it, and
which loads they come from. A payer is an organization, or a date where all records are
of one organization (see `analytics.disclosure.count_contributors`). The arrays are
memory-mapped, so that a query reads only what it needs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import NotRequired, TypedDict

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.clustered_intervals import Members
from analytics.disclosure import PayerEntries
from analytics.errors import StoreError
from analytics.grouped_quantiles import (
    IntArray,
    contiguous_spans,
    count_distinct,
    gather,
    number_distinct,
)
from data.records.block_digests import BlockDigests
from data.records.origins import ORIGIN_ARRAYS, OriginEntries, Origins
from data.records.parallel_sort import sort_groups_in_parallel
from data.records.spellings import Spellings
from data.store.digest import sha256
from queries import run as run_query

#: The columns that a run's people share, in sort order.
INDEX_ORDER = ("currency", "function", "focus", "level", "place")
#: Pay element → its SQL; where a part of it is not stated, the element is not.
PAY_ELEMENTS: Mapping[str, str] = {
    "base": "base",
    "target_cash": "base + variable",
    "total_comp": "base + variable + equity",
    "overtime": "overtime",
}
RUN_CODES = "runs.codes"
#: Arrays of people and payers, of which a query reads a part.
_LARGE = (".pays", ".pay_payers", ".payers", ".payer_people")
_MANIFEST, _MANIFEST_DIGEST = "manifest.json", "manifest.sha256"
_FORMAT = 8


class ElementEntry(TypedDict):
    """A pay element in the manifest.

    ``unit`` is how many hundredths of the currency one stands for in its pay;
    ``payers_of`` names another element whose payer and origin arrays serve it too.
    """

    unit: int
    payers_of: NotRequired[str]


@dataclass(frozen=True)
class Manifest:
    """The contents of an index's ``manifest.json``.

    ``identity`` is that of the loads that the index is built from; ``several_dates``
    says whether any organization has pay of several dates, or of a date in several loads;
    ``spellings`` are as in `Spellings`; ``names`` are the
    values of each column of `INDEX_ORDER`, in the order of their codes; ``shapes``,
    ``types`` and ``digests``, of each block, are by file.
    """

    identity: str
    several_dates: bool
    spellings: Sequence[tuple[str, str, str]]
    organisations: int
    payers: int
    names: Mapping[str, list[str]]
    elements: Mapping[str, ElementEntry]
    shapes: Mapping[str, Sequence[int]]
    types: Mapping[str, str]
    digests: Mapping[str, Sequence[str]]

    def write(self, folder: Path) -> None:
        """Write the manifest into its folder, with its own digest beside it."""
        text = json.dumps(asdict(self), ensure_ascii=False).encode()
        (folder / _MANIFEST).write_bytes(text)
        (folder / _MANIFEST_DIGEST).write_text(sha256(text))

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest in a folder; raises `ValueError` if it has changed since it was written."""
        text = (folder / _MANIFEST).read_bytes()
        if (folder / _MANIFEST_DIGEST).read_text() != sha256(text):
            raise ValueError("its manifest has changed")
        return cls(**json.loads(text))


@dataclass(frozen=True)
class ElementArrays:
    """The arrays of a pay element, read-only.

    ``pay`` has shape (people,), sorted within each run, and so has ``pay_payers``: which
    of the run's payers each is paid by, from 0. ``payers`` and ``payer_people``, the
    people of each payer, have shape (entries,). ``starts`` and
    ``payer_starts``, both of shape (runs + 1,), are where each run begins in them.
    ``origins`` are the people's loads and dates.
    """

    pay: IntArray
    pay_payers: IntArray
    starts: IntArray
    payers: IntArray
    payer_people: IntArray
    payer_starts: IntArray
    origins: OriginEntries


@dataclass(frozen=True)
class RunGroups:
    """Runs assigned to groups numbered from 0, the runs of a group next to each other.

    ``runs`` and ``group``, the group of each, have one shape; ``count`` is the
    number of groups.
    """

    runs: NDArray[np.intp]
    group: IntArray
    count: int

    @classmethod
    def of(cls, runs: NDArray[np.intp], group: IntArray, count: int) -> "RunGroups":
        """Runs in any order, with the group of each."""
        order = np.argsort(group, kind="stable")
        return cls(runs[order], group[order], count)

    @classmethod
    def by_codes(cls, runs: NDArray[np.intp], codes: IntArray) -> "RunGroups":
        """Runs grouped by equal rows of ``codes``, of shape (runs, columns)."""
        distinct, group = np.unique(codes, axis=0, return_inverse=True)
        return cls.of(runs, group.reshape(-1), len(distinct))

    @cached_property
    def spans(self) -> tuple[IntArray, IntArray]:
        """The stretches of consecutive runs, for `gather`."""
        return contiguous_spans(self.runs)

    def part(self, first: int, last: int) -> "RunGroups":
        """Groups ``first`` to before ``last`` alone."""
        a, b = np.searchsorted(self.group, (first, last))
        return RunGroups(self.runs[a:b], self.group[a:b] - first, last - first)

    def sizes(self, run_starts: IntArray) -> IntArray:
        """How many items each run has, given where each begins."""
        return run_starts[self.runs + 1] - run_starts[self.runs]

    def starts(self, run_starts: IntArray) -> NDArray[np.int64]:
        """Where each group begins, and the last one ends, once its runs' items are gathered."""
        starts = np.zeros(self.count + 1, np.int64)
        starts[1:] = np.cumsum(np.bincount(self.group, self.sizes(run_starts), self.count))
        return starts


class SortedIndex:
    """An open index; its arrays are read-only and shared by all threads.

    What is read of it is held against its digests first: every method raises
    `ChangedIndexError` for a file that has changed since it was written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._manifest = Manifest.read(folder)
            self._digests = BlockDigests(folder, self._manifest.digests)
            files = {file: self._map(file) for file in self._manifest.shapes}
            self._codes = files[RUN_CODES]
            self._arrays = {name: self._arrays_of(name, files) for name in PAY_ELEMENTS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{folder}: not a readable sorted index: {error}; remove the folder"
            ) from error

    @cached_property
    def codes(self) -> IntArray:
        """The codes of each run, shape (runs, columns of `INDEX_ORDER`)."""
        self._digests.check_whole(RUN_CODES)
        return self._codes

    @property
    def identity(self) -> str:
        """The `index_identity` of the loads that the index is built from."""
        return self._manifest.identity

    @property
    def single_organization(self) -> bool:
        """Whether all records are of one organization."""
        return self._manifest.organisations == 1

    @property
    def several_dates(self) -> bool:
        """Whether any organization has pay of several dates, or of one date in several loads."""
        return self._manifest.several_dates

    @cached_property
    def spellings(self) -> Spellings:
        """The spellings that are joined under another."""
        return Spellings(tuple((d, name, label) for d, name, label in self._manifest.spellings))

    @property
    def names(self) -> Mapping[str, list[str]]:
        """The values of each column of `INDEX_ORDER`; `codes` are positions in these lists."""
        return self._manifest.names

    @cached_property
    def _code_of(self) -> Mapping[str, Mapping[str, int]]:
        return {name: {v: i for i, v in enumerate(self.names[name])} for name in INDEX_ORDER}

    @cached_property
    def _runs_by_code(self) -> Mapping[str, tuple[NDArray[np.intp], list[int]]]:
        """For each column the runs ordered by its code, and where each code's runs begin."""
        runs_by_code = {}
        for name, codes in zip(INDEX_ORDER, self.codes.T, strict=True):
            counts = np.bincount(codes, minlength=len(self.names[name]))
            starts = [0, *np.cumsum(counts).tolist()]
            runs_by_code[name] = np.argsort(codes, kind="stable"), starts
        return runs_by_code

    def arrays(self, element: str) -> ElementArrays:
        """The arrays of a pay element, of which those of runs are as they were written.

        Pay and payers are held against their digests as far as a method reads them.
        """
        for file in self._files_of(element):
            if not file.endswith(_LARGE):
                self._digests.check_whole(file)
        return self._arrays[element]

    def cents_per_unit(self, element: str) -> int:
        """How many hundredths of the currency one stands for in an element's pay."""
        return self._manifest.elements[element]["unit"]

    def people(self, element: str) -> int:
        """How many people have an element stated."""
        return len(self._arrays[element].pay)

    def runs(self, filters: Mapping[str, Sequence[str]], element: str = "base") -> NDArray[np.intp]:
        """The runs with one of the values of each column named, whose ``element`` is stated.

        Everybody has base pay, so that by default no run is left out for that.
        """
        runs: NDArray[np.intp] | None = None
        # The column that leaves the fewest runs goes first; the others then look at few.
        for name in sorted(filters, key=lambda n: len(filters[n]) / len(self.names[n])):
            code_of = self._code_of[name]
            codes = sorted({code_of[value] for value in filters[name] if value in code_of})
            if len(codes) == len(code_of):
                continue
            if runs is None:
                ordered, starts = self._runs_by_code[name]
                pieces = [ordered[starts[code] : starts[code + 1]] for code in codes]
                runs = np.sort(np.concatenate([ordered[:0], *pieces]))
            else:
                passes = np.zeros(len(code_of), bool)
                passes[codes] = True
                runs = runs[passes[self.codes[runs, INDEX_ORDER.index(name)]]]
        if runs is None:
            runs = np.arange(len(self.codes))
        if self.people(element) == self.people("base"):
            return runs
        starts_of = self.arrays(element).starts
        return runs[starts_of[runs + 1] > starts_of[runs]]

    def grouped_pay(self, element: str, groups: RunGroups) -> tuple[IntArray, NDArray[np.int64]]:
        """The people's pay, sorted within each group, and where each group begins.

        Each group has at least one run.
        """
        arrays = self.arrays(element)
        starts = groups.starts(arrays.starts)
        self._check(f"{element}.pays", arrays.pay, arrays.starts, groups)
        pay = gather(arrays.pay, arrays.starts, groups.spans)
        if len(groups.runs) > groups.count:  # else each group is a run, which is sorted
            pay = pay if pay.flags.writeable else np.array(pay)
            sort_groups_in_parallel(pay, starts)
        return pay, starts

    def members(self, element: str, groups: RunGroups) -> Members:
        """The people's pay, run after run, and the payer of each, by group.

        Each group has at least one run.
        """
        arrays = self.arrays(element)
        for name, array in (("pays", arrays.pay), ("pay_payers", arrays.pay_payers)):
            self._check(f"{element}.{name}", array, arrays.starts, groups)
        self._check_payers(element, arrays, groups)
        entries = groups.sizes(arrays.payer_starts)
        begins = np.cumsum(entries) - entries
        entry = np.repeat(begins, groups.sizes(arrays.starts))
        entry += gather(arrays.pay_payers, arrays.starts, groups.spans)
        pay = gather(arrays.pay, arrays.starts, groups.spans)
        starts = groups.starts(arrays.starts)
        if len(groups.runs) == groups.count:  # within a run a payer has one entry
            return Members(pay, entry, starts, groups.starts(arrays.payer_starts))
        count = self._manifest.payers
        payers = gather(arrays.payers, arrays.payer_starts, groups.spans)
        keys = np.repeat(groups.group, entries) * count + payers
        distinct, cluster = number_distinct(keys, groups.count * count)
        cluster_starts = np.searchsorted(distinct, np.arange(groups.count + 1) * count)
        return Members(pay, cluster[entry], starts, cluster_starts)

    def organization_counts(self, element: str, groups: RunGroups) -> NDArray[np.int64]:
        """How many organizations there are in each group, which has at least one run."""
        arrays = self.arrays(element)
        if self.single_organization:
            return np.minimum(np.diff(groups.starts(arrays.starts)), 1)
        starts = groups.starts(arrays.payer_starts)
        if len(groups.runs) == groups.count:  # within a run a payer has one entry
            return np.diff(starts)
        payers = gather(arrays.payers, arrays.payer_starts, groups.spans)
        self._check_payers(element, arrays, groups)
        return count_distinct(payers, starts, self._manifest.payers)

    def payer_entries(self, element: str, groups: RunGroups) -> PayerEntries:
        """The people of each payer in each group, an entry for each run."""
        arrays = self.arrays(element)
        self._check_payers(element, arrays, groups)
        group = np.repeat(groups.group, groups.sizes(arrays.payer_starts))
        payers, people = (
            gather(values, arrays.payer_starts, groups.spans)
            for values in (arrays.payers, arrays.payer_people)
        )
        return PayerEntries(group, payers, people)

    def origins(self, element: str, groups: RunGroups) -> Origins:
        """Where the people of each group come from; each group has at least one run."""
        entries = self.arrays(element).origins
        return entries.of_groups(groups.runs, groups.starts(entries.starts))

    def damage(self) -> str:
        """The first file that has changed since it was written; empty if none has."""
        return self._digests.damage()

    def _check(self, file: str, array: IntArray, starts: IntArray, groups: RunGroups) -> None:
        """Hold the items of some runs against the digests of their blocks."""
        first, last = groups.spans
        self._digests.check_items(file, array, starts[first], starts[last + 1])

    def _check_payers(self, element: str, arrays: ElementArrays, groups: RunGroups) -> None:
        payers_of = self._payers_of(element)
        for name, array in (("payers", arrays.payers), ("payer_people", arrays.payer_people)):
            self._check(f"{payers_of}.{name}", array, arrays.payer_starts, groups)

    def _payers_of(self, element: str) -> str:
        """The element whose payer and origin arrays serve this one."""
        return self._manifest.elements[element].get("payers_of", element)

    def _files_of(self, element: str) -> list[str]:
        """The files that an element's arrays are in."""
        shared = ("payers", "payer_people", "payer_starts", *ORIGIN_ARRAYS)
        own = [f"{element}.{name}" for name in ("pays", "starts")]
        return [*own, *(f"{self._payers_of(element)}.{name}" for name in shared)]

    def _arrays_of(self, element: str, files: Mapping[str, IntArray]) -> ElementArrays:
        payers_of = self._payers_of(element)
        return ElementArrays(
            pay=files[f"{element}.pays"],
            pay_payers=files[f"{element}.pay_payers"],
            starts=files[f"{element}.starts"],
            payers=files[f"{payers_of}.payers"],
            payer_people=files[f"{payers_of}.payer_people"],
            payer_starts=files[f"{payers_of}.payer_starts"],
            origins=OriginEntries(*(files[f"{payers_of}.{name}"] for name in ORIGIN_ARRAYS)),
        )

    def _map(self, file: str) -> IntArray:
        shape, dtype = tuple(self._manifest.shapes[file]), np.dtype(self._manifest.types[file])
        path = self._folder / file
        if path.stat().st_size != int(np.prod(shape)) * dtype.itemsize:
            raise ValueError(f"{file} does not have the size that the manifest states")
        if not all(shape):  # an empty file can't be mapped
            return np.empty(shape, dtype)
        return np.asarray(np.memmap(path, dtype, mode="r", shape=shape))


def index_identity(con: duckdb.DuckDBPyConnection) -> str:
    """A fingerprint of the active loads of pay records; empty while there are none."""
    loads = run_query(con, "record_loads")
    if loads.empty:
        return ""
    columns = loads[["load", "sha256", "rows", "loaded_at", "mapping"]].astype(str)
    text = json.dumps([_FORMAT, *columns.to_numpy().tolist()])
    return sha256(text.encode())[:24]


def index_folder(store: Path, identity: str) -> Path:
    """The folder of the index of some loads, beside the store."""
    return store.with_name(store.name + ".sorted") / identity


def open_index(store: Path, identity: str) -> SortedIndex | None:
    """The index of these loads, or None where it has to be built."""
    folder = index_folder(store, identity)
    if not folder.exists():
        return None
    try:
        index = SortedIndex(folder)
    except StoreError:
        return None
    return index if index.identity == identity else None
