"""Gap to the next level, run by Streamlit's own AppTest."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.jobs.gap import Assessment, GapPlan, Goal
from analytics.jobs.gap_criteria import Criterion
from data.imports.load import reapply, withdraw
from data.imports.team_files.options import ImportOptions
from data.store.connection import open_to_read, open_to_write
from data.store.saved_work import find, save
from queries import run
from tests.app_pages.opening import open_page
from tests.data.loads import load

P2, P4, P5 = (f"CUSTOM1.CUSTOMER920B.P{n}" for n in (2, 4, 5))
M3 = "CUSTOM1.CUSTOMERBDCB.M3"
pytestmark = pytest.mark.usefixtures("store")

OLD = Criterion("guideline", "courage", "Asks for what was asked for before")


@pytest.fixture
def own(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store that the page may write to."""
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    monkeypatch.setenv("BANDSTAND_DB", str(path))
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


def gap_page(**link: str) -> AppTest:
    return open_page("gap", **link)


def ratings(page: AppTest) -> list:
    return [g for g in page.button_group if str(g.key).startswith("gap rating")]


def kept(path: Path, name: str, version: int | None = None) -> GapPlan:
    con = open_to_read(path)
    plan = GapPlan.from_json(find(run(con, "saved_work", kind="gap"), name, version))
    con.close()
    return plan


def button(page: AppTest, label: str):
    return next(b for b in page.button if b.label == label)


@pytest.fixture
def page(store: Path) -> AppTest:
    """The page with P4 chosen, where a next level and a move to management start."""
    page = gap_page()
    page.selectbox(key="gap_from").set_value(P4).run()
    assert not page.exception
    return page


def test_the_next_level_and_the_move_to_management_are_offered(page):
    assert page.title[0].value == "Gap to the next level"
    assert page.radio(key="gap_to").options == [
        r"Next level\: Customer Success Management, Strategic \(P5\)",
        r"Move to management\: Customer Success, Manager \(M3\)",
    ]
    assert [(m.label, m.value, m.delta) for m in page.metric] == [
        ("Pay differential to P5, modelled", "+$43k (+27%)", "interval +19% to +39%")
    ]
    of = "P4 to P5 · median of total compensation · 2026-05 · modelled"
    assert any(of in line.body for line in page.get("html"))
    page.radio(key="gap_to").set_value(M3).run()
    assert not page.exception
    assert [(m.label, m.value) for m in page.metric] == [
        ("Pay differential to M3, modelled", "+$34k (+22%)")
    ]
    assert "by the guideline rubric: 5–7 years. And more" in " ".join(t.value for t in page.text)


def test_a_level_with_descriptors_is_rated_by_dimension(page):
    page.selectbox(key="gap_from").set_value(P2).run()
    labels = [g.label for g in ratings(page)]
    assert labels[0] == r"Does the full job without help on ordinary work \(descriptor\)"
    assert len(labels) == 7 + 5 + 4
    assert "**Decision rights**" in [m.value for m in page.markdown]
    assert "Typical experience by level: 3–5 years." in [t.value for t in page.text]


def test_the_top_of_the_ladder_says_so(page):
    page.selectbox(key="gap_from").set_value("CUSTOM1.CUSTOMERBDCB.M6").run()
    assert not page.exception
    assert "the top of its track" in page.info[0].value
    assert not ratings(page)


def test_criteria_are_rated_and_the_rest_is_counted(page):
    assert len(ratings(page)) == 9
    ratings(page)[0].set_value("yes")
    ratings(page)[1].set_value("partly").run()
    assert not page.exception
    assert "8 of 9 criteria are not met in full." in [t.value for t in page.text]
    table = page.table[0].value.set_index("Dimension")
    assert table.loc["work"].astype(int).tolist() == [1, 1, 0, 3, 4]
    assert table.loc["knowledge"].astype(int).tolist() == [0, 0, 0, 1, 1]


def fill_and_save(page: AppTest, name: str) -> AppTest:
    page.text_input(key="gap person").set_value("Ada *L*")
    ratings(page)[0].set_value("partly")
    page.text_input(key=str(ratings(page)[0].key).replace("rating", "note")).set_value("since May")
    button(page, "Add a goal").click().run()
    page.text_input(key="gap goal 0").set_value("Lead the audit")
    page.date_input(key="gap due 0").set_value(date(2027, 3, 31)).run()
    page.text_input(key="gap name").set_value(name)
    button(page, "Save").click().run()
    assert not page.exception
    assert page.success[0].value.endswith("version 1.") or "version 2." in page.success[0].value
    return page


def test_a_gap_is_saved_in_versions_and_opened_by_link(own, page):
    fill_and_save(page, "Ada 2027")
    plan = kept(own, "Ada 2027")
    assert (plan.profile, plan.person) == (P4, "Ada *L*")
    assert (plan.assessments[0].rating, plan.assessments[0].note) == ("partly", "since May")
    assert plan.goals == (Goal("Lead the audit", "2027-03-31", plan.assessments[0].criterion),)
    ratings(page)[0].set_value("yes").run()
    button(page, "Save").click().run()
    assert kept(own, "Ada 2027").assessments[0].rating == "yes"

    again = gap_page(gap="Ada 2027", version="1")
    assert again.selectbox(key="gap_from").value == P4
    assert again.text_input(key="gap person").value == "Ada *L*"
    assert ratings(again)[0].value == "partly"
    assert again.date_input(key="gap due 0").value == date(2027, 3, 31)
    assert ratings(gap_page(gap="Ada 2027"))[0].value == "yes"


def test_a_page_that_was_left_opens_the_saved_gap_anew(own, page):
    fill_and_save(page, "Ada 2027")
    again = gap_page(gap="Ada 2027")
    again.switch_page("app_pages/compare.py").run()
    again.switch_page("app_pages/gap.py")
    again.query_params["gap"] = "Ada 2027"
    again.run()
    assert ratings(again)[0].value == "partly"
    assert again.text_input(key="gap goal 0").value == "Lead the audit"
    again.switch_page("app_pages/compare.py").run()
    del again.query_params["gap"]
    blank = again.switch_page("app_pages/gap.py").run()
    assert not blank.exception
    assert ratings(blank)[0].value is None
    assert not [t for t in blank.text_input if t.key == "gap goal 0"]


def test_goals_are_added_and_removed_and_kept_once_complete(own, page):
    button(page, "Add a goal").click().run()
    button(page, "Add a goal").click().run()
    assert "A goal is kept once it has a text and a day." in [c.value for c in page.caption]
    page.text_input(key="gap goal 1").set_value("Second")
    page.date_input(key="gap due 1").set_value(date(2027, 1, 2)).run()
    page.button(key="gap remove 0").click().run()
    assert not page.exception
    assert [t.value for t in page.text_input if str(t.key).startswith("gap goal")] == ["Second"]
    page.text_input(key="gap name").set_value("Goals")
    button(page, "Save").click().run()
    assert [g.text for g in kept(own, "Goals").goals] == ["Second"]


def saved(path: Path, name: str, plan: GapPlan) -> None:
    con = open_to_write(path)
    save(con, "gap", name, plan.to_json(), "")
    con.close()
    st.cache_resource.clear()


def test_criteria_of_an_older_taxonomy_are_kept_and_marked(own):
    saved(own, "Old", GapPlan(P4, "", P5, "", "Ada", (Assessment(OLD, "partly", "note"),),
                              (Goal("Hold on", "2027-03-31", OLD),)))  # fmt: skip
    page = gap_page(gap="Old")
    assert ratings(page)[-1].label == (
        r"Asks for what was asked for before \(guideline, no longer in the taxonomy\)"
    )
    assert ratings(page)[-1].value == "partly"
    assert page.selectbox(key="gap tied 0").options[-1].startswith("courage: Asks for what")
    ratings(page)[0].set_value("yes").run()
    button(page, "Save").click().run()
    plan = kept(own, "Old")
    assert plan.assessments[-1] == Assessment(OLD, "partly", "note")
    assert plan.goals[0].criterion == OLD
    assert len(plan.assessments) == 10


def test_profiles_of_an_older_taxonomy_are_kept_and_marked(own):
    old = GapPlan("X.GONE1234.P3", "Mason (P3)", "X.GONE1234.P4", "Mason (P4)", "Ada",
                  (Assessment(OLD, "yes"),))  # fmt: skip
    saved(own, "Gone", old)
    page = gap_page(gap="Gone")
    assert page.subheader[0].value == r"Mason \(P3\) → Mason \(P4\)"
    assert "X\\.GONE1234\\.P3 is no longer in the taxonomy" in page.info[0].value
    assert [r.value for r in ratings(page)] == ["yes"]
    button(page, "Save").click().run()
    assert kept(own, "Gone") == old
    page.selectbox(key="gap_from").set_value(P4).run()
    assert not page.exception
    assert len(ratings(page)) == 9


@pytest.mark.parametrize("spec", ["{}", "no json", json.dumps({"format": "bandstand gap 1"})])
def test_a_saved_gap_that_is_none_says_so(own, spec):
    con = open_to_write(own)
    save(con, "gap", "Broken", spec, "")
    con.close()
    st.cache_resource.clear()
    page = gap_page(gap="Broken")
    assert "not a gap of Bandstand" in page.error[0].value


def test_an_unknown_name_says_so(store):
    assert "nothing is saved as 'Nobody'" in gap_page(gap="Nobody").error[0].value


def test_who_may_see_only_aggregates_sees_no_saved_gap(own, monkeypatch):
    saved(own, "Ada 2027", GapPlan(P4, "", P5, "", "Ada Lovelace"))
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    page = gap_page(gap="Ada 2027")
    assert "rows of the team's own" in page.error[0].value
    assert not page.title
    assert "Lovelace" not in str(page.error) + str(list(page.main))


def test_what_a_person_is_called_is_shown_as_text_and_stays_out_of_the_roster(own, page):
    fill_and_save(page, "**Ada** https://evil.invalid")
    con = open_to_read(own)
    assert con.execute("select count(*) from employee").fetchone() == (0,)
    con.close()
    assert r"\*\*Ada\*\*" in page.success[0].value


ROSTER = (
    "employee_id,title,level,place,currency,base,as_of\nE7,Chef,P4,Boston,USD,90000,2026-11-01\n"
)


def test_a_gap_tied_to_an_employee_is_found_on_their_page_and_goes_with_the_roster(own):
    con = open_to_write(own)
    load(con, "roster", ROSTER, ImportOptions(pay_is="actual"))
    con.close()
    saved(own, "Ada 2027", GapPlan(P4, "", P5, "", "Ada", employee_id="E7"))
    saved(own, "Nobody's", GapPlan(P4, "", P5, ""))
    page = gap_page(gap="Ada 2027")
    assert page.text_input(key="gap_employee").value == "E7"
    person = open_page("people", list="One person", person_id="E7")
    labels = [link.proto.label for link in person.get("page_link")]
    assert "Ada 2027" in labels
    assert not {"Nobody's", r"Nobody\'s"} & set(labels)
    page.text_input(key="gap_employee").set_value("E8").run()
    assert "No roster that is loaded has the employee id E8" in page.error[0].value
    assert not [b for b in page.button if b.label == "Save"]
    st.cache_resource.clear()
    con = open_to_write(own)
    (number,) = con.execute("select load from import_log where kind = 'roster'").fetchone()
    withdraw(con, number)
    assert run(con, "saved_work", kind="gap").name.tolist() == ["Nobody's"]
    reapply(con, number)
    assert len(run(con, "saved_work", kind="gap")) == 2
    withdraw(con, number)
    con.close()
    st.cache_resource.clear()
    assert "nothing is saved as 'Ada 2027'" in gap_page(gap="Ada 2027").error[0].value
