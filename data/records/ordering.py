"""The order of cells: levels as on their ladders, all else by number, then by name."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import duckdb

from queries import run

_NameParts = tuple[tuple[int, int, str], ...]
#: Digits that surely fit 64 bits; longer numbers sort as text.
_MOST_DIGITS = 18


def read_ladder(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The position of each level, ladder after ladder."""
    return {level: i for i, level in enumerate(dict.fromkeys(run(con, "levels").level))}


def ladder_order(
    ladder: Mapping[str, int], labels: Sequence[tuple[str, ...]], by: Sequence[str]
) -> list[int]:
    """The positions of ``labels``, which have a value for each of ``by``, in sorted order."""
    keys = [
        [sort_key(ladder, name, value) for name, value in zip(by, label, strict=True)]
        for label in labels
    ]
    return sorted(range(len(labels)), key=keys.__getitem__)


def sort_key(ladder: Mapping[str, int], dimension: str, value: str) -> tuple[int, _NameParts]:
    """What a dimension's values are sorted by; levels on no ladder come last."""
    position = ladder.get(value, len(ladder)) if dimension == "level" else 0
    return position, _natural_key(value)


@lru_cache(maxsize=100_000)
def _natural_key(text: str) -> _NameParts:
    """Numbers within the text compare as numbers: ``51-200`` comes before ``201-1000``."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and len(part) <= _MOST_DIGITS else (1, 0, part)
        for part in re.split(r"(\d+)", text)
    )
