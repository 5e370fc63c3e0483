"""SQL that turns a cell's text into a date, or null if it is not one."""

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


def day(cell: str, order: str) -> str:
    """The date in a cell, from 1900 to 2199."""
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
    return since_1900(f"coalesce({', '.join(parsed)})")


def since_1900(day: str) -> str:
    """The date if it is from 1900 to 2199, else null."""
    return f"case when {day} between date '1900-01-01' and date '2199-12-31' then {day} end"
