"""SQL that turns a cell's text into a value, or null if it is not one.

Each function takes an SQL expression for a text and returns one for a value.
Blank cells are null; spaces around a value are ignored.
"""

import re

from analytics.currencies import DOLLAR_CURRENCIES, DOLLAR_PREFIXES
from analytics.pay_basis import PAY_BASES
from data.files.formula_guard import GUARDED
from data.imports.team_files import range_cells
from data.imports.team_files.file_types import Field
from data.imports.team_files.known_words import VOCABULARIES
from data.imports.team_files.number_format import (
    DAY_NUMBER,
    SHORT_YEAR,
    WIDE_DIGITS,
    number_pattern,
)
from data.imports.team_files.sql_dates import DateStyle, day
from data.store.sql_text import sql_literal

#: Unit → SQL type in the table of checked rows. Money is in hundredths of its currency.
TYPES = {
    "text": "varchar",
    "basis": "varchar",
    "period": "varchar",
    "status": "varchar",
    "pay_type": "varchar",
    "weighting": "varchar",
    "currency": "varchar",
    "range": "varchar",
    "money": "bigint",
    "hourly": "decimal(18, 4)",
    "hours": "decimal(18, 4)",
    "fte": "decimal(18, 4)",
    "years": "decimal(18, 4)",
    "count": "decimal(18, 4)",
    "date": "date",
}
#: Unit → why a cell is not a value of it.
REASONS = {
    "text": "is longer than a cell may be; BANDSTAND_CELL_CHARACTERS changes that",
    "basis": f"is not one of {', '.join(PAY_BASES)}",
    **{
        unit: f"is none of {', '.join(words.meanings)}; {words.option} says which it is"
        for unit, words in VOCABULARIES.items()
    },
    "currency": "is not a currency code of three letters, such as USD",
    "range": range_cells.REASON,
    "money": "is not an amount of pay",
    "hourly": "is not an amount of pay an hour",
    "hours": "is not a number of hours",
    "fte": "is not a number",
    "years": "is not a number of years",
    "count": "is not a whole number above 0",
    "date": "is not a date such as 2026-03-01, with a year of four digits, 1900 or later",
}
#: What a cell may be instead of a date: its pattern, why it is not read, and the remedy.
NO_DATES = (
    (
        DAY_NUMBER.pattern,
        "is a day number of Excel: format the column as dates there, or use --dates excel",
    ),
    (r"(19|20)\d\d", "is a year alone: --bare-years 01-01 reads it as that day"),
    (SHORT_YEAR, "has a year of two digits: --years-from 1950 reads it as one of 1950 to 2049"),
)
#: Unit → when a number is out of its bounds, as SQL, and why.
BOUNDS = {
    "hours": ("v_{0} not between 1 and 168", "is outside 1 to 168 hours a week"),
    "years": ("v_{0} not between 0 and 80", "is outside 0 to 80 years"),
    "fte": ("v_{0} <= 0 or v_{0} > 1.5", "is not above 0 and up to 1.5"),
    "count": ("v_{0} < 1 or v_{0} <> floor(v_{0})", REASONS["count"]),
}


#: Texts that say that a cell has no value, in lower case.
NO_VALUE = (
    *("na", "n/a", "n.a.", "#n/a", "#na", "<na>", "null", "(null)", "nil"),
    *("-", "--", "---", "–", "—", "−"),
)
#: An FTE from here on is a per cent: 50 is .5, and 100 is 1.
WHOLE_PERCENT = 5
#: A per cent in a cell of variable pay, which is of base pay.
PERCENT = r"([0-9]{1,3}(?:[.,][0-9]{1,4})?) ?%"
_ACCOUNTING_DASH = r"[$€£¥₹]?\s*[-–—−]{1,3}\s*[$€£¥₹]?"


def tidy(cell: str) -> str:
    """The cell without outer spaces and without the quotes that an export put before risky text.

    Nearly every cell has no quote and ends without a space, so it is used as it is.
    No part is repeated: DuckDB would compute it again for every row.
    """
    bare = f"trim({cell})"
    for pattern in GUARDED:
        bare = f"regexp_replace({bare}, {sql_literal(pattern)}, '\\1\\2', 'g')"
    return (
        f"case when {cell} >= '(' and not contains({cell}, chr(39)) and not suffix({cell}, ' ') "
        f"then {cell} else nullif({bare}, '') end"
    )


def says_nothing(text: str, field: Field) -> str:
    """Whether a tidy text only says that there is no value: NA, N/A, NULL, a dash.

    In an amount Excel's accounting format writes a dash, with a currency sign or
    without. NA may be a place, North America.
    """
    marks = [mark for mark in NO_VALUE if not (mark == "na" and field.name == "place")]
    said = f"lower({text}) in ({', '.join(map(sql_literal, marks))})"
    # Few texts are so short and begin so: the others are not compared with every mark.
    begins = f"({text} < '0' or left({text}, 1) in ('n', 'N', '<') or {text} > '~')"
    nothing = f"length({text}) < 7 and {begins} and {said}"
    if field.unit in ("money", "hourly"):
        dash = f"regexp_full_match({text}, {sql_literal(_ACCOUNTING_DASH)})"
        # A plain number starts with a digit, and is no dash.
        return f"({nothing} or (({text} < '0' or {text} > ':') and {dash}))"
    return f"({nothing})"


def is_no_value(text: str) -> bool:
    """The same of a cell in Python, for what is said of it; a place is not told apart."""
    trimmed = text.strip()
    return trimmed.casefold() in NO_VALUE or bool(re.fullmatch(_ACCOUNTING_DASH, trimmed))


def is_plain(cell: str, sign: str) -> str:
    """Whether a tidy cell is only digits, with at most two decimals."""
    decimals = r"(\.[0-9]{1,2})?" if sign == "." else ""
    return f"regexp_full_match({cell}, '[0-9]{{1,12}}{decimals}')"


def value(
    unit: str, cell: str, plain: str, *, sign: str, dates: DateStyle, units: str, longest: int
) -> str:
    """The value of a tidy cell, null if it is not a value of its unit.

    ``plain`` is an expression that is true where `is_plain` is.
    """
    if unit == "text":
        return f"case when length({cell}) <= {longest} then {cell} end"
    if unit == "range":
        return f"case when {range_cells.end_sql(cell, 'maximum')} is not null then {cell} end"
    if unit == "basis":
        basis = f"replace(lower({cell}), ' ', '_')"
        return f"case when {basis} in ({', '.join(map(sql_literal, PAY_BASES))}) then {basis} end"
    if unit == "currency":
        return f"case when regexp_full_match({cell}, '[A-Za-z]{{3}}') then upper({cell}) end"
    if unit == "date":
        return day(cell, dates)
    if unit == "money":
        pay = f"case when {plain} then cast({cell} as double) else {number(cell, sign)} end"
        return _hundredths(f"({pay}) * {units}")
    amount = f"case when {plain} then cast({cell} as double) else {number(cell, sign)} end"
    return f"try_cast(({amount}) as decimal(18, 4))"


def typed_value(unit: str, cell: str, units: str, typed: str) -> str:
    """The value of a cell that has a type already; a time has the day of its time zone."""
    if unit == "date":
        zone = typed.partition(" ")[2]
        local = f"timezone({sql_literal(zone)}, {cell})" if zone else cell
        return f"try_cast({local} as date)"
    if unit == "money":
        return _hundredths(f"cast({cell} as double) * {units}")
    return f"try_cast({cell} as decimal(18, 4))"


def _hundredths(pay: str) -> str:
    """Whole hundredths; null if they have over fifteen digits, as no pay has."""
    return f"cast(try_cast(round(({pay}) * 100) as decimal(15, 0)) as bigint)"


def number(cell: str, sign: str) -> str:
    """The number in a cell, however it is written; up to fifteen digits are exact."""
    pattern = sql_literal(number_pattern(sign))
    wide, narrow = map(sql_literal, WIDE_DIGITS)
    cell = f"translate({cell}, {wide}, {narrow})"
    before, body, suffix = (f"regexp_extract({cell}, {pattern}, {group})" for group in (1, 2, 3))
    digits = f"regexp_replace({body}, '[^0-9{sign}]', '', 'g')"
    digits = f"replace({digits}, ',', '.')" if sign == "," else digits
    factor = f"case lower({suffix}) when 'k' then 1000 when 'm' then 1000000 else 1 end"
    minus = f"case when regexp_matches({before}, '[(−-]') then -1 else 1 end"
    return f"try_cast({digits} as double) * {factor} * {minus}"


def other_currency(cell: str) -> str:
    """Whether a cell of money names another currency than the row's, ``v_currency``."""
    prefix = f"regexp_extract({cell}, '([A-Z]{{0,2}})\\$', 1)"
    named = " ".join(
        f"when {sql_literal(p)} then v_currency <> {sql_literal(c)}"
        for p, c in DOLLAR_PREFIXES.items()
    )
    bare = ", ".join(map(sql_literal, DOLLAR_CURRENCIES))
    rupees = ", ".join(map(sql_literal, ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")))
    code = f"nullif(regexp_extract({cell}, '[A-Z]{{3}}'), '')"
    return (
        f"case when contains({cell}, '€') then v_currency <> 'EUR' "
        f"when contains({cell}, '£') then v_currency <> 'GBP' "
        f"when contains({cell}, '₹') then v_currency <> 'INR' "
        f"when regexp_matches({cell}, '^-?[Rr]s|[Rr]s\\.?$') then v_currency not in ({rupees}) "
        f"when contains({cell}, '¥') then v_currency not in ('JPY', 'CNY') "
        f"when contains({cell}, '$') then case {prefix} when '' then v_currency not in ({bare}) "
        f"{named} else true end "
        f"else {code} <> v_currency end"
    )
