"""Job profile: one job of the taxonomy, whole, at a link of its own."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.market_tables import sources_named
from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from analytics.rows import AdjacentProfile, OtherTitle, Responsibility
from app_pages import cache
from app_pages.components import downloads, filters
from app_pages.components.coordinates import explain_coordinates
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.profiles import (
    NOT_GIVEN,
    QUARTILES,
    alias_note,
    find_profile,
    profile_name,
    profile_pay,
    review_verdict,
    years_text,
)

#: Columns that only put rows in order: the rows are.
RANKS = {"ordinal", "place"}


def badges(profile: dict[str, Any]) -> None:
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


def market_pay(profile: dict[str, Any], bases: tuple[str, ...]) -> None:
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


def work(profile: dict[str, Any], rows: list[Responsibility]) -> None:
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


def listing(title: str, table: Table[Any], nothing: str) -> None:
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


heading = st.container()
profiles = cache.profiles()
labels = {row.code: row.label for row in profiles.rows}
chosen = filters.narrow(cache.options(), ("focus", "track", "level", "pay_basis"))
passing = [row.code for row in profiles.rows if chosen.passes_job(row)]
codes = filters.offered_with_named("profile", passing, labels) or list(labels)
asked = st.selectbox(
    "Job profile",
    codes,
    index=len(codes) - 1,
    key="profile",
    bind="query-params",
    format_func=lambda code: labels.get(code, code),
    accept_new_options=True,
    help="Search by title or level, or type a code such as FUNCTION.FOCUS.LEVEL.",
)
try:
    profile = find_profile(profiles.frame, asked or codes[-1])
except BandstandError as error:
    st.error(escape_markdown(str(error)))
    st.stop()
tables = cache.profile_tables(profile["code"])

heading.title(escape_markdown(profile_name(profile)))
heading.caption(profile["code"])
badges(profile)
with st.container(horizontal=True):
    for other in profiles.rows:
        if other.focus == profile["focus"]:
            link = {"profile": other.code}
            st.page_link("app_pages/profile.py", label=other.level, query_params=link)
st.text(profile["description"])
st.text(f"{profile['function_title']} · {profile['focus_title']}: {profile['differential_note']}.")
if profile["function_title"] in cache.guides():
    st.page_link(
        "app_pages/guide.py",
        label=f"Role guide of {escape_markdown(profile['function_title'])}",
        icon=":material/explore:",
        query_params={"function": profile["function_title"]},
    )
market_pay(profile, chosen.pay_basis)
work(profile, tables.work.rows)
listing("Guidelines", tables.guidelines, "No guideline is given for this focus.")
listing("Skills", tables.skills, "No skill is given for this focus.")

st.header("Review")
st.text(review_verdict(tables.scores.frame))
for score, column in zip(tables.scores.rows, st.columns(5), strict=False):
    column.metric(score.dimension, f"{score.score:.1f}")
st.text(f"Sources behind it: {profile['evidence_sources'] or NOT_GIVEN}")

missing = f"What {profile['level']} asks, dimension by dimension, is {NOT_GIVEN} by any source."
listing(f"Level {profile['level']}, {profile['title']}", tables.card, missing)
st.caption(
    escape_markdown(
        f"Title {profile['title']}: {cache.source_title(profile['title_source'])}. "
        f"Grade {profile['grade']}: {cache.source_title(profile['grade_source'])}."
    )
)
for years in tables.experience.rows:
    basis = {"level": "by level", "rubric": "by the guideline rubric"}[years.kind]
    st.text(f"Typical experience {basis}: {years_text(years.low, years.high)}. {years.note}")
st.header("Adjacent roles")
st.caption("By distance in the taxonomy, 0 to 1: its parts are tree, grade and track.")
near = tables.adjacent.keep(lambda row: row.code in passing)
near.show("adjacent", "Other profiles by distance", first=("title", "code"))
explain_coordinates(profile["code"], example_for(profile, tables.adjacent.rows))
with st.container(horizontal=True):
    for neighbor in near.rows[:4]:
        st.page_link(
            "app_pages/compare.py",
            label=f"Compare with {escape_markdown(neighbor.title)}",
            icon=":material/compare_arrows:",
            query_params={"profiles": [profile["code"], neighbor.code]},
        )
listing("Occupations", tables.occupations, "Mapped to no occupation.")
listing("Title aliases", tables.titles, "None recorded for this profile.")
note = alias_note(map(vars, tables.titles.rows), profile)
if tables.titles.rows and note:
    st.caption(note)
downloads.offer_table(
    cache.profile_facts(profile["code"]),
    f"profile {profile['code']}",
    {"profile": profile["code"]},
    sources_behind(profile, tables.titles.rows),
)
