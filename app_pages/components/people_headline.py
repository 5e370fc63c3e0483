"""The figures above the People page: heads, ratios, circles and costs, and what they are."""

from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st

from analytics.money import money
from analytics.people.selection import PeopleQuery
from analytics.ranges.position import market_index
from app_pages import cache
from app_pages.components.context_line import show_context

PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}


def headline(people: pd.DataFrame, query: PeopleQuery) -> None:
    """Heads, ratios, circles and costs of the people shown, and what these figures are."""
    placed = people[people.why == ""]
    columns = iter(st.columns(5))
    without = len(people) - len(placed)
    note = f"{without:,} without a range" if without else "all with a range"
    next(columns).metric("People", f"{len(people):,}", f"{people.fte.sum():,.1f} FTE, {note}",
                         **PLAIN)  # fmt: skip
    middle = placed.midpoint.sum()
    ratio = f"{placed.pay.sum() / middle:.2f}" if middle else "none"
    median = f"median {placed.compa_ratio.median():.2f}" if len(placed) else None
    next(columns).metric("Compa-ratio", ratio, median, **PLAIN)
    for label, column, name in (
        ("Below minimum", "to_minimum", "to minimum"),
        ("Above maximum", "over_maximum", "above"),
    ):
        outside = placed[column][placed[column] > 0]
        amount = f"{money(outside.sum(), query.currency)} {name}"
        next(columns).metric(label, f"{len(outside):,}", amount, **PLAIN)
    priced = int(placed.market.notna().sum())
    index = market_index(placed.pay, placed.market)
    next(columns).metric("Market index", f"{index:.2f}" if priced else "none",
                         f"of {priced:,} people with a market", **PLAIN)  # fmt: skip
    show_context(context(people, query))


def context(people: pd.DataFrame, query: PeopleQuery) -> dict[str, str]:
    """What the headline figures are."""
    narrowed = "; ".join(f"{', '.join(values)}" for _, values in query.where)
    days = sorted({str(day)[:10] for day in people.as_of.unique()})
    bases = sorted({b.replace("_", " ") for b in people.pay_basis[people.why == ""].unique()})
    return {
        "job": narrowed or "everybody on the roster",
        "pay basis": f"full-time {' or '.join(bases) or 'base'}, {query.currency}",
        "date": " to ".join(dict.fromkeys((days[0], days[-1]))) if days else "",
        "status": loaded_status(people, cache.demo_sources()),
    }


def loaded_status(people: pd.DataFrame, demo: Collection[str]) -> str:
    """What the people and their ranges are: as the team loaded them, or made up."""
    made_up = int(people.source.isin(demo).sum())
    if made_up and made_up == len(people):
        return "demo data"
    if made_up:
        return f"{made_up:,} demo people among those loaded"
    if people.range_source.isin(demo).any():
        return "roster as loaded, demo ranges"
    return "roster and ranges as loaded"
