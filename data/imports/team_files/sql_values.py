"""SQL that turns a cell's text into a value, or into nothing where it can't be one.

Each function takes an SQL expression of text and returns one of a value. A cell
that holds only blanks is nothing; spaces around a value do not count.
"""

from analytics.currencies import DOLLAR_CURRENCIES, DOLLAR_PREFIXES
from analytics.pay_basis import PAY_BASES
from data.files.exports import RISKY
from data.imports.team_files.number_format import number_pattern
from data.store.sql_text import sql_literal

#: What each unit is in the checked table. Money is in hundredths of its currency.
TYPES = {
    "text": "varchar",
    "basis": "varchar",
    "currency": "varchar",
    "money": "bigint",
    "hourly": "decimal(18, 4)",
    "hours": "decimal(18, 4)",
    "fte": "decimal(18, 4)",
    "count": "decimal(18, 4)",
    "date": "date",
}
#: Why a cell is none of its unit.
REASONS = {
    "text": "is longer than a cell may be",
    "basis": f"is none of {', '.join(PAY_BASES)}",
    "currency": "is no currency code of three letters",
    "money": "is not a number of pay",
    "hourly": "is not a number of pay an hour",
    "hours": "is not a number of hours",
    "fte": "is not a number",
    "count": "is not a whole number above 0",
    "date": "is not a date such as 2026-03-01, its year in four digits, from 1900 on",
}
#: When a number is none that its unit can have, and why.
BOUNDS = {
    "hours": ("v_{0} not between 1 and 168", "is outside 1 to 168 hours a week"),
    "fte": ("v_{0} <= 0 or v_{0} > 1.5", "is not above 0 and up to 1.5"),
    "count": ("v_{0} < 1 or v_{0} <> floor(v_{0})", REASONS["count"]),
}
_FORMATS = (
    "%Y-%m-%d",
    "%Y-%m",
    "%Y/%m/%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %Y",
    "%b %Y",
)
_ORDERS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}


def tidy(cell: str) -> str:
    """The cell without outer spaces and without the quote that an export put before risky text.

    Nearly every cell begins above the quote and ends in no space, and stays as it
    is. No part is written twice: the engine would compute it for every row.
    """
    risky = "".join("\\x00" if mark == "\0" else "\\" + mark for mark in RISKY if mark.isascii())
    wide = "".join(mark for mark in RISKY if not mark.isascii())
    pattern = sql_literal(f"^'([{risky}{wide}])")
    return (
        f"case when {cell} >= '(' and not suffix({cell}, ' ') then {cell} "
        f"else nullif(regexp_replace(trim({cell}), {pattern}, '\\1'), '') end"
    )


def is_plain(cell: str, sign: str) -> str:
    """Whether a tidy cell holds digits and at most two decimals, and nothing else."""
    decimals = r"(\.[0-9]{1,2})?" if sign == "." else ""
    return f"regexp_full_match({cell}, '[0-9]{{1,12}}{decimals}')"


def value(
    unit: str, cell: str, plain: str, *, sign: str, dates: str, units: str, longest: int
) -> str:
    """The value of a tidy cell, null where it is none of its unit.

    ``plain`` is an expression that is true where `is_plain` is.
    """
    if unit == "text":
        return f"case when length({cell}) <= {longest} then {cell} end"
    if unit == "basis":
        said = f"replace(lower({cell}), ' ', '_')"
        return f"case when {said} in ({', '.join(map(sql_literal, PAY_BASES))}) then {said} end"
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
    """The value of a cell that is a number, or a day, already; a time has the day of its zone."""
    if unit == "date":
        zone = typed.partition(" ")[2]
        local = f"timezone({sql_literal(zone)}, {cell})" if zone else cell
        return _since_1900(f"try_cast({local} as date)")
    if unit == "money":
        return _hundredths(f"cast({cell} as double) * {units}")
    return f"try_cast({cell} as decimal(18, 4))"


def _hundredths(pay: str) -> str:
    """Whole hundredths; nothing where they have over fifteen digits, as no pay has."""
    return f"cast(try_cast(round(({pay}) * 100) as decimal(15, 0)) as bigint)"


def number(cell: str, sign: str) -> str:
    """The number in a cell, however it is written; up to fifteen digits are exact."""
    pattern = sql_literal(number_pattern(sign))
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
    code = f"nullif(regexp_extract({cell}, '[A-Z]{{3}}'), '')"
    return (
        f"case when contains({cell}, '€') then v_currency <> 'EUR' "
        f"when contains({cell}, '£') then v_currency <> 'GBP' "
        f"when contains({cell}, '¥') then v_currency not in ('JPY', 'CNY') "
        f"when contains({cell}, '$') then case {prefix} when '' then v_currency not in ({bare}) "
        f"{named} else true end "
        f"else {code} <> v_currency end"
    )


def day(cell: str, order: str) -> str:
    """The date in a cell, from 1900 to 2199."""
    timed = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
    short = (
        f"case when substr({cell}, 5, 1) = '-' and regexp_matches({cell}, '{timed}') "
        f"then try_cast(substr({cell}, 1, 10) as date) end"
    )
    formats = ", ".join(map(sql_literal, _FORMATS))
    compact = f"case when regexp_full_match({cell}, '[0-9]{{8}}') then {cell} end"
    ways = [
        short,
        f"cast(try_strptime({cell}, [{formats}]) as date)",
        f"cast(try_strptime({compact}, '%Y%m%d') as date)",
    ]
    parts = r"'^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})( [0-9:.]+( ?[AaPp][Mm])?)?$', '\1/\2/\3'"
    slashed = f"regexp_replace({cell}, {parts})"
    either = [f"cast(try_strptime({slashed}, '{way}') as date)" for way in _ORDERS.values()]
    # Where nobody said an order, a date that is the same in both is a date.
    same = f"case when {either[0]} = {either[1]} then {either[0]} end"
    ways.append(either[list(_ORDERS).index(order)] if order else same)
    found = f"coalesce({', '.join(ways)})"
    return _since_1900(found)


def _since_1900(day: str) -> str:
    return f"case when {day} between date '1900-01-01' and date '2199-12-31' then {day} end"
