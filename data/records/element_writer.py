"""Write the arrays of one pay element of the sorted index, piece by piece."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from analytics.grouped_quantiles import IntArray
from data.records.index import ElementEntry
from data.records.origins import ORIGIN_ARRAYS, OriginEntries

_PAYER_ARRAYS = {"payers": "<i4", "payer_people": "<i4", "payer_starts": "<i8"}


@dataclass(frozen=True)
class PayRange:
    """How many people have an element stated, and the smallest and the largest pay.

    ``low`` and ``high`` are in units of ``unit`` hundredths of the currency: whole
    units of it where no pay has a fraction.
    """

    people: int
    low: int
    high: int
    unit: int

    @property
    def bits(self) -> int:
        """How many bits hold what pay is above the smallest."""
        return (self.high - self.low).bit_length()

    @property
    def dtype(self) -> str:
        return "<i4" if self.low >= -(2**31) and self.high < 2**31 else "<i8"


@dataclass(frozen=True)
class Piece:
    """Run and payer of some people, and their pay by element, masked where not stated."""

    run: IntArray
    payer: IntArray
    pay: dict[str, NDArray[np.int64]]


class ElementWriter:
    """Writes the arrays of one pay element, piece by piece."""

    def __init__(
        self,
        stack: contextlib.ExitStack,
        folder: Path,
        element: str,
        pay_range: PayRange,
        payers: int,
        everyone: bool,
    ) -> None:
        self._element, self._range, self._payers = element, pay_range, payers
        # An element that everybody has stated has the same payers and origins as base pay.
        self._shares_payers = everyone and element != "base"
        arrays = {"pays": pay_range.dtype, "pay_payers": _smallest(payers), "starts": "<i8"}
        arrays |= {} if self._shares_payers else _PAYER_ARRAYS | ORIGIN_ARRAYS
        self.types = {f"{element}.{array}": dtype for array, dtype in arrays.items()}
        self.lengths = dict.fromkeys(self.types, 0)
        self._files: dict[str, BinaryIO] = {
            file: stack.enter_context((folder / file).open("wb")) for file in self.types
        }
        self._ends: dict[str, int] = {
            array: 0 for array in ("starts", "payer_starts") if array in arrays
        }
        for array in self._ends:
            self._append(array, np.zeros(1, np.int64))

    @property
    def entry(self) -> ElementEntry:
        """The element's entry in the manifest."""
        if self._shares_payers:
            return {"unit": self._range.unit, "payers_of": "base"}
        return {"unit": self._range.unit}

    def add(self, piece: Piece, start: int, end: int) -> None:
        """Append the people of runs ``start`` to before ``end``."""
        pay = piece.pay[self._element]
        missing = np.ma.getmaskarray(pay)
        stated = ~missing if missing.any() else slice(None)  # which copies nothing
        people = [
            (piece.run - start)[stated],
            piece.payer[stated],
            np.ma.getdata(pay)[stated] // self._range.unit - self._range.low,
        ]
        bits = [_bits(end - start), _bits(self._payers), self._range.bits]
        run, payer, units = _in_order(people, bits)
        begins = np.diff(run << 32 | payer, prepend=-1) != 0
        first = np.flatnonzero(begins)
        per_run = np.bincount(run[first], minlength=end - start)
        local = np.cumsum(begins) - 1 - (np.cumsum(per_run) - per_run)[run]
        if not self._shares_payers:
            self._append("payers", payer[first])
            self._append("payer_people", np.diff(first, append=len(run)))
            self._append_starts("payer_starts", per_run)
        run, units, local = _in_order([run, units, local], [bits[0], bits[2], bits[1]])
        self._append("pays", units + self._range.low)
        self._append("pay_payers", local)
        self._append_starts("starts", np.bincount(run, minlength=end - start))

    def add_origins(self, origins: OriginEntries) -> None:
        """Write where the people of all runs come from."""
        if not self._shares_payers:
            values = (origins.loads, origins.first, origins.last, origins.starts)
            for array, of_entries in zip(ORIGIN_ARRAYS, values, strict=True):
                self._append(array, of_entries)

    def finish(self) -> None:
        """Make sure that the files are on disk."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())

    def _append_starts(self, array: str, counts: IntArray) -> None:
        ends = self._ends[array] + np.cumsum(counts)
        self._append(array, ends)
        self._ends[array] = int(ends[-1])

    def _append(self, array: str, values: IntArray) -> None:
        file = f"{self._element}.{array}"
        values.astype(self.types[file], copy=False).tofile(self._files[file])
        self.lengths[file] += len(values)


def _bits(count: int) -> int:
    """How many bits hold each number below ``count``."""
    return max(count - 1, 0).bit_length()


def _smallest(count: int) -> str:
    """The smallest type that holds each number below ``count``."""
    bits = _bits(count)
    return "|u1" if bits <= 8 else "<u2" if bits <= 16 else "<i4"


def _in_order(columns: Sequence[IntArray], bits: Sequence[int]) -> list[IntArray]:
    """Rows ordered by their columns, which have at most so many bits, none below 0."""
    if sum(bits) > 62:
        order = np.lexsort(columns[::-1])
        return [column[order] for column in columns]
    # Sorting rows packed into one integer each is faster than lexsort.
    keys = columns[0].astype(np.int64)
    for column, width in zip(columns[1:], bits[1:], strict=True):
        keys <<= width
        keys |= column
    keys.sort()
    ordered: list[IntArray] = []
    for width in reversed(bits[1:]):
        ordered.insert(0, keys & ((1 << width) - 1))
        keys >>= width
    return [keys, *ordered]
