"""The sidebar's filters: the same on every page, and kept in the link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from analytics.market_tables import MODEL
from analytics.pay_basis import LABELS
from analytics.percentiles import PERCENTILES
from app_pages.components.markdown import escape_markdown
from data.catalog.market import Filters

#: The labels of `analytics.pay_basis`, under the name that pages import.
BASIS_WORDS = LABELS
PERCENTILE_SETS: dict[str, tuple[float, ...]] = {
    "P10 P25 P50 P75 P90": PERCENTILES,
    "P25 P50 P75": (0.25, 0.50, 0.75),
    "P50 only": (0.50,),
    "Every tenth": (0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90),
}
_NAMES = {
    "focus": "Focus",
    "track": "Track",
    "level": "Level",
    "pay_basis": "Pay basis",
    "series": "Sources shown",
}
_FEW = 12
_SHOWN_AT_FIRST = (MODEL, "Canon taxonomy", "levels.fyi")


@dataclass(frozen=True)
class FilterState:
    """What the sidebar asks for."""

    filters: Filters
    percentiles: tuple[float, ...]


def show_filters(options: dict[str, list[str]]) -> None:
    """Draw the filters; `current_filters` reads them."""
    at_first = [s for s in options["series"] if s in _SHOWN_AT_FIRST or s.startswith("BLS")]
    with st.sidebar:
        st.selectbox("Function", options["function"], key="function", bind="query-params")
        multi_filter("Focus", options["focus"], "focus", say=escape_markdown)
        multi_filter("Track", options["track"], "track", say=str.title)
        multi_filter("Level", options["level"], "level", say=escape_markdown)
        multi_filter("Pay basis", options["pay_basis"], "basis", say=BASIS_WORDS.__getitem__)
        multi_filter("Sources shown", options["series"], "sources", at_first)
        st.selectbox("Percentiles", list(PERCENTILE_SETS), key="percentiles", bind="query-params")


def preserve_filters() -> None:
    """Hold the filters' values on a page that doesn't draw them."""
    for name in ("function", "focus", "track", "level", "basis", "sources", "percentiles"):
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def current_filters() -> FilterState:
    """The filters as they stand in this run."""
    state = st.session_state
    filters = Filters(
        function=(state.function,),
        focus=tuple(state.focus),
        track=tuple(state.track),
        level=tuple(state.level),
        pay_basis=tuple(state.basis),
        series=tuple(state.sources) or ("none",),
    )
    return FilterState(filters, PERCENTILE_SETS[state.percentiles])


def describe_filters(choice: FilterState) -> dict[str, str]:
    """The filters in words, for an export's second sheet and its log."""
    said = {name: ", ".join(values) or "all" for name, values in vars(choice.filters).items()}
    return said | {"percentiles": ", ".join(f"P{100 * p:g}" for p in choice.percentiles)}


def why_empty(rows: Sequence[Any], filters: Filters) -> str:
    """Which of the filters leave nothing, and what to change."""
    if not any(row.function in filters.function for row in rows):
        return (
            f"No pay is held for {escape_markdown(filters.function[0])} yet. "
            "Its levels and jobs are on the pages under Ladder."
        )
    helpful = [
        said
        for name, said in _NAMES.items()
        if getattr(filters, name) and any(map(replace(filters, **{name: ()}).passes, rows))
    ]
    if helpful:
        change = " or ".join(helpful)
        return f"No pay band passes all the filters. Change {change} to see some."
    return "No pay band passes all the filters. Clear them one after another, from the top."


def multi_filter(
    label: str,
    options: list[str],
    key: str,
    default: list[str] | None = None,
    say: Callable[[str], str] = str,
) -> None:
    """One click an option while they are few, a list to search when they are many."""
    kept: dict[str, Any] = {"default": default, "key": key, "format_func": say}
    if len(options) <= _FEW:
        st.pills(label, options, selection_mode="multi", bind="query-params", **kept)
    else:
        st.multiselect(label, options, placeholder="All", bind="query-params", **kept)
