"""Job profile: one job of the taxonomy, whole, at a link of its own."""

import streamlit as st

from analytics.errors import BandstandError
from app_pages import cache
from app_pages.components import downloads, filters
from app_pages.components.coordinates import explain_coordinates
from app_pages.components.markdown import escape_markdown
from app_pages.components.profile_sections import (
    example_for,
    show_badges,
    show_listing,
    show_market_pay,
    show_work,
    sources_behind,
)
from data.catalog.profiles import (
    NOT_GIVEN,
    alias_note,
    find_profile,
    profile_name,
    review_verdict,
    years_text,
)

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
show_badges(profile)
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
show_market_pay(profile, chosen.pay_basis)
show_work(profile, tables.work.rows)
show_listing("Guidelines", tables.guidelines, "No guideline is given for this focus.")
show_listing("Skills", tables.skills, "No skill is given for this focus.")

st.header("Review")
st.text(review_verdict(tables.scores.frame))
for score, column in zip(tables.scores.rows, st.columns(5), strict=False):
    column.metric(score.dimension, f"{score.score:.1f}")
st.text(f"Sources behind it: {profile['evidence_sources'] or NOT_GIVEN}")

missing = f"What {profile['level']} asks, dimension by dimension, is {NOT_GIVEN} by any source."
show_listing(f"Level {profile['level']}, {profile['title']}", tables.card, missing)
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
show_listing("Occupations", tables.occupations, "Mapped to no occupation.")
show_listing("Title aliases", tables.titles, "None recorded for this profile.")
note = alias_note(map(vars, tables.titles.rows), profile)
if tables.titles.rows and note:
    st.caption(note)
downloads.offer_table(
    cache.profile_facts(profile["code"]),
    f"profile {profile['code']}",
    {"profile": profile["code"]},
    sources_behind(profile, tables.titles.rows),
)
