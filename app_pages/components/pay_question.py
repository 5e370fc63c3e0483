"""The question as a sentence: each part is a choice, and all of it is the link."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.pay_basis import LABELS
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.question import BASES, PayQuestion
from app_pages.components.job_picker import pick_job, show_taken_title
from app_pages.components.link_codes import rerun_to_understand, take_codes
from app_pages.components.place_picker import pick_place, show_taken_place

#: How the link names each part. Streamlit drops from a link between two pages what
#: both of them bind, so none of these is a name that a page linked from here uses.
JOB, PLACE, BASIS, PERCENTILE, MONTH = "for", "in", "basis", "percentile", "month"


def question_link(question: PayQuestion) -> dict[str, str]:
    """The address of the question on this page, part by part."""
    return {
        JOB: question.job.code,
        PLACE: question.place_label,
        BASIS: LABELS[question.basis],
        PERCENTILE: f"{100 * question.percentile:g}",
        MONTH: str(question.month),
    }


def pricing_link(question: PayQuestion) -> dict[str, str]:
    """The same question on the page that prices a job."""
    names = {JOB: "job", PLACE: "place", BASIS: "pay", PERCENTILE: "target", MONTH: "to"}
    link = {names[name]: value for name, value in question_link(question).items()}
    return link | {"ageing": "month"}


def ask_question() -> PayQuestion:
    """Draw the sentence; raises `InputError` for a month that can't be read."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="question"):
        _words("What should we pay a")
        job = pick_job(st.container(width=440), JOB, label_visibility="collapsed")
        with _together():
            _words("in")
            place = pick_place(st.container(width=240), PLACE, label_visibility="collapsed")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="terms"):
        _words("for")
        take_codes(BASIS, LABELS)
        basis = st.selectbox(
            "Pay basis",
            BASES,
            index=2,
            key=BASIS,
            bind="query-params",
            format_func=LABELS.__getitem__,
            label_visibility="collapsed",
            width=210,
        )
        with _together():
            _words("at P")
            target = st.number_input(
                "Percentile",
                1.0,
                99.0,
                50.0,
                step=5.0,
                format="%g",
                key=PERCENTILE,
                bind="query-params",
                label_visibility="collapsed",
                width=110,
            )
        with _together():
            _words("in")
            month = st.text_input(
                "Month",
                str(Month(date.today().year, date.today().month)),
                key=MONTH,
                bind="query-params",
                label_visibility="collapsed",
                width=110,
                help="July 2027, 2027-07 or 07/2027",
            )
            _words("?")
    rerun_to_understand()
    show_taken_title(job)
    show_taken_place(place)
    return PayQuestion(
        job,
        place,
        basis,
        round(target / 100, 6),
        parse_month(month or ""),
    )


def _together() -> DeltaGenerator:
    """A part of the sentence that goes to the next line with its first word."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", width="content")


def _words(text: str) -> None:
    st.html(f'<span class="sentence">{text}</span>', width="content")
