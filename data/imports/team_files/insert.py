"""Checked rows into the store's own tables: which column goes where, by kind."""

from collections.abc import Mapping
from contextlib import suppress

import duckdb

from data.imports.team_files.file_types import ELEMENTS, PERCENTILES
from data.imports.team_files.report import Report
from data.imports.team_files.stage import ImportSession
from data.imports.team_files.validation_rules import BASE

_UNSAID = "'not stated'"
_MEANT = {"code": "code", "match": "match", "reason": "reason"}
#: Column of a kind's table → expression over the checked rows.
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "records": {
        "row": "row",
        "organisation": "v_organisation",
        **{c: f"coalesce(v_{c}, {_UNSAID})" for c in ("function", "focus", "level", "place")},
        "title": "v_title",
        "size": "v_size",
        "currency": "v_currency",
        "base": BASE,
        "variable": "v_variable",
        "equity": "v_equity",
        "effective_date": "v_effective_date",
    },
    "roster": {
        "row": "row",
        "employee_id": "v_employee_id",
        "title": "v_title",
        **_MEANT,
        "level": "v_level",
        "place": f"coalesce(v_place, {_UNSAID})",
        "fte": "cast(coalesce(v_fte, 1) as decimal(5, 4))",
        "currency": "v_currency",
        "base": BASE,
        "variable": "v_variable",
        "hire_date": "v_hire_date",
        "sex": "v_sex",
        "as_of": "v_as_of",
        "kept": "kept",
    },
    "ranges": {
        "row": "row",
        "code": "code",
        **{c: f"v_{c}" for c in ("function", "focus", "level", "title")},
        "place": f"coalesce(v_place, {_UNSAID})",
        "currency": "v_currency",
        "pay_basis": "v_basis",
        "minimum": "v_minimum",
        "midpoint": "coalesce(v_midpoint, (v_minimum + v_maximum) // 2)",
        "maximum": "v_maximum",
        "midpoint_computed": "v_midpoint is null",
        "effective_date": "v_effective_date",
    },
}
#: Table → how its rows lie, so that a question of some of them reads little else.
_ORDERED = {"pay_record": "order by function, focus, level, place"}
_SURVEY = {
    "row": "row",
    "title": "v_title",
    "job_code": "v_job_code",
    "level": "v_level",
    **_MEANT,
    "currency": "v_currency",
    "place": f"coalesce(v_place, {_UNSAID})",
    "as_of": "strftime(v_as_of, '%Y-%m')",
    "n": "cast(v_n as bigint)",
    "organisations": "cast(v_organisations as bigint)",
}


def insert_rows(
    con: duckdb.DuckDBPyConnection, load: int, stage: ImportSession, report: Report
) -> None:
    """Put the rows of a stage into the store; the caller holds the transaction."""
    if report.kind.name != "survey":
        _insert(con, load, report.kind.table, stage, _COLUMNS[report.kind.name], "true")
        return
    for element in ("", *ELEMENTS):
        pay = {p: f"v_{element}_{p}" if element else f"v_{p}" for p in PERCENTILES}
        basis = f"'{element}'" if element else "v_basis"
        columns = {
            **_SURVEY,
            "pay_basis": basis,
            **{p: f"cast({v} / 100 as decimal(16, 2))" for p, v in pay.items()},
        }
        some = f"coalesce({', '.join(pay.values())}) is not null"
        _insert(con, load, report.kind.table, stage, columns, some)


def _insert(
    con: duckdb.DuckDBPyConnection,
    load: int,
    table: str,
    stage: ImportSession,
    columns: Mapping[str, str],
    where: str,
) -> None:
    told = ", ".join(f"{expression} as {column}" for column, expression in columns.items())
    order = _ORDERED.get(table, "")
    con.register("arriving", stage.arrow(told, where))
    try:
        con.execute(
            f"insert into {table} by name select {load}::integer as load, * from arriving {order}"
        )
    except duckdb.Error:
        stage.go_on()
        raise
    finally:
        with suppress(duckdb.Error):  # in a transaction that failed nothing can be let go
            con.unregister("arriving")
