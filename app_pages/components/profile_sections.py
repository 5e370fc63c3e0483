"""The sections of a job profile, each with what is not given said."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.job_rows import AdjacentProfile, OtherTitle, Responsibility
from analytics.market_tables import sources_named
from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from app_pages import cache
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.profiles import NOT_GIVEN, QUARTILES, profile_pay

#: Columns that only put rows in order: the rows are.
RANKS = {"ordinal", "place"}


def show_badges(profile: dict[str, Any]) -> None:
    """Confidence, status, scope and version, each with what is not given."""
    confidence, label = profile["confidence"], profile["confidence_label"]
    version = profile["version"]
    labels = {
        "confidence": f"{label or ''} ({confidence:.2f})".strip() if confidence else label,
        "status": profile["status"],
        "scope": profile["scope"],
        "version": version and str(version),
    }
    with st.container(horizontal=True):
        for label, value in labels.items():
            st.badge(
                f"{label}: {escape_markdown(value or NOT_GIVEN)}",
                color="green" if value else "gray",
            )


def show_market_pay(profile: dict[str, Any], bases: tuple[str, ...]) -> None:
    """What is published for the level, then what is modelled, each with where it is from."""
    st.header("Market pay")
    rows = profile_pay(cache.bands(QUARTILES, None).rows, profile)
    rows = [row for row in rows if row.pay_basis in (bases or LABELS)]
    if not rows:
        on_basis = " on the pay basis chosen" if bases else ""
        st.caption(f"No pay is published or modelled for this profile{on_basis}.")
    for row, column in zip(rows, st.columns(max(len(rows), 2)), strict=False):
        what = "interval" if row.modelled else "range, percentiles not stated,"
        column.metric(
            f"{row.series}: median, {row.status}",
            money(row.percentiles["p50"], row.currency),
            f"{what} {money_range(row.low, row.high, row.currency)}",
            delta_arrow="off",
            delta_color="off",
        )
        column.caption(
            escape_markdown(
                f"{LABELS[row.pay_basis]} · date: {row.as_of} · n: {row.n} · source: {row.source}"
            )
        )
    st.page_link(
        "app_pages/market.py",
        label=f"{profile['level']} on the Market page",
        query_params={"at": profile["level"]},
        icon=":material/bar_chart:",
    )


def show_work(profile: dict[str, Any], rows: list[Responsibility]) -> None:
    """Responsibilities of each level, this profile's own set apart."""
    st.header("Responsibilities by level")
    for level in dict.fromkeys(row.level for row in rows):
        own = level == profile["level"]
        with st.container(border=own):
            if own:
                st.badge("this profile")
            duties = "\n".join(
                f"- {escape_markdown(r.responsibility)}" for r in rows if r.level == level
            )
            st.markdown(f"**{level}**\n\n{duties}")


def show_listing(title: str, table: Table[Any], nothing: str) -> None:
    """A headed table of sentences, or what to know when there is none."""
    st.header(title)
    if len(table):
        Table.of(table.frame.drop(columns=list(RANKS & {*table.frame}))).show_text()
    else:
        st.caption(nothing)


def example_for(profile: dict[str, Any], adjacent: list[AdjacentProfile]) -> str:
    """The nearest profile of the other track, where all three parts count, else the nearest."""
    tracks = {row.code: row.track for row in cache.profiles().rows}
    across = [near for near in adjacent if tracks[near.code] != profile["track"]]
    return (across or adjacent)[0].code


def sources_behind(profile: dict[str, Any], titles: list[OtherTitle]) -> pd.DataFrame:
    """The sources of a profile: of its text, title, grade, pay and other titles."""
    named = {profile[column] for column in ("source", "title_source", "grade_source")}
    pay = profile_pay(cache.bands(QUARTILES, None).rows, profile)
    named |= {band.source for band in pay} | {title.source for title in titles}
    return sources_named(cache.source_table().frame, named)
