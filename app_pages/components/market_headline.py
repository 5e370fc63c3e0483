"""The figures above the Market chart: one level's median, its range, the step to the next."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analytics.money import money, money_range, short_money, signed_percent
from analytics.pay_basis import LABELS
from analytics.pay_rows import Band, LevelDifference
from app_pages import cache
from app_pages.charts.steps import difference
from app_pages.components.context_line import show_context

PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}


def short_range(low: float, high: float, currency: str) -> str:
    """Two figures for a headline, in thousands."""
    return f"{short_money(low, currency)}–{short_money(high, currency)}"


def headline(rows: Sequence[Band], differences: Sequence[LevelDifference]) -> None:
    """Median, range and next step of one level, and what these are of."""
    pick, one, two, three = st.columns([1, 2, 2, 2], vertical_alignment="top")
    levels = cache.options()["level"]
    asked = pick.selectbox("Level in focus", levels, index=2, key="at", bind="query-params")
    row = next((r for r in rows if r.level == asked), rows[0])
    profiles = cache.profiles().rows
    codes = {p.level: p.code for p in profiles if p.function_title == row.function}
    with one:
        _median(row, codes.get(row.level))
    with two:
        _range(row)
    step = next((d for d in differences if d.start == row.level and d.kind == "within"), None)
    with three:
        _step(step if row.modelled else None, codes)
    show_context(context(row))


def _median(row: Band, profile: str | None) -> None:
    ends = short_range(row.low, row.high, row.currency)
    st.metric(
        f"{row.level} median, {row.status}",
        money(row.percentiles["p50"], row.currency),
        f"interval {ends}" if row.modelled else "as published",
        **PLAIN,
    )
    if profile:
        st.page_link(
            "app_pages/profile.py",
            label="Job profile",
            icon=":material/badge:",
            query_params={"profile": profile},
        )


def _range(row: Band) -> None:
    reach = [
        (f"{low.upper()}–{high.upper()}", short_range(pays[low], pays[high], row.currency))
        for low, high in (("p25", "p75"), ("p10", "p90"))
        if row.modelled and {low, high} <= set(pays := row.percentiles)
    ]
    if reach:
        (label, value), *more = reach
        st.metric(label, value, " ".join(more[0]) if more else None, **PLAIN)
        return
    note = "interval of the median" if row.modelled else "percentiles not stated"
    st.metric("Range", short_range(row.low, row.high, row.currency), note, **PLAIN)


def _step(step: LevelDifference | None, codes: Mapping[str, str]) -> None:
    if step is None:
        st.metric("Differential to the next level", "none", "top of its track", **PLAIN)
        return
    interval = f"interval {signed_percent(step.ratio_low)} to {signed_percent(step.ratio_high)}"
    worth = f"{difference(step, True)} ({difference(step, False)})"
    st.metric(f"Differential to {step.end}, {step.status}", worth, interval, **PLAIN)
    if {step.start, step.end} <= set(codes):
        st.page_link(
            "app_pages/compare.py",
            label=f"Compare {step.start} with {step.end}",
            icon=":material/compare_arrows:",
            query_params={"profiles": [codes[step.start], codes[step.end]]},
        )


def context(row: Band) -> dict[str, str]:
    """What the headline figures are; a band's source says where it is of, or doesn't."""
    return {
        "job": f"{row.function}, {row.title} · {row.level}",
        "pay basis": LABELS[row.pay_basis],
        "date": row.as_of,
        "status": row.status,
        "interval": money_range(row.low, row.high, row.currency) if row.modelled else "",
    }
