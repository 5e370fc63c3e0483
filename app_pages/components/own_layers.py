"""The team's own figures on Home's ladder, each of which can be switched off."""

import streamlit as st

from analytics.own_pay import by_level, people_asked, ranges_asked
from analytics.pay_basis import LABELS
from analytics.pricing.question import PayQuestion
from app_pages import cache
from app_pages.charts import OwnMarks
from data.records.question import server_mode

SURVEYS, RANGES, PEOPLE = "Your surveys", "Your ranges", "Your people"


def choose_marks(question: PayQuestion) -> OwnMarks:
    """What the chart adds of the team's own, after the switches above it; nothing without data."""
    terms = (question.job.code, question.place, question.basis, str(question.month))
    surveys = cache.survey_ladder(*terms)
    ranges = ranges_asked(cache.own_ranges(), question)
    people = by_level(people_asked(cache.own_people(server_mode()), question), question.basis)
    there = [
        name for name, rows in ((SURVEYS, surveys), (RANGES, ranges), (PEOPLE, people)) if rows
    ]
    shown = _switches(there) if there else []
    if hint := _left_out(question, bool(ranges), sum(map(len, people.values()))):
        st.caption(hint)
    return OwnMarks(
        surveys if SURVEYS in shown else (),
        ranges if RANGES in shown else (),
        people if PEOPLE in shown else {},
    )


def _switches(there: list[str]) -> list[str]:
    return st.pills(
        "Your own figures on the chart",
        there,
        default=there,
        selection_mode="multi",
        key="own",
        bind="query-params",
        label_visibility="collapsed",
    )


def _left_out(question: PayQuestion, has_ranges: bool, shown: int) -> str:
    """Why own ranges or people of the ladder are not on the chart; empty where all are."""
    words = []
    ladder = question.job.ladder
    if not has_ranges and any(r.ladder in ("", ladder) for r in cache.own_ranges()):
        words.append(f"your ranges are not of {LABELS[question.basis]} at this place")
    staff = [p for p in cache.own_people(server_mode()) if p.ladder == ladder]
    if left := len(staff) - shown:
        why = "elsewhere, or not known on this pay basis"
        words.append(f"{left:,} of your {len(staff):,} people are {why}")
    return f"Not on the chart: {'; '.join(words)}." if words else ""
