"""Ask by command for the ladder of a function to be modelled, and take that back."""

from collections.abc import Callable

import duckdb

from analytics.errors import InputError, UnknownNameError
from analytics.load_source import LOAD_SOURCE
from analytics.suggestions import nearest
from data.imports.ladder_models import refresh_models
from data.imports.log import utc_now
from data.store.acting import acting_user
from data.store.connection import kept_at_once


def request_model(
    con: duckdb.DuckDBPyConnection,
    function: str,
    on_progress: Callable[[float], None] = lambda _: None,
) -> str:
    """Model the ladder of a function of the team's; returns what was done, as a sentence.

    What its taxonomy assumes in ladder_model.csv holds, else Bandstand's defaults.
    ``function`` is its short name or its title. Raises `UnknownNameError`, and
    `InputError` where the ladder can't be modelled; nothing is then stored.
    """
    found = _find_function(con, function)
    with kept_at_once(con):
        con.execute(
            "insert or replace into ladder_request values (?, ?, ?)",
            [found, utc_now(), acting_user()],
        )
        message = refresh_models(con, on_progress)[found]
        if not con.execute("from function_model where function = ?", [found]).fetchone():
            raise InputError(message)
    return message


def forget_model(con: duckdb.DuckDBPyConnection, function: str) -> str:
    """Take `request_model` back; what a taxonomy's ladder_model.csv asks for stays."""
    found = _find_function(con, function)
    with kept_at_once(con):
        con.execute("delete from ladder_request where function = ?", [found])
        messages = refresh_models(con)
    return messages.get(found, f"ladder of {found}: modelled no longer")


def _find_function(con: duckdb.DuckDBPyConnection, text: str) -> str:
    rows = con.execute(
        "select function, title, source from job_function order by function"
    ).fetchall()
    for function, title, source in rows:
        if text.casefold() in (function, title.casefold()):
            if not source.startswith(LOAD_SOURCE):
                raise InputError(f"{function}: its ladder is modelled already, by Bandstand")
            return str(function)
    raise UnknownNameError(f"no function {text!r}; {nearest(text, [row[0] for row in rows])}")
