"""Insert pay records into a store directly, for tests of what is computed from them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import duckdb
import pyarrow as pa

from data.imports.log import log_load
from data.imports.provenance import add_load_source
from data.records import demo as demo_records


class Person(NamedTuple):
    """One row; money in hundredths."""

    organisation: str = "Acme"
    function: str = "Sales"
    focus: str = "Field"
    level: str = "P1"
    place: str = "Boston"
    base: int = 10_000_000
    variable: int | None = 0
    equity: int | None = 0
    size: str | None = "1-50"
    currency: str = "USD"
    effective_date: date = date(2026, 1, 1)
    title: str | None = None
    overtime: int | None = None
    department: str | None = None
    tenure: str | None = None

    def pay(self, element: str) -> int | None:
        """The element, where all parts of it are stated."""
        if element == "overtime":
            return self.overtime
        parts = [self.base]
        if element != "base":
            parts.append(self.variable)
        if element == "total_comp":
            parts.append(self.equity)
        return None if None in parts else sum(parts)


def add_load(con: duckdb.DuckDBPyConnection, people: Sequence[Person]) -> int:
    """Insert people as one load; returns its number."""
    columns: dict[str, list[object]] = {
        name: [getattr(person, name) for person in people] for name in Person._fields
    }
    types = dict.fromkeys(("base", "variable", "equity", "overtime"), pa.int64())
    types |= dict.fromkeys(("size", "title", "department", "tenure"), pa.string())
    arrays = {name: pa.array(values, types.get(name)) for name, values in columns.items()}
    load = log_load(
        con, "records", "Test", f"sha of {hash(tuple(people))}", len(people), len(people)
    )
    con.register("people", pa.table(arrays))
    con.execute(
        f"insert into pay_record by name select {load} as load, row_number() over () as row, * "
        "from people order by function, focus, level, place"
    )
    con.unregister("people")
    add_load_source(con, "records", load, "Test")
    return load


def put_demo(con: duckdb.DuckDBPyConnection, rows: int, seed: int = 1) -> None:
    """Insert demo records as one load, without the checks of a file."""
    load = log_load(con, "records", "Demo records", f"demo {rows} {seed}", rows, rows)
    for people in demo_records.records(rows, seed):
        con.register("people", people)
        con.execute(
            f"insert into pay_record by name select {load} as load, row_number() over () as row, "
            "* replace ((base * 100)::bigint as base, (variable * 100)::bigint as variable, "
            "(equity * 100)::bigint as equity) from people"
        )
        con.unregister("people")
    add_load_source(con, "records", load, "Demo records")


def replace_records(con: duckdb.DuckDBPyConnection, people: Sequence[Person]) -> None:
    """Make these people the only records of the store."""
    con.execute("delete from pay_record")
    con.execute("delete from source where source like 'own-load-%'")
    con.execute("delete from import_log")
    add_load(con, people)
