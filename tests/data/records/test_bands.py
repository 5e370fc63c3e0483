"""Bands of pay records: exact for any query, from the sorted index and by SQL alike."""

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from analytics.errors import CancelledError, InputError, QueryError, UnknownNameError
from analytics.percentiles import PERCENTILES, percentile_name
from data.records.bands import PayRecords, known_values, record_band_table
from data.records.cells import Cells, cells_from_index, cells_from_sql
from data.records.disclosure import run_contributors
from data.records.index import INDEX_ORDER, PAY_ELEMENTS, RunGroups
from data.records.index_build import ensure_index
from data.records.question import RecordQuery, with_known_spelling
from data.records.verify import index_problems
from tests.data.records.demo_store import Person, add_load, replace_records
from tests.examples import examples

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
        overtime=st.none() | st.integers(0, 10**7),
        department=st.sampled_from([None, "North", "South"]),
        tenure=st.sampled_from([None, "0 to 1 years", "10 years and over"]),
        currency=st.sampled_from(["USD", "EUR"]),
        effective_date=st.sampled_from([date(2025, 5, 1), date(2026, 1, 1)]),
    ),
    min_size=1,
    max_size=60,
)
COLUMNS = [
    *("function", "focus", "level", "place"),
    *("size", "department", "tenure", "organisation"),
]
GROUPINGS = st.lists(st.sampled_from([*COLUMNS, "year"]), min_size=1, max_size=2, unique=True)
FILTERS = st.dictionaries(
    st.sampled_from(COLUMNS),
    st.lists(
        st.sampled_from(
            ["Sales", "Field", "P1", "P2", "Boston", "東京", "1-50", "Acme", "North", "none"]
        ),
        max_size=3,
        unique=True,
    ).map(tuple),
    max_size=3,
)


def value_of(person: Person, dimension: str) -> str:
    if dimension == "year":
        return str(person.effective_date.year)
    return getattr(person, dimension) or "not stated"


def counted(people: Sequence[Person], query: RecordQuery) -> list[Person]:
    """Those in the dates asked for, without snapshots that a later one supersedes."""
    series: dict[tuple[str, ...], list[Person]] = {}
    for person in people:
        day = person.effective_date.isoformat()
        if (not query.since or day >= query.since) and (not query.until or day <= query.until):
            year = str(person.effective_date.year) if "year" in query.by else ""
            key = person.organisation, person.currency, person.function, year
            series.setdefault(key, []).append(person)
    counts = []
    for rows in series.values():
        by_day = Counter(person.effective_date for person in rows)
        latest = max(by_day)
        snapshots = 2 * by_day[latest] >= max(by_day.values())
        snapshots &= len(rows) >= len(by_day) * (len(by_day) - 1)
        counts += [row for row in rows if row.effective_date == latest or not snapshots]
    return counts


def pay_by_cell(people: Sequence[Person], query: RecordQuery) -> dict[tuple[str, ...], list[int]]:
    """The pay in each cell, grouped in plain Python."""
    cells: dict[tuple[str, ...], list[int]] = {}
    for person in counted(people, query):
        pay = person.pay(query.element)
        passes = all(not values or value_of(person, n) in values for n, values in query.where)
        if pay is not None and person.currency == query.currency and passes:
            cells.setdefault(tuple(value_of(person, n) for n in query.by), []).append(pay)
    return cells


def content_by_label(cells: Cells) -> dict[tuple[str, ...], tuple[list[int], int]]:
    """The pay in hundredths and the number of organizations of each cell."""
    bounds = pairwise(cells.starts.tolist())
    return {
        label: ((cells.pay[a:b].astype(np.int64) * cells.cents_per_unit).tolist(), organizations)
        for label, (a, b), organizations in zip(
            cells.labels, bounds, cells.organizations.tolist(), strict=True
        )
    }


@examples(30, HealthCheck.function_scoped_fixture)
@given(
    PEOPLE,
    GROUPINGS,
    FILTERS,
    st.sampled_from(list(PAY_ELEMENTS)),
    st.sampled_from(["", "2025-12-31"]),
)
def test_every_percentile_is_numpys(own, tmp_path, people, by, where, element, since):
    replace_records(own, people)
    query = RecordQuery("USD", element, tuple(by), tuple(where.items()), since)
    table = record_band_table(own, PayRecords.open(own, tmp_path / "mine.duckdb"), query)
    expected = pay_by_cell(people, query)
    rows = {tuple(row[name] for name in by): row for row in table.to_dict("records")}
    assert set(rows) == set(expected)
    for label, pay in expected.items():
        row = rows[label]
        assert row["n"] == len(pay)
        percentiles = [row[percentile_name(p)] for p in PERCENTILES]
        assert percentiles == pytest.approx(
            np.quantile(np.array(pay) / 100, PERCENTILES), rel=1e-12, abs=1e-9
        )


@examples(15, HealthCheck.function_scoped_fixture)
@given(PEOPLE, FILTERS, st.sampled_from(list(PAY_ELEMENTS)))
def test_sql_and_the_sorted_index_give_the_same_cells(own, tmp_path, people, where, element):
    replace_records(own, people)
    indexed = {n: v for n, v in where.items() if n in ("function", "focus", "level", "place")}
    query = RecordQuery("USD", element, ("level", "place"), tuple(indexed.items()))
    path = tmp_path / "mine.duckdb"
    from_index = content_by_label(cells_from_index(ensure_index(own, path), query))
    assert from_index == content_by_label(cells_from_sql(own, query))
    assert index_problems(own, path) == []


@examples(10, HealthCheck.function_scoped_fixture)
@given(PEOPLE, st.sampled_from(list(PAY_ELEMENTS)))
def test_contributors_of_each_level_are_those_counted_in_python(own, tmp_path, people, element):
    replace_records(own, people)
    index = ensure_index(own, tmp_path / "mine.duckdb")
    people = counted(people, RecordQuery("USD"))
    levels = index.names["level"]
    runs, codes = np.arange(len(index.codes)), index.codes[:, INDEX_ORDER.index("level")]
    contributors = run_contributors(index, element, RunGroups.of(runs, codes, len(levels)))
    for i, level in enumerate(levels):
        paid = [p for p in people if p.level == level and p.pay(element) is not None]
        by_organization = Counter(person.organisation for person in paid)
        by_day = Counter(person.effective_date for person in paid)
        if index.single_organization:
            assert contributors.count[i] == max(by_day.values(), default=0)
        else:
            assert contributors.count[i] == len(by_organization)
            share = max(by_organization.values(), default=0) / max(len(paid), 1)
            assert contributors.largest_share[i] == pytest.approx(share)


def test_organizations_are_counted_and_small_cells_have_no_interval(own, tmp_path):
    people = [Person(organisation=f"O{i % 3}", base=100 * (50_000 + i)) for i in range(13)]
    replace_records(own, [*people, Person(level="P2")])
    table = record_band_table(
        own, PayRecords.open(own, tmp_path / "mine.duckdb"), RecordQuery("USD")
    )
    row, small = table.to_dict("records")
    assert (row["n"], row["organisations"], row["p50"]) == (13, 3, 50_006)
    # Ranks 3.2… and 10.7… of 13 (binomial tails of one half), by hand between 50,002 and 50,010.
    assert 50_002 < row["p50_low"] < 50_003
    assert 50_009 < row["p50_high"] < 50_010
    assert np.isnan(row["p10_low"])
    assert small["note"] == "no interval below 6 people"
    assert row["source"] == "own-load-1"
    assert row["as_of"] == "2026-01-01"


def test_the_median_has_an_interval_with_six_people_or_more(own, tmp_path):
    replace_records(
        own, [Person(level=level) for level, n in (("P1", 5), ("P2", 6)) for _ in range(n)]
    )
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    five, six = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    assert np.isnan(five["p50_low"])
    assert five["note"]
    assert (six["p50_low"], six["p50_high"], six["note"]) == (100_000, 100_000, "")


def test_a_table_with_any_demo_records_says_so(own, tmp_path):
    replace_records(own, [Person()])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    assert (row["status"], row["source"]) == ("computed", "own-load-1")
    add_load(own, [Person(organisation="Demo organisation 0001", effective_date=date(2026, 3, 1))])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    assert (row["status"], row["source"]) == ("computed from demo data", "own-load-1, own-load-2")
    assert row["as_of"] == "2026-01-01 to 2026-03-01"


@pytest.mark.slow
@pytest.mark.parametrize("each", [40, pytest.param(200, marks=pytest.mark.repeats)])
def test_sixteen_threads_get_their_own_answers(own, tmp_path, each):
    path = tmp_path / "mine.duckdb"
    levels = [f"P{i}" for i in range(1, 9)]
    people = [
        Person(level=level, base=100 * (1_000 * i + j), size=f"{j % 3}")
        for i, level in enumerate(levels)
        for j in range(40)
    ]
    replace_records(own, people)
    index = ensure_index(own, path)

    def is_right(k: int) -> bool:
        i = k % 8
        by_sql = k % 10 == 0
        size_filter = [("size", ("0",))] if by_sql else []
        query = RecordQuery("USD", where=(("level", (levels[i],)), *size_filter))
        assert query.answerable_by_index is not by_sql
        cells = cells_from_sql(own.cursor(), query) if by_sql else cells_from_index(index, query)
        expected = [100 * (1_000 * i + j) for j in range(40) if not by_sql or j % 3 == 0]
        pay = (cells.pay * cells.cents_per_unit).tolist()
        return cells.labels == [(levels[i],)] and pay == expected

    with ThreadPoolExecutor(16) as pool:
        answers = pool.map(lambda w: [is_right(w * each + k) for k in range(each)], range(16))
    assert np.array(list(answers)).all()


def test_an_interrupted_query_leaves_the_store_as_it_was(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, [Person(base=100 * i, size=f"{i % 7}") for i in range(1, 20_000)])
    records = PayRecords.open(own, path)
    query = RecordQuery("USD", by=("size",))
    cursor = own.cursor()
    stop = threading.Timer(0.0, cursor.interrupt)
    stop.start()
    with suppress(QueryError, CancelledError):  # whichever comes first
        record_band_table(cursor, records, query)
    stop.join()
    assert record_band_table(own, records, query).n.sum() == 19_999


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (RecordQuery("USD", "bonus"), "no pay element 'bonus'"),
        (RecordQuery("USD", by=("grade",)), "no dimension 'grade'"),
        (RecordQuery("USD", by=()), "one dimension, or by two different dimensions"),
        (RecordQuery("USD", by=("level", "place", "size")), "one dimension, or by two different"),
        (RecordQuery("USD", by=("level", "level")), "one dimension, or by two different"),
        (RecordQuery("USD", where=(("year", ("2026",)),)), "since and until"),
        (RecordQuery("USD", by=("size",), mode="aggregate"), "cells are fixed"),
        (
            RecordQuery("USD", percentiles=(0.99,), mode="aggregate"),
            "P10, P25, P50, P75 and P90 only",
        ),
        (RecordQuery("USD", mode="public"), "no mode 'public'; use owner or aggregate"),
    ],
)
def test_a_query_that_cannot_be_answered_is_rejected(query, message):
    with pytest.raises(InputError, match=message):
        query.checked()


def test_values_are_matched_to_the_records_spelling(own):
    replace_records(own, [Person()])
    values = known_values(own)
    query = with_known_spelling(RecordQuery("usd", where=(("place", ("BOSTON",)),)), values)
    assert query == RecordQuery("USD", where=(("place", ("Boston",)),))
    with pytest.raises(UnknownNameError, match="no place 'Bosten' in the pay records; did you"):
        with_known_spelling(RecordQuery("USD", where=(("place", ("Bosten",)),)), values)
    with pytest.raises(InputError, match="the name to filter by is empty"):
        with_known_spelling(RecordQuery("USD", where=(("place", ("",)),)), values)


def test_levels_come_in_ladder_order_and_sizes_by_number(own, tmp_path):
    people = [
        Person(level=level, size=size)
        for level in ("M3", "P10x", "P2", "P1")
        for size in ("1001+", "51-200", "1-50")
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    levels = record_band_table(own, records, RecordQuery("USD")).level.tolist()
    assert levels == ["P1", "P2", "M3", "P10x"]
    sizes = record_band_table(own, records, RecordQuery("USD", by=("size",)))["size"].tolist()
    assert sizes == ["1-50", "51-200", "1001+"]


@pytest.mark.parametrize("name", ["Area 5²", "10④", "9" * 50, "", "%"])
def test_odd_names_are_names(own, tmp_path, name):
    replace_records(own, [Person(place=name), Person(place="Boston")])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    assert name in known_values(own)["place"]
    table = record_band_table(own, records, RecordQuery("USD", by=("place",)))
    assert set(table.place) == {name, "Boston"}


TWO_LOADS = (
    [Person("OldCo", base=100 * pay, effective_date=date(2008, 9, 1)) for pay in (60, 61, 62)],
    [Person("NewCo", base=100 * pay, effective_date=date(2026, 3, 1)) for pay in (90, 91, 92)],
)
EURO = [Person("EuroCo", currency="EUR", level="P2", effective_date=date(2025, 1, 1))]


@pytest.mark.parametrize(
    ("query", "source", "as_of"),
    [
        (RecordQuery("USD"), "own-load-1, own-load-2", "2008-09-01 to 2026-03-01"),
        (
            RecordQuery("USD", where=(("organisation", ("NewCo",)),), since="2026-01-01"),
            "own-load-2",
            "2026-03-01",
        ),
        (RecordQuery("USD", where=(("organisation", ("OldCo",)),)), "own-load-1", "2008-09-01"),
        (RecordQuery("USD", until="2020-01-01"), "own-load-1", "2008-09-01"),
        (RecordQuery("EUR"), "own-load-3", "2025-01-01"),
        (RecordQuery("EUR", by=("year",)), "own-load-3", "2025-01-01"),
    ],
)
def test_the_provenance_is_that_of_the_rows_in_the_cell(own, tmp_path, query, source, as_of):
    replace_records(own, TWO_LOADS[0])
    add_load(own, TWO_LOADS[1])
    add_load(own, EURO)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, query).to_dict("records")
    assert (row["source"], row["as_of"]) == (source, as_of)
    assert index_problems(own, tmp_path / "mine.duckdb") == []


def test_each_cell_has_the_provenance_of_its_own_people_and_pay_element(own, tmp_path):
    replace_records(own, [Person(level="P1"), Person(level="P2", variable=None)])
    later = date(2026, 5, 1)
    add_load(
        own,
        [
            Person("Demo organisation 0001", level="P2", effective_date=later),
            Person("Demo organisation 0001", level="P3", variable=None, effective_date=later),
        ],
    )
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    columns = ["level", "status", "source", "as_of"]

    def rows(element: str) -> list[list[str]]:
        table = record_band_table(own, records, RecordQuery("USD", element))
        return table[columns].to_numpy().tolist()

    demo = "computed from demo data"
    assert rows("base") == [
        ["P1", "computed", "own-load-1", "2026-01-01"],
        ["P2", demo, "own-load-1, own-load-2", "2026-01-01 to 2026-05-01"],
        ["P3", demo, "own-load-2", "2026-05-01"],
    ]
    assert rows("target_cash") == [
        ["P1", "computed", "own-load-1", "2026-01-01"],
        ["P2", demo, "own-load-2", "2026-05-01"],
    ]
    assert index_problems(own, tmp_path / "mine.duckdb") == []


def test_a_cell_held_back_has_no_provenance(own, tmp_path):
    replace_records(own, [Person(f"O{i}") for i in range(5)] + [Person(level="P2")])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", mode="aggregate"))
    assert table[["level", "n", "source", "as_of"]].to_numpy().tolist() == [
        ["P1", "5–9", "own-load-1", "2026-01-01"],
        ["P2", "", "", ""],
    ]
