"""Insert rows that Python holds, many in one statement."""

from collections.abc import Sequence
from typing import Any

import duckdb

_AT_ONCE = 100


def insert_values(
    con: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str] = (),
) -> None:
    """Insert rows of the table's columns, or of those that are named, in order.

    A statement for each row takes most of a first build. A column's values must be
    of one type, or null.
    """
    named = f" ({', '.join(columns)})" if columns else ""
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        marks = f"({', '.join('?' * len(some[0]))})"
        con.execute(
            f"insert into {table}{named} values {', '.join([marks] * len(some))}",
            [value for row in some for value in row],
        )
