"""A minimum and a maximum in one cell, such as 64,000 - 96,000: which column, and both ends."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from analytics.currencies import PAY_BOUNDS
from analytics.errors import InputError
from data.imports.team_files.file_types import FileType
from data.imports.team_files.number_format import A_YEAR, SYMBOL, WIDE_DIGITS, parse_number
from data.store.sql_text import sql_literal

#: The field of such a column, and those that it gives.
FIELD, ENDS = "range", ("minimum", "maximum")
REASON = "is not a minimum and a maximum such as 64,000 - 96,000"
_SPACES = " \u00a0\u202f"
#: A cell with one number only, and why it is not read.
ONE_NUMBER = rf"\D*\d[\d.,'’{_SPACES}]*\D*"
ONE_REASON = "gives one amount, where a minimum and a maximum are needed"
_SPACE = f"[{_SPACES}]"
_AMOUNT = (
    rf"{SYMBOL}?{_SPACE}?\d[\d.,'’{_SPACES}]*?(?:{_SPACE}?[kKmM])?"
    rf"(?:{_SPACE}?{SYMBOL})?{A_YEAR}?"
)
_PREFIX = r"(?i:(?:between|from|von|zwischen|de|entre) )?"
_BETWEEN = r"(?:[-–—−‐‑~…]|\.\.\.?|(?i:to|bis|through|and|und|à|a|y|et))"
_PATTERN = f"^{_PREFIX}({_AMOUNT}){_SPACE}*{_BETWEEN}{_SPACE}*({_AMOUNT})$"
#: The k of 90-120k is of both ends: of an amount below a thousand that has none.
_THOUSANDS = r"\d ?([kKmM])(?:[^A-Za-z]|$)"
_SHORT = r"\D*\d{1,3}(?:[.,]\d{1,2})?\D*"
_LAST_DIGIT = r"(\d)(\D*)$"
_YEARS = r"(19|20)\d\d\D+(19|20)\d\d"
_RANGE, _TO_NARROW = re.compile(_PATTERN, re.ASCII), str.maketrans(*WIDE_DIGITS)


def split_range(text: str) -> tuple[str, str] | None:
    """The texts of both ends; None if a cell does not hold just two amounts."""
    found = _RANGE.match(text.strip().translate(_TO_NARROW))
    if not found:
        return None
    low, high = found.groups()
    unit = re.search(_THOUSANDS, high)
    if unit and not re.search(_THOUSANDS, low) and re.fullmatch(_SHORT, low, re.ASCII):
        low = re.sub(_LAST_DIGIT, rf"\g<1>{unit[1]}\g<2>", low)
    return low, high


def end_sql(text: str, name: str) -> str:
    """SQL of the text of one end, ``minimum`` or ``maximum``; null where there are not both."""
    wide, narrow, pattern = map(sql_literal, (*WIDE_DIGITS, _PATTERN))
    cell = f"translate({text}, {wide}, {narrow})"
    low, high = (f"nullif(regexp_extract({cell}, {pattern}, {group}), '')" for group in (1, 2))
    if name == "maximum":
        return high
    thousands, short, last = map(sql_literal, (_THOUSANDS, _SHORT, _LAST_DIGIT))
    unit = f"regexp_extract({high}, {thousands}, 1)"
    shared = f"regexp_replace({low}, {last}, '\\1' || {unit} || '\\2')"
    return (
        f"case when {unit} <> '' and not regexp_matches({low}, {thousands}) "
        f"and regexp_full_match({low}, {short}) then {shared} else {low} end"
    )


def with_range(
    kind: FileType,
    width: int,
    fields: Mapping[int, str],
    sample: Sequence[Sequence[str]],
    options: Mapping[str, str],
) -> dict[int, str]:
    """The field of each column, and a column of ranges where none gives an end.

    It is the one so called, else the only one whose cells are ranges of pay.
    ``options`` map fields to headings by the user's word. Raises `InputError` if
    they map both a column of ranges and one of an end.
    """
    if FIELD not in kind.fields:
        return dict(fields)
    named = set(fields.values())
    if named.intersection(ENDS):
        if options.get(FIELD):
            raise InputError("map either range or minimum and maximum, not both")
        return {at: name for at, name in fields.items() if name != FIELD}
    if FIELD in named or FIELD in options:
        return dict(fields)
    free = [i for i in range(width) if fields.get(i) not in options and _holds_ranges(sample, i)]
    return {**fields, free[0]: FIELD} if len(free) == 1 else dict(fields)


def _holds_ranges(sample: Sequence[Sequence[str]], position: int) -> bool:
    """Whether most cells are ranges of pay; of years they are not."""
    cells = [row[position].strip() for row in sample if position < len(row)]
    filled = [cell for cell in cells if cell]
    return sum(map(_is_pay, filled)) > len(filled) / 2


def _is_pay(cell: str) -> bool:
    ends = None if re.fullmatch(_YEARS, cell) else split_range(cell)
    return bool(ends) and any(
        None not in (low := _amounts(ends or (), sign)) and PAY_BOUNDS[0] <= min(filter(None, low))
        for sign in (".", ",")
    )


def _amounts(ends: Sequence[str], sign: str) -> list[Decimal | None]:
    return [parse_number(end, sign) for end in ends]


def as_read(cells: Sequence[str], sign: str) -> str:
    """The first cell of the sample that is a range, and how it is read; empty where none is."""
    for cell in cells:
        low, high = _amounts(split_range(cell) or ("", ""), sign)
        if low is not None and high is not None:
            return f"{cell!r} is {low.normalize():,f} to {high.normalize():,f}"
    return ""
