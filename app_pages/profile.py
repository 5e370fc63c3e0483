"""Job profile: one job of the taxonomy, whole, at a link of its own."""

from typing import Any

import streamlit as st

from analytics.errors import BandstandError
from app_pages import cache
from app_pages.charts.style import dollars, span
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.profiles import (
    NOT_GIVEN,
    find_profile,
    profile_name,
    review_verdict,
    years_text,
)

PRINT = """<style>@media print {
[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stToolbar] { display: none }
.stApp, .stMain, [data-testid=stMain], [data-testid=stAppViewContainer] {
  position: static !important; height: auto !important; overflow: visible !important }
@page { margin: 15mm }
}</style>"""


def badges(profile: dict[str, Any]) -> None:
    """Confidence, status, scope and version, each with what is not given."""
    confidence, label = profile["confidence"], profile["confidence_label"]
    version = profile["version"]
    said = {
        "confidence": f"{label or ''} ({confidence:.2f})".strip() if confidence else label,
        "status": profile["status"],
        "scope": profile["scope"],
        "version": version and str(version),
    }
    with st.container(horizontal=True):
        for label, value in said.items():
            st.badge(
                f"{label}: {escape_markdown(value or NOT_GIVEN)}",
                color="green" if value else "gray",
            )


def market_pay(profile: dict[str, Any]) -> None:
    """What is published for the level, and what is modelled, side by side."""
    st.header("Market pay")
    rows = [
        row
        for row in cache.bands((0.25, 0.5, 0.75), None).rows
        if (row.function, row.focus, row.level)
        == (profile["function_title"], profile["focus_title"], profile["level"])
    ]
    if not rows:
        st.caption("No pay is published or modelled for this profile.")
    for row, column in zip(rows, st.columns(max(len(rows), 2)), strict=False):
        what = "interval" if row.status == "modelled" else "range, percentiles not stated,"
        column.metric(
            f"{row.series}: median, {row.status}",
            dollars(row.p50),
            f"{what} {span(row.low, row.high)}",
            delta_arrow="off",
            delta_color="off",
        )
    st.page_link(
        "app_pages/market.py",
        label=f"{profile['level']} on the Market page",
        query_params={"level": profile["level"], "at": profile["level"]},
        icon=":material/bar_chart:",
    )


def work(profile: dict[str, Any], rows: list[Any]) -> None:
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


def listing(title: str, table: Table, nothing: str) -> None:
    """A headed table of sentences, or what to know when there is none."""
    st.header(title)
    if table.rows:
        table.show_text()
    else:
        st.caption(nothing)


profiles = cache.ask("profiles")
codes = list(profiles.frame.code)
asked = st.text_input(
    "Profile code",
    codes[-1],
    key="profile",
    bind="query-params",
    help="FUNCTION.FOCUS.LEVEL. The link to this page keeps the code.",
)
try:
    profile = find_profile(profiles.frame, asked)
except BandstandError as error:
    st.error(escape_markdown(str(error)))
    st.stop()
found = cache.profile_details(profile["code"])

st.html(PRINT)
st.title(escape_markdown(profile_name(profile)))
st.caption(profile["code"])
badges(profile)
with st.container(horizontal=True):
    for row in profiles.rows:
        if row.focus == profile["focus"]:
            link = {"profile": row.code}
            st.page_link("app_pages/profile.py", label=row.level, query_params=link)
st.text(profile["description"])
st.text(f"{profile['function_title']} · {profile['focus_title']}: {profile['differential_note']}.")
market_pay(profile)
work(profile, found["work"].rows)
listing("Guidelines", found["guidelines"], "No guideline is given for this focus.")
listing("Skills", found["skills"], "No skill is given for this focus.")

st.header("Review")
st.text(review_verdict(found["scores"].frame))
for row, column in zip(found["scores"].rows, st.columns(5), strict=False):
    column.metric(row.dimension, f"{row.score:.1f}")
st.text(f"Sources behind it: {profile['evidence_sources'] or NOT_GIVEN}")

missing = f"What {profile['level']} asks, dimension by dimension, is {NOT_GIVEN} by any source."
listing(f"Level {profile['level']}, {profile['title']}", found["card"], missing)
for row in found["experience"].rows:
    words = {"level": "by level", "rubric": "by the guideline rubric"}[row.kind]
    st.text(f"Typical experience {words}: {years_text(row.low, row.high)}. {row.note}")
st.header("Adjacent roles")
st.caption("By distance in the taxonomy, 0 to 1: its parts are focus, grade and track.")
found["adjacent"].show("adjacent", "Other profiles by distance", first=())
with st.container(horizontal=True):
    for row in found["adjacent"].rows[:4]:
        st.page_link(
            "app_pages/compare.py",
            label=f"Compare with {escape_markdown(row.title)}",
            icon=":material/compare_arrows:",
            query_params={"profiles": [profile["code"], row.code]},
        )
listing("Occupations", found["occupations"], "Mapped to no occupation.")
listing("Title aliases", found["titles"], "None recorded for this profile.")
about = {"profile": profile["code"]}
named = cache.ask("sources").frame
downloads.offer_table(
    cache.profile_facts(profile["code"]),
    f"profile {profile['code']}",
    about,
    named[named.source == profile["source"]],
)
