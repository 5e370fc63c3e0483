"""The Places page, by AppTest: figures as BLS prints them."""

import json
import shutil

import pytest
import streamlit as st

from app_pages.charts.tiles import TILES, tile_map
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page
from tests.data.loads import load

pytestmark = pytest.mark.usefixtures("store")
DENVER = "Denver-Aurora-Centennial, CO"


def metrics(page) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


def test_a_link_compares_places_by_their_printed_medians():
    page = open_page("places", soc="11-2022", places=["Colorado", DENVER])
    # OEWS May 2025: the nation, Colorado and the Denver area, 11-2022, P50.
    assert metrics(page) == {
        "United States": "$148,270",
        "Colorado": "$180,850",
        DENVER: "$181,580",
    }
    beside = {m.label: m.delta for m in page.metric}
    assert beside[DENVER] == "+22.5% beside the nation"  # 181,580 / 148,270


def test_places_that_print_nothing_say_so():
    page = open_page("places", soc="11-1011", places=["Albany, GA"])
    assert metrics(page)["Albany, GA"] == "not printed"
    assert any("not released" in c.value for c in page.caption)


def test_every_state_and_territory_has_a_tile_of_its_own():
    page = open_page("places", soc="00-0000")
    table = page.dataframe[0].value
    assert len(table) == 54
    assert len(set(TILES.values())) == len(TILES) == 54
    assert tile_map([])["data"][1]["text"] == []


def test_all_occupations_are_listed_by_group():
    page = open_page("places", view="All occupations", group="11")
    table = page.dataframe[0].value
    assert set(table.soc.str[:2]) == {"11"}
    row = table.set_index("soc").loc["11-2022"]
    # 148,270 in May 2025 beside 132,290 in May 2020.
    assert (row.p50, round(row.change, 2)) == (148_270, 12.08)


def test_by_year_shows_the_six_years_held():
    page = open_page("places", soc="11-2022", view="By year")
    assert list(page.dataframe[0].value.year) == [2020, 2021, 2022, 2023, 2024, 2025]


def test_the_source_lists_the_mapped_occupations_and_leads_to_all():
    page = open_page("sources", source="bls-oews-areas")
    figures = page.dataframe[-1].value
    there = figures[figures.subject == f"11-2022 Sales Managers, {DENVER}"].set_index("figure")
    assert there.value["P50"] == "$181,580"
    assert any("ones that jobs are mapped to" in c.value for c in page.caption)


ROSTER = (
    "employee_id,title,place,fte,currency,base,as_of\n"
    "1,CSM,Denver,1,USD,89000,2026-11-01\n"
    '2,CSM,"Denver, CO",1,USD,90000,2026-11-01\n'
    "3,CSM,Boise,1,USD,80000,2026-11-01\n"
    "4,CSM,Zone A,1,USD,80000,2026-11-01\n"
)


@pytest.fixture
def staffed(tmp_path, store, monkeypatch):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load(con, "roster", ROSTER)
    con.close()
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def drawn(page, number: int) -> dict:
    return json.loads(page.get("plotly_chart")[number].proto.spec)


@pytest.mark.usefixtures("staffed")
def test_states_of_own_people_are_marked_and_who_is_nowhere_is_told():
    page = open_page("places", soc="11-2022")
    tiles, _, marks = drawn(page, 0)["data"]
    assert len(marks["x"]) == 2  # Colorado and Idaho
    assert [text for text in tiles["customdata"] if "your people" in text] == [
        text for text in tiles["customdata"] if "Colorado" in text or "Idaho" in text
    ]
    assert any("<br>2 of your people" in text for text in tiles["customdata"])
    told = " ".join(c.value for c in page.caption).replace("\\", "")
    assert "Not marked: 1 at “Zone A” (no place that BLS prints)." in told
    areas = open_page("places", soc="11-2022", areas="Metropolitan and other areas")
    names = drawn(areas, 0)["layout"]["yaxis"]["ticktext"]
    # Boise is far from the 20 highest, and has its row.
    assert len(names) == 20
    assert [n for n in names if "yours" in n] == [f"{DENVER} · 2 yours", "Boise City, ID · 1 yours"]
    off = open_page("places", soc="11-2022", yours="")
    assert off.exception == []
