"""Where a fact of the documents stands in the store, written in one line and looked up.

``TABLE: key=value; key=value -> column=value; column~part`` names the rows of a
table by their keys, and says what one of them holds: ``=`` the whole value
(empty is null), ``~`` a part of it, small or capital. ``rows=5`` says how many
rows there are instead.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

TABLE = Path(__file__).with_name("documents.csv")
#: Stands in the place of a place until the role guide is in the store.
ROLE_GUIDE = "role guide"
_TERM = re.compile(r"(\w+)([=~])(.*)")


@dataclass(frozen=True)
class Fact:
    """A fact or section of a document, with its place or the reason why it has none."""

    document: str
    section: str
    fact: str
    where: str
    left_out_because: str


def read_facts() -> list[Fact]:
    """The table of the documents' facts, in their order."""
    with TABLE.open(newline="", encoding="utf-8") as lines:
        return [Fact(**row) for row in csv.DictReader(lines)]


def stands(con: duckdb.DuckDBPyConnection, where: str) -> bool:
    """Whether the store holds what a place says; raises for a place that can't be read."""
    table, _, rest = where.partition(": ")
    keys, arrow, held = rest.partition(" -> ")
    if not arrow:
        raise ValueError(f"{where!r}: has no ' -> '")
    wanted, values = _condition(keys)
    if held.startswith("rows="):
        return _count(con, table, wanted, values) == int(held.removeprefix("rows="))
    found, more = _condition(held)
    return _count(con, table, f"{wanted} and {found}", [*values, *more]) == 1


def _count(con: duckdb.DuckDBPyConnection, table: str, condition: str, values: list[str]) -> int:
    sql = f'select count(*) from "{table}" where {condition}'
    ((rows,),) = con.execute(sql, values).fetchall()
    return int(rows)


def _condition(terms: str) -> tuple[str, list[str]]:
    """Terms as SQL, with the values that it takes."""
    parts, values = [], []
    for term in terms.split("; "):
        match = _TERM.fullmatch(term)
        if match is None:
            raise ValueError(f"{term!r}: write it as column=value or column~part")
        column, sign, value = match.groups()
        if sign == "=" and not value:
            parts.append(f'"{column}" is null')
            continue
        values.append(value)
        parts.append(f'contains(lower("{column}"), lower(?))' if sign == "~" else f'"{column}" = ?')
    return " and ".join(parts), values
