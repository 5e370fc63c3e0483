"""Every query's header is held against what DuckDB says of it."""

import json
import re
from typing import Any

import duckdb
import pytest

from analytics.errors import QueryError
from queries import names, run
from queries.loader import text

HEADER = re.compile(r"-- (Question|Params|Columns|Reads): (.+)")
SAMPLES: dict[str, Any] = {
    "cells": 200,
    "worker_group": "Management, professional, and related",
    "source": "canon-m6",
    "socs": ["43-4051"],
    "years": [2025],
    "areas": ["US"],
    "place": "Colorado",
    "soc": "11-2022",
    "focus": "customer-success",
    "code": "CUSTOM1.CUSTOMERBDCB.M6",
    "ladder": "canon",
    "kind": "pricing",
    "function": "customer-success",
    "level": "M6",
    "load": "1",
    "element": "target_cash",
    "row_by": "size",
    "column_by": "year",
    "currency": "USD",
    **{key: ["Sales", "P1"] for key in ("functions", "focuses", "levels", "places")},
    **{key: [] for key in ("sizes", "organisations", "left_organisations", "left_currencies")},
    **{key: [] for key in ("left_functions", "left_days", "titles", "departments", "tenures")},
    **{key: [] for key in ("spelled_dimensions", "spelled_names", "spelled_labels")},
    "by_year": False,
    "since": "2026-01-01",
    "until": "",
    "percentiles": [0.25, 0.5],
}

#: Queries whose tables hold nothing until a team brings something.
LOADED = {"loaded_surveys", "loaded_records", "loaded_roster", "loaded_ranges", "loaded_oews"}
RECORDS = {
    *("record_bands", "record_cells", "record_elements", "record_loads", "record_snapshots"),
    "record_words",
}
EMPTY = {
    *("loads", "modelled_functions", "own_places", "publication", "published_bands"),
    *("saved_work", "survey_pay", *LOADED, *RECORDS),
}


def header(name: str) -> dict[str, str]:
    found = dict(HEADER.findall(text(name)))
    assert list(found) == ["Question", "Params", "Columns", "Reads"]
    return found


def params(name: str) -> dict[str, str]:
    said = header(name)["Params"]
    return {} if said == "none" else dict(p.split() for p in said.split(", "))


def columns(name: str) -> dict[str, str]:
    return dict(c.split(" ", 1) for c in header(name)["Columns"].split(", "))


def sample(name: str) -> dict[str, Any]:
    return {param: SAMPLES[param] for param in params(name)}


@pytest.mark.parametrize("name", names())
def test_header_names_the_parameters_that_the_statement_takes(name, con):
    (statement,) = con.extract_statements(text(name))
    assert set(params(name)) == statement.named_parameters


@pytest.mark.parametrize("name", names())
def test_header_names_the_columns_that_come_back(name, con):
    described = con.cursor().execute("describe " + text(name), sample(name)).fetchall()
    assert [row[0] for row in described] == list(columns(name))
    for (column, kind, *_), unit in zip(described, columns(name).values(), strict=True):
        wordy = unit in ("text", "boolean") or unit.endswith("[]")
        assert wordy == (kind in ("VARCHAR", "BOOLEAN")), f"{column} is {kind}, header says {unit}"


@pytest.mark.parametrize("name", names())
def test_header_names_the_tables_that_are_read(name):
    assert set(header(name)["Reads"].split(", ")) == tables_in(text(name))


def tables_in(sql: str) -> set[str]:
    """Tables and views that a statement names, by DuckDB's own parser."""
    ((tree,),) = duckdb.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchall()
    named: set[str] = set()
    inner: set[str] = set()
    todo = [json.loads(tree)]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            inner |= {entry["key"] for entry in node.get("cte_map", {}).get("map", [])}
            named |= {node["table_name"]} if node.get("type") == "BASE_TABLE" else set()
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return named - inner


@pytest.mark.parametrize("name", names())
def test_query_ends_in_final_and_is_ordered(name):
    *_, select, order = [line for line in text(name).splitlines() if line.strip()]
    assert select == "select * from final"
    assert order.startswith("order by ")


@pytest.mark.parametrize("name", names())
def test_query_answers_the_same_twice(name, con):
    once, twice = (run(con.cursor(), name, **sample(name)) for _ in range(2))
    assert len(once) or name in EMPTY
    assert once.equals(twice)


def test_a_wrong_parameter_is_named(con):
    with pytest.raises(QueryError, match=r"source_figures\.sql takes \['source'\]"):
        run(con.cursor(), "source_figures", sauce="x")


def test_an_unknown_query_is_named(con):
    with pytest.raises(QueryError, match=r"no_such\.sql"):
        run(con.cursor(), "no_such")


def test_an_engine_error_names_the_file():
    with pytest.raises(QueryError, match=r"levels\.sql"):
        run(duckdb.connect(), "levels")
