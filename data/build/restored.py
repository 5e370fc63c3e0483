"""Take the store of a backup, and nothing else, and build its seed tables anew."""

from pathlib import Path

import duckdb

from analytics.errors import InputError, StoreError
from data.build.build import EARLIER_TABLES, build, seed_views
from data.store.connection import open_to_read

#: Tables that every store of every version has, with some of their columns.
_OURS = {
    "store_meta": {"key", "value"},
    "import_log": {"load", "kind", "name", "sha256", "rows_loaded", "state"},
}


def prepare_restored(path: Path) -> None:
    """Make a store of a backup ready for this version: its seed tables are built anew.

    Looks only at the names of what is in it, so that no view of a foreign file is ever
    run. Raises `InputError` for a file that no version of Bandstand has made.
    """
    try:
        con = open_to_read(path)
    except StoreError as error:
        raise InputError(f"the backup holds no store that can be opened: {error}") from error
    try:
        if foreign := _foreign(con):
            raise InputError(
                f"the backup holds another program's database, not a Bandstand store: {foreign}"
            )
    finally:
        con.close()
    try:
        build(path)
    except duckdb.Error as error:
        raise InputError(f"the store of the backup can't be brought up to date: {error}") from error


def _foreign(con: duckdb.DuckDBPyConnection) -> str:
    """What no store of ours has, or what this one lacks; empty for one of ours."""
    tables: dict[str, set[str]] = {}
    for table, column in con.execute(
        "select table_name, column_name from duckdb_tables() join duckdb_columns() "
        "using (database_name, schema_name, table_name) where schema_name = 'main'"
    ).fetchall():
        tables.setdefault(table, set()).add(column)
    for table, columns in _OURS.items():
        if not columns <= tables.get(table, set()):
            return f"it lacks the table {table}"
    known = {*seed_views(), *EARLIER_TABLES}
    views = con.execute("select view_name from duckdb_views() where not internal").fetchall()
    functions = con.execute(
        "select function_name from duckdb_functions() where not internal"
    ).fetchall()
    others = sorted({name for (name,) in views} - known) + sorted(name for (name,) in functions)
    return f"it has {others[0]} of its own" if others else ""
