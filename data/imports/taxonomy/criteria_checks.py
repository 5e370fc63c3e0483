"""Check a taxonomy's criteria: each kind has its place, and says one thing once."""

from collections.abc import Iterator
from typing import Any

from data.files.problems import Problem
from data.imports.taxonomy.files import Row, Taxonomy

_RUBRIC = ("knowledge", "complexity", "collaboration", "degree and years")
_PLACE = ("kind", "ladder", "focus", "level", "dimension")


def wrong_criteria(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Criteria that are given twice, or lack what their kind needs."""
    rows_by_place: dict[tuple[Any, ...], int] = {}
    for number, row in taxonomy.rows["criteria"]:
        place = tuple(row[column] for column in _PLACE)
        if row["kind"] != "responsibility" and place in rows_by_place:
            reason = f"is already given for {row['level']} in row {rows_by_place[place]}"
            yield _problem(number, "dimension", row["dimension"], reason)
        rows_by_place.setdefault(place, number)
        yield from _wrong_place(number, row)
        yield from _wrong_dimension(number, row)


def _wrong_place(number: int, row: Row) -> Iterator[Problem]:
    kind = row["kind"]
    needed, other = ("ladder", "focus") if kind == "descriptor" else ("focus", "ladder")
    if not row[needed]:
        yield _problem(number, needed, "", f"is empty, but a {kind} needs one")
    if row[other]:
        yield _problem(number, other, row[other], f"must be empty for a {kind}")


def _wrong_dimension(number: int, row: Row) -> Iterator[Problem]:
    dimension = row["dimension"]
    if row["kind"] == "guideline" and dimension not in _RUBRIC:
        yield _problem(number, "dimension", dimension, f"is not one of {', '.join(_RUBRIC)}")
    if row["kind"] == "descriptor" and not dimension:
        yield _problem(number, "dimension", "", "is empty")


def _problem(number: int, column: str, value: str | None, reason: str) -> Problem:
    return Problem("criteria.csv", number, column, value or "", reason)
