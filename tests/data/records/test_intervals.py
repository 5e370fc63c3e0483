"""Intervals of cells of pay records: of their market or of their people, by index and SQL alike."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from analytics.disclosure import round_for_disclosure
from analytics.errors import InputError
from analytics.order_statistics import percentile_interval
from analytics.percentiles import PERCENTILES
from data.records.bands import PayRecords, record_band_table
from data.records.cells import Cells, cells_from_index, cells_from_sql
from data.records.index import PAY_ELEMENTS, Manifest, open_index
from data.records.index_build import ensure_index
from data.records.intervals import cell_bands
from data.records.question import RecordQuery
from data.records.verify import index_problems
from tests.analytics.test_clustered_intervals import market_interval
from tests.data.records.demo_store import Person, replace_records
from tests.data.records.test_bands import pay_by_cell
from tests.examples import examples

PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(["P1", "P2"]),
        st.sampled_from(["Boston", "Zürich"]),
        st.integers(0, 30).map(lambda k: 100_000 * k) | st.integers(0, 10**9),
        st.sampled_from([None, 0, 1_000_050]),
    ),
    min_size=30,
    max_size=80,
).map(
    lambda rows: [
        Person(f"O{k}", level=level, place=place, base=base, variable=variable)
        for k, level, place, base, variable in rows
    ]
)


def ends_by_label(cells: Cells, query: RecordQuery) -> dict[tuple[str, ...], np.ndarray]:
    """The interval of each percentile of each cell, in hundredths."""
    bands, _ = cell_bands(cells, query)
    ends = np.stack((bands.lows, bands.highs), axis=2) * cells.cents_per_unit
    return dict(zip(cells.labels, ends, strict=True))


@examples(8, HealthCheck.function_scoped_fixture)
@given(PEOPLE, st.sampled_from([("level",), ("place", "level")]), st.sampled_from([*PAY_ELEMENTS]))
def test_both_paths_have_the_interval_of_the_definition(own, tmp_path, people, by, element):
    replace_records(own, people)
    query = RecordQuery("USD", element, by)
    path = tmp_path / "mine.duckdb"
    from_index = ends_by_label(cells_from_index(ensure_index(own, path), query), query)
    from_sql = ends_by_label(cells_from_sql(own, query), query)
    paid = pay_by_cell(people, query)
    assert set(from_index) == set(from_sql) == set(paid)
    for label, pay in paid.items():
        members = [
            (person.pay(element), int(person.organisation[1:]))
            for person in people
            if tuple(getattr(person, name) for name in by) == label
            and person.pay(element) is not None
        ]
        assert sorted(value for value, _ in members) == sorted(pay)
        for j, p in enumerate(PERCENTILES):
            alone = percentile_interval(pay, p)
            expected = alone and (market_interval(members, p) or alone)
            expected = expected or (np.nan, np.nan)
            for found in (from_index[label][j], from_sql[label][j]):
                assert found == pytest.approx(expected, rel=1e-9, abs=1e-4, nan_ok=True)


def organizations(sizes: list[int], level: str = "P1", apart: int = 1_500) -> list[Person]:
    """People of organizations that pay alike within each, so much more in each further one."""
    return [
        Person(f"O{k:02d}", level=level, base=100 * (50_000 + apart * k + 900 * i))
        for k, size in enumerate(sizes)
        for i in range(size)
    ]


def table_of(own, path, people: list[Person], **asked) -> pd.DataFrame:
    replace_records(own, people)
    return record_band_table(own, PayRecords.open(own, path), RecordQuery("USD", **asked))


def test_the_market_is_shown_from_five_organizations_on_and_the_people_by_choice(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    people = organizations([12] * 6) + organizations([12] * 4, "P2")
    market = table_of(own, path, people)
    alone = table_of(own, path, people, interval="people")
    assert market.interval_of.tolist() == ["the market that they come from", "these people"]
    assert alone.interval_of.tolist() == ["these people", "these people"]
    assert market.organisations.tolist() == [6, 4]
    assert market.p50.tolist() == alone.p50.tolist()
    assert market.p50_low[0] < alone.p50_low[0] < alone.p50_high[0] < market.p50_high[0]
    assert market.p50_high[1] == alone.p50_high[1]
    expected = percentile_interval([person.base / 100 for person in people[:72]], 0.5)
    assert (alone.p50_low[0], alone.p50_high[0]) == pytest.approx(expected)


def test_of_one_company_the_interval_is_that_of_its_people(own, tmp_path):
    people = [Person("Acme", base=100 * (50_000 + i)) for i in range(40)]
    (row,) = table_of(own, tmp_path / "mine.duckdb", people).to_dict("records")
    assert (row["interval_of"], row["organisations"]) == ("these people", 1)
    assert row["p90_high"] == pytest.approx(
        percentile_interval([50_000 + i for i in range(40)], 0.9)[1]
    )


def test_an_end_that_does_not_exist_is_none_and_said(own, tmp_path):
    people = organizations([10] * 8, apart=1_000)
    (row,) = table_of(own, tmp_path / "mine.duckdb", people).to_dict("records")
    assert np.isnan(row["p90_high"])
    assert row["p90_low"] < row["p90"]
    assert row["note"].endswith("no upper end of P90")
    (row,) = table_of(own, tmp_path / "mine.duckdb", people, interval="people").to_dict("records")
    assert row["p90_high"] > row["p90"]
    assert row["note"] == ""


def test_in_aggregate_the_market_is_shown_from_ten_organizations_on_and_rounded(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    people = organizations([7] * 12) + organizations([7] * 9, "P2")
    owner = table_of(own, path, people)
    table = table_of(own, path, people, mode="aggregate")
    assert table.interval_of.tolist() == ["the market that they come from", ""]
    assert table.note[1] == "P10, P90 and intervals need 10 organizations"
    for name in ("p25_low", "p50_low", "p50_high", "p75_high"):
        assert table[name][0] == round_for_disclosure([owner[name][0]])[0]
        assert np.isnan(table[name][1])
    with pytest.raises(InputError, match="a second one would tell more of single people"):
        RecordQuery("USD", mode="aggregate", interval="people").checked()
    with pytest.raises(InputError, match="no interval 'both'; use market or people"):
        RecordQuery("USD", interval="both").checked()


def test_an_index_made_before_it_knew_who_pays_each_is_made_anew(own, tmp_path):
    path = tmp_path / "mine.duckdb"
    replace_records(own, organizations([8] * 6))
    index = ensure_index(own, path)
    folder = path.with_name("mine.duckdb.sorted") / index.identity
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for part in ("shapes", "types", "digests"):  # as the version before this one wrote it
        manifest[part] = {f: v for f, v in manifest[part].items() if "pay_payers" not in f}
    Manifest(**manifest).write(folder)
    assert open_index(path, index.identity) is None
    (row,) = record_band_table(own, PayRecords.open(own, path), RecordQuery("USD")).to_dict(
        "records"
    )
    assert row["interval_of"] == "the market that they come from"
    assert index_problems(own, path) == []
