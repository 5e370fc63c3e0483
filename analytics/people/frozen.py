"""Rows of a table of positions as a file or a scenario keeps them, and reads them back alike."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

#: Columns of numbers; all others are kept as text.
NUMBERS = (
    *("fte", "base", "variable", "paid", "pay", "compa_ratio", "minimum", "midpoint", "maximum"),
    *("market", "midpoint_below", "midpoint_above"),
)


def freeze_people(people: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of a table of positions: numbers as such, dates as days, the rest as text.

    What is unknown is NaN or empty.
    """
    rows = people[list(columns)].reset_index(drop=True)
    words = {name: _text(rows[name]) for name in columns if name not in NUMBERS}
    numbers = {name: rows[name].astype(float) for name in columns if name in NUMBERS}
    return rows.assign(**words, **numbers)


def people_as_columns(people: pd.DataFrame) -> dict[str, list[Any]]:
    """Column → its values as JSON has them, None for what is unknown."""
    whole = people.astype(object).where(people.notna(), None)
    return {str(name): whole[name].tolist() for name in whole}


def people_from_columns(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """The people that `people_as_columns` was given."""
    people = pd.DataFrame(columns)
    return people.astype({name: float for name in people if name in NUMBERS})


def people_digest(people: pd.DataFrame) -> str:
    """The SHA-256 of frozen people, with their pay and ranges."""
    text = json.dumps(people_as_columns(people), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text(values: pd.Series) -> pd.Series:
    words = values.astype(object).where(values.notna(), "").astype(str)
    if values.name in ("hire_date", "as_of"):
        return words.str[:10].replace("NaT", "")
    return words
