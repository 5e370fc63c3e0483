"""Ladder: the levels of a ladder side by side, and what the next one adds."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analytics.job_rows import JobProfile, LadderLevel
from app_pages import cache
from app_pages.components import downloads, filters
from app_pages.components.ladder_next import (
    link_to_comparison,
    show_duties,
    show_pay_differences,
)
from app_pages.components.ladder_tables import (
    criteria_table,
    level_label,
    side_by_side,
    title_sources,
)
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.profiles import NOT_GIVEN


def acting_filters(rungs: Sequence[LadderLevel], jobs: Sequence[JobProfile]) -> list[str]:
    """The filters that can change what is shown of a ladder.

    Those of level and focus are of the ladders that jobs are on: elsewhere the same code
    may mean another level.
    """
    names = ["track"] if len({r.track for r in rungs}) > 1 else []
    if jobs:
        names.append("level")
    return ["focus", *names] if len({job.focus for job in jobs}) > 1 else names


def pick_level(codes: list[str]) -> str:
    """The level that is looked at; the first where the link names none of this ladder's."""
    if st.session_state.get("rung") not in codes:
        st.session_state.pop("rung", None)
    return st.pills(
        "Level",
        codes,
        default=codes[0],
        key="rung",
        bind="query-params",
        required=True,
        format_func=escape_markdown,
    )


ladders = cache.ladder_levels().rows
names = {r.ladder: r.ladder_title for r in ladders}
take_codes("ladder", names)
heading = st.container()
picked = st.selectbox(
    "Ladder", list(names), key="ladder", bind="query-params", format_func=names.__getitem__
)
every = [r for r in ladders if r.ladder == picked]
jobs = [job for job in cache.profiles().rows if job.ladder == picked]
heading.title(escape_markdown(names[picked]))
st.caption("Tracks side by side at equal grade, the highest on top.")
chosen = filters.narrow(cache.options(), acting_filters(every, jobs))
jobs = [job for job in jobs if chosen.passes_job(job)]
levels = {job.level for job in jobs} if chosen.focus else {r.level for r in every}
narrowed = replace(chosen, focus=())
rungs = [r for r in every if narrowed.passes(r) and r.level in levels]
if not rungs:
    st.info(
        "No level of this ladder passes all the filters. Remove some, or clear all.",
        icon=":material/filter_alt_off:",
    )
    st.stop()
Table.of(side_by_side(rungs)).show_text()
st.caption(escape_markdown(title_sources(rungs)))

st.header("A level and the next")
level = pick_level([r.level for r in rungs])
here = next(r for r in rungs if r.level == level)
above = next((r for r in every if r.track == here.track and r.ordinal > here.ordinal), None)
pair = [here.level, above.level] if above else [here.level]
st.subheader(escape_markdown(" → ".join(level_label(r) for r in (here, above) if r)))
if not above:
    st.caption("The top of its track.")
card = criteria_table(cache.level_criteria(picked).rows, pair)
if len(card):
    Table.of(card).show_text()
else:
    st.caption(
        f"What {escape_markdown(here.level)} asks by dimension is {NOT_GIVEN} by any source."
    )
for job in (job for job in jobs if job.level == here.level):
    show_pay_differences(job)
    show_duties(job, pair)
    if above:
        link_to_comparison(job, above)

st.header("The other ladders")
st.caption("Many to many, each link with its reason. The same code may mean another level there.")
links = cache.ask("crosswalk_links", ladder=picked).frame.drop(columns="ordinal")
links = links[links.level.isin([r.level for r in rungs])]
Table.of(links).show_text()
sources = cache.source_table().frame
judging = sources[sources.title.isin(links["said_by"])]
downloads.offer_table(links, f"crosswalk {picked}", {"ladder": picked}, judging)

st.header("Around the work")
context = cache.ask("work_around").frame
Table.of(context.drop(columns=["ordinal", "source"])).show_text()
downloads.offer_table(context, "around the work", {}, sources)
