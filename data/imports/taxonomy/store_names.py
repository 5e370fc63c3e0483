"""The names that the store has already, for checking a taxonomy that is to join it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from queries import run


@dataclass(frozen=True)
class StoreNames:
    """Functions and their codes; focuses and ladders and their functions; levels; titles.

    ``guided`` are the functions that have a role guide.
    """

    functions: Mapping[str, str]
    focuses: Mapping[str, str]
    ladders: Mapping[str, str]
    levels: frozenset[tuple[str, str]]
    function_titles: frozenset[str]
    focus_titles: frozenset[str]
    guided: frozenset[str]


def store_names(con: duckdb.DuckDBPyConnection) -> StoreNames:
    """The names in a store."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return con.execute(sql).fetchall()

    return StoreNames(
        dict(rows("select function, code from job_function")),
        dict(rows("select focus, function from focus")),
        dict(rows("select ladder, function from ladder")),
        frozenset(rows("select ladder, level from level")),
        frozenset(title for (title,) in rows("select title from job_function")),
        frozenset(title for (title,) in rows("select title from focus")),
        frozenset(run(con, "guide_functions").function),
    )


def occupation_titles(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The titles of the occupations that OEWS has for the nation, by code, the newest year's."""
    return dict(
        con.execute(
            "select soc, arg_max(title, year) from occupation_wage where area = 'US' group by soc"
        ).fetchall()
    )
