"""Insert rows that Python holds, all in one statement."""

from collections.abc import Sequence
from typing import Any

import duckdb


def insert_values(
    con: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str] = (),
) -> None:
    """Insert rows of the table's columns, or of those that are named, in order.

    A column goes in as a list of its values, which must be of one type, or null: marks
    for each value take as long as most of a first build.
    """
    if not rows:
        return
    named = f" ({', '.join(columns)})" if columns else ""
    lists = ", ".join(["unnest(?)"] * len(rows[0]))
    con.execute(
        f"insert into {table}{named} select {lists}", [list(c) for c in zip(*rows, strict=True)]
    )
