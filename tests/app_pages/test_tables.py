"""A column's shown format is its unit's: held for every query and for published figures."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.units import units_of, with_units
from app_pages.components.tables import Table, label_of
from queries import names, run
from tests.queries.test_headers import sample

#: Unit → Streamlit's number format and step, said independently of the code that makes them.
EXPECTED = {
    "count": ("localized", None),
    "ordinal": ("%d", None),
    "year": ("%d", None),
    "years": ("%.1f", None),
    "percent": ("%.2f%%", None),
    "share": ("percent", 0.001),
    "factor": ("%.4f", None),
    "score": ("%.1f", None),
    "number": ("%.2f", None),
    "hundredths": ("localized", None),
    "log": ("%.4f", None),
    "USD": ("dollar", 1),
    "USD/hour": ("dollar", 0.01),
}


def shown_format(table: Table[Any], column: str) -> tuple[str | None, float | None]:
    kind = table.columns[column]["type_config"]
    return kind.get("format"), kind.get("step")


@pytest.mark.parametrize("name", names())
def test_every_column_of_every_query_is_shown_by_the_unit_of_its_header(name, con):
    frame = run(con.cursor(), name, **sample(name))
    table = Table.of(frame)
    for column, unit in units_of(frame).items():
        if column in table.columns and unit.is_number and not unit.by_row:
            assert shown_format(table, column) == EXPECTED[unit.name], column


def shown_figures(con: Any, source: str, figure: str) -> list[str]:
    table = Table.of(run(con.cursor(), "source_figures", source=source))
    return [r["value"] for r in table.display.to_pylist() if r["figure"] == figure]


@pytest.mark.parametrize(
    ("source", "figure", "shown"),
    [
        ("bls-outlook", "jobs in base year", "2,814,000"),
        ("bls-outlook", "change", "-5%"),
        ("bea-rpp", "price parity", "88.007"),
        ("ladder-model", "worst miss of a published percentile", "0.33%"),
        ("levels-fyi", "total compensation P50", "$132,000"),
    ],
)
def test_published_figures_are_shown_in_their_own_unit(con, source, figure, shown):
    assert shown in shown_figures(con, source, figure)


def test_a_survey_in_euros_is_shown_in_euros():
    frame = pd.DataFrame({"p50": [71_000.0], "currency": ["EUR"]})
    table = Table.of(with_units(frame, {"p50": "currency", "currency": "text"}))
    assert shown_format(table, "p50") == ("euro", 1)


def test_rows_of_several_currencies_are_each_shown_in_their_own():
    frame = pd.DataFrame({"p50": [71_000.0, 95_000.0], "currency": ["EUR", "CHF"]})
    table = Table.of(with_units(frame, {"p50": "currency", "currency": "text"}))
    assert table.display.column("p50").to_pylist() == ["€71,000", "CHF 95,000"]


def test_both_ends_of_an_interval_stand_in_one_column():
    frame = pd.DataFrame({"p50": [2.0], "p50_low": [106_300.0], "p50_high": [125_100.0]})
    table = Table.of(with_units(frame, dict.fromkeys(frame.columns, "USD")))
    assert table.display.column("p50_interval").to_pylist() == ["$106,300 – $125,100"]
    assert "p50_low" not in table.columns


def test_rows_kept_twice_are_the_same_rows_in_every_form():
    frame = pd.DataFrame({"level": ["P1", "P2", "P3", "P4"], "low": [1.0, 2.0, 3.0, 4.0]})
    units = {"level": "text", "low": "USD"}
    whole = Table(frame, list("1234"), Table.of(with_units(frame, units)).screen)
    kept = whole.keep(lambda row: row != "1").keep(lambda row: row != "3")
    assert kept.rows == ["2", "4"]
    assert kept.frame.level.to_list() == ["P2", "P4"]
    assert kept.display.column("level").to_pylist() == ["P2", "P4"]


def test_what_a_figure_is_stands_in_words():
    frame = pd.DataFrame({"figure": ["total_comp p25", "jobs in base year", "target_cash P90"]})
    shown = Table.of(with_units(frame, {"figure": "text"}))
    assert shown.display.column("figure").to_pylist() == [
        "total compensation P25",
        "jobs in base year",
        "target cash (OTE) P90",
    ]
    assert shown.frame.figure.to_list() == frame.figure.to_list()  # a file has the codes


def _draw_table() -> None:
    import streamlit as st

    st.session_state["table"].show("t", "a table")


def columns_drawn(table: Table[Any]) -> list[str]:
    app = AppTest.from_function(_draw_table)
    app.session_state["table"] = table
    return list(app.run().dataframe[0].proto.column_order)


def test_a_column_that_is_empty_in_every_row_takes_no_room():
    frame = pd.DataFrame({"area": ["Ohio", "Iowa"], "at_least": ["", ""], "p50": [1.0, None]})
    units = {"area": "text", "at_least": "text", "p50": "USD"}
    table = Table.of(with_units(frame, units))
    assert columns_drawn(table) == ["p50", "area"]
    assert "at_least" in table.frame  # the files have it


def test_an_empty_first_row_hides_no_column():
    frame = pd.DataFrame({"area": ["", "Iowa"], "p50": [None, 2.0]})
    assert columns_drawn(Table.of(with_units(frame, {"area": "text", "p50": "USD"}))) == [
        "p50", "area",
    ]  # fmt: skip


def test_a_share_is_rounded_before_the_browser_cuts_it_to_its_digits():
    frame = pd.DataFrame({"covered": [0.91554, 0.8756, -0.0495, None]})
    shown = Table.of(with_units(frame, {"covered": "share"})).display.column("covered")
    assert shown.to_pylist() == [0.916, 0.876, -0.05, None]


def test_differentials_show_each_interval_right_of_what_it_is_of():
    frame = pd.DataFrame({"start": ["P1"], "amount": [5_400.4], "amount_low": [-3.0],
                          "amount_high": [27_547.0], "ratio": [0.0264], "ratio_low": [-0.0843],
                          "ratio_high": [0.1336]})  # fmt: skip
    money, share = ("amount", "amount_low", "amount_high"), ("ratio", "ratio_low", "ratio_high")
    units = {"start": "text"} | dict.fromkeys(money, "USD") | dict.fromkeys(share, "share")
    table = Table.of(with_units(frame, units))
    assert table.display.select(["amount_interval", "ratio_interval"]).to_pylist() == [
        {"amount_interval": "−$3 – $27,547", "ratio_interval": "−8.4% – 13.4%"}
    ]
    assert columns_drawn(table) == [
        "start", "amount", "amount_interval", "ratio", "ratio_interval",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "heading"),
    [("fte_raised", "FTE raised"), ("employee_id", "Employee ID"), ("start_p50", "Start P50"),
     ("mean_rse", "Mean RSE"), ("soc_title", "SOC title"), ("identity", "Identity")],
)  # fmt: skip
def test_abbreviations_stand_in_capitals(name, heading):
    assert label_of(name) == heading
