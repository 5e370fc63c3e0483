"""Typed rows: what pages and charts receive of a table."""

from dataclasses import MISSING, dataclass, fields
from math import isnan
from types import NoneType
from typing import Any, TypeVar, get_args

import pandas as pd

from analytics.errors import InputError

R = TypeVar("R")


def typed_rows(frame: pd.DataFrame, row_type: type[R]) -> list[R]:
    """The rows of a table as instances of a dataclass, columns taken by field name.

    A field with a default may have no column; one that may be None is None where the
    column is empty. Raises `InputError` for a column that is missing.
    """
    if from_row := getattr(row_type, "from_row", None):
        return [from_row(row) for row in frame.to_dict("records")]
    wanted = [
        f
        for f in fields(row_type)  # type: ignore[arg-type]
        if f.name in frame or f.default is MISSING
    ]
    if missing := [f.name for f in wanted if f.name not in frame]:
        raise InputError(f"{row_type.__name__}: the table has no column {', '.join(missing)}")
    names = [f.name for f in wanted]
    columns = [_values(frame[f.name], NoneType in get_args(f.type)) for f in wanted]
    return [row_type(**dict(zip(names, v, strict=True))) for v in zip(*columns, strict=True)]


def _values(column: pd.Series, may_be_none: bool) -> list[Any]:
    values: list[Any] = column.tolist()
    if not may_be_none:
        return values
    return [None if empty else v for v, empty in zip(values, column.isna(), strict=True)]


def known(value: float | None) -> float | None:
    """A number, or None for one that is missing in any way."""
    return None if value is None or isnan(value) else float(value)


@dataclass(frozen=True)
class SourceInfo:
    """Where figures come from: a row of the sources."""

    source: str
    title: str
    publisher: str
    citation: str
    url: str
    published: str
    accessed: str
    as_of: str
    licence: str
    pay_basis: str
    population: str
    sample_size: str
    disclosure: str
    description: str
    method: str


@dataclass(frozen=True)
class CostChange:
    """How fast wages of a worker group rise a year, as a share."""

    worker_group: str
    quarter: str
    rate: float
    source: str


@dataclass(frozen=True)
class Load:
    """A file that the team loaded."""

    load: int
    kind: str
    name: str
    state: str
    rows_loaded: int


@dataclass(frozen=True)
class SavedVersion:
    """A version of a saved pricing or plan."""

    name: str
    version: int
    why: str
    spec: str
