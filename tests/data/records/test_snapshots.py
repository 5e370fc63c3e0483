"""Several dates of one organization: a person counts once, and it is said."""

from datetime import date

import duckdb
import pytest

from analytics.errors import InputError
from data.records.bands import PayRecords, record_band_table
from data.records.question import ALL_DATES, RecordQuery
from data.records.snapshots import DateNotes, date_notes, snapshots_of
from data.records.verify import index_problems
from tests.data.records.demo_store import Person, add_load, replace_records

EARLY, LATE = date(2025, 3, 1), date(2026, 3, 1)


def snapshot(day: date, pays: list[int], organisation: str = "Acme", **more: str) -> list[Person]:
    return [
        Person(organisation, base=100 * pay, effective_date=day, **more)  # type: ignore[arg-type]
        for pay in pays
    ]


def figures(con: duckdb.DuckDBPyConnection, tmp_path, query: RecordQuery) -> list[tuple]:
    path = tmp_path / "mine.duckdb"
    table = record_band_table(con, PayRecords.open(con, path), query)
    assert index_problems(con, path) == []
    return list(table[[*query.by, "n", "p50", "as_of"]].itertuples(index=False, name=None))


def notes(con: duckdb.DuckDBPyConnection, query: RecordQuery) -> DateNotes:
    return date_notes(snapshots_of(con, query), query)


def test_a_person_counts_once_at_the_latest_snapshot(own, tmp_path):
    replace_records(own, snapshot(EARLY, [50, 60, 70]))
    add_load(own, snapshot(LATE, [55, 65, 75], "ACME"))
    query = RecordQuery("USD")
    assert figures(own, tmp_path, query) == [("P1", 3, 65, "2026-03-01")]
    assert notes(own, query).sentences == (
        "Acme has pay at several dates: a person counts once, at the latest (2026-03-01); 3 rows "
        "of earlier dates left out",
    )
    pooled = RecordQuery("USD", snapshots=ALL_DATES)
    assert figures(own, tmp_path, pooled) == [("P1", 6, 62.5, "2025-03-01 to 2026-03-01")]
    assert "all counted: a person counts once for each date" in notes(own, pooled).sentences[0]


def test_the_latest_is_that_in_the_filter_and_of_each_year(own, tmp_path):
    middle = date(2025, 9, 1)
    people = snapshot(EARLY, [50, 60]) + snapshot(middle, [52, 62]) + snapshot(LATE, [55, 65])
    replace_records(own, people)
    assert figures(own, tmp_path, RecordQuery("USD", until="2025-12-31")) == [
        ("P1", 2, 57, "2025-09-01")
    ]
    assert figures(own, tmp_path, RecordQuery("USD", until="2025-06-30")) == [
        ("P1", 2, 55, "2025-03-01")
    ]
    assert figures(own, tmp_path, RecordQuery("USD", by=("year",))) == [
        ("2025", 2, 57, "2025-09-01"),
        ("2026", 2, 60, "2026-03-01"),
    ]


def test_registers_of_another_function_currency_or_organization_all_count(own, tmp_path):
    replace_records(
        own,
        snapshot(EARLY, [50, 60])
        + snapshot(LATE, [70, 80], function="Support")
        + snapshot(LATE, [90], currency="EUR")
        + snapshot(LATE, [100], "Beta"),
    )
    assert figures(own, tmp_path, RecordQuery("USD", by=("organisation",))) == [
        ("Acme", 4, 65, "2025-03-01 to 2026-03-01"),
        ("Beta", 1, 100, "2026-03-01"),
    ]
    assert notes(own, RecordQuery("USD")).sentences == ()


def test_a_snapshot_with_nobody_left_in_a_cell_has_no_such_cell(own, tmp_path):
    people = snapshot(EARLY, [50, 60]) + snapshot(EARLY, [90], level="P9")
    replace_records(own, people + snapshot(LATE, [55, 65]))
    assert [row[0] for row in figures(own, tmp_path, RecordQuery("USD"))] == ["P1"]


def test_dates_of_each_persons_own_pay_are_no_snapshots(own, tmp_path):
    people = [
        Person(base=100 * pay, effective_date=date(2026, 1 + pay % 12, 1)) for pay in range(60, 72)
    ]
    replace_records(own, people)
    assert figures(own, tmp_path, RecordQuery("USD"))[0][1] == 12
    (sentence,) = notes(own, RecordQuery("USD")).sentences
    assert sentence.startswith("Acme has pay at many dates, few people each")
    assert not notes(own, RecordQuery("USD")).pooled


def test_a_few_later_starters_do_not_replace_everybody(own, tmp_path):
    replace_records(own, snapshot(EARLY, [50, 60, 70, 80, 90]) + snapshot(LATE, [55, 65]))
    assert figures(own, tmp_path, RecordQuery("USD"))[0][1] == 7


def test_one_date_in_two_loads_is_said(own, tmp_path):
    replace_records(own, snapshot(LATE, [50, 60]))
    add_load(own, snapshot(LATE, [50, 60, 61]))
    assert figures(own, tmp_path, RecordQuery("USD"))[0][1] == 5
    (sentence,) = notes(own, RecordQuery("USD")).sentences
    assert sentence.startswith("Acme has rows of 2026-03-01 in several loads, which all count")
    beta = RecordQuery("USD", where=(("organisation", ("Beta",)),))
    assert notes(own, beta).sentences == ()


def test_aggregate_mode_has_the_latest_alone(own):
    with pytest.raises(InputError, match="as would earlier dates"):
        RecordQuery("USD", mode="aggregate", snapshots=ALL_DATES).checked()
    with pytest.raises(InputError, match="no snapshots 'first'; use latest or all"):
        RecordQuery("USD", snapshots="first").checked()
