"""Every section and figure of the documents stands in the store, or is left out on purpose."""

from collections import Counter

import duckdb
import pytest

from docs.coverage import PAGE, page
from tests.coverage.places import ROLE_GUIDE, Fact, read_facts, stands

FACTS = read_facts()
DOCUMENTS = ["M6 profile", "M4 profile", "P3 profile", "Career ladder page", "Job-description page"]
ADDED_LATER = "added with the role guide"


def problem(con: duckdb.DuckDBPyConnection, fact: Fact) -> str:
    """What is wrong with a row of the table; empty where nothing is."""
    if not (fact.document and fact.section and fact.fact):
        return "has an empty cell"
    if fact.where == ROLE_GUIDE:
        return "" if fact.left_out_because == ADDED_LATER else "says not when it will be added"
    if fact.left_out_because:
        return "has a place and a reason for none" if fact.where else ""
    if not fact.where:
        return "has neither a place nor a reason"
    return "" if stands(con, fact.where) else f"is not found at {fact.where}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_fact_is_found_or_left_out_for_a_reason(con, document):
    wrong = [
        f"{fact.section}, {fact.fact}: {said}"
        for fact in FACTS
        if fact.document == document and (said := problem(con.cursor(), fact))
    ]
    assert wrong == []


def test_the_table_lists_the_five_documents_and_no_fact_twice():
    assert list(dict.fromkeys(fact.document for fact in FACTS)) == DOCUMENTS
    repeated = Counter((f.document, f.section, f.fact) for f in FACTS)
    assert {key: n for key, n in repeated.items() if n > 1} == {}


@pytest.mark.parametrize(
    "where",
    [
        "pay_point: source=canon-m6; statistic=p50 -> value=242001",
        "pay_point: source=canon-m7; statistic=p50 -> value=242000",
        "portfolio: segment=Enterprise -> model~every week",
        "responsibility: focus=customer-success; level=M3 -> rows=4",
        "job_profile: code=CUSTOM1.CUSTOMERBDCB.M6 -> version=",
    ],
)
def test_what_the_store_does_not_hold_is_not_found(con, where):
    assert not stands(con.cursor(), where)


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("pay_point: source=canon-m6", ValueError),
        ("pay_point: source -> value=1", ValueError),
        ("no_such_table: source=canon-m6 -> value=1", duckdb.CatalogException),
        ("pay_point: source=canon-m6 -> no_such_column=1", duckdb.BinderException),
    ],
)
def test_a_place_that_is_none_is_an_error(con, where, error):
    with pytest.raises(error):
        stands(con.cursor(), where)


@pytest.mark.parametrize(
    ("where", "reason", "said"),
    [
        ("", "", "neither a place nor a reason"),
        ("portfolio: segment=Enterprise -> low=3", "Not needed", "a place and a reason"),
        ("portfolio: segment=Enterprise -> low=4", "", "is not found at"),
        (ROLE_GUIDE, "later", "says not when"),
    ],
)
def test_a_row_that_says_too_little_or_too_much_is_refused(con, where, reason, said):
    assert said in problem(con.cursor(), Fact("M6 profile", "Level", "A fact", where, reason))


def test_the_page_is_printed_from_the_table():
    assert PAGE.read_text(encoding="utf-8") == page(), "run make coverage"
