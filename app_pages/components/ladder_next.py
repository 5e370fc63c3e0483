"""A job of a ladder and the next level: pay, work, and the way to compare them."""

from collections.abc import Sequence

import streamlit as st

from analytics.job_rows import JobProfile, LadderLevel
from app_pages import cache
from app_pages.components.differential import show_differential
from app_pages.components.markdown import escape_markdown


def show_duties(job: JobProfile, levels: Sequence[str]) -> None:
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


def link_to_comparison(job: JobProfile, above: LadderLevel) -> None:
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


def show_pay_differences(job: JobProfile) -> None:
    """What the moves from a job's level are worth, with their intervals."""
    here = (job.ladder, job.level)
    steps = [d for d in cache.level_differences().rows if (d.ladder, d.start) == here]
    for step, column in zip(steps, st.columns(max(len(steps), 3)), strict=False):
        with column:
            show_differential(step, f"Pay differential to {step.end}, {step.status}")
