"""Compare an OEWS release with the store: new, known and contradicting rows."""

from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from data.files.problems import Problem
from data.imports.oews.occupation import Occupation
from data.imports.oews.release import Release

_KEY = ("year", "soc", "o_group", "area", "industry")
_TYPES = {"year": pa.int32(), "employment": pa.int64(), "at_least": pa.bool_(), "load": pa.int32()}
_MONEY = {"hourly_median": pa.decimal128(8, 2), "value": pa.decimal128(12, 2)}


@dataclass(frozen=True)
class Reconciled:
    """A release's occupations compared with those in the store."""

    new: list[Occupation]
    known: list[Occupation]
    contradicting: list[Problem]


def reconcile(con: duckdb.DuckDBPyConnection, release: Release) -> Reconciled:
    """Which rows are new, which the store has already, and which differ from the store.

    A known row is not stored twice; one that differs is left out, since one of the
    two must be wrong.
    """
    areas = sorted({occupation.area for _, occupation in release.occupations})
    wages_by_key = _wages_by_key(con, release.year, areas)
    reconciled = Reconciled([], [], [])
    for number, occupation in release.occupations:
        stored = wages_by_key.get(occupation.key)
        wages = {w.statistic: (w.value, w.at_least) for w in occupation.wages}
        if stored is None:
            reconciled.new.append(occupation)
        elif stored == wages:
            reconciled.known.append(occupation)
        else:
            names = sorted(k for k in {*stored, *wages} if stored.get(k) != wages.get(k))
            reason = f"differs in {', '.join(names)} from the store's wages of {release.year}"
            problem = Problem(release.file, number, "OCC_CODE", occupation.soc, reason)
            reconciled.contradicting.append(problem)
    return reconciled


def insert_occupations(con: duckdb.DuckDBPyConnection, load: int, new: list[Occupation]) -> None:
    """Insert occupations into the team's tables; the caller holds the transaction."""
    keys = [dict(zip(_KEY, o.key, strict=True)) for o in new]
    occupations = [
        {
            "load": load,
            **key,
            "title": o.title,
            "employment": o.employment,
            "hourly_median": o.hourly_median,
        }
        for key, o in zip(keys, new, strict=True)
    ]
    wages = [
        {"load": load, **key, "statistic": w.statistic, "value": w.value, "at_least": w.at_least}
        for key, o in zip(keys, new, strict=True)
        for w in o.wages
    ]
    for table, rows in (("imported_occupation", occupations), ("imported_wage", wages)):
        if rows:
            con.register("arriving", _arrow(rows))
            con.execute(f"insert into {table} by name select * from arriving")
            con.unregister("arriving")


def conflicting_load(con: duckdb.DuckDBPyConnection, load: int) -> int | None:
    """Another active load that has an occupation of this one, if any."""
    row = con.execute(
        """
        select other.load from imported_occupation as mine
        join imported_occupation as other using (year, soc, o_group, area, industry)
        join import_log on import_log.load = other.load and state = 'active'
        where mine.load = $load and other.load <> $load limit 1
        """,
        {"load": load},
    ).fetchone()
    return int(row[0]) if row else None


def _arrow(rows: list[dict[str, Any]]) -> pa.Table:
    types = _TYPES | _MONEY
    fields = [(name, types.get(name, pa.string())) for name in rows[0]]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def _wages_by_key(
    con: duckdb.DuckDBPyConnection, year: int, areas: list[str]
) -> dict[tuple[Any, ...], dict[str, tuple[Any, bool]]]:
    """Wages of one year's areas by key and statistic, of the seeds and of active loads."""
    rows = con.execute(
        """
        with own as (
            select year, soc, o_group, area, industry, statistic, value, at_least
            from imported_occupation as o
            left join imported_wage as w using (load, year, soc, o_group, area, industry)
            where year = $year and list_contains($areas, area)
                and o.load in (select load from import_log where state = 'active')
        ),
        seeds as (
            select * from oews_wage where year = $year and list_contains($areas, area)
        )
        select year, soc, o_group, area, '000000', if(value is null, null, statistic),
            value::decimal(12, 2), contains(at_least, statistic)
        from seeds
        unpivot include nulls (value for statistic in (mean, p10, p25, p50, p75, p90))
        union all
        select year, soc, o_group, area, industry, statistic, value, at_least from own
        """,
        {"year": year, "areas": areas},
    ).fetchall()
    wages_by_key: dict[tuple[Any, ...], dict[str, tuple[Any, bool]]] = {}
    for *key, statistic, value, at_least in rows:
        wages = wages_by_key.setdefault(tuple(key), {})
        if statistic:
            wages[statistic] = (value, at_least)
    return wages_by_key
