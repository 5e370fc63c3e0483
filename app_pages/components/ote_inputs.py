"""The inputs of the OTE page: the package, its measures, and the plan."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics import plans
from analytics.errors import InputError
from analytics.ote import Split, target_cash_from_base
from analytics.plans import Accelerator, Component, Package, Plan

GIVEN = ("OTE and split", "Base and variable", "Base and split", "OTE and base")
SPLITS = {"80/20": 80.0, "85/15": 85.0, "Own": None}
MEASURES = pd.DataFrame(
    {
        "measure": ["GRR", "NRR"],
        "weight": [50.0, 50.0],
        "floor": [80.0, 90.0],
        "target": [92.0, 110.0],
        "result": [92.0, 110.0],
    }
)
#: Where the attainment comes from.
ATTAINED = ("The results", "A figure")
#: Payout curves that plans often have: from which attainment on, and what each point pays.
PRESETS = {
    "Stepped: 1.5×, then 2× from 130%": ((100.0, 1.5), (130.0, 2.0)),
    "Straight": ((100.0, 1.0),),
    "1.5× above target": ((100.0, 1.5),),
    "2× above 100%": ((100.0, 2.0),),
    "Decelerated: 0.5× above target": ((100.0, 0.5),),
}


def money_input(label: str, key: str, value: float) -> float:
    """A field for dollars a year."""
    return float(
        st.number_input(
            label, 0.0, 1e8, value, step=1000.0, format="%.0f", key=key, bind="query-params"
        )
    )


def percent(label: str, key: str, value: float, top: float = 100.0, help: str = "") -> float:
    """A field in percent; returns a share."""
    return (
        st.number_input(label, 0.0, top, value, key=key, bind="query-params", help=help or None)
        / 100
    )


def chosen_package() -> Package:
    """Base and variable pay from any two figures."""
    given = st.segmented_control(
        "Start from", GIVEN, default=GIVEN[0], key="given", bind="query-params", required=True
    )
    columns = iter(st.columns(3))
    figures: dict[str, float] = {}
    share = None
    if "OTE" in given:
        with next(columns):
            figures["ote"] = money_input("On-target earnings", "ote", 130_000.0)
    if "Base" in given or "base" in given:
        with next(columns):
            figures["base"] = money_input("Base", "base_pay", 104_000.0)
    if "variable" in given:
        with next(columns):
            figures["variable"] = money_input("Variable at target", "variable_pay", 26_000.0)
    if "split" in given:
        with next(columns):
            asked = st.segmented_control(
                "Base/variable",
                list(SPLITS),
                default="80/20",
                key="plan_split",
                bind="query-params",
                required=True,
            )
            own = SPLITS[asked or "80/20"]
            share = own / 100 if own else percent("Base, %", "own_split", 70.0)
    if share is None:
        return plans.package(**figures)
    split = Split(share)
    if "ote" in figures:
        return plans.package(ote=figures["ote"], base=split.base_share * figures["ote"])
    return plans.package(base=figures["base"], ote=target_cash_from_base(figures["base"], split))


def measures(saved: dict[str, Any]) -> tuple[list[Component], list[float]]:
    """The plan's measures with weights, floors, targets and results."""
    start = pd.DataFrame(saved["measures"]) if saved else MEASURES
    edited = st.data_editor(
        start,
        key=f"measures {st.session_state.get('opened plan')}",
        num_rows="dynamic",
        hide_index=True,
        placeholder="–",
        column_config={
            "measure": st.column_config.TextColumn("Measure", required=True),
            "weight": st.column_config.NumberColumn("Weight, %", required=True),
            "floor": st.column_config.NumberColumn("Floor, %", help="This result is 0%"),
            "target": st.column_config.NumberColumn("Target, %", help="This result is 100%"),
            "result": st.column_config.NumberColumn("Result, %"),
        },
    )
    rows = [r for r in edited.itertuples() if not pd.isna(r.measure)]
    blank = [r.measure for r in rows if any(pd.isna(v) for v in r[2:])]
    if blank:
        raise InputError(f"{blank[0]}: fill in weight, floor, target and result")
    by_name = {str(r.measure).strip().upper(): r.result / 100 for r in rows}
    if "GRR" in by_name and "NRR" in by_name:
        plans.check_retention(by_name["GRR"], by_name["NRR"])
    return (
        [Component(str(r.measure), r.weight / 100, r.floor / 100, r.target / 100) for r in rows],
        [r.result / 100 for r in rows],
    )


def chosen_attainment(components: Sequence[Component], results: Sequence[float]) -> float:
    """The attainment that the page goes by, stated once: of the results, or a figure."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        taken = st.segmented_control(
            "Attainment from",
            ATTAINED,
            default=ATTAINED[0],
            key="attained",
            bind="query-params",
            required=True,
        )
        if taken == ATTAINED[1]:
            return percent("Attainment, %", "reach", 110.0, 1000.0)
    reached = plans.attainment(components, results)
    parts = (
        f"{c.weight:.0%} × {c.attainment(result):.1%} ({c.name})"
        for c, result in zip(components, results, strict=True)
    )
    st.text(f"Attainment {reached:.1%}: {' + '.join(parts)}")
    return reached


def retention_from_revenue() -> None:
    """GRR and NRR from a book's revenue, for those who have that to hand."""
    with st.expander("GRR and NRR from revenue"):
        labels = {
            "Revenue at the start": 1_000_000.0,
            "Contraction": 30_000.0,
            "Churn": 50_000.0,
            "Expansion": 150_000.0,
        }
        figures = [
            column.number_input(label, 0.0, 1e12, value, format="%.0f", key=f"revenue {label}")
            for column, (label, value) in zip(st.columns(4), labels.items(), strict=True)
        ]
        gross, net = plans.retention(*figures)
        st.text(f"GRR {gross:.1%}, NRR {net:.1%}")


def chosen_plan(saved: dict[str, Any]) -> Plan:
    """Threshold, accelerators and cap."""
    one, two, three = st.columns(3)
    with one:
        threshold = percent("Threshold, %", "threshold", 50.0, 99.0, "Nothing is paid below it")
    with two:
        lowest = percent("Payout at threshold, %", "at_threshold", 0.0)
    with three:
        cap = percent("Cap, % (0 for none)", "cap", 200.0, 1000.0)
    preset = st.selectbox("Payout above target", list(PRESETS), key="preset", bind="query-params")
    points = PRESETS[preset or next(iter(PRESETS))]
    start = pd.DataFrame(points, columns=["from", "rate"])
    if saved:
        start = pd.DataFrame(saved["steps"])
    edited = st.data_editor(
        start,
        key=f"steps {st.session_state.get('opened plan')} {preset}",
        num_rows="dynamic",
        hide_index=True,
        placeholder="–",
        column_config={
            "from": st.column_config.NumberColumn("From attainment, %", required=True),
            "rate": st.column_config.NumberColumn("Pays, × each point above", required=True),
        },
    )
    rows = edited.dropna().sort_values("from")
    steps = tuple(Accelerator(a / 100, k) for a, k in zip(rows["from"], rows["rate"], strict=True))
    return Plan(threshold, lowest, steps, cap or None)
