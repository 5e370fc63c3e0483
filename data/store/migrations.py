"""The team's own tables: made, and brought up to date."""

from pathlib import Path

import duckdb

_OWN = Path(__file__).parent.parent / "store" / "team_tables.sql"


def prepare_team_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a team's own, unless they are there."""
    old = con.execute(
        "select 1 from duckdb_constraints() where table_name = 'imported_survey' "
        "and constraint_type = 'PRIMARY KEY' and len(constraint_column_names) = 2"
    ).fetchall()
    if old:
        con.execute("alter table imported_survey rename to survey_before")
    con.execute(_OWN.read_text(encoding="utf-8"))
    if old:
        con.execute("insert into imported_survey select * from survey_before")
        con.execute("drop table survey_before")
