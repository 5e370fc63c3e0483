"""Runs of nine words as short hashes, so that a document can be checked for without being kept.

Bandstand takes facts from documents and never sentences: no run of nine
consecutive words of theirs stands in the repository. `HASHES` holds the first
`BYTES` bytes of BLAKE2b of every such run, sorted, without gaps.

Usage: python -m tests.coverage.nine_words FOLDER writes `HASHES` from the
``.txt`` files of a folder.
"""

import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

HASHES = Path(__file__).with_name("nine_words.bin")
LENGTH = 9
#: At 6 bytes one run of a thousand million looks like one of 8,000 by chance in 36,000.
BYTES = 6
_WORD = re.compile(r"[a-z0-9]+")


def runs(text: str) -> Iterator[str]:
    """Every run of nine consecutive words, small letters and digits alone."""
    words = _WORD.findall(text.lower())
    return (" ".join(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1))


def digest(run: str) -> bytes:
    """The short hash of a run."""
    return blake2b(run.encode(), digest_size=BYTES).digest()


def read_hashes(path: Path = HASHES) -> frozenset[bytes]:
    """The hashes of the documents' runs."""
    packed = path.read_bytes()
    return frozenset(packed[i : i + BYTES] for i in range(0, len(packed), BYTES))


def found_runs(text: str, hashes: frozenset[bytes]) -> list[str]:
    """The runs of a text that the documents have too, in order."""
    return [run for run in runs(text) if digest(run) in hashes]


def main(folder: str) -> None:
    """Write the hashes of a folder's documents."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))]
    hashes = sorted({digest(run) for text in texts for run in runs(text)})
    HASHES.write_bytes(b"".join(hashes))
    sys.stdout.write(
        f"{len(texts)} documents, {len(hashes):,} runs, {len(hashes) * BYTES:,} bytes\n"
    )


if __name__ == "__main__":
    main(sys.argv[1])
