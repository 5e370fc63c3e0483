"""The filters that several pages share: in the link of each, kept while others are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from analytics.market_tables import MODEL
from analytics.pay_basis import LABELS
from analytics.pay_rows import Band
from analytics.percentiles import PERCENTILES
from app_pages.components.filter_bar import Facet, keep, show_filter_bar
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
KEYS = ("function", "focus", "track", "level", "pay_basis", "sources", "percentiles")
#: Those that several pages draw.
_SHARED = ("focus", "track", "level", "pay_basis")
#: The pages that draw some of them, by address.
_PAGES = ("market", "ladder", "profile", "compare", "sources")
#: The page that the session showed last.
_PAGE_SHOWN = "page shown"
_ARRIVING = "filters arrive from another page"
_SHOWN_AT_FIRST = (MODEL, "Canon taxonomy", "levels.fyi")


@dataclass(frozen=True)
class FilterState:
    """The filters and percentiles."""

    filters: Filters
    percentiles: tuple[float, ...]


def show_filters(options: dict[str, list[str]]) -> None:
    """Draw the filters; `current_filters` reads them."""
    at_first = [s for s in options["series"] if s in _SHOWN_AT_FIRST or s.startswith("BLS")]
    shared = _facets(options, _SHARED)
    _carry_into_link(shared)
    sources = Facet(_NAMES["series"], "sources", tuple(options["series"]), str, tuple(at_first))
    if len(options["function"]) > 1:
        st.selectbox(
            "Function", options["function"], key="function", bind="query-params", width=320
        )
    else:
        st.session_state["function"] = options["function"][0]
    show_filter_bar([*shared, sources], _pick_percentiles)


def hold_filters(page: str) -> None:
    """Keep what is chosen when the page, named by its address, has just been changed."""
    if page not in _PAGES:
        keep(KEYS)
    elif st.session_state.get(_PAGE_SHOWN) != page:
        keep(_SHARED)
        st.session_state[_ARRIVING] = True
    st.session_state[_PAGE_SHOWN] = page


def _carry_into_link(facets: Sequence[Facet]) -> None:
    """Put what was chosen on the page before into the link of this one.

    Streamlit itself does so only after a page that doesn't draw these filters.
    """
    if not st.session_state.pop(_ARRIVING, False):
        return
    for facet in facets:
        if facet.chosen and facet.key not in st.query_params:
            st.query_params[facet.key] = list(map(facet.say, facet.chosen))


def narrow(options: dict[str, list[str]], names: Sequence[str]) -> Filters:
    """Draw the filters of these ``names`` that can change something; what they narrow to.

    Those of other pages are held meanwhile, and don't act.
    """
    facets = [facet for facet in _facets(options, names) if len(facet.options) > 1]
    drawn = {facet.key for facet in facets}
    keep([key for key in KEYS if key not in drawn])
    _carry_into_link(facets)
    if facets:
        show_filter_bar(facets)
    return Filters(**{name: tuple(st.session_state[name]) for name in names if name in drawn})


def offered_with_named(key: str, passing: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """What a picker offers: what passes the filters, and whatever it holds or the link names.

    ``labels`` are all that it could offer, as it shows them; the link has either.
    """
    held = st.session_state.get(key) or st.query_params.get_all(key)
    named = {held} if isinstance(held, str) else set(held)
    return [
        code
        for code, label in labels.items()
        if code in passing or not named.isdisjoint((code, label))
    ]


def _facets(options: dict[str, list[str]], names: Sequence[str]) -> list[Facet]:
    say = {"track": str.title, "pay_basis": LABELS.__getitem__}
    return [
        Facet(
            _NAMES[name],
            name,
            tuple(options[name]),
            say.get(name, escape_markdown),
        )
        for name in names
    ]


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
        pay_basis=tuple(state.pay_basis),
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
