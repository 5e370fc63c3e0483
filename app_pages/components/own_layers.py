"""The team's own figures on a ladder of Home or Market, each of which can be switched off."""

from collections.abc import Collection

import streamlit as st

from analytics.own_pay import ranges_for
from analytics.pay_basis import LABELS
from analytics.pricing.question import PayQuestion
from app_pages import cache
from app_pages.asking import records_mode
from app_pages.cache.own_pay import PeopleOnLadder
from app_pages.charts import OwnMarks

SURVEYS, RANGES, PEOPLE = "Your surveys", "Your ranges", "Your people"


def choose_marks(
    question: PayQuestion,
    layers: Collection[str] = (SURVEYS, RANGES, PEOPLE),
    key: str = "own",
) -> OwnMarks:
    """What the chart adds of the team's own, after the switches; nothing without data.

    ``layers`` are those that can be switched on, ``key`` is their name in the link.
    """
    terms = (question.job.code, question.place, question.basis, str(question.month))
    surveys = cache.survey_ladder(*terms) if SURVEYS in layers else []
    ranges = ranges_for(cache.own_ranges(), question, cache.places())
    people = cache.people_on_ladder(records_mode(), *terms[:3])
    found = ((SURVEYS, surveys), (RANGES, ranges), (PEOPLE, people.by_level))
    there = [name for name, rows in found if rows and name in layers]
    shown = _switches(there, key) if there else []
    if hint := _left_out(question, bool(ranges), people):
        st.caption(hint)
    return OwnMarks(
        surveys if SURVEYS in shown else (),
        ranges if RANGES in shown else (),
        people.by_level if PEOPLE in shown else {},
    )


def _switches(there: list[str], key: str) -> list[str]:
    return st.pills(
        "Your own figures on the chart",
        there,
        default=there,
        selection_mode="multi",
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )


def _left_out(question: PayQuestion, has_ranges: bool, people: PeopleOnLadder) -> str:
    """Why own ranges or people of the ladder are not on the chart; empty where all are."""
    words = []
    own_ladders = ("", question.job.ladder)
    if not has_ranges and any(r.ladder in own_ladders for r in cache.own_ranges()):
        words.append(f"your ranges are not of {LABELS[question.basis]} at this place")
    if people.left_out:
        counts = f"{people.left_out:,} of your {people.total:,} people"
        words.append(f"{counts} are elsewhere, or not known on this pay basis")
    if people.leavers:
        words.append(f"{people.leavers:,} who left, by status or termination date")
    return f"Not on the chart: {'; '.join(words)}." if words else ""
