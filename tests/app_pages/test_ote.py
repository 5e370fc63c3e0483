"""The OTE page: one attainment, and files whose per cents are numbers."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.units import units_of
from app_pages.components.ote_compare import comparison
from app_pages.components.tables import label_of
from tests.app_pages.opening import open_page


@pytest.fixture
def ote(store) -> AppTest:
    return open_page("ote")


def pay_at(app: AppTest) -> list[float]:
    frame = next(d.value for d in app.dataframe if "payout" in d.value)
    return frame["attainment"].tolist()


def test_the_tables_say_what_a_plan_pays_in_its_own_terms(ote):
    pay, team = (d.value for d in ote.dataframe if "payout" in d.value)
    assert [label_of(c) for c in pay] == ["Attainment", "Payout", "Variable", "Total cash"]
    # At 80 percent the default plan pays 60 percent of the $26,000: 104,000 + 15,600.
    assert pay.loc[1].tolist() == pytest.approx([0.8, 0.6, 15_600, 119_600])
    assert [label_of(c) for c in team][3:] == ["Base", "Variable", "Total cash"]


def stated(app: AppTest) -> list[str]:
    return [t.value for t in app.text if t.value.startswith("Attainment")]


def test_the_attainment_of_the_results_is_stated_once(ote):
    assert stated(ote) == ["Attainment 100.0%: 50% × 100.0% (GRR) + 50% × 100.0% (NRR)"]
    assert pay_at(ote) == [0.0, 0.8, 1.0, 1.2]


def test_a_figure_takes_the_place_of_the_results(ote):
    next(g for g in ote.button_group if g.key == "attained").set_value("A figure").run()
    ote.number_input(key="reach").set_value(90.0).run()
    assert not ote.exception
    assert stated(ote) == []  # the field itself says it
    assert pay_at(ote) == [0.0, 0.8, 0.9, 1.0, 1.2]


def test_saved_plans_are_compared_as_numbers_with_their_units():
    one = {
        "ote": 130_000.0, "plan_split": "80/20", "cap": 200.0, "given": "OTE and split",
        "measures": [{"measure": "GRR", "weight": 50.0, "floor": 80.0, "target": 92.0,
                      "result": 90.0}],
        "steps": [{"from": 100.0, "rate": 1.5}],
    }  # fmt: skip
    two = {"ote": 150_000.0, "plan_split": "Own", "own_split": 70.0, "cap": 0.0}
    table = comparison({"A": one, "B": two})
    rows = {row["setting"]: row for row in table.to_dict("records")}
    assert (rows["On-target earnings"]["A"], rows["On-target earnings"]["B"]) == (130e3, 150e3)
    share = rows["Base, share of on-target earnings"]
    assert (share["unit"], share["A"], share["B"]) == ("percent", 80.0, 70.0)
    assert rows["GRR, floor"]["A"] == 80.0
    assert rows["GRR, floor"]["B"] != rows["GRR, floor"]["B"]  # no such measure: no number
    assert rows["Step 1 above target, points paid a point"]["A"] == 1.5
    assert units_of(table)["A"].is_number
