"""Titles that somebody matched by hand."""

import getpass
from collections.abc import Mapping

import duckdb

from analytics.errors import UnknownNameError
from data.imports.log import utc_now
from data.store.connection import transaction


def correct_titles(con: duckdb.DuckDBPyConnection, codes: Mapping[str, str]) -> None:
    """Keep which job each title means; the latest word on a title stands.

    Raises `UnknownNameError` for a code that no profile has; then none is kept.
    """
    known = {code for (code,) in con.execute("select code from job_profile").fetchall()}
    for title, code in codes.items():
        if code not in known:
            raise UnknownNameError(f"{title}: no profile {code!r}")
    with transaction(con):
        con.executemany(
            "insert or replace into title_correction values (?, ?, ?, ?)",
            [[title.strip(), code, utc_now(), getpass.getuser()] for title, code in codes.items()],
        )


def remove_correction(con: duckdb.DuckDBPyConnection, title: str) -> None:
    """Drop a correction; raises `UnknownNameError` when there is none of the title."""
    gone = con.execute(
        "delete from title_correction where title = ? returning title", [title.strip()]
    ).fetchall()
    if not gone:
        raise UnknownNameError(f"no correction of {title!r}")
