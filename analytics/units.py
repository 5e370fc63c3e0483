"""Units: what the numbers in a column mean, and so how they are shown.

A table carries its units in ``frame.attrs["units"]``, a mapping from column to
the unit's name. Queries take them from their headers; functions that make a
table declare them. Screen, CSV, workbook, chart and command line take format,
decimals and currency from there: nothing is guessed from a column's name or
from the size of its numbers, and a column without a unit is an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan
from typing import TYPE_CHECKING, Literal

from analytics.errors import UnitError
from analytics.money import money

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "boolean", "date", "time", "number", "money", "share", "by row"]
_KEY = "units"


@dataclass(frozen=True)
class Unit:
    """A unit, and how a number in it is written.

    ``kind`` says what the values are; a ``share`` of 0.035 is 3.5 percent.
    ``currency`` is empty where the row's ``currency`` column names it. ``suffix``
    follows the number.
    """

    name: str
    kind: Kind
    decimals: int = 0
    grouped: bool = True
    currency: str = ""
    suffix: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers, whatever is written around them."""
        return self.kind in ("number", "money", "share", "by row")

    @property
    def by_row(self) -> bool:
        """Whether each row says its own unit or currency."""
        return self.kind == "by row" or (self.kind == "money" and not self.currency)


#: Units of one name each; money is named by its currency.
NAMED = {
    unit.name: unit
    for unit in (
        Unit("text", "text"),
        Unit("boolean", "boolean"),
        Unit("date", "date"),
        Unit("time", "time"),
        Unit("count", "number"),
        Unit("ordinal", "number", grouped=False),
        Unit("year", "number", grouped=False),
        Unit("years", "number", decimals=1),
        Unit("months", "number"),
        Unit("percent", "number", decimals=2, suffix="%"),
        Unit("share", "share", decimals=1),
        Unit("ratio", "number", decimals=2),
        Unit("factor", "number", decimals=4),
        Unit("index", "number", decimals=3),
        Unit("distance", "number", decimals=3),
        Unit("score", "number", decimals=1),
        Unit("number", "number", decimals=2),
        Unit("log", "number", decimals=4),
        Unit("hundredths", "number"),
        Unit("currency", "money"),
        Unit("by unit", "by row"),
    )
}


@cache
def unit_of(name: str) -> Unit:
    """The unit with a name, such as ``count``, ``USD``, ``USD/hour`` or ``ln(USD)``.

    Raises `UnitError` for a name that is none.
    """
    if name in NAMED:
        return NAMED[name]
    if re.fullmatch(r"[A-Z]{3}", name):
        return Unit(name, "money", currency=name)
    if re.fullmatch(r"[A-Z]{3}/hour", name):
        return Unit(name, "money", decimals=2, currency=name[:3])
    if re.fullmatch(r"ln(\([A-Z]{3}\))?", name):
        return NAMED["log"]
    raise UnitError(f"no unit {name!r}; there are {', '.join(NAMED)}, USD, USD/hour and ln(USD)")


@cache
def unit_of_row(label: str) -> Unit:
    """The unit that a row names in its own ``unit`` column; raises `UnitError`.

    Words that name no unit are things that the row counts.

    >>> unit_of_row("US = 100").name
    'index'
    >>> unit_of_row("days a week").name
    'count'
    """
    if label.endswith("= 100"):
        return NAMED["index"]
    if label not in NAMED and re.fullmatch(r"[a-z]+( [a-z]+)*", label):
        return NAMED["count"]
    return unit_of(label)


class _Carried(dict[str, str]):
    """The units that a table carries: never changed, so that one is enough for all its copies.

    pandas copies deeply what a table carries, for every column taken from it.
    """

    def __deepcopy__(self, memo: object) -> "_Carried":
        return self


def with_units(frame: "pd.DataFrame", units: Mapping[str, str]) -> "pd.DataFrame":
    """The same table carrying ``units`` (column → name of its unit).

    Units that the table already carries stay; those of columns that it lacks
    are dropped. Raises `UnitError` for a unit that there is not.
    """
    carried = {**frame.attrs.get(_KEY, {}), **units}
    for name in units.values():
        unit_of(name)
    result = frame.copy(deep=False)
    known = _Carried((c, u) for c, u in carried.items() if c in frame.columns)
    result.attrs = {**frame.attrs, _KEY: known}
    return result


def units_of(frame: "pd.DataFrame") -> dict[str, Unit]:
    """The unit of every column, in order; raises `UnitError` naming columns without one."""
    carried = frame.attrs.get(_KEY, {})
    if missing := [str(name) for name in frame.columns if name not in carried]:
        raise UnitError(f"no unit is declared for the column(s) {', '.join(missing)}")
    return {name: unit_of(carried[name]) for name in frame.columns}


def row_unit(unit: Unit, row: Mapping[str, object]) -> Unit:
    """The unit of one row's value: the row's own where the column leaves it to the row."""
    if unit.kind == "by row":
        return unit_of_row(str(row.get("unit") or "text"))
    if unit.kind == "money" and not unit.currency:
        return Unit(unit.name, "money", unit.decimals, currency=str(row.get("currency") or "USD"))
    return unit


def format_number(value: float | None, unit: Unit) -> str:
    """A value as people read it; empty where it is unknown.

    >>> format_number(3.5, unit_of("percent"))
    '3.5%'
    >>> format_number(2025, unit_of("year"))
    '2025'
    >>> format_number(0.035, unit_of("share"))
    '3.5%'
    >>> format_number(21.53, unit_of("USD/hour"))
    '$21.53'
    """
    if value is None or isnan(value):
        return ""
    if unit.kind == "money":
        return money(value, unit.currency, decimals=unit.decimals)
    if unit.kind == "share":
        return f"{value:.{unit.decimals}%}"
    grouping = "," if unit.grouped else ""
    digits = f"{value:{grouping}.{unit.decimals}f}"
    if unit.decimals:
        digits = digits.rstrip("0").rstrip(".")
    return digits + unit.suffix
