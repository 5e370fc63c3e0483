"""Run the query in ``queries/NAME.sql``; get a frame with its units back."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from analytics.errors import CancelledError, QueryError
from analytics.units import with_units

if TYPE_CHECKING:  # a load of a file asks for no frame, and is spared pandas
    import pandas as pd

FOLDER = Path(__file__).parent
_PARAM = re.compile(r"\$([a-z_]+)")
_COLUMNS = re.compile(r"^-- Columns: (.+)$", re.MULTILINE)


def names() -> list[str]:
    """Every query's name, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


def run(
    con: duckdb.DuckDBPyConnection, name: str, most: int | None = None, **params: Any
) -> "pd.DataFrame":
    """The answer to query ``name`` as a frame, or its first ``most`` rows.

    The frame carries the units of the query's header (`analytics.units`).
    ``con`` is a connection or a cursor.

    Raises `QueryError`, naming the file, when the query does not exist, the
    parameters are not the ones it takes, or the engine refuses it, and
    `CancelledError` when it is interrupted.
    """
    sql = text(name)
    wanted = set(_PARAM.findall(_code(sql)))
    if wanted != set(params):
        raise QueryError(f"{name}.sql takes {sorted(wanted)}, but was given {sorted(params)}")
    try:
        answer = con.execute(sql if most is None else f"{sql}\nlimit {most:d}", params)
        days = [name for name, kind, *_ in answer.description or () if str(kind) == "DATE"]
        frame = answer.df()
    except duckdb.InterruptException:
        raise CancelledError("canceled; nothing has changed") from None
    except duckdb.Error as error:
        raise QueryError(f"{name}.sql: {error}") from error
    # A date column comes back as midnights; show it as the days that it holds.
    dated = frame.assign(**{day: frame[day].dt.date for day in days})
    return with_units(dated, units(name))


@cache
def units(name: str) -> dict[str, str]:
    """The unit of each column that a query returns, as its header gives them."""
    header = _COLUMNS.search(text(name))
    if header is None:
        raise QueryError(f"{name}.sql: its header names no columns")
    return dict(column.split(" ", 1) for column in header[1].split(", "))


@cache
def text(name: str) -> str:
    """The query as written, header and all."""
    path = FOLDER / f"{name}.sql"
    if path.stem not in names():
        raise QueryError(f"{name}.sql: no such query; there are {', '.join(names())}")
    return path.read_text(encoding="utf-8")


def _code(sql: str) -> str:
    return "\n".join(line.split("--")[0] for line in sql.splitlines())
