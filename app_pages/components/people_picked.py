"""The people that were picked in the chart of pay by level, as a table."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.people.selection import PeopleQuery
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_filters import describe_people
from data.files.people_workbook import PEOPLE

_PICKED = "picked people"
_FIRST = ("employee_id", "level", "title", "position", "compa_ratio", "penetration", "pay",
          "minimum", "midpoint", "maximum")  # fmt: skip


def remember_picked(employees: list[Any]) -> None:
    """Keep whose dots were clicked on or drawn a box around; none takes the table away."""
    st.session_state[_PICKED] = employees


def show_picked(people: pd.DataFrame, query: PeopleQuery, month: str) -> None:
    """The picked people who pass the filters, from the lowest compa-ratio, with their files."""
    picked = people[people.employee_id.isin(st.session_state.get(_PICKED, []))]
    if not len(picked):
        if len(people) and "pay by level" in st.session_state:
            hint = "Draw a box around dots of pay by level, or click one, to list its people."
            st.container(key="screen-only-pick").caption(hint)
        return
    st.subheader(f"Picked in the chart: {len(picked):,}")
    ordered = picked.sort_values(["compa_ratio", "employee_id"])
    show_first_rows(ordered, "picked table", "The people picked in the chart", _FIRST, marks=True)
    about = {**describe_people(query), "market month": month}
    offer_files(ordered, "people picked", about, ordered, Basis(PEOPLE, month))
    st.button("List nobody", icon=":material/close:", on_click=remember_picked, args=([],))
