"""The Market page's filters: above its content, kept in the link and while other pages are open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from analytics.market_tables import MODEL
from analytics.pay_basis import LABELS
from analytics.percentiles import PERCENTILES
from analytics.rows import Band
from app_pages.components.filter_bar import Facet, show_filter_bar
from app_pages.components.markdown import escape_markdown
from data.catalog.market import Filters

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
#: What the filters are called in the link.
KEYS = ("function", "focus", "track", "level", "basis", "sources", "percentiles")
_SHOWN_AT_FIRST = (MODEL, "Canon taxonomy", "levels.fyi")


@dataclass(frozen=True)
class FilterState:
    """The filters and percentiles."""

    filters: Filters
    percentiles: tuple[float, ...]


def show_filters(options: dict[str, list[str]]) -> None:
    """Draw the filters; `current_filters` reads them."""
    at_first = [s for s in options["series"] if s in _SHOWN_AT_FIRST or s.startswith("BLS")]
    facets = [
        Facet("Focus", "focus", tuple(options["focus"]), escape_markdown),
        Facet("Track", "track", tuple(options["track"]), str.title),
        Facet("Level", "level", tuple(options["level"]), escape_markdown),
        Facet("Pay basis", "basis", tuple(options["pay_basis"]), LABELS.__getitem__),
        Facet("Sources shown", "sources", tuple(options["series"]), str, tuple(at_first)),
    ]
    if len(options["function"]) > 1:
        st.selectbox(
            "Function", options["function"], key="function", bind="query-params", width=320
        )
    else:
        st.session_state["function"] = options["function"][0]
    show_filter_bar(facets, _pick_percentiles)


def _pick_percentiles() -> None:
    st.selectbox("Percentiles", list(PERCENTILE_SETS), key="percentiles", bind="query-params")


def current_filters() -> FilterState:
    """The filters as they are set in this run."""
    state = st.session_state
    filters = Filters(
        function=(state.function,),
        focus=tuple(state.focus),
        track=tuple(state.track),
        level=tuple(state.level),
        pay_basis=tuple(state.basis),
        series=tuple(state.sources),
    )
    return FilterState(filters, PERCENTILE_SETS[state.percentiles])


def describe_filters(choice: FilterState) -> dict[str, str]:
    """The filters in words, for an export's second sheet and its log."""
    labels = {name: ", ".join(values) or "all" for name, values in vars(choice.filters).items()}
    return labels | {"percentiles": ", ".join(f"P{100 * p:g}" for p in choice.percentiles)}


def why_empty(rows: Sequence[Band], filters: Filters) -> str:
    """Which of the filters leave nothing, and what to change."""
    if not any(row.function in filters.function for row in rows):
        return (
            f"There is no pay for {escape_markdown(filters.function[0])} yet. "
            "Its levels and jobs are on the pages under Ladder."
        )
    helpful = [
        label
        for name, label in _NAMES.items()
        if getattr(filters, name) and any(map(replace(filters, **{name: ()}).passes, rows))
    ]
    if helpful:
        change = " or ".join(helpful)
        return f"No pay band passes all the filters. Change {change} to see some."
    return "No pay band passes all the filters. Remove some, or clear all."
