"""The People page with the demo company, with a small roster, and for others than the owner."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.people.selection import PeopleQuery
from analytics.pricing.ageing import Month
from app_pages import cache
from data.files.people_workbook import NOTE
from data.imports.team_files.options import ImportOptions
from data.people.demo_load import load_company
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page
from tests.data.loads import load

RANGES = (
    "level,place,currency,basis,minimum,midpoint,maximum,effective_date\n"
    "P3,US,USD,base,90000,100000,112000,2026-01-01\n"
)
ROSTER = "employee_id,title,level,place,fte,currency,base,as_of\n" + "".join(
    f"{i},Chef,{level},Boston,{fte},{currency},{base},2026-11-01\n"
    for i, (level, fte, currency, base) in enumerate(
        [("P3", 1, "USD", 80_000), ("P3", 0.5, "USD", 60_000), ("P7", 1, "USD", 70_000),
         *[("P3", 1, "USD", 100_000)] * 4, ("P3", 1, "EUR", 70_000)], 1,
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def company(store, tmp_path_factory):
    path = tmp_path_factory.mktemp("company") / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load_company(con)
    con.close()
    return path


@pytest.fixture(scope="module")
def eight(store, tmp_path_factory):
    return copied(store, tmp_path_factory.mktemp("eight"), ranges=RANGES, roster=ROSTER)


@pytest.fixture
def demo_company(company, monkeypatch):
    """The demo company is the dashboard's store, which the test only reads."""
    monkeypatch.setenv("BANDSTAND_DB", str(company))


@pytest.fixture
def eight_people(eight, monkeypatch):
    """A roster of eight and a range are in the dashboard's store, which the test only reads."""
    monkeypatch.setenv("BANDSTAND_DB", str(eight))


@pytest.fixture
def opened(store, tmp_path, monkeypatch):
    """Makes a store, which the test may change, the dashboard's."""

    def use(source=store, **files):
        monkeypatch.setenv("BANDSTAND_DB", str(copied(source, tmp_path, **files)))

    return use


def copied(source: Path, folder: Path, **files: str) -> Path:
    """A copy of a store with files of a team loaded into it, by their kind."""
    path = folder / "mine.duckdb"
    shutil.copy(source, path)
    con = open_to_write(path)
    for kind, content in files.items():
        kept = ["Team"] if "Team" in content else []
        load(con, kind, content, ImportOptions(pay_is="actual", keep=kept), f"Our {kind}")
    con.close()
    return path


def figures(app: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in app.metric}


def said(app: AppTest) -> str:
    words = (app.caption, app.info, app.markdown, app.html)
    return "\n".join(str(getattr(w, "value", None) or w.body) for each in words for w in each)


@pytest.mark.usefixtures("demo_company")
def test_the_demo_company_shows_what_was_built_in():
    app = open_page("people", list="Cost")
    told = figures(app)
    assert (told["People"], told["Below minimum"], told["Above maximum"]) == ("2,000", "60", "24")
    assert told["To the minimum of the range"] == "$187,500 a year"
    assert "Demo data: made up" in said(app)
    assert "demo data" in said(app)
    assert [b.label for b in app.button if "demo" in b.label] == ["Remove demo company"]


def test_demo_people_beside_a_roster_are_told_apart(opened, company):
    opened(company, ranges=RANGES, roster=ROSTER)
    app = open_page("people", paid_in="USD")
    assert figures(app)["People"] == "2,007"
    assert "2,000 demo people among those loaded" in said(app)
    assert "2,000 of the 2,007 people here are the demo company's, made up." in said(app)
    app = open_page("people", paid_in="USD", of_roster="Our roster", list="People")
    assert figures(app)["People"] == "7"
    assert "roster and ranges as loaded" in said(app)
    assert "demo people among" not in said(app)
    (table,) = (d.value for d in app.dataframe)
    assert set(table.roster) == {"Our roster"}


@pytest.mark.usefixtures("demo_company")
def test_a_link_keeps_filters_grouping_and_tab():
    link = {"of_level": "P3", "of_function": "Sales", "group_by": "Pay zone", "list": "Groups"}
    app = open_page("people", **link)
    assert app.selectbox(key="group_by").value == "zone"
    (groups,) = (d.value for d in app.dataframe)
    assert groups["group"].tolist() == [f"Demo zone {i}" for i in (1, 2, 3)]
    assert groups["people"].sum() == int(figures(app)["People"].replace(",", ""))
    assert "Level: P3" in [b.label for b in app.button]


@pytest.mark.usefixtures("demo_company")
def test_the_cheapest_raises_and_the_price_of_each_goal():
    app = open_page("people", list="Cheapest raises", of_level="P3")
    prices, raises = (d.value for d in app.dataframe)
    assert prices.goal.tolist() == ["all goals together", "minimum"]
    assert raises.raise_paid.sum() == pytest.approx(prices.price[0])
    alone = prices.price[0]
    app.number_input(key="floor_5").set_value(1.0).run()
    app.number_input(key="raise_budget").set_value(alone).run()
    prices, raises = (d.value for d in app.dataframe)
    assert prices.goal.tolist() == ["all goals together", "minimum", "floors by rating"]
    assert prices.price[0] > alone
    assert (raises.new_compa_ratio.round(4) <= 1.25).all()
    assert "Over the budget" in figures(app)
    app.checkbox(key="above").check().run()
    assert "managers above reports" in app.dataframe[0].value.goal.tolist()


def test_merit_is_saved_as_a_scenario_opened_by_link_and_compared(opened, company):
    opened(company)
    app = open_page("people", list="Merit", merit_budget="100000", group_by="Performance")
    told = figures(app)
    assert told["Merit"] in ("$99,999 a year", "$100,000 a year")
    _, groups, merit = (d.value for d in app.dataframe)
    assert groups.group.tolist() == list("12345")
    assert groups.cost.sum() <= 100_000
    assert merit[merit.rating == "1"].raise_paid.sum() == 0
    app.text_input(key="scenario name").set_value("Merit 2027").run()
    next(b for b in app.button if b.label == "Save").click().run()
    app = open_page("people", list="Cheapest raises")
    app.text_input(key="scenario name").set_value("To minimum").run()
    next(b for b in app.button if b.label == "Save").click().run()
    app = open_page("people", scenario="Merit 2027")
    assert not app.exception
    assert figures(app)["Cost"] in ("$99,999", "$100,000")
    assert "Demo data: made up" in said(app)
    back = open_page("people", scenario="Merit 2027")
    next(b for b in back.button if b.label == "Work on it again").click().run()
    assert not back.exception
    assert not back.warning
    assert (back.selectbox(key="group_by").value, back.number_input(key="merit_budget").value) == (
        "Performance", 100_000,
    )  # fmt: skip
    assert figures(back)["Merit"] == told["Merit"]
    assert float(figures(back)["Matrix times"]) == pytest.approx(1, abs=1e-4)
    assert back.text_input(key="scenario name").value == "Merit 2027"
    assert "The settings of the scenario “Merit 2027”" in said(back)
    app.multiselect[0].set_value(["To minimum"]).run()
    both = app.dataframe[-1].value.set_index("figure").loc["Cost"]
    assert both["To minimum"] == "$187,500"
    # Figures side by side name nobody: each person's pay is in their file only if asked for.
    with_pay = next(c for c in app.checkbox if c.label.startswith("With each person's pay"))
    assert app.get("download_button")[-1].proto.help == ""
    with_pay.check().run()
    assert app.get("download_button")[-1].proto.help == NOTE
    whole = open_page("people")
    next(b for b in whole.button if b.label == "Remove demo company").click().run()
    again = open_page("people", scenario="Merit 2027")
    assert figures(again)["Cost"] == figures(app)["Cost"]
    assert any("load 1) is withdrawn" in text.value for text in again.text)


@pytest.mark.usefixtures("eight_people")
def test_an_offer_beside_range_and_peers():
    app = open_page(
        "people", list="Offer", paid_in="USD", offer_level="P3", offer_base="110000",
        offer_place="Boston",
    )  # fmt: skip
    told = figures(app)
    # Of six peers 80,000 and four times 100,000 are less, 120,000 is more.
    assert told["Paid less for the same job"] == "5 of 6"
    assert told["To pay those as much"] == "$70,000 a year"
    assert told["Position in range"] == "4th quarter"
    assert app.dataframe[0].value.below_offer.tolist() == [30_000, *[10_000] * 4]
    assert any("United States, base pay" in text.value for text in app.text)


@pytest.mark.usefixtures("demo_company")
def test_an_offer_without_a_range_shows_the_market_and_the_peers():
    app = open_page(
        "people", list="Offer", paid_in="USD", offer_level="P3", offer_base="500000",
        offer_function="Customer Success",
    )  # fmt: skip
    told = figures(app)
    assert told["Position in range"] == "no range"
    # Some $96,000 in 2027, so five times it in any year near by.
    assert 4 < float(told["Market index"]) < 6
    assert told["Paid less for the same job"] == "161 of 161"
    assert any("modelled: P25 $" in text.value for text in app.text)


def test_a_column_of_many_values_groups_people_by_its_largest_groups(opened):
    # 450 teams; the first 60 have three people each, the others two.
    lines = [f"{team},{i}" for team in range(450) for i in range(3 if team < 60 else 2)]
    opened(
        ranges=RANGES,
        roster="employee_id,title,level,place,currency,base,as_of,Team\n" + "".join(
            f"{n},Chef,P3,Boston,USD,80000,2026-11-01,T{line.split(',')[0]}\n"
            for n, line in enumerate(lines)
        ),
    )  # fmt: skip
    app = open_page("people", group_by="Team")
    assert any("The 50 largest of 450 groups are shown" in c.value for c in app.caption)
    shown = next(d.value for d in app.dataframe if "below_minimum" in d.value).set_index("group")
    assert shown.people[:50].tolist() == [3] * 50
    assert shown.people["400 other groups"] == 3 * 10 + 2 * 390
    assert (len(shown), shown.people.sum()) == (51, 960)
    app = open_page("people", group_by="Team", list="Cost")
    cost = next(d.value for d in app.dataframe if "raised" in d.value).set_index("group")
    # Each is 10,000 below the minimum of 90,000.
    assert (cost.cost["400 other groups"], cost.cost.sum()) == (8_100_000, 9_600_000)
    query, month = PeopleQuery("USD"), str(Month(date.today().year, date.today().month))
    assert len(cache.people_groups(query, month, "Team")) == 450


def test_one_person_over_two_rosters(opened, store):
    earlier = ROSTER.replace("2026-11-01", "2025-11-01").replace("80000", "75000")
    opened(ranges=RANGES, roster=earlier)
    con = open_to_write(Path(os.environ["BANDSTAND_DB"]))
    load(con, "roster", ROSTER, ImportOptions(pay_is="actual"), "Next roster")
    con.close()
    app = open_page("people", list="One person", paid_in="USD", person_id="1")
    told = figures(app)
    assert (told["Full-time pay"], told["Position in range"]) == ("$80,000", "Below minimum")
    (history,) = (d.value for d in app.dataframe)
    assert history.pay.tolist() == [75_000, 80_000]
    assert history.roster.tolist() == ["Our roster", "Next roster"]


@pytest.mark.usefixtures("demo_company")
def test_managers_with_a_compressed_report_are_listed():
    (table,) = (d.value for d in open_page("people", list="Managers and reports").dataframe)
    assert table.flag.tolist() == ["compression"] * 8


@pytest.mark.usefixtures("demo_company")
def test_the_level_check_lists_pay_and_titles():
    paid, titled = (d.value for d in open_page("people", list="Level check").dataframe)
    assert len(paid) > 0
    assert titled.title_means.tolist() == ["P3 or P4"] * 12


def test_one_click_loads_the_company_and_one_removes_it(opened):
    opened()
    app = open_page("people")
    assert "No roster is loaded yet." in said(app)
    next(b for b in app.button if b.label == "Look round with a demo company").click().run()
    assert figures(app)["People"] == "2,000"
    next(b for b in app.button if b.label == "Remove demo company").click().run()
    assert "No roster is loaded yet." in said(app)


@pytest.mark.usefixtures("eight_people")
def test_a_small_roster_by_hand_and_who_has_no_range():
    app = open_page("people", list="Without a range")
    told = figures(app)
    # In dollars: 80,000 is below 90,000; half of 112,000 is 56,000.
    assert (told["People"], told["Below minimum"], told["Above maximum"]) == ("7", "1", "1")
    # 80, 120 and four times 100 thousand over six midpoints of 100.
    assert told["Compa-ratio"] == "1.00"
    (table,) = (d.value for d in app.dataframe)
    assert table[["employee_id", "why"]].values.tolist() == [["3", "no range of P7"]]
    app.selectbox(key="paid_in").set_value("EUR").run()
    assert not app.exception
    (table,) = (d.value for d in app.dataframe)
    assert table.why.tolist() == ["ranges of P3 are in USD, not in EUR"]


def test_a_roster_without_ranges_says_so(opened):
    opened(roster=ROSTER)
    assert "Nobody has a range." in said(open_page("people"))
