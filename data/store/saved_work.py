"""Saved pricings, pay plans and column mappings: named, versioned, never overwritten."""

from datetime import UTC, datetime

import duckdb
import pandas as pd

from analytics.errors import InputError, UnknownNameError
from analytics.suggestions import nearest
from data.store.acting import acting_user
from data.store.connection import kept_at_once

_MAX_LENGTH = 120


def save(con: duckdb.DuckDBPyConnection, kind: str, name: str, spec: str, why: str) -> int:
    """Save ``spec`` as the next version of ``name``; returns the version.

    A spec equal to the newest version is not saved again. Raises `InputError`
    for a blank or overlong name.
    """
    name = " ".join(name.split())
    if not name or len(name) > _MAX_LENGTH:
        raise InputError(f"a name must have 1 to {_MAX_LENGTH} characters, unlike {name[:40]!r}")
    with kept_at_once(con):
        newest = con.execute(
            "select version, spec from saved_work where kind = ? and name = ? "
            "order by version desc limit 1",
            [kind, name],
        ).fetchone()
        if newest and newest[1] == spec:
            return int(newest[0])
        version = int(newest[0]) + 1 if newest else 1
        saved_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        con.execute(
            "insert into saved_work values (?, ?, ?, ?, ?, ?, ?)",
            [kind, name, version, spec, why.strip(), saved_at, acting_user()],
        )
    return version


def find(saved: pd.DataFrame, name: str, version: int | None = None) -> str:
    """The spec saved under a name, by default its newest version; raises `UnknownNameError`.

    ``saved`` are rows of the saved-work query, versions in order.
    """
    versions = saved[saved.name == name]
    if versions.empty:
        names = list(dict.fromkeys(saved.name))
        raise UnknownNameError(f"nothing is saved as {name!r}; {nearest(name, names)}")
    if version is not None:
        versions = versions[versions.version == version]
    if versions.empty:
        raise UnknownNameError(f"{name!r} has no version {version}")
    return str(versions.spec.iloc[-1])
