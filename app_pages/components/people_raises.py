"""The cheapest raises that reach several goals: goals in, optimum and price of each goal out."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analytics.errors import InputError
from analytics.money import money
from analytics.people.raises import RaiseGoals, RaisePlan, goal_table
from analytics.people.selection import PeopleQuery
from app_pages import cache
from app_pages.cache.people import PeopleColumns
from app_pages.components.markdown import escape_markdown
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_filters import column_label, pick_rating
from app_pages.components.people_scenarios import save_scenario
from app_pages.components.tables import Table
from data.files.people_workbook import RAISES

_FIRST = ("employee_id", "level", "title", "pay", "new_pay", "new_compa_ratio", "raise_paid")


def show_raises(
    query: PeopleQuery,
    people: pd.DataFrame,
    columns: PeopleColumns,
    by: str,
    about: Mapping[str, str],
) -> None:
    """Goals, the cheapest raises that reach them all, and what each of the goals costs."""
    goals = _pick_goals(columns)
    budget = st.number_input(
        "Budget a year", 0.0, value=None, step=1_000.0, format="%.0f", key="raise_budget",
        bind="query-params", width=220, placeholder="none",
    )  # fmt: skip
    try:
        plan = cache.people_raises(query, about["market month"], goals)
    except InputError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    _say_cost(plan, people, query.currency, budget)
    st.caption(
        "The least that reaches every goal at once, at each one's FTE, without charges on top. "
        "No raise goes beyond the maximum of a range; who has no range is not in it. A goal's "
        "price is how much less the others alone would cost. Managers and reports must both pass "
        "the filters."
    )
    prices = goal_table(plan, query.currency)
    told = {**about, **_describe(goals, budget)}
    Table.of(prices).show("goal prices", "What each goal costs a year", first=("goal",))
    offer_files(prices, "people goal prices", told, people)
    if plan.unreachable:
        pairs = ", ".join(f"{m} above {r}" for m, r in plan.unreachable[:10])
        more = f" and {len(plan.unreachable) - 10:,} more" if len(plan.unreachable) > 10 else ""
        st.text(f"Beyond the manager's range, so left as they are: {pairs}{more}.")
    if len(plan.raises):
        show_first_rows(plan.raises, "raises table", "The cheapest raises", _FIRST)
        basis = Basis(RAISES, about["market month"], settings=goals)
        offer_files(plan.raises, "people raises", told, people, basis)
    save_scenario(query, people, goals, by, about, budget, columns.order_of(by))


def _pick_goals(columns: PeopleColumns) -> RaiseGoals:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        minimum = st.checkbox(
            "Everybody at the minimum", value=True, key="at_minimum", bind="query-params"
        )
        above = st.checkbox("Managers above their reports", key="above", bind="query-params")
        step = None
        if above:
            step = st.number_input(
                "By at least, %", 0.0, 50.0, 0.0, 1.0, key="manager_step", bind="query-params",
                width=140,
            )  # fmt: skip
    rating = pick_rating(columns, "floor_by", "Least compa-ratio by")
    floors = _pick_floors(columns.values[rating], rating) if rating else {}
    return RaiseGoals(minimum, floors, rating, None if step is None else step / 100)


def _pick_floors(values: tuple[str, ...], rating: str) -> dict[str, float]:
    """The least compa-ratio for each value of the column; none where it is left empty."""
    with st.container(horizontal=True):
        found = {
            value: st.number_input(
                f"{column_label(rating)} {escape_markdown(value)}", 0.5, 1.5, None, 0.01,
                key=f"floor_{value}", bind="query-params", width=130, placeholder="none",
            )
            for value in values
        }  # fmt: skip
    return {value: float(ratio) for value, ratio in found.items() if ratio is not None}


def _say_cost(plan: RaisePlan, people: pd.DataFrame, currency: str, budget: float | None) -> None:
    payroll = people.paid[people.position != ""].sum()
    one, two, three, four = st.columns(4)
    one.metric("Cheapest raises", f"{money(plan.cost, currency)} a year")
    two.metric("People raised", f"{len(plan.raises):,}")
    three.metric("Share of their payroll", f"{plan.cost / payroll if payroll else 0:.2%}")
    if budget is not None:
        left = round(budget - plan.cost, 2)
        four.metric("Left of the budget" if left >= 0 else "Over the budget",
                    money(abs(left), currency))  # fmt: skip
        if left < 0:
            st.warning(
                "The budget does not reach. Leave out the goal that costs most, or lower a floor.",
                icon=":material/account_balance_wallet:",
            )


def _describe(goals: RaiseGoals, budget: float | None) -> dict[str, str]:
    floors = ", ".join(f"{value}: {ratio:g}" for value, ratio in goals.floors.items())
    return {
        "everybody at the minimum": "yes" if goals.minimum else "no",
        "least compa-ratio": f"by {goals.rating}: {floors}" if floors else "none",
        "managers above reports by": (
            "no goal" if goals.manager_step is None else f"{goals.manager_step:.1%}"
        ),
        "budget": "none" if budget is None else f"{budget:,.0f}",
    }
