"""A merit cycle on the People page: matrix and caps in, raises, lump sums and their cost out."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from analytics.errors import InputError
from analytics.money import money
from analytics.people.groups import NOT_STATED
from analytics.people.merit import MeritCycle, merit_cost, merit_cost_table
from analytics.people.merit_matrix import MeritMatrix, example_matrix, parse_edges
from analytics.people.selection import PeopleQuery
from app_pages import cache
from app_pages.cache.people import PeopleColumns, shown_by_group
from app_pages.components.markdown import escape_markdown
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_filters import pick_rating
from app_pages.components.people_reopen import matrix_put_back
from app_pages.components.people_scenarios import save_scenario
from app_pages.components.tables import Table
from data.files.people_workbook import MERIT

_FIRST = (
    *("employee_id", "level", "title", "rating", "band", "rate", "employed", "paid"),
    *("raise_paid", "lump_sum", "new_pay", "new_compa_ratio", "why"),
)


def show_merit(
    query: PeopleQuery,
    people: pd.DataFrame,
    columns: PeopleColumns,
    by: str,
    about: Mapping[str, str],
) -> None:
    """The matrix, the budget, and what they give."""
    rating = pick_rating(columns, "merit_by", "Ratings from")
    if not rating:
        st.caption(
            "Merit goes by performance: choose the column of ratings. If the roster has none "
            "here, keep one when you load it."
        )
        return
    try:
        cycle = _pick_cycle(columns, rating)
        budget = st.number_input(
            "Scale to a budget", 0.0, value=None, step=1_000.0, format="%.0f",
            key="merit_budget", bind="query-params", width=220, placeholder="as in the matrix",
        )  # fmt: skip
        scaled, factor, table = cache.people_merit(query, about["market month"], cycle, budget)
    except InputError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    _say_cost(table, query.currency, budget, factor)
    told = {**about, "ratings": rating, "matrix times": f"{factor:.4f}"}
    shown, groups = shown_by_group(
        lambda people, by, order: merit_cost_table(people, table, by, order), people, by, columns
    )
    Table.of(shown).show("merit groups", f"Merit by {by}", first=("group",))
    offer_files(groups, "people merit cost", told, people)
    show_first_rows(table, "merit table", "Merit, one row a person", _FIRST)
    basis = Basis(MERIT, about["market month"], by, columns.order_of(by), scaled)
    offer_files(table, "people merit", told, people, basis)
    save_scenario(query, people, scaled, by, about, budget, columns.order_of(by))


def _pick_cycle(columns: PeopleColumns, rating: str) -> MeritCycle:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        edges = st.text_input(
            "Compa-ratio bands begin at", "0.90, 1.00, 1.10", key="merit_bands",
            bind="query-params", width=220,
        )  # fmt: skip
        start: date | None = st.date_input("Review period from", None, key="merit_from", width=160)
        end: date | None = st.date_input("until", None, key="merit_until", width=160)
        lump = st.checkbox(
            "Lump sums beyond the maximum", value=True, key="merit_lump", bind="query-params"
        )
    found = tuple(v for v in columns.values[rating] if v != NOT_STATED)
    matrix = _edit_matrix(found, parse_edges(edges), rating)
    days = [day.isoformat() if day else "" for day in (start, end)]
    return MeritCycle(matrix, rating, days[0], days[1], lump)


def _edit_matrix(found: tuple[str, ...], edges: tuple[float, ...], rating: str) -> MeritMatrix:
    """The matrix as a grid of percents, from a published example where ratings are 1 to 5."""
    ratings = tuple(sorted(found, reverse=True))
    example = example_matrix(found)
    if opened := matrix_put_back(rating, edges):
        start = opened
        st.caption("Percent of pay by rating and compa-ratio, of the scenario that was opened.")
    elif example is not None and len(example.edges) == len(edges):
        start = MeritMatrix(example.ratings, edges, example.rates)
        st.caption(
            "Percent of pay by rating and compa-ratio. To begin with, the rates of a published "
            "example (coda.io, merit matrix 30); where its bands begin is assumed. Change any."
        )
    else:
        zeros = tuple((0.0,) * (len(edges) + 1) for _ in ratings)
        start = MeritMatrix(ratings, edges, zeros)
        st.caption("Percent of pay by rating and compa-ratio: fill in your guideline.")
    percents = [[round(100 * rate, 7) for rate in row] for row in start.rates]
    frame = pd.DataFrame(percents, pd.Index(start.ratings, name="rating"), list(start.bands), float)
    number = st.column_config.NumberColumn(min_value=0.0, max_value=100.0, format="%.2f%%")
    edited = st.data_editor(
        frame,
        key=f"merit matrix {rating} {edges}",
        width="content",
        column_config=dict.fromkeys(start.bands, number),
        alt="Merit matrix, percent of pay",
    )
    rates = tuple(tuple(float(v) / 100 for v in row) for row in edited.fillna(0.0).to_numpy())
    return MeritMatrix(start.ratings, edges, rates)


def _say_cost(table: pd.DataFrame, currency: str, budget: float | None, factor: float) -> None:
    cost, payroll = merit_cost(table), float(table.paid[table.band != ""].sum())
    one, two, three, four = st.columns(4)
    one.metric("Merit", f"{money(cost, currency)} a year")
    two.metric("Share of their payroll", f"{cost / payroll if payroll else 0:.2%}")
    three.metric("Of it lump sums", money(table.lump_sum.sum(), currency))
    four.metric("Matrix times", "1" if budget is None else f"{factor:.4f}")
    without = int((table.why != "").sum())
    unhired = int((pd.isna(table.hire_date) & (table.why == "")).sum())
    st.caption(
        "Pay times rate, at each one's FTE, without charges on top; raises end at the maximum "
        f"of the range. {without:,} people have no range or no rate for their rating and get "
        f"nothing; {unhired:,} have no hire date and are not prorated."
    )
