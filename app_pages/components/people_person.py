"""One person: position in range, the way over the rosters, the gap to the next level."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analytics.money import money
from app_pages import cache
from app_pages.components.markdown import escape_markdown
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_headline import PLAIN
from data.files.people_workbook import PEOPLE

KEY = "person_id"
_FIRST = (
    *("as_of", "level", "title", "fte", "paid", "pay", "compa_ratio", "penetration", "position"),
    *("minimum", "midpoint", "maximum", "why", "roster"),
)


def show_person(people: pd.DataFrame, about: Mapping[str, str]) -> None:
    """The person with the employee id that is typed, among all who pass the filters."""
    typed = st.text_input("Employee ID", key=KEY, bind="query-params", width=240).strip()
    found = people[people.employee_id == typed]
    if not len(found):
        st.caption("Type an employee id." if not typed else "Nobody here has this employee id.")
        return
    person = found.iloc[0]
    _say_position(person)
    _say_next_level(person)
    history = cache.person_history(typed, about["market month"])
    history = history[history.currency == person.currency]
    st.subheader("Over the rosters")
    show_first_rows(history, "person table", "One row a roster", _FIRST, hidden=_hidden(history))
    st.caption("Each against the ranges that are loaded now, not against those of its date.")
    basis = Basis(PEOPLE, about["market month"])
    offer_files(history, "people person", {**about, "employee id": typed}, history, basis)


def _say_position(person: pd.Series) -> None:
    pay = money(person.pay, person.currency) if pd.notna(person.pay) else "none"
    one, two, three, four = st.columns(4)
    one.metric("Full-time pay", pay, f"{person.fte:g} FTE", **PLAIN)
    two.metric("Position in range", person.position or "no range", person.range or None, **PLAIN)
    placed = person.position != ""
    three.metric("Compa-ratio", f"{person.compa_ratio:.2f}" if placed else "none")
    known = pd.notna(person.market)
    four.metric("Market index", f"{person.pay / person.market:.2f}" if known else "none")
    if person.why:
        st.text(f"No range: {person.why}.")


def _say_next_level(person: pd.Series) -> None:
    """How far pay is from the midpoint above, and the page of what that level asks."""
    if pd.notna(person.midpoint_above):
        gap = round(float(person.midpoint_above - person.pay), 2)
        amount = money(abs(gap), person.currency)
        st.text(
            f"The midpoint of {person.level_above}, the next level on this track, is "
            f"{money(person.midpoint_above, person.currency)}: "
            + (f"{amount} above this pay." if gap > 0 else f"{amount} below this pay.")
        )
    code = "" if pd.isna(person.code) else str(person.code)
    if code:
        st.page_link(
            "app_pages/gap.py", label="What the next level asks", icon=":material/trending_up:",
            query_params={"gap_from": code, "gap_employee": str(person.employee_id)},
        )  # fmt: skip
    if saved := cache.gaps_of(str(person.employee_id)):
        st.caption("Saved gaps of this employee id")
        with st.container(horizontal=True):
            for name in saved:
                st.page_link("app_pages/gap.py", label=escape_markdown(name),
                             icon=":material/link:", query_params={"gap": name})  # fmt: skip


def _hidden(history: pd.DataFrame) -> list[str]:
    own = ("level_below", "midpoint_below", "level_above", "midpoint_above", "employee_id")
    return [name for name in own if name in history]
