"""Ranges: a pay structure built from the market, edited, compared, and made live."""

import streamlit as st

from analytics.errors import BandstandError
from analytics.pay_basis import LABELS
from analytics.ranges.build import build_ranges
from app_pages import cache
from app_pages.components.demo import show_demo_notice
from app_pages.components.markdown import escape_markdown
from app_pages.components.range_grid import show_grid, start_with
from app_pages.components.range_headline import draw_structure, headline, show_warnings
from app_pages.components.range_inputs import (
    ask_terms,
    widget_values,
)
from app_pages.components.range_market import (
    choices_of,
    choose_figures,
    follow_link,
    show_market_choices,
    usual_percentiles,
)
from app_pages.components.range_scope import saved_targets
from app_pages.components.range_structure import structure_of
from app_pages.components.range_versions import show_versions
from app_pages.components.range_views import show_range_tabs
from app_pages.components.saved_work import saved_in_link
from data.ranges.versions import KIND, Version, find_version

_OPENED = "opened structure"


def opened_version() -> Version | None:
    """The saved version that the link names, once its settings are in the widgets."""
    named = saved_in_link(KIND)
    if not named:
        return None
    version = find_version(cache.structure_versions(), *named)
    if st.session_state.get(_OPENED) != version.label:
        st.session_state[_OPENED] = version.label
        st.session_state.update(widget_values(version.structure))
        start_with(version.structure)
        saved = version.structure
        choose_figures(saved.function, choices_of(saved.markets, saved_targets(saved)))
    return version


def page() -> None:
    """The page from top to bottom."""
    st.title("Ranges")
    show_demo_notice()
    opened = opened_version()
    terms = ask_terms(opened.structure if opened else None)
    follow_link(terms.function)
    structure = structure_of(terms, opened.structure if opened else None)
    if job := terms.scope.job:
        usual = usual_percentiles(structure.markets, terms.targets)
        show_market_choices(structure, job, usual)
    built = build_ranges(structure)
    if not built.ranges:
        st.info(
            f"No source answers for {escape_markdown(terms.function)} on {LABELS[terms.basis]}. "
            "Load a survey, or choose another pay basis.",
            icon=":material/search_off:",
        )
        st.page_link("app_pages/imports.py", label="Load a survey", icon=":material/upload:",
                     query_params={"kind": "A survey"})  # fmt: skip
        return
    headline(structure, built)
    draw_structure(structure, built, terms.scope.job)
    show_warnings(structure, built)
    st.header("Ranges")
    show_grid(structure, built.ranges)
    show_range_tabs(structure, built, opened)
    show_versions(structure, opened)


try:
    page()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
