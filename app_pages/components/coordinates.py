"""How the distance of two jobs comes about, worked through for two real ones."""

import streamlit as st

from analytics.job_rows import JobProfile
from analytics.jobs.coordinates import explain_distance, worked_example
from app_pages import cache
from app_pages.components.markdown import escape_markdown
from data.catalog.profiles import coordinates


def explain_coordinates(first: str, second: str) -> None:
    """A panel that opens: the formula, and the distance of the two profiles step by step."""
    profiles = {row.code: row for row in cache.profiles().rows}
    a, b = profiles[first], profiles[second]
    with st.expander("How coordinates work", icon=":material/straighten:"):
        _bullets(explain_distance())
        pair, *steps = worked_example(_name(a), coordinates(a), _name(b), coordinates(b))
        st.markdown(f"**{escape_markdown(pair)}**")
        _bullets(steps)


def _bullets(sentences: list[str]) -> None:
    st.markdown("\n".join(f"- {escape_markdown(said)}" for said in sentences))


def _name(profile: JobProfile) -> str:
    return f"{profile.focus_title} {profile.level}"
