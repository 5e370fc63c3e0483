"""Titles that a user matched to a profile by hand."""

from collections.abc import Mapping

import duckdb

from analytics.errors import UnknownNameError
from data.imports.log import utc_now
from data.store.acting import acting_user
from data.store.connection import kept_at_once


def correct_titles(con: duckdb.DuckDBPyConnection, codes: Mapping[str, str]) -> None:
    """Save which job each title means; the latest correction of a title counts.

    Raises `UnknownNameError` for a code that no profile has; then none is saved.
    """
    profiles = {code for (code,) in con.execute("select code from job_profile").fetchall()}
    for title, code in codes.items():
        if code not in profiles:
            raise UnknownNameError(
                f"{title}: no profile {code!r}; 'bandstand match' finds its code"
            )
    with kept_at_once(con):
        con.executemany(
            "insert or replace into title_correction values (?, ?, ?, ?)",
            [[title.strip(), code, utc_now(), acting_user()] for title, code in codes.items()],
        )


def remove_correction(con: duckdb.DuckDBPyConnection, title: str) -> None:
    """Delete a correction; raises `UnknownNameError` if the title has none."""
    with kept_at_once(con):
        deleted = con.execute(
            "delete from title_correction where title = ? returning title", [title.strip()]
        ).fetchall()
    if not deleted:
        raise UnknownNameError(f"no correction of {title!r}")
