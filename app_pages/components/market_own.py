"""The team's own ranges and people on the Market's chart, for the owner's eyes alone."""

from datetime import date

import streamlit as st

from analytics.own_pay import ranges_for
from analytics.pay_basis import LABELS
from analytics.pricing.ageing import Month
from analytics.pricing.question import BASES, PayQuestion
from app_pages import cache
from app_pages.asking import records_mode
from app_pages.charts import OwnMarks
from app_pages.components.own_layers import PEOPLE, RANGES, choose_marks
from data.imports.log import ACTIVE
from data.records.question import OWNER

_NONE = OwnMarks()


def choose_market_marks(function: str) -> OwnMarks:
    """Own national ranges and everybody on a function's ladder, after the switches.

    Nothing for visitors of an aggregate server: neither people nor the team's ranges.
    """
    job = cache.ladder_jobs().get(function)
    if job is None or records_mode() != OWNER:
        return _NONE
    rosters = any(load.kind == "roster" and load.state == ACTIVE for load in cache.loads().rows)
    if not (rosters or cache.own_ranges()):
        return _NONE
    today = date.today()
    month = Month(today.year, today.month)
    questions = {basis: PayQuestion(job, "", basis, 0.5, month) for basis in BASES}
    known = [basis for basis, question in questions.items() if _there(question)]
    if not known:
        return _NONE
    basis = known[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(known) > 1:
            basis = st.segmented_control(
                "Your own figures on", known, default=basis, key="own_basis", required=True,
                bind="query-params", format_func=LABELS.__getitem__, label_visibility="collapsed",
            ) or basis  # fmt: skip
        own = choose_marks(questions[basis], (RANGES, PEOPLE), "own_shown")
    shown = " and ".join(name for name, rows in (("ranges", own.ranges), ("people", own.people))
                         if rows)  # fmt: skip
    if shown:
        st.caption(
            f"Your {shown} stand as loaded, on {LABELS[basis].casefold()}; people at full-time "
            "pay. What else is on the chart says its own pay basis."
        )
    return own


def _there(question: PayQuestion) -> bool:
    """Whether there is a range or a person on the question's terms."""
    if ranges_for(cache.own_ranges(), question, cache.places()):
        return True
    terms = (question.job.code, question.place, question.basis)
    return bool(cache.people_on_ladder(records_mode(), *terms).by_level)
