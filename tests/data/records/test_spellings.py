"""Names that differ in case and spaces alone are one, by the index and by SQL; titles too."""

from datetime import date

import duckdb
import pytest

from analytics.errors import InputError
from data.records.bands import PayRecords, known_values, record_band_table
from data.records.question import RecordQuery, with_known_spelling
from data.records.verify import index_problems
from tests.data.records.demo_store import Person, add_load, replace_records

CSM = "Customer Success Manager"
#: The percentiles of these 34 by linear interpolation: ranks 3.3, 8.25, 16.5, 24.75 and 29.7.
PAYS = [50_000 + 1_000 * i for i in range(34)]
SPELLINGS = [CSM] * 20 + [CSM.upper()] * 8 + [CSM.lower()] * 4 + ["customer  Success manager "] * 2


def ask(con: duckdb.DuckDBPyConnection, tmp_path, query: RecordQuery) -> list[tuple]:
    path = tmp_path / "mine.duckdb"
    table = record_band_table(con, PayRecords.open(con, path), query)
    assert index_problems(con, path) == []
    return list(table[[*query.by, "n", "p50"]].itertuples(index=False, name=None))


def test_a_title_is_one_cell_however_it_is_capitalized(own, tmp_path):
    people = [Person(base=100 * p, title=t) for p, t in zip(PAYS, SPELLINGS, strict=True)]
    replace_records(own, [*people, Person(title="Customer Service Manager"), Person(title=None)])
    known = known_values(own)
    assert known["title"] == ["Customer Service Manager", CSM, "not stated"]
    where = (("title", ("CUSTOMER success  Manager",)),)
    query = with_known_spelling(RecordQuery("USD", by=("title",), where=where), known)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, query).to_dict("records")
    assert (row["title"], row["n"]) == (CSM, 34)
    percentiles = [row[p] for p in ("p10", "p25", "p50", "p75", "p90")]
    assert percentiles == [53_300, 58_250, 66_500, 74_750, 79_700]
    assert [row[:2] for row in ask(own, tmp_path, RecordQuery("USD", by=("title",)))] == [
        ("Customer Service Manager", 1),
        (CSM, 34),
        ("not stated", 1),
    ]
    (note,) = records.index.spellings.notes(query.by, query.where)
    assert note.startswith("title: names that differ in case or spaces alone are one: “Customer")
    assert "“CUSTOMER SUCCESS MANAGER”" in note


@pytest.mark.parametrize("dimension", ["function", "focus", "level", "place", "size"])
def test_names_that_differ_in_case_alone_are_one_cell(own, tmp_path, dimension):
    names = {"one": 100, "ONE": 300, "One": 500, "Two": 700}
    people = [Person(base=100 * pay, **{dimension: name}) for name, pay in names.items()]
    replace_records(own, [*people, Person(base=50_000, **{dimension: "One"})])
    assert ask(own, tmp_path, RecordQuery("USD", by=(dimension,))) == [
        ("One", 4, 400),
        ("Two", 1, 700),
    ]
    known = known_values(own)
    chosen = with_known_spelling(RecordQuery("USD", where=((dimension, ("oNe",)),)), known)
    assert chosen.where == ((dimension, ("One",)),)
    assert ask(own, tmp_path, chosen)[0][1] == 4


def test_an_organization_counts_once_however_it_is_spelled(own, tmp_path):
    replace_records(own, [Person("Acme"), Person("ACME"), Person("acme  "), Person("Beta")])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    for query in (RecordQuery("USD"), RecordQuery("USD", by=("title",))):
        (row,) = record_band_table(own, records, query).to_dict("records")
        assert (row["n"], row["organisations"]) == (4, 2)
    by = ask(own, tmp_path, RecordQuery("USD", by=("organisation",)))
    assert [row[1] for row in by] == [3, 1]


def test_joined_names_keep_both_loads_and_dates(own, tmp_path):
    replace_records(own, [Person(place="Boston"), Person(place="Boston")])
    add_load(own, [Person("Beta", place="BOSTON", effective_date=date(2026, 2, 1))])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, RecordQuery("USD", by=("place",))).to_dict("records")
    assert (row["place"], row["n"]) == ("Boston", 3)
    assert (row["source"], row["as_of"]) == (
        "own-load-1, own-load-2",
        "2026-01-01 to 2026-02-01",
    )
    assert index_problems(own, tmp_path / "mine.duckdb") == []


def test_hyphens_and_accents_make_other_names(own, tmp_path):
    replace_records(own, [Person(place=place) for place in ("Sao Paulo", "São Paulo", "Sao-Paulo")])
    assert len(ask(own, tmp_path, RecordQuery("USD", by=("place",)))) == 3
    assert PayRecords.open(own, tmp_path / "mine.duckdb").index.spellings.joined == ()


def test_titles_would_split_the_cells_of_aggregate_mode():
    with pytest.raises(InputError, match="by title, size, date or organization would split"):
        RecordQuery("USD", by=("title",), mode="aggregate").checked()
