"""Bands of pay records: exact whatever is asked, by the sorted store and by the engine alike."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import InputError, QueryError, UnknownNameError
from data.records.bands import (
    PayRecords,
    cells_from_index,
    cells_from_sql,
    known_values,
    record_band_table,
)
from data.records.index import INDEX_ORDER, PAY_ELEMENTS
from data.records.index_build import ensure_index
from data.records.question import PERCENTILES, RecordQuery, with_known_spelling
from data.records.verify import index_problems
from tests.data.records.demo_store import Person, only, put

PEOPLE = st.lists(
    st.builds(
        Person,
        organisation=st.sampled_from(["Acme", "Brücke", "花火"]),
        function=st.sampled_from(["Sales", "Häuser & Co"]),
        focus=st.sampled_from(["Field", "Inside", "'; drop table pay_record; --"]),
        level=st.sampled_from(["P1", "P2", "M3"]),
        place=st.sampled_from(["Boston", "Zürich", "東京"]),
        base=st.sampled_from([0, 1, 5_000_000, 5_000_050, 10**11]) | st.integers(0, 10**9),
        variable=st.none() | st.integers(-(10**6), 10**7),
        equity=st.none() | st.integers(0, 10**7),
        size=st.sampled_from([None, "1-50", "51-200"]),
        currency=st.sampled_from(["USD", "EUR"]),
        effective_date=st.sampled_from([date(2025, 5, 1), date(2026, 1, 1)]),
    ),
    min_size=1,
    max_size=60,
)
DIVIDED = st.lists(
    st.sampled_from(["function", "focus", "level", "place", "size", "organisation", "year"]),
    min_size=1,
    max_size=2,
    unique=True,
)
WHERE = st.dictionaries(
    st.sampled_from(["function", "focus", "level", "place", "size", "organisation"]),
    st.lists(
        st.sampled_from(["Sales", "Field", "P1", "P2", "Boston", "東京", "1-50", "Acme", "none"]),
        max_size=3,
        unique=True,
    ).map(tuple),
    max_size=3,
)


def told(person: Person, name: str) -> str:
    if name == "year":
        return str(person.effective_date.year)
    return getattr(person, name) or "not stated"


def by_hand(people: list[Person], asked: RecordQuery) -> dict[tuple[str, ...], list[int]]:
    """The people of each cell, sorted out in plain Python."""
    cells: dict[tuple[str, ...], list[int]] = {}
    for person in people:
        pay = person.pay(asked.element)
        passes = all(not values or told(person, n) in values for n, values in asked.where)
        day = person.effective_date.isoformat()
        in_time = (not asked.since or day >= asked.since) and (
            not asked.until or day <= asked.until
        )
        if pay is not None and person.currency == asked.currency and passes and in_time:
            cells.setdefault(tuple(told(person, n) for n in asked.by), []).append(pay)
    return cells


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    PEOPLE, DIVIDED, WHERE, st.sampled_from(list(PAY_ELEMENTS)), st.sampled_from(["", "2025-12-31"])
)
def test_every_answer_is_numpys(own, tmp_path, people, by, where, element, since):
    only(own, people)
    asked = RecordQuery("USD", element, tuple(by), tuple(where.items()), since)
    table = record_band_table(own, PayRecords.open(own, tmp_path / "mine.duckdb"), asked)
    cells = by_hand(people, asked)
    found = {tuple(row[name] for name in by): row for row in table.to_dict("records")}
    assert set(found) == set(cells)
    for cell, pays in cells.items():
        row = found[cell]
        assert row["n"] == len(pays)
        wanted = np.quantile(np.array(pays) / 100, PERCENTILES)
        got = [row[f"p{100 * p:g}"] for p in PERCENTILES]
        assert got == pytest.approx(wanted, rel=1e-12, abs=1e-9)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PEOPLE, WHERE, st.sampled_from(list(PAY_ELEMENTS)))
def test_the_engine_and_the_sorted_store_say_the_same(own, tmp_path, people, where, element):
    only(own, people)
    inside = {n: v for n, v in where.items() if n not in ("size", "organisation")}
    asked = RecordQuery("USD", element, ("level", "place"), tuple(inside.items()))
    path = tmp_path / "mine.duckdb"
    ours, theirs = cells_from_index(ensure_index(own, path), asked), cells_from_sql(own, asked)
    assert sorted(ours.labels) == sorted(theirs.labels)
    both = [
        {
            label: (
                (cells.groups.pays[start:end].astype(np.int64) * cells.unit).tolist(),
                int(cells.groups.organisations[i]),
            )
            for i, (label, start, end) in enumerate(
                zip(cells.labels, cells.groups.starts[:-1], cells.groups.starts[1:], strict=True)
            )
        }
        for cells in (ours, theirs)
    ]
    assert both[0] == both[1]
    assert index_problems(own, path) == []


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PEOPLE, st.sampled_from(list(PAY_ELEMENTS)))
def test_the_largest_organisation_has_its_share_of_each_level(own, tmp_path, people, element):
    only(own, people)
    store = ensure_index(own, tmp_path / "mine.duckdb")
    runs, levels = np.arange(len(store.codes)), store.codes[:, INDEX_ORDER.index("level")]
    found = store.payers(element, runs, levels, len(store.names["level"]))
    for i, level in enumerate(store.names["level"]):
        paid = [p for p in people if p.level == level and p.pay(element) is not None]
        by_payer = Counter(person.organisation for person in paid)
        if store.single:
            by_day = Counter(person.effective_date for person in paid)
            assert found.apart[i] == max(by_day.values(), default=0)
        else:
            assert found.apart[i] == len(by_payer)
            share = max(by_payer.values(), default=0) / max(len(paid), 1)
            assert found.top_share[i] == pytest.approx(share)


def test_organisations_are_counted_and_the_interval_is_left_out_where_people_are_few(own, tmp_path):
    people = [Person(organisation=f"O{i % 3}", base=100 * (50_000 + i)) for i in range(13)]
    only(own, [*people, Person(level="P2")])
    table = record_band_table(
        own, PayRecords.open(own, tmp_path / "mine.duckdb"), RecordQuery("USD")
    )
    row, few = table.to_dict("records")
    assert (row["n"], row["organisations"], row["p50"]) == (13, 3, 50_006)
    # Ranks 3.2… and 10.7… of 13 (binomial tails of one half), by hand between 50,002 and 50,010.
    assert 50_002 < row["p50_low"] < 50_003
    assert 50_009 < row["p50_high"] < 50_010
    assert np.isnan(row["p10_low"])
    assert few["note"] == "no interval below 6 people"
    assert row["source"] == "own-load-1"
    assert row["as_of"] == "2026-01-01"


def test_the_median_has_an_interval_with_six_people_or_more(own, tmp_path):
    only(own, [Person(level=level) for level, n in (("P1", 5), ("P2", 6)) for _ in range(n)])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    five, six = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    assert np.isnan(five["p50_low"])
    assert five["note"]
    assert (six["p50_low"], six["p50_high"], six["note"]) == (100_000, 100_000, "")


def test_a_table_with_any_demo_records_says_so(own, tmp_path):
    only(own, [Person()])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    assert (row["status"], row["source"]) == ("computed", "own-load-1")
    put(own, [Person(organisation="Demo organisation 0001", effective_date=date(2026, 3, 1))])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    assert (row["status"], row["source"]) == ("computed from demo data", "own-load-1, own-load-2")
    assert row["as_of"] == "2026-01-01 to 2026-03-01"


def test_sixteen_threads_get_their_own_answers(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    levels = [f"P{i}" for i in range(1, 9)]
    only(own, [Person(level=p, base=100 * (1_000 * i + j), size=f"{j % 3}")
               for i, p in enumerate(levels) for j in range(40)])  # fmt: skip
    store = ensure_index(own, path)

    def ask(k: int) -> bool:
        i = k % 8
        where = [("level", (levels[i],))] + ([("size", ("0",))] if k % 10 == 0 else [])
        asked = RecordQuery("USD", where=tuple(where))
        cells = (
            cells_from_index(store, asked)
            if asked.in_order
            else cells_from_sql(own.cursor(), asked)
        )
        pays = [100 * (1_000 * i + j) for j in range(40) if k % 10 or j % 3 == 0]
        held = (cells.groups.pays * cells.unit).tolist()
        return cells.labels == [(levels[i],)] and held == pays

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda w: [ask(w * 200 + k) for k in range(200)], range(16)))
    assert np.array(answers).all()


def test_a_question_that_is_interrupted_leaves_the_store_as_it_was(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    only(own, [Person(base=100 * i, size=f"{i % 7}") for i in range(1, 20_000)])
    store = PayRecords.open(own, path)
    asked = RecordQuery("USD", by=("size",))
    cursor = own.cursor()
    stop = threading.Timer(0.0, cursor.interrupt)
    stop.start()
    with suppress(QueryError, duckdb.InterruptException):  # whichever of the two was first
        record_band_table(cursor, store, asked)
    stop.join()
    assert record_band_table(own, store, asked).n.sum() == 19_999


def test_what_cannot_be_asked_says_so(own):
    only(own, [Person()])
    for asked, words in (
        (RecordQuery("USD", "bonus"), "no pay element 'bonus'"),
        (RecordQuery("USD", by=("grade",)), "no dimension 'grade'"),
        (RecordQuery("USD", by=()), "one or two dimensions"),
        (RecordQuery("USD", by=("level", "level")), "one or two dimensions"),
        (RecordQuery("USD", by=("level", "place", "size")), "one or two dimensions"),
        (RecordQuery("USD", where=(("year", ("2026",)),)), "since and until"),
        (RecordQuery("USD", by=("size",), mode="aggregate"), "cells are fixed"),
        (
            RecordQuery("USD", percentiles=(0.99,), mode="aggregate"),
            "P10, P25, P50, P75 and P90 alone",
        ),
        (RecordQuery("USD", mode="public"), "no mode 'public'"),
    ):
        with pytest.raises(InputError, match=words):
            asked.checked()
    known = known_values(own)
    assert with_known_spelling(
        RecordQuery("usd", where=(("place", ("BOSTON",)),)), known
    ).where == (("place", ("Boston",)),)
    with pytest.raises(UnknownNameError, match="no place 'Bosten' in the pay records; did you"):
        with_known_spelling(RecordQuery("USD", where=(("place", ("Bosten",)),)), known)


def test_levels_come_as_on_the_ladder_and_sizes_by_number(own, tmp_path):
    only(own, [Person(level=p, size=s) for p in ("M3", "P10x", "P2", "P1")
               for s in ("1001+", "51-200", "1-50")])  # fmt: skip
    store = PayRecords.open(own, tmp_path / "mine.duckdb")
    assert record_band_table(own, store, RecordQuery("USD")).level.tolist() == [
        "P1",
        "P2",
        "M3",
        "P10x",
    ]
    sizes = record_band_table(own, store, RecordQuery("USD", by=("size",)))["size"].tolist()
    assert sizes == ["1-50", "51-200", "1001+"]


@pytest.mark.parametrize("word", ["Area 5²", "10④", "9" * 50, "", "%"])
def test_odd_names_are_names(own, tmp_path, word):
    only(own, [Person(place=word), Person(place="Boston")])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    assert word in known_values(own)["place"]
    assert set(record_band_table(own, records, RecordQuery("USD", by=("place",))).place) == {
        word,
        "Boston",
    }


def test_names_that_differ_in_case_are_told_apart(own):
    only(own, [Person(function="Sales"), Person(function="SALES")])
    for name in ("Sales", "SALES"):
        asked = with_known_spelling(
            RecordQuery("USD", where=(("function", (name,)),)), known_values(own)
        )
        assert asked.where == (("function", (name,)),)
