"""Insert checked rows into the team's tables: which column goes where, by file type."""

from collections.abc import Mapping
from contextlib import suppress

import duckdb

from data.imports.team_files.checked_rows import rows_to_load
from data.imports.team_files.file_types import ELEMENTS, PERCENTILE_NAMES
from data.imports.team_files.layout import Layout
from data.imports.team_files.session import ImportSession
from data.imports.team_files.tenure import TENURE_YEARS, tenure_class_sql

_NOT_STATED = "'not stated'"
_PROFILE = {"code": "code", "match": "match", "reason": "reason"}
#: Column of a file type's table → SQL over the rows to load.
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "records": {
        "row": "row",
        "organisation": "v_organisation",
        **{c: f"coalesce(v_{c}, {_NOT_STATED})" for c in ("function", "focus", "level", "place")},
        "title": "v_title",
        "size": "v_size",
        "currency": "v_currency",
        "base": "v_base",
        "variable": "v_variable",
        "equity": "v_equity",
        "effective_date": "v_effective_date",
        "fte": "cast(v_fte as decimal(5, 4))",
        "pay_is": "pay_is",
        "department": "v_department",
        "tenure": tenure_class_sql(),
        "tenure_years": f"cast({TENURE_YEARS} as decimal(5, 2))",
        "overtime": "v_overtime",
    },
    "roster": {
        "row": "row",
        "employee_id": "v_employee_id",
        "title": "v_title",
        **_PROFILE,
        "level": "v_level",
        "place": f"coalesce(v_place, {_NOT_STATED})",
        "fte": "cast(coalesce(v_fte, 1) as decimal(5, 4))",
        "currency": "v_currency",
        "base": "v_base",
        "variable": "v_variable",
        "hire_date": "v_hire_date",
        "sex": "v_sex",
        "as_of": "v_as_of",
        "kept": "kept",
        "status": "v_status",
        "termination_date": "v_termination_date",
        "pay_is": "pay_is",
    },
    "ranges": {
        "row": "row",
        "code": "code",
        **{c: f"v_{c}" for c in ("function", "focus", "level", "title")},
        "place": f"coalesce(v_place, {_NOT_STATED})",
        "currency": "v_currency",
        "pay_basis": "v_basis",
        "minimum": "v_minimum",
        "midpoint": "coalesce(v_midpoint, (v_minimum + v_maximum) // 2)",
        "maximum": "v_maximum",
        "midpoint_computed": "v_midpoint is null",
        "effective_date": "v_effective_date",
    },
}
#: Table → the columns that its rows are in the order of, so that a query for some of them
#: reads few others.
_ORDER = {"pay_record": ("function", "focus", "level", "place")}
_SURVEY = {
    "row": "row",
    "title": "v_title",
    "job_code": "v_job_code",
    "level": "v_level",
    **_PROFILE,
    "currency": "v_currency",
    "place": f"coalesce(v_place, {_NOT_STATED})",
    "as_of": "strftime(v_as_of, '%Y-%m')",
    "n": "cast(v_n as bigint)",
    "organisations": "cast(v_organisations as bigint)",
    "weighting": "v_weighting",
    "used": "used",
}


def insert_rows(
    con: duckdb.DuckDBPyConnection, load: int, session: ImportSession, layout: Layout
) -> None:
    """Insert the rows to load into the store; the caller holds the transaction."""
    kind = layout.kind
    if kind.name != "survey":
        _insert(con, load, kind.table, session, _COLUMNS[kind.name], "true")
        if layout.has_steps:
            steps = {"row": "row", "step": "step", "pay": "pay"}
            source = "range_step semi join loadable using (row)"
            _insert(con, load, "pay_range_step", session, steps, "true", source)
        return
    for element in ("", *ELEMENTS):
        pay = {p: f"v_{element}_{p}" if element else f"v_{p}" for p in PERCENTILE_NAMES}
        columns = {
            **_SURVEY,
            "pay_basis": f"'{element}'" if element else "v_basis",
            **{p: f"cast({v} / 100 as decimal(16, 2))" for p, v in pay.items()},
        }
        any_pay = f"coalesce({', '.join(pay.values())}) is not null"
        _insert(con, load, kind.table, session, columns, any_pay)


def _insert(
    con: duckdb.DuckDBPyConnection,
    load: int,
    table: str,
    session: ImportSession,
    columns: Mapping[str, str],
    where: str,
    source: str = "loadable",
) -> None:
    ordered = {column: columns[column] for column in _ORDER.get(table, ())}
    select = _select(columns)
    arriving = f"select {load}::integer as load, * from arriving"
    if ordered:
        source, select = _numbered(session, ordered, source), f"{select}, place_in_order"
        arriving = arriving.replace("*", "* exclude (place_in_order)") + " order by place_in_order"
    con.register("arriving", rows_to_load(session, select, where, source))
    try:
        con.execute(f"insert into {table} by name {arriving}")
    except duckdb.Error:
        session.raise_if_canceled()
        raise
    finally:
        with suppress(duckdb.Error):  # a failed transaction refuses to unregister
            con.unregister("arriving")


def _select(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{expression} as {column}" for column, expression in columns.items())


def _numbered(session: ImportSession, ordered: Mapping[str, str], source: str) -> str:
    """The source with ``place_in_order``: one number sorts faster than several texts."""
    session.con.execute(
        "create or replace temp table in_order as "
        f"select *, row_number() over (order by {', '.join(ordered)}) as place_in_order "
        f"from (select distinct {_select(ordered)} from {source})"
    )
    same = " and ".join(f"{expression} = o.{column}" for column, expression in ordered.items())
    return f"{source} join in_order o on {same}"
