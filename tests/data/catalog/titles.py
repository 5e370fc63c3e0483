"""The labelled titles, and the store that knows every job they mean."""

import csv
from pathlib import Path

import duckdb

from data.imports.load import load_taxonomy
from data.imports.taxonomy.files import FOLDER, files_in_folder

FILE = Path(__file__).parent / "labelled_titles.csv"
NAMES = {"": "CUSTOM1", "data": "EXDATA1.EXAMPLEDCDC7", "platform": "EXDATA1.EXAMPLED9E8D"}


def labelled() -> list[tuple[str, frozenset[str]]]:
    """Each title with the endings of the codes that are right for it; none where nothing is."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [(row["title"], _codes(row["expected"])) for row in csv.DictReader(lines)]


def with_example(con: duckdb.DuckDBPyConnection) -> None:
    """Load the example taxonomy, so that two functions are known."""
    load_taxonomy(con, files_in_folder(FOLDER), "example")


def right(code: str, expected: frozenset[str]) -> bool:
    """Whether a code is one of those expected."""
    return any(code.startswith(e.split()[0]) and code.endswith(e.split()[1]) for e in expected)


def _codes(expected: str) -> frozenset[str]:
    if expected == "none":
        return frozenset()
    *function, levels = expected.split()
    name = NAMES[function[0] if function else ""]
    return frozenset(f"{name} .{level}" for level in levels.split("/"))
