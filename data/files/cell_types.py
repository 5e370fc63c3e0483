"""Text cells as typed values: one parser for each unit that a column may have."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from analytics.currencies import PAY_BOUNDS
from analytics.guide import ENTRY_SECTIONS, figure_unit, phrase_pattern
from analytics.jobs.codes import PROFILE_GRADES
from analytics.pay_basis import PAY_BASES

#: What BLS prints instead of a wage above the year's ceiling.
TOP_CODED = "#"


@dataclass(frozen=True)
class CellError:
    """A cell that does not fit its column's unit, and why."""

    column: str
    text: str
    reason: str


def typed_cells(
    cells: Mapping[str, str], units: Mapping[str, str]
) -> tuple[dict[str, Any], list[CellError]]:
    """A row's values by column, and the cells that do not fit their units.

    ``units`` are keys of `UNITS`; a trailing ``?`` lets a cell be empty, and its
    value is then None. Columns with errors are not among the values.
    """
    values: dict[str, Any] = {}
    errors = []
    for column, text in cells.items():
        unit = units[column]
        if not text.strip():
            if unit.endswith("?"):
                values[column] = None
            else:
                errors.append(CellError(column, "", "is empty"))
            continue
        try:
            values[column] = UNITS[unit.rstrip("?")][0](text)
        except ValueError as error:
            errors.append(CellError(column, text, str(error)))
    return values, errors


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("is not a number") from None
    if not math.isfinite(value):
        raise ValueError("is not a finite number")
    return value


def _pay(text: str) -> Decimal:
    value = _number(text)
    low, high = PAY_BOUNDS
    if not low <= value <= high:
        raise ValueError(f"is outside {low:,} to {high:,} a year")
    return value


def _pay_or_top(text: str) -> str:
    return text if text == TOP_CODED else str(_pay(text))


def _hourly(text: str) -> Decimal:
    value = _number(text)
    if not 1 <= value <= 1_000:
        raise ValueError("is outside 1 to 1,000 an hour")
    return value


def _count(text: str) -> int:
    if not re.fullmatch(r"\d+", text):
        raise ValueError("is not a whole number of 0 or more")
    if len(text) > 9:
        raise ValueError("is over 999,999,999")
    return int(text)


def _year(text: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise ValueError("is not a year from 1900 to 2099")
    return int(text)


def _month(text: str) -> str:
    if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
        raise ValueError("is not a month such as 2026-03")
    return text


def _slug(text: str) -> str:
    if len(text) > 60 or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text):
        raise ValueError("is not a short name of lowercase letters, digits and hyphens")
    return text


def _function_code(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{1,20}", text):
        raise ValueError("is not 1 to 20 uppercase letters and digits")
    return text


def _currency_code(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise ValueError("is not three letters such as USD")
    return text


def _grade(text: str) -> int:
    if text not in tuple("1234567"):
        raise ValueError("is not a grade from 1 to 7")
    return int(text)


def _share(text: str) -> Decimal:
    value = _number(text)
    if not 0 <= value <= 1:
        raise ValueError("is outside 0 to 1")
    if value != round(value, 2):
        raise ValueError("has more than two decimals")
    return value


def _figure(text: str) -> Decimal:
    value = _number(text)
    if not 0 <= value <= 1_000_000_000:
        raise ValueError("is outside 0 to 1,000,000,000")
    if value != round(value, 4):
        raise ValueError("has more than four decimals")
    return value


def _cites(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d?(, [1-9]\d?)*", text):
        raise ValueError("is not a list of source numbers such as 3 or 3, 4")
    return text


def _pattern(text: str) -> str:
    phrase_pattern(text)
    return text


def _one_of(*names: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in names:
            raise ValueError(f"is not one of {', '.join(names)}")
        return text

    return parse


def _yes_no(text: str) -> bool:
    return _one_of("yes", "no")(text) == "yes"


#: Unit → (parser, column type in staging).
UNITS: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (str, "VARCHAR"),
    "code": (str, "VARCHAR"),
    "pay_basis": (_one_of(*PAY_BASES), "VARCHAR"),
    "pay": (_pay, "DECIMAL(12, 2)"),
    "pay_or_top": (_pay_or_top, "VARCHAR"),
    "hourly": (_hourly, "DECIMAL(8, 2)"),
    "number": (_number, "DECIMAL(14, 4)"),
    "count": (_count, "BIGINT"),
    "year": (_year, "INTEGER"),
    "month": (_month, "VARCHAR"),
    "slug": (_slug, "VARCHAR"),
    "function_code": (_function_code, "VARCHAR"),
    "currency_code": (_currency_code, "VARCHAR"),
    "track": (_one_of("professional", "management"), "VARCHAR"),
    "grade": (_grade, "INTEGER"),
    "profile_level": (_one_of(*PROFILE_GRADES), "VARCHAR"),
    "differential": (_one_of("material", "none"), "VARCHAR"),
    "criterion": (_one_of("descriptor", "responsibility", "guideline"), "VARCHAR"),
    "match": (_one_of("exact", "strong", "partial", "proxy"), "VARCHAR"),
    "guide_section": (_one_of(*ENTRY_SECTIONS), "VARCHAR"),
    "figure": (_figure, "DECIMAL(14, 4)"),
    "figure_unit": (figure_unit, "VARCHAR"),
    "cites": (_cites, "VARCHAR"),
    "pattern": (_pattern, "VARCHAR"),
    "share": (_share, "DECIMAL(4, 2)"),
    "yes_no": (_yes_no, "BOOLEAN"),
}
