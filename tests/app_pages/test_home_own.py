"""The home page beside a team's own data, and with demo records, by AppTest."""

import shutil

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store.connection import open_to_write
from data.store.location import store_path
from tests.app_pages.opening import open_page
from tests.data.loads import load

FOCUS = "CUSTOM1.CUSTOMER920B"
SURVEY = (
    "title,profile,place,currency,basis,as_of,n,p25,p50,p75\n"
    f"CSM,{FOCUS}.P3,US,USD,base,2025-03,120,85000,98000,112000\n"
)
RANGES = (
    "function,level,place,currency,basis,minimum,midpoint,maximum,effective_date\n"
    "Customer Success,P3,US,USD,base,90000,98000,112000,2026-01-01\n"
    "Customer Success,P4,US,USD,base,60000,70000,80000,2026-01-01\n"
)
ROSTER = (
    "employee_id,title,profile,place,fte,currency,actual base pay,as_of,termination date\n"
    f"1,CSM,{FOCUS}.P3,Boston,1,USD,89000,2026-11-01,\n"
    f"2,CSM,{FOCUS}.P3,Boston,0.5,USD,47000,2026-11-01,\n"
    f"3,CSM,{FOCUS}.P3,Boston,1,USD,80000,2026-11-01,2026-10-31\n"
)


@pytest.fixture(scope="module")
def own_data(store, tmp_path_factory):
    """A store with a survey, two ranges, two people and one who left."""
    path = tmp_path_factory.mktemp("filled") / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    for kind, content in (("survey", SURVEY), ("ranges", RANGES), ("roster", ROSTER)):
        load(con, kind, content, name=f"Our {kind}")
    con.close()
    return path


@pytest.fixture
def filled(own_data, monkeypatch):
    """``own_data`` is the dashboard's store, which these tests only read."""
    monkeypatch.setenv("BANDSTAND_DB", str(own_data))


@pytest.fixture
def empty(tmp_path, store, monkeypatch):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    monkeypatch.setenv("BANDSTAND_DB", str(path))


def home(**link: str) -> AppTest:
    return open_page("home", month="2026-11", **link)


def pills(app: AppTest) -> list[str]:
    return [str(o) for g in app.button_group if g.key == "own" for o in g.options]


def words(app: AppTest) -> str:
    return "\n".join([m.value for m in app.markdown] + [c.value for c in app.caption])


@pytest.mark.usefixtures("filled")
def test_own_layers_are_offered_where_there_is_such_data():
    app = home(basis="base")
    assert pills(app) == ["Your surveys", "Your ranges", "Your people"]
    legend = next(h.body for h in app.html if 'class="legend"' in h.body)
    assert "your range, with its midpoint" in legend
    next(g for g in app.button_group if g.key == "own").set_value(["Your surveys"]).run()
    legend = next(h.body for h in app.html if 'class="legend"' in h.body)
    assert "your survey" in legend
    assert "your range" not in legend


@pytest.mark.usefixtures("filled")
def test_market_has_own_ranges_and_people_for_the_owner_alone(monkeypatch):
    app = open_page("market")
    switches = next(g for g in app.button_group if g.key == "own_shown")
    assert [str(o) for o in switches.options] == ["Your ranges", "Your people"]
    legend = next(h.body for h in app.html if 'class="legend"' in h.body)
    assert "your range, with its midpoint" in legend
    assert "Your ranges and people stand as loaded, on base pay" in words(app)
    switches.set_value(["Your people"]).run()
    assert not app.exception
    legend = next(h.body for h in app.html if 'class="legend"' in h.body)
    assert "your range" not in legend
    assert "your people" in legend


@pytest.mark.usefixtures("filled")
def test_what_is_not_on_the_chart_is_said():
    app = home(basis="target_cash")
    assert pills(app) == ["Your surveys"]
    assert "your ranges are not of target cash" in words(app)
    assert "2 of your 2 people are elsewhere, or not known on this pay basis" in words(app)
    assert "1 who left, by status or termination date" in words(app)


@pytest.mark.usefixtures("filled")
def test_what_needs_attention_is_counted():
    said = words(home(basis="base"))
    assert "**1 job** without a second source" in said
    assert "**1 benchmark** older than a year, the oldest of 2025" in said
    # 98,000 of P3 is near the survey's 98,000 aged; 70,000 of P4 is far from 80 percent of 158,400.
    assert "**1 range** with a midpoint more than 10% from the market's median, P4" in said
    # 89,000 is below 90,000; 47,000 at half time is 94,000; 80,000 was a leaver's.
    assert "**1 person** below the minimum" in said


@pytest.mark.usefixtures("filled")
def test_without_demo_records_there_is_no_such_notice():
    assert "Demo data" not in words(home())


@pytest.mark.usefixtures("filled")
def test_another_pay_basis_keeps_the_switches_that_it_has():
    app = home(basis="base")
    next(g for g in app.button_group if g.key == "own").set_value(["Your ranges"]).run()
    app.selectbox(key="basis").set_value("target_cash").run()
    assert not app.exception
    app.selectbox(key="basis").set_value("base").run()
    assert not app.exception
    assert pills(app) == ["Your surveys", "Your ranges", "Your people"]


@pytest.mark.usefixtures("empty")
def test_demo_records_are_one_click_and_removed_by_one():
    app = home()
    assert "Start here" in [h.value for h in app.header]
    next(b for b in app.button if b.label == "Look round with demo records").click().run()
    assert not app.exception
    # The click leads to the records; Home says so too.
    assert app.title[0].value == "Pay records"
    assert "Demo data: made up, nobody's pay." in words(app)
    assert len(app.get("plotly_chart")) == 1
    app = home()
    assert "Demo data: made up, nobody's pay." in words(app)
    assert "Start here" not in [h.value for h in app.header]
    next(b for b in app.button if b.label == "Remove demo records").click().run()
    assert "Demo data" not in words(app)
    assert "Start here" in [h.value for h in app.header]
    # What was removed is restored, and not loaded twice.
    next(b for b in app.button if b.label == "Look round with demo records").click().run()
    st.cache_resource.clear()
    con = open_to_write(store_path())
    ((loads, rows),) = con.execute(
        "select count(distinct load), count(*) from pay_record"
    ).fetchall()
    con.close()
    assert (loads, rows) == (1, 5_000)
