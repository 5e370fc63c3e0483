"""Ladder: the levels of a ladder side by side, and what the next one adds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.rows import JobProfile, LadderLevel, LevelCriterion
from analytics.units import with_units
from app_pages import cache
from app_pages.components import downloads, filters
from app_pages.components.differential import show_differential
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.profiles import NOT_GIVEN


def level_label(rung: LadderLevel) -> str:
    """A level's code and title, once where they say the same."""
    return rung.title if rung.level in rung.title else f"{rung.level} {rung.title}"


def side_by_side(rungs: Sequence[LadderLevel]) -> pd.DataFrame:
    """One row a grade, the highest on top; one column a track."""
    tracks = list(dict.fromkeys(r.track for r in rungs))
    rows = []
    for grade in sorted({r.grade for r in rungs}, reverse=True):
        row: dict[str, Any] = {"grade": grade}
        for track in tracks:
            here = [level_label(r) for r in rungs if r.grade == grade and r.track == track]
            row[track] = " · ".join(here)
        rows.append(row)
    return with_units(pd.DataFrame(rows), {"grade": "ordinal", **dict.fromkeys(tracks, "text")})


def who_says(rungs: Sequence[LadderLevel]) -> str:
    """Whose words the titles of a ladder are, and whose judgment its grades."""
    titles: dict[str, list[str]] = {}
    for rung in rungs:
        titles.setdefault(cache.source_title(rung.title_source), []).append(rung.level)
    parts = [f"{', '.join(levels)}: {source}" for source, levels in titles.items()]
    grades = dict.fromkeys(cache.source_title(rung.grade_source) for rung in rungs)
    return f"Titles of {'; '.join(parts)}. Grades: {', '.join(grades)}."


def criteria_table(criteria: Sequence[LevelCriterion], levels: Sequence[str]) -> pd.DataFrame:
    """What each of some levels asks, one row a dimension, one column a level."""
    descriptors = {(r.level, r.dimension): r.descriptor for r in criteria if r.level in levels}
    rows = [
        {"dimension": dimension}
        | {level: descriptors.get((level, dimension), NOT_GIVEN) for level in levels}
        for dimension in dict.fromkeys(dimension for _, dimension in descriptors)
    ]
    table = pd.DataFrame(rows)
    return with_units(table, dict.fromkeys(table.columns, "text"))


def duties(job: JobProfile, levels: Sequence[str]) -> None:
    """What a job does at its level, and what the next level does on top."""
    work = cache.responsibilities(job.focus).rows
    for level, words in zip(levels, ("does", "adds"), strict=False):
        lines = [f"- {escape_markdown(r.responsibility)}" for r in work if r.level == level]
        if lines:
            st.markdown(f"**{escape_markdown(level)} {words}**\n\n" + "\n".join(lines))
    st.page_link(
        "app_pages/profile.py",
        label=f"Job profile of {escape_markdown(job.level)}",
        icon=":material/badge:",
        query_params={"profile": job.code},
    )


def comparing(job: JobProfile, above: LadderLevel) -> None:
    """A link to this job beside the next one up."""
    others = cache.profiles().rows
    following = next((j for j in others if j.focus == job.focus and j.level == above.level), None)
    if following:
        st.page_link(
            "app_pages/compare.py",
            label=f"Compare {escape_markdown(job.level)} with {escape_markdown(following.level)}",
            icon=":material/compare_arrows:",
            query_params={"profiles": [job.code, following.code]},
        )


def pay_differences(job: JobProfile) -> None:
    """What the moves from a job's level are worth, with their intervals."""
    here = (job.ladder, job.level)
    steps = [d for d in cache.level_differences().rows if (d.ladder, d.start) == here]
    for step, column in zip(steps, st.columns(max(len(steps), 3)), strict=False):
        with column:
            show_differential(step, f"Pay differential to {step.end}, {step.status}")


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
st.caption(escape_markdown(who_says(rungs)))

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
    pay_differences(job)
    duties(job, pair)
    if above:
        comparing(job, above)

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
