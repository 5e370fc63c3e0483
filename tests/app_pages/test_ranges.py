"""The Ranges page: built from the ladder's market, opened from a link, made live."""

import shutil
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.serialization import to_spec
from analytics.ranges.build import Structure, set_range
from analytics.ranges.market_choice import MarketChoice
from analytics.ranges.rows import Ends, MarketLevel
from analytics.ranges.settings import RangeSettings
from data.imports.load import load_taxonomy
from data.people.demo_load import load_company
from data.ranges.versions import read_versions, save_version
from data.store.connection import open_to_read, open_to_write
from data.store.saved_work import save as save_work
from tests.analytics.ranges.structures import THREE, market
from tests.app_pages.opening import open_page


@pytest.fixture
def opened(store, tmp_path, monkeypatch):
    """Makes a store, which the test may change, the dashboard's."""
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


def change(path, action):
    con = open_to_write(path)
    action(con)
    con.close()


def figures(app: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in app.metric}


def said(app: AppTest) -> str:
    words = (app.caption, app.info, app.markdown, app.html, app.error, app.success)
    return "\n".join(str(getattr(w, "value", None) or w.body) for each in words for w in each)


def test_a_ladder_is_built_from_its_market(opened):
    app = open_page("ranges", market_of="2027-01")
    assert figures(app)["Ranges"] == "10"
    assert "50\\.0% from minimum to maximum, ±20\\.0% of midpoint" in said(app)
    table = app.dataframe[1].value.set_index("level")
    p3 = table.loc["P3"]
    # The market of P3 in base pay is $96,119 then: to the hundred, and .8 and 1.2 of it.
    assert p3[["minimum", "midpoint", "maximum"]].tolist() == [76_900, 96_100, 115_300]
    assert "Overlap" in said(app)


def test_a_level_is_built_on_the_figure_and_percentile_chosen_for_it(opened):
    survey = Source("Survey A", "base", Month(2027, 1), {0.5: 90_000.0, 0.75: 110_000.0}, n=100)
    saved = Pricing("CSM", "base", Month(2026, 5), Rate(0.05, "ours"), (survey,))
    change(opened, lambda con: save_work(con, "pricing", "CSM 2027", to_spec(saved), ""))
    app = open_page("ranges", market_of="2027-01")
    before = app.dataframe[0].value.set_index("level")
    assert before.focus.iloc[0] == "Customer Success Management"
    assert set(before.figure) == {"Sources that answer"}
    app.session_state["market choices"] = {
        "Customer Success": {
            "P3": MarketChoice("Pricing: CSM 2027", 0.75), "P4": MarketChoice("Pay records"),
        },
    }  # fmt: skip
    app.run()
    assert not app.exception
    after = app.dataframe[0].value.set_index("level")
    # The survey's own P75 of the page's month; pay records are none.
    assert (after.market["P3"], after.percentile["P3"]) == (110_000, 75)
    assert "Source of P3: Survey A." in said(app)
    assert after.drop(["P3", "P4"]).equals(before.drop(["P3", "P4"]))
    assert "The figure chosen for P4 gives none on this basis" in said(app)
    assert "P4 has no market figure" in said(app)
    ranges = app.dataframe[1].value.set_index("level")
    assert ranges.loc["P3", "midpoint"] == 110_000
    assert "P4" not in ranges.index
    # The link has it all, and opens another session alike.
    linked = app.query_params["level_figure"]
    assert linked == ["P3:75:Pricing: CSM 2027", "P4::Pay records"]
    again = open_page("ranges", market_of="2027-01", level_figure=[*linked, "P99::Survey A"])
    assert again.dataframe[0].value.set_index("level").equals(after)
    assert "no level P99, which the link names" in said(again)


def test_the_sources_of_market_figures_go_by_their_titles(opened):
    app = open_page("ranges")
    assert "ladder-model" not in said(app)
    assert "Source of P1, P2, P3, P4, P5, P6, M3, M4, M5, M6: Bandstand" in said(app)


def test_what_is_no_choice_in_a_link_is_refused(opened):
    app = open_page("ranges", level_figure="P3:175:")
    assert "is no choice of a level" in said(app)


def test_management_may_have_a_target_percentile_of_its_own(opened):
    high = replace(THREE, markets=(*THREE.markets, replace(market("M3", 2e5), percentile=0.75)))
    change(opened, lambda con: save_version(con, "Sales", high))
    app = open_page("ranges", market_of="2027-01", rp_m="75", range_view="Table")
    table = next(d.value for d in app.dataframe if "track" in d.value)
    assert set(table[table.track == "professional"].percentile) == {0.5}
    assert set(table[table.track == "management"].percentile) == {0.75}
    # A structure saved with both opens on its own market.
    app = open_page("ranges", structure="Sales")
    assert app.number_input(key="rp_m").value == 75
    assert figures(app)["Ranges"] == "4"
    assert "differs from the version that is open" not in said(app)


def test_levels_targets_of_focuses_and_the_currency_are_in_the_link(opened):
    link = {"market_of": "2027-01", "levels": ["P3", "M4"], "structure_in": "cad",
            "per_usd": "1.37", "rate_from": "Our treasury, 4 January 2027",
            "rp_of_customer-success-customer-success-management": "75"}  # fmt: skip
    app = open_page("ranges", **link)
    table = app.dataframe[1].value.set_index("level")
    assert list(table.index) == ["P3", "M4"]
    # P75 of P3 in dollars, converted; management is at the median of all.
    dollars = open_page("ranges", market_of="2027-01", rp="75").dataframe[0].value
    p75 = dollars.set_index("level").market["P3"]
    assert app.dataframe[0].value.set_index("level").market["P3"] == pytest.approx(
        1.37 * p75, abs=2
    )
    assert table.midpoint["P3"] == pytest.approx(1.37 * p75, abs=51)
    assert app.dataframe[0].value.percentile.tolist() == [75, 50]
    assert "CAD, 1 USD = 1.37 CAD (Our treasury, 4 January 2027)" in said(app)
    assert "at P50, P75" in said(app)


def test_a_range_set_by_hand_in_one_currency_is_none_of_another(opened):
    """It would be CAD 90,000 where $90,000 was set."""
    key = "Customer Success | P3 | United States"
    app = open_page("ranges", market_of="2027-01", per_usd="1.37")
    app.session_state["range history"] = {"base pay, USD": [{}, {key: Ends(8e4, 9e4, 1e5)}]}
    app.run()
    assert grid_of(app).loc["P3", "midpoint"] == 90_000
    app.text_input(key="structure_in").set_value("CAD").run()
    app.number_input(key="per_usd").set_value(1.37).run()
    assert grid_of(app).loc["P3", "midpoint"] == 131_700
    assert "Set by hand in base pay, USD, and none of this structure: Customer Success" in said(app)
    app.text_input(key="structure_in").set_value("USD").run()
    assert grid_of(app).loc["P3", "midpoint"] == 90_000


def grid_of(app: AppTest):
    return next(d.value for d in app.dataframe if "locked" in d.value).set_index("level")


def test_a_version_keeps_its_levels_and_currency_and_one_more_level_is_read_anew(opened):
    job, rest = "CUSTOM1.CUSTOMER", ("ladder-model", "modelled")
    p3, m4 = (
        MarketLevel("Customer Success", level, track, grade, pay, None, None, p, *rest, job + code)
        for level, track, grade, pay, p, code in (
            ("P3", "professional", 3.0, 140_000.0, 0.75, "920B.P3"),
            ("M4", "management", 5.0, 200_000.0, 0.5, "BDCB.M4"),
        )
    )
    saved = Structure("base", "CAD", "2027-01", (p3, m4), exchange=1.4, exchange_source="Us")
    change(opened, lambda con: save_version(con, "Canada", saved))
    app = open_page("ranges", structure="Canada")
    assert app.multiselect(key="levels").value == ["P3", "M4"]
    assert (app.text_input(key="structure_in").value, app.number_input(key="per_usd").value) == (
        "CAD", 1.4,
    )  # fmt: skip
    assert app.dataframe[0].value.market.tolist() == [140_000, 200_000]
    assert "differs from the version that is open" not in said(app)
    # One more level is read anew; those that were saved stand.
    app.multiselect(key="levels").set_value(["P3", "P4", "M4"]).run()
    now = app.dataframe[0].value.set_index("level").market
    assert (now["P3"], now["M4"]) == (140_000, 200_000)
    assert now["P4"] > 140_000


def test_where_several_focuses_have_a_level_one_of_them_is_chosen(opened):
    joined = {
        "functions.csv": b"function,title,code\n",
        "focuses.csv": b"function,focus,title\ncustomer-success,own-renewals,Renewals\n",
        "levels.csv": b"function,ladder,level,track,grade,title\n"
        b"customer-success,own-renewals,P2,professional,2,Renewals Manager\n",
        "profiles.csv": b"focus,ladder,level\nown-renewals,own-renewals,P2\n",
    }
    change(opened, lambda con: load_taxonomy(con, joined, "renewals"))
    app = open_page("ranges", levels_from="Renewals")
    assert app.multiselect(key="levels").options == ["P2"]
    app.selectbox(key="levels_from").set_value("Customer Success Management").run()
    assert len(app.multiselect(key="levels").options) == 10


def test_a_currency_without_a_rate_and_a_level_that_is_none_are_refused(opened):
    for link, why in (
        ({"structure_in": "CAD"}, "no rate for CAD"),
        ({"structure_in": "CAD", "per_usd": "0"}, "State a number above 0"),
        ({"structure_in": "C$"}, "is no currency"),
        ({"levels": "P99"}, "Customer Success has no such level; it has P1, P2"),
    ):
        assert why in said(open_page("ranges", **link))


def test_a_structure_of_a_file_in_another_currency_is_never_read_anew_in_dollars(opened):
    """Its market was read anew in USD, and called EUR."""
    markets = (replace(market("P2", 60_000), function="Customer Success"),)
    saved = Structure("base", "EUR", "2027-01", markets)
    change(opened, lambda con: save_version(con, "Berlin", saved))
    app = open_page("ranges", structure="Berlin")
    assert app.dataframe[0].value.market.tolist() == [60_000]
    app.number_input(key="rp").set_value(60).run()
    assert "no rate for EUR" in said(app)


def test_a_level_may_have_a_spread_of_its_own(opened):
    settings = RangeSettings(spreads={"P2": 0.4, "professional": 0.5, "management": 0.5})
    change(opened, lambda con: save_version(con, "Sales", replace(THREE, settings=settings)))
    app = open_page("ranges", market_of="2027-01", spread_of="P3=40, P9=30", spread_m="60")
    table = app.dataframe[1].value.set_index("level")
    # A midpoint of 96,100 and a maximum 1.4 times the minimum: 2 · 96,100 / 2.4 = 80,083.
    assert table.loc["P3", ["minimum", "midpoint", "maximum"]].tolist() == [80_100, 96_100, 112_100]
    assert table.loc["P2", "spread"] == pytest.approx(0.5, abs=2e-3)
    assert table.loc["M4", "spread"] == pytest.approx(0.6, abs=2e-3)
    assert "the spread of P9: there is no such level here" in said(app)
    for wrong, why in (("P3=lots", "is no spread of a level"), ("P3=40;P3=50", "P3 stands twice")):
        assert why in said(open_page("ranges", spread_of=wrong))
    app = open_page("ranges", structure="Sales")
    assert app.text_input(key="spread_of").value == "P2=40"
    assert "differs from the version that is open" not in said(app)
    app.text_input(key="spread_of").set_value("").run()
    grid = next(d.value for d in app.dataframe if "locked" in d.value)
    assert grid.spread.round(2).tolist() == [0.5, 0.5, 0.5]


def test_a_saved_structure_opens_alike_and_is_made_live(opened):
    key = "Sales | P2 | United States"
    own = set_range(THREE, key, Ends(81_000, 101_000, 125_000))
    change(opened, lambda con: save_version(con, "Sales", THREE))
    change(opened, lambda con: save_version(con, "Sales", own, "P2"))
    app = open_page("ranges", structure="Sales", range_view="Compare versions")
    tables = [d.value for d in app.dataframe]
    (changed,) = [t for t in tables if "maximum_before" in t]
    assert changed[["key", "maximum_before", "maximum_after"]].values.tolist() == [
        [key, 120_000, 125_000]
    ]
    assert figures(app)["Ranges"] == "3"
    assert "differs from the version that is open" not in said(app)
    next(b for b in app.button if b.label == "Make Sales, version 2 live").click().run()
    assert not app.exception
    assert "Sales, version 2 is live" in said(app)
    con = open_to_read(opened)
    assert [v.state for v in read_versions(con)] == ["draft", "live"]
    con.close()
    assert "Archive Sales, version 2" in [b.label for b in app.button]


def test_ranges_that_are_made_live_stand_on_homes_chart(opened):
    app = open_page("ranges", market_of="2027-01")
    app.text_input(key="structure name").set_value("Ours").run()
    next(b for b in app.button if b.label == "Save").click().run()
    assert "Saved as Ours, version 1." in said(app)
    assert "your range, with its midpoint" not in said(open_page("home", basis="base pay"))
    app = open_page("ranges", structure="Ours")
    next(b for b in app.button if b.label == "Make Ours, version 1 live").click().run()
    assert "Ours, version 1 is live" in said(app)
    assert "your range, with its midpoint" in said(open_page("home", basis="base pay"))


def test_the_markets_movement_is_shown_with_what_drifted(opened):
    app = open_page("ranges", market_of="2026-11", range_view="Market movement", moved_to="2026-11")
    assert "0 of 10 midpoints are more than 10 percent from the market of 2026-11" in said(app)
    app.text_input(key="moved_to").set_value("2030-11").run()
    assert "10 of 10 midpoints are more than 10 percent" in said(app)
    moved = next(d.value for d in app.dataframe if "midpoint_off" in d.value)
    assert set(moved.change_by_data) == {0}


def test_own_people_cost_their_way_to_the_minimum(opened):
    change(opened, load_company)
    app = open_page("ranges", market_of="2027-01", range_view="Market line")
    assert figures(app)["Cost to minimum"].startswith("$")
    assert "Choose Market line above" in said(app)


def test_a_name_that_is_not_saved_says_so(opened):
    assert "no structure is saved as 'Nothing'" in said(open_page("ranges", structure="Nothing"))
