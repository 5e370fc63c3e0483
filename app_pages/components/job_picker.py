"""The job picker: chosen by name, typed as a title, or named by its code in the link."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.job_rows import JobProfile
from app_pages import cache
from app_pages.components.link_codes import understand_in_next_run
from app_pages.components.markdown import escape_markdown

#: What the page says of a typed title, beside the job that it was taken for.
_TAKEN = "title taken as"


def pick_job(place: DeltaGenerator, key: str, **look: Any) -> JobProfile:
    """Draw the picker and return the job; ``look`` goes to the select box."""
    jobs = {row.code: row for row in cache.profiles().rows}
    _take_typed_title(key, jobs)
    codes = list(jobs)
    code = place.selectbox(
        "Job",
        codes,
        index=codes.index(_usual(jobs)),
        key=key,
        bind="query-params",
        format_func=lambda c: jobs[c].label if c in jobs else c,
        accept_new_options=True,
        help="Type a title: aliases and misspellings are understood.",
        **look,
    )
    if code not in jobs:
        understand_in_next_run()
        return jobs[_usual(jobs)]
    return jobs[code]


def _usual(jobs: dict[str, JobProfile]) -> str:
    """The job that is shown where none is asked for."""
    return list(jobs)[min(2, len(jobs) - 1)]


def show_taken_title(job: JobProfile) -> None:
    """What a typed title was taken for, while that job stands."""
    code, words = st.session_state.get(_TAKEN, ("", ""))
    if code in ("", job.code) and words:
        st.caption(words)


def _take_typed_title(key: str, jobs: dict[str, JobProfile]) -> None:
    """A title typed instead of chosen becomes the job that it means."""
    typed = st.session_state.get(key)
    if not typed or typed in jobs:
        return
    st.session_state.pop(_TAKEN, None)
    if typed.upper() in jobs:
        st.session_state[key] = typed.upper()
        return
    shown = escape_markdown(typed)
    matches = cache.matcher().match(typed, 1)
    if not matches:
        st.session_state[key] = _usual(jobs)
        neighbor = cache.matcher().neighbor(typed)
        near = f" {escape_markdown(str(neighbor))}." if neighbor else ""
        words = f"No job matches “{shown}”.{near} Try words of the work, such as customer success."
        st.session_state[_TAKEN] = ("", words)
        return
    (match,) = matches
    st.session_state[key] = match.code
    label, reason = escape_markdown(jobs[match.code].label), escape_markdown(match.reason)
    st.session_state[_TAKEN] = (match.code, f"“{shown}” taken as {label}: {reason}.")
