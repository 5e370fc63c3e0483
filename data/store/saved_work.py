"""Pricings, pay plans and mappings that were saved: named, in versions, never overwritten."""

import getpass
from datetime import UTC, datetime

import duckdb
import pandas as pd

from analytics.errors import InputError, UnknownNameError
from analytics.suggestions import nearest
from data.store.connection import transaction

_LONGEST = 120


def save(con: duckdb.DuckDBPyConnection, kind: str, name: str, spec: str, why: str) -> int:
    """Save a piece of work as the next version of ``name``; returns the version.

    The same work as in the newest version is not saved again. Raises
    `InputError` for a blank or overlong name.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise InputError(f"a name of 1 to {_LONGEST} characters is needed, not {name[:40]!r}")
    with transaction(con):
        newest = con.execute(
            "select version, spec from saved_work where kind = ? and name = ? "
            "order by version desc limit 1",
            [kind, name],
        ).fetchone()
        if newest and newest[1] == spec:
            return int(newest[0])
        version = int(newest[0]) + 1 if newest else 1
        con.execute(
            "insert into saved_work values (?, ?, ?, ?, ?, ?, ?)",
            [
                kind,
                name,
                version,
                spec,
                why.strip(),
                datetime.now(UTC).replace(tzinfo=None, microsecond=0),
                getpass.getuser(),
            ],
        )
    return version


def find(saved: pd.DataFrame, name: str, version: int | None = None) -> str:
    """The spec saved under a name, newest if no version is said; raises `UnknownNameError`."""
    named = saved[saved.name == name]
    if named.empty:
        known = list(dict.fromkeys(saved.name))
        raise UnknownNameError(f"nothing is saved as {name!r}; {nearest(name, known)}")
    if version is not None:
        named = named[named.version == version]
    if named.empty:
        raise UnknownNameError(f"{name!r} has no version {version}")
    return str(named.spec.iloc[-1])
