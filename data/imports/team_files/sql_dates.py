"""SQL that turns a cell's text into a date, or null if it is not one."""

from dataclasses import dataclass

from data.imports.team_files.number_format import DAY_NUMBER, SHORT_YEAR
from data.store.sql_text import sql_literal

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


@dataclass(frozen=True)
class DateStyle:
    """How the dates of a file are read: see `ImportOptions`; what is empty is not read."""

    order: str = ""
    years_from: int = 0
    bare_years: str = ""


def day(cell: str, style: DateStyle) -> str:
    """The date in a cell, of any year; `since_1900` says which are believed."""
    if style.years_from:
        cell = _with_long_year(cell, style.years_from)
    order = style.order if style.order in _ORDERS else ""
    timed = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
    short = (
        f"case when substr({cell}, 5, 1) = '-' and regexp_matches({cell}, '{timed}') "
        f"then try_cast(substr({cell}, 1, 10) as date) end"
    )
    formats = ", ".join(map(sql_literal, _FORMATS))
    compact = f"case when regexp_full_match({cell}, '[0-9]{{8}}') then {cell} end"
    parsed = [
        short,
        f"cast(try_strptime({cell}, [{formats}]) as date)",
        f"cast(try_strptime({compact}, '%Y%m%d') as date)",
    ]
    parts = r"'^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})( [0-9:.]+( ?[AaPp][Mm])?)?$', '\1/\2/\3'"
    slashed = f"regexp_replace({cell}, {parts})"
    either = [f"cast(try_strptime({slashed}, '{pattern}') as date)" for pattern in _ORDERS.values()]
    # If the order is not known, a date that is the same in both is a date.
    same = f"case when {either[0]} = {either[1]} then {either[0]} end"
    parsed.append(either[list(_ORDERS).index(order)] if order else same)
    if style.order == "excel":
        number = f"regexp_full_match({cell}, '{DAY_NUMBER.pattern}')"
        parsed.append(
            f"case when {number} then date '1899-12-30' + floor({cell}::double)::integer end"
        )
    if style.bare_years:
        year = f"regexp_full_match({cell}, '(19|20)[0-9]{{2}}')"
        parsed.append(f"case when {year} then ({cell} || '-{style.bare_years}')::date end")
    # Nearly all dates are written so. In a case, since DuckDB computes what stands twice in a
    # coalesce for every row.
    usual = f"{cell} like '____-__-__'"
    return f"case when {usual} then try_cast({cell} as date) else coalesce({', '.join(parsed)}) end"


def _with_long_year(cell: str, first: int) -> str:
    """The cell with its year of two digits as the one of the hundred years from ``first``."""
    pattern = sql_literal(SHORT_YEAR)
    two = f"regexp_extract({cell}, {pattern}, 2)::integer"
    year = f"({first} + ({two} - {first % 100} + 100) % 100)::varchar"
    long = f"regexp_extract({cell}, {pattern}, 1) || {year}"
    return f"(case when regexp_full_match({cell}, {pattern}) then {long} else {cell} end)"


def since_1900(column: str) -> str:
    """The date in a column if it is from 1900 to 2199, else null."""
    return f"case when {column} between date '1900-01-01' and date '2199-12-31' then {column} end"
