"""Stores made by earlier versions open, and answer as they did then.

``stores/DATE.bandstand`` is a backup made by that day's version, with a survey
in dollars and one in euros, pay records, a roster, ranges, a taxonomy, a saved
pricing, a saved plan and a title matched by hand; ``DATE.json`` is what that
version answered.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from analytics.market_tables import band_table
from analytics.pricing.pricing import price_job
from analytics.pricing.serialization import from_spec
from data.build.ensure import ensure_built
from data.build.restored import prepare_restored
from data.catalog.market import read_market
from data.catalog.matcher import read_matcher
from data.files.exports import to_json
from data.imports.integrity import damaged_loads
from data.records.bands import PayRecords, record_band_table
from data.records.question import ALL_DATES, PEOPLE, RecordQuery
from data.store.backup import restore
from data.store.connection import open_to_read
from queries import run

STORES = Path(__file__).parent / "stores"


@pytest.fixture(scope="module", params=sorted(p.stem for p in STORES.glob("*.bandstand")))
def old(request, tmp_path_factory):
    """A connection to the restored store, its path, and what it answered then."""
    path = tmp_path_factory.mktemp("old") / "bandstand.duckdb"
    restore(STORES / f"{request.param}.bandstand", path, prepare_restored)
    ensure_built(path)
    con = open_to_read(path)
    yield con, path, json.loads((STORES / f"{request.param}.json").read_text(encoding="utf-8"))
    con.close()


def rows(frame: pd.DataFrame, like: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as an export gives them, with the columns that were kept."""
    return [{name: row[name] for name in like[0]} for row in json.loads(to_json(frame))]


def test_every_load_is_whole(old):
    con, _, _ = old
    assert damaged_loads(con) == []
    assert set(run(con, "loads").state) == {"active"}


@pytest.mark.parametrize(
    ("name", "by"), [("record-bands", ("level",)), ("record-bands by size", ("size", "year"))]
)
def test_record_bands_are_the_same(old, name, by):
    # Versions of that time counted every date of an organization, and the people alone.
    con, path, then = old
    table = record_band_table(
        con,
        PayRecords.open(con, path),
        RecordQuery("USD", by=by, snapshots=ALL_DATES, interval=PEOPLE),
    )
    assert rows(table, then[name]) == then[name]


@pytest.mark.parametrize("kind", ["surveys", "ranges"])
def test_loaded_rows_are_the_same(old, kind):
    con, _, then = old
    assert rows(run(con, f"loaded_{kind}", load=""), then[kind]) == then[kind]


def test_the_roster_is_the_same(old):
    con, _, then = old
    roster = run(con, "loaded_roster", load="")
    assert len(roster) == then["roster"]["people"]
    assert roster.base.sum() == then["roster"]["base"]
    first = then["roster"]["first"]
    assert {
        name: str(roster[name].iloc[0]) for name in ("employee_id", "title", "code", "as_of")
    } == {name: first[name] for name in ("employee_id", "title", "code", "as_of")}


def test_market_bands_are_the_same(old):
    con, _, then = old
    now = rows(band_table(read_market(con)), then["bands"])
    # The reach of the modelled ladder is that of assumptions which vary together since then.
    ends = {"low", "high"}
    for found, before in zip(now, then["bands"], strict=True):
        modelled = found["source"] == "ladder-model"
        compared = found.keys() - ends if modelled else found.keys()
        assert {k: found[k] for k in compared} == {k: before[k] for k in compared}


def test_a_saved_pricing_gives_the_same_answer(old):
    con, _, then = old
    spec = run(con, "saved_work", kind="pricing").spec.iloc[0]
    answer = price_job(from_spec(spec))
    now = {f"p{100 * f.p:g}": round(f.composite, 2) for f in answer.figures}
    assert now == {name: figure for name, (figure, *_) in then["pricing"].items()}
    # Its interval now counts ageing as well, and is never narrower than it was.
    for f in answer.figures:
        _, low, high = then["pricing"][f"p{100 * f.p:g}"]
        assert f.low <= low
        assert high <= f.high


def test_a_title_matched_by_hand_still_is(old: tuple[duckdb.DuckDBPyConnection, Path, Any]):
    con, _, then = old
    assert read_matcher(con).match("Captain of Customers")[0].code == then["match"]
