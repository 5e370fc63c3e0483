"""The question as a sentence: each part is a choice, and all of it is the link."""

import re
from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.pay_basis import LABELS
from analytics.pricing.ageing import Month, parse_month
from analytics.rows import JobProfile
from app_pages import cache
from app_pages.components.markdown import escape_markdown

BASES = ("base", "target_cash", "total_comp")
NATION = "United States"
#: Where the typed title and the job that it was taken for wait for the next run.
_TAKEN = "title taken as"


@dataclass(frozen=True)
class PayQuestion:
    """What should we pay a job, where, on which basis, at which percentile, when?"""

    job: JobProfile
    place: str
    basis: str
    percentile: float
    month: Month

    @property
    def place_label(self) -> str:
        """The place, or the nation where none is chosen."""
        return self.place or NATION


def ask_question() -> PayQuestion:
    """Draw the sentence; raises `InputError` for a month that can't be read."""
    jobs = {row.code: row for row in cache.profiles().rows}
    _take_typed_title(jobs)
    codes = list(jobs)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="question"):
        _words("What should we pay a")
        code = st.selectbox(
            "Job",
            codes,
            index=min(2, len(codes) - 1),
            key="job",
            bind="query-params",
            format_func=lambda c: jobs[c].label if c in jobs else c,
            label_visibility="collapsed",
            accept_new_options=True,
            width=440,
            help="Type a title: aliases and misspellings are understood.",
        )
        _words("in")
        place = _place(jobs.get(code or "", jobs[codes[0]]))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="terms"):
        _words("for")
        basis = st.selectbox(
            "Pay basis",
            BASES,
            index=2,
            key="pay",
            bind="query-params",
            format_func=LABELS.__getitem__,
            label_visibility="collapsed",
            width=210,
        )
        _words("at P")
        target = st.number_input(
            "Percentile",
            1.0,
            99.0,
            50.0,
            step=5.0,
            format="%g",
            key="target",
            bind="query-params",
            label_visibility="collapsed",
            width=110,
        )
        _words("in")
        month = st.text_input(
            "Month",
            str(Month(date.today().year, date.today().month)),
            key="to",
            bind="query-params",
            label_visibility="collapsed",
            width=110,
            help="July 2027, 2027-07 or 07/2027",
        )
        _words("?")
    if taken := st.session_state.get(_TAKEN):
        st.caption(taken)
    return PayQuestion(
        jobs.get(code or "", jobs[codes[0]]),
        "" if place == NATION else place,
        basis,
        round(target / 100, 6),
        parse_month(month or ""),
    )


def _words(text: str) -> None:
    st.html(f'<span class="sentence">{text}</span>', width="content")


def _place(job: JobProfile) -> str:
    factors = cache.place_factors(job.function)
    places = [NATION, *dict.fromkeys(factor.place for factor in factors)]
    chosen = st.selectbox(
        "Place",
        places,
        key="place",
        bind="query-params",
        label_visibility="collapsed",
        width=200,
    )
    return chosen or NATION


def _take_typed_title(jobs: dict[str, JobProfile]) -> None:
    """A title typed instead of chosen becomes the job that it means, and the page says which."""
    typed = st.session_state.get("job")
    if not typed or typed in jobs:
        return
    if re.fullmatch(r"[A-Za-z0-9]+\.[A-Za-z0-9]+\.[A-Za-z]\d", typed) and typed.upper() in jobs:
        st.session_state["job"] = typed.upper()
        return
    matches = cache.matcher().match(typed, 1)
    if not matches:
        del st.session_state["job"]
        st.session_state[_TAKEN] = (
            f"No job matches “{escape_markdown(typed)}”. Try the words of the work itself, such as "
            "customer success."
        )
        return
    (match,) = matches
    st.session_state["job"] = match.code
    label = escape_markdown(jobs[match.code].label)
    st.session_state[_TAKEN] = (
        f"“{escape_markdown(typed)}” taken as {label}: {escape_markdown(match.reason)}."
    )


def month_in_words(month: Month) -> str:
    """``July 2027``."""
    return date(month.year, month.month, 1).strftime("%B %Y")
