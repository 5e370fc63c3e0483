"""Create the team's own tables, and bring older ones up to date."""

from pathlib import Path

import duckdb

_SCHEMA = Path(__file__).parent / "team_tables.sql"


def prepare_team_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the team's tables that don't exist yet, and migrate those of earlier versions."""
    two_column_key = con.execute(
        "select 1 from duckdb_constraints() where table_name = 'imported_survey' "
        "and constraint_type = 'PRIMARY KEY' and len(constraint_column_names) = 2"
    ).fetchall()
    if two_column_key:
        con.execute("alter table imported_survey rename to survey_before")
    con.execute(_SCHEMA.read_text(encoding="utf-8"))
    if two_column_key:
        con.execute("insert into imported_survey by name select * from survey_before")
        con.execute("drop table survey_before")
