"""What the People page shows below its charts: groups, costs, people, managers, who is not in."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.money import money
from analytics.people.cost import COMPA_RATIO, MARKET, MINIMUM, Goal, cost_table
from analytics.people.groups import COUNTS
from analytics.people.level_check import paid_like_another
from analytics.people.positions import Positions
from analytics.people.selection import PeopleQuery
from app_pages import cache
from app_pages.cache.people import PeopleColumns, shown_by_group
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_filters import describe_people
from app_pages.components.people_merit import show_merit
from app_pages.components.people_offer import show_offer
from app_pages.components.people_person import show_person
from app_pages.components.people_raises import show_raises
from app_pages.components.tables import Table
from data.files import people_workbook as workbook

GROUPS, COST, RAISES, MERIT = "Groups", "Cost", "Cheapest raises", "Merit"
PEOPLE, MANAGERS = "People", "Managers and reports"
LEVELS, NO_RANGE, LEAVERS = "Level check", "Without a range", "Leavers"
OFFER, PERSON = "Offer", "One person"
TAB, GOAL, RATIO = "list", "raise_to", "ratio"
_GOALS = {"Minimum": MINIMUM, "Compa-ratio": COMPA_RATIO, "Market": MARKET}
_PERSON = ("employee_id", "level", "title", "position", "compa_ratio", "penetration", "pay")
#: What a group is judged by, in sight on a screen of 1,440 pixels; what it costs follows.
_GROUP = ("group", "people", "compa_ratio", *COUNTS, "market_index", "without_range", "fte")
_HIDDEN = [
    *("code", "variable", "base", "level_below", "midpoint_below", "level_above"),
    "midpoint_above",
]


def show_people_tabs(
    query: PeopleQuery,
    people: pd.DataFrame,
    whole: Positions,
    columns: PeopleColumns,
    by: str,
    month: str,
) -> None:
    """The tables below the charts; a closed tab computes nothing."""
    about = describe_people(query) | {"by": by, "market month": month}
    leavers = PeopleQuery(query.currency).among(whole.leavers)
    without = people[people.why != ""].sort_values(["why", "employee_id"])
    views: Mapping[str, Callable[[], None]] = {
        GROUPS: lambda: _groups(query, people, by, about),
        COST: lambda: _cost(people, columns, by, about),
        RAISES: lambda: show_raises(query, people, columns, by, about),
        MERIT: lambda: show_merit(query, people, columns, by, about),
        OFFER: lambda: show_offer(query, columns, about),
        PEOPLE: lambda: _people(
            PEOPLE, people[people.why == ""].sort_values("compa_ratio"), _PERSON, about
        ),
        PERSON: lambda: show_person(people, about),
        MANAGERS: lambda: _managers(query, people, about),
        LEVELS: lambda: _levels(query, people, about),
        NO_RANGE: lambda: _people(NO_RANGE, without, ("employee_id", "why"), about),
        LEAVERS: lambda: _people(LEAVERS, leavers, ("employee_id", "position"), about),
    }
    tabs = st.tabs(list(views), key=TAB, bind="query-params", on_change="rerun")
    for tab, show in zip(tabs, views.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _groups(query: PeopleQuery, people: pd.DataFrame, by: str, about: Mapping[str, str]) -> None:
    shown = cache.people_groups_shown(query, about["market month"], by)
    Table.of(shown).show("groups table", f"People by {by}", first=_GROUP)
    frame = cache.people_groups(query, about["market month"], by)
    offer_files(frame, "people groups", about, people)


def _cost(people: pd.DataFrame, columns: PeopleColumns, by: str, about: Mapping[str, str]) -> None:
    """What it costs to bring everybody to a goal, by group."""
    goal = _pick_goal()
    shown, frame = shown_by_group(
        lambda people, by, order: cost_table(people, goal, by, order), people, by, columns
    )
    if not len(frame):
        st.caption(
            "Nobody here has a range with a market figure."
            if goal.kind == MARKET
            else "Nobody here has a range."
        )
        return
    currency = frame.currency.iloc[0]
    total, payroll = frame.cost.sum(), frame.payroll.sum()
    raised, share = frame.raised.sum(), total / payroll if payroll else 0.0
    one, two, three = st.columns(3)
    one.metric(f"To {goal.label}", f"{money(total, currency)} a year")
    two.metric("People raised", f"{raised:,} of {frame.people.sum():,}")
    three.metric("Share of their payroll", f"{share:.2%}")
    st.caption(
        "Base or target cash as the range has it, at each one's FTE, without charges on top. "
        "No raise goes beyond the maximum of a range; who has no range or no market is not in it."
    )
    first = ("group", "raised", "people", "cost", "share_of_payroll")
    Table.of(shown).show("cost table", f"Cost by {by}", first=first)
    offer_files(frame, "people cost", {**about, "to": goal.label}, people)


def _pick_goal() -> Goal:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            "Raise everybody to at least", list(_GOALS), default="Minimum", key=GOAL,
            bind="query-params", required=True,
        )  # fmt: skip
        goal = _GOALS[kind or "Minimum"]
        if goal != COMPA_RATIO:
            return Goal(goal)
        ratio = st.number_input(
            "Compa-ratio", 0.5, 1.5, 0.9, 0.01, key=RATIO, bind="query-params", width=140
        )
    return Goal(goal, float(ratio))


def _people(name: str, frame: pd.DataFrame, first: Sequence[str], about: Mapping[str, str]) -> None:
    if not len(frame):
        st.caption({NO_RANGE: "Everybody here has a range.", LEAVERS: "Nobody has left."}.get(
            name, "Nobody here has a range; see why under Without a range."))  # fmt: skip
        return
    show_first_rows(frame, f"{name} table", name, first, hidden=_HIDDEN, marks=name == PEOPLE)
    basis = Basis(workbook.PEOPLE, about["market month"])
    offer_files(frame, f"people {name.lower()}", about, frame, basis)


def _managers(query: PeopleQuery, people: pd.DataFrame, about: Mapping[str, str]) -> None:
    frame = cache.people_managers(query, about["market month"])
    if not len(frame):
        known = (people.manager != "").any()
        st.caption(
            "No manager here is paid less than 5 percent above a report."
            if known
            else "The roster names no managers: keep a column Manager ID when you load it."
        )
        return
    st.caption(
        "Managers whose full-time base pay is less than 5 percent above that of the best paid "
        "person who reports to them; below 0 it is an inversion. Both must pass the filters."
    )
    Table.of(frame).show("managers table", "Managers and their best-paid report", first=())
    basis = Basis(workbook.MANAGERS, about["market month"])
    offer_files(frame, "people managers", about, people, basis)


def _levels(query: PeopleQuery, people: pd.DataFrame, about: Mapping[str, str]) -> None:
    """Who is paid like the level above or below, and whose title means another level."""
    st.caption(
        "Paid like another level: at least the midpoint of the level above, or at most that of "
        "the level below, of the same function, zone and pay basis. Titles are compared where "
        "they mean a level of a job profile for sure; a title without a level word is not."
    )
    known, meant, titled = cache.people_titles(query, about["market month"])
    month, paid = about["market month"], paid_like_another(people)
    basis, of_titles = (
        Basis(workbook.LEVELS, month), Basis(workbook.TITLES, month, settings=meant),
    )  # fmt: skip
    for heading, frame, name, who, of in (
        ("Paid like another level", paid, "people paid like another level", people, basis),
        ("Title of another level", titled, "people titled like another level", known, of_titles),
    ):
        st.subheader(heading)
        if not len(frame):
            st.caption("Nobody.")
            continue
        show_first_rows(frame, f"{name} table", heading, _PERSON)
        offer_files(frame, name, about, who, of)
