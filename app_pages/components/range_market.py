"""The market figure of each level on the Ranges page: which one, and at which percentile."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics.job_rows import JobProfile
from analytics.ranges.build import Structure
from analytics.ranges.market_choice import USUAL, MarketChoice
from analytics.ranges.rows import MarketLevel
from analytics.ranges.targets import Targets
from analytics.units import unit_of
from app_pages import cache
from app_pages.asking import records_mode
from app_pages.components.markdown import escape_markdown
from app_pages.components.range_market_link import newly_linked, write_link
from app_pages.components.tables import screen_format

_CHOICES, _EDITS = "market choices", "market edits"
_USUAL = "Sources that answer"
_OPEN = ("figure", "percentile")


def chosen_figures(function: str) -> dict[str, MarketChoice]:
    """What was chosen on this page for levels of a ladder, by level."""
    known: dict[str, dict[str, MarketChoice]] = st.session_state.get(_CHOICES, {})
    return known.get(function, {})


def follow_link(function: str) -> None:
    """Choose what the link names for levels of a ladder, and keep the link to what is chosen."""
    if linked := newly_linked():
        choose_figures(function, linked)
    write_link(chosen_figures(function))


def choose_figures(function: str, choices: Mapping[str, MarketChoice]) -> None:
    """Put choices in place of those of a ladder."""
    known = st.session_state.get(_CHOICES, {})
    st.session_state[_CHOICES] = {**known, function: dict(choices)}
    st.session_state[_EDITS] = st.session_state.get(_EDITS, 0) + 1


def usual_percentiles(markets: Sequence[MarketLevel], targets: Targets) -> dict[str, float]:
    """The percentile of each level that has none of its own."""
    return {m.level: targets.of_level(cache.focus_of(m.code), m.track) for m in markets}


def choices_of(markets: Sequence[MarketLevel], targets: Targets) -> dict[str, MarketChoice]:
    """What was chosen for the levels of a saved structure, at these targets."""
    usual = usual_percentiles(markets, targets)
    found = {
        m.level: MarketChoice(m.chosen, None if m.percentile == usual[m.level] else m.percentile)
        for m in markets
    }
    return {level: choice for level, choice in found.items() if choice != MarketChoice()}


def show_market_choices(structure: Structure, job: JobProfile, usual: Mapping[str, float]) -> None:
    """A row a level: choose its figure and percentile; what follows stands beside them.

    ``usual`` is the percentile of each level that has none of its own. A change is taken at
    once.
    """
    markets = structure.markets
    figures = cache.market_figures(job.code, structure.pay_basis, structure.month, records_mode())
    chosen = any(m.chosen != USUAL or m.percentile != usual[m.level] for m in markets)
    with st.expander("Market figure of each level", chosen, icon=":material/query_stats:"):
        st.caption(
            "Each range stands on the sources that answer for its level, as on Home, or on the "
            "figure that you choose: the modelled ladder, one survey, a published figure, your pay "
            "records, or a pricing that you saved for the whole country, aged to the page's month. "
            "An empty percentile is that of the focus or track."
        )
        table = _table(markets)
        edited = st.data_editor(
            table,
            key=f"market of {structure.function} {st.session_state.get(_EDITS, 0)}",
            hide_index=True,
            placeholder="no figure",
            height=35 * (len(markets) + 1) + 3,
            disabled=[c for c in table if c not in _OPEN],
            column_config=_columns(structure.currency, (*figures, *_saved_ones(markets, figures))),
        )
        _say_sources(markets)
        _say_unknown(chosen_figures(structure.function), job)
        _take(structure.function, markets, edited, usual)


def _take(
    function: str, markets: Sequence[MarketLevel], edited: pd.DataFrame, usual: Mapping[str, float]
) -> None:
    given = {}
    for m, row in zip(markets, edited.to_dict("records"), strict=True):
        figure = "" if row["figure"] in (None, _USUAL) else str(row["figure"])
        typed = row["percentile"]
        percentile = usual[m.level] if pd.isna(typed) else round(float(typed) / 100, 6)
        given[m.level] = MarketChoice(figure, None if percentile == usual[m.level] else percentile)
    elsewhere = {k: v for k, v in chosen_figures(function).items() if k not in given}
    wanted = elsewhere | {k: choice for k, choice in given.items() if choice != MarketChoice()}
    shown = {m.level: (m.chosen, m.percentile) for m in markets}
    if {m.level: (given[m.level].figure, given[m.level].percentile or usual[m.level])
            for m in markets} != shown:  # fmt: skip
        choose_figures(function, wanted)
        st.rerun()


def _saved_ones(markets: Sequence[MarketLevel], figures: Sequence[str]) -> list[str]:
    """Figures that a saved structure was built on and that are offered no longer."""
    return list(dict.fromkeys(m.chosen for m in markets if m.chosen and m.chosen not in figures))


def _table(markets: Sequence[MarketLevel]) -> pd.DataFrame:
    rows = [
        {
            "level": m.level,
            "focus": cache.focus_of(m.code),
            "figure": m.chosen or _USUAL,
            "percentile": round(100 * m.percentile, 6),
            "market": None if m.market is None else round(m.market),
            "low": None if m.low is None else round(m.low),
            "high": None if m.high is None else round(m.high),
            "status": m.status,
        }
        for m in markets
    ]
    money = dict.fromkeys(("market", "low", "high"), "Float64")
    return pd.DataFrame(rows).astype(money)


def _columns(currency: str, figures: Sequence[str]) -> dict[str, Any]:
    money_format, _ = screen_format(unit_of(currency))
    labels = {"market": "Market", "low": "Interval from", "high": "Interval to"}
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(label, format=money_format, step=1)
        for name, label in labels.items()
    }
    columns["figure"] = st.column_config.SelectboxColumn(
        "Market figure", options=[_USUAL, *figures], required=True, width="medium"
    )
    columns["percentile"] = st.column_config.NumberColumn(
        "Percentile", min_value=1, max_value=99, step=1, format="P%g"
    )
    columns["level"] = st.column_config.Column("Level", pinned=True)
    return columns | {"focus": "Focus", "status": "Status"}


def _say_unknown(chosen: Mapping[str, MarketChoice], job: JobProfile) -> None:
    """The levels of the link that the ladder does not have."""
    if unknown := sorted(set(chosen) - {row.level for row in cache.jobs_of_ladder(job)}):
        st.caption(
            f"This ladder has no level {escape_markdown(', '.join(unknown))}, which the link "
            "names; it is left out."
        )


def _say_sources(markets: Sequence[MarketLevel]) -> None:
    """The sources by their titles, which no column is wide enough for; what gives no figure."""
    levels: dict[str, list[str]] = {}
    for m in markets:
        if m.source:
            levels.setdefault(m.source, []).append(m.level)
    for source, of in levels.items():
        titles = ", ".join(map(cache.source_title, source.split(", ")))
        st.caption(f"Source of {', '.join(of)}: {escape_markdown(titles)}.")
    if missing := [m.level for m in markets if m.chosen and m.market is None]:
        st.caption(f"The figure chosen for {', '.join(missing)} gives none on this basis.")
