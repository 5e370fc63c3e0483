"""The blocks of an index's files, each held against its digest before it is first used."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from analytics.errors import StoreError
from analytics.grouped_quantiles import IntArray
from data.store.digest import sha256

#: Bytes of a block. A digest of 64 bits of SHA-256 each is enough against a faulty disk.
BLOCK = 1 << 20
_DIGITS = 16


class ChangedIndexError(StoreError):
    """A file of the sorted index is not what was written: it must be made anew."""


def block_digests(path: Path) -> list[str]:
    """The digests of a file's blocks, in order."""
    with path.open("rb") as file:
        return [_digest(block) for block in iter(lambda: file.read(BLOCK), b"")]


class BlockDigests:
    """Which blocks of an index's files have been compared; each is, before its first use."""

    def __init__(self, folder: Path, digests: Mapping[str, Sequence[str]]) -> None:
        self._folder = folder
        self._digests = digests
        self._lock = threading.Lock()
        self._good = {file: np.zeros(len(blocks), bool) for file, blocks in digests.items()}

    def check_items(self, file: str, array: IntArray, first: IntArray, last: IntArray) -> None:
        """Compare the blocks of ``array`` that hold items ``first`` to before ``last``."""
        good = self._good[file]
        if good.all():
            return
        edges = np.zeros(len(good) + 1, np.int64)
        some = last > first
        np.add.at(edges, first[some] * array.itemsize // BLOCK, 1)
        np.add.at(edges, (last[some] * array.itemsize - 1) // BLOCK + 1, -1)
        self._check(file, np.flatnonzero((np.cumsum(edges[:-1]) > 0) & ~good))

    def check_whole(self, file: str) -> None:
        """Compare every block of a file that was not compared yet."""
        self._check(file, np.flatnonzero(~self._good[file]))

    def damage(self) -> str:
        """The first file that has changed since it was written, compared anew; empty if none."""
        for file, digests in self._digests.items():
            if block_digests(self._folder / file) != list(digests):
                return f"{self._folder.name}/{file} has changed since it was made"
        return ""

    def _check(self, file: str, blocks: IntArray) -> None:
        if not len(blocks):
            return
        with self._lock, (self._folder / file).open("rb") as content:
            for block in blocks.tolist():
                content.seek(block * BLOCK)
                if _digest(content.read(BLOCK)) != self._digests[file][block]:
                    raise ChangedIndexError(
                        f"{self._folder / file}: has changed since it was made; remove the folder "
                        f"{self._folder}, and it is made anew"
                    )
                self._good[file][block] = True


def _digest(content: bytes) -> str:
    return sha256(content)[:_DIGITS]
