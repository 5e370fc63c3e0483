"""Gap to the next level: one person's work against what the level asks."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.jobs.gap import GONE, GapPlan, GapRow, gap_by_dimension, gap_rows
from analytics.jobs.gap_criteria import Criterion
from analytics.permissions import Action
from analytics.units import with_units
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components import downloads
from app_pages.components.differential import show_differential
from app_pages.components.gap_inputs import (
    PERSON,
    choose_move,
    clear_inputs,
    criteria_of,
    fill_inputs,
    nobody_has,
    rate_criteria,
    set_goals,
)
from app_pages.components.markdown import escape_markdown
from app_pages.components.saved_work import save_form, saved_in_link
from app_pages.components.tables import Table
from data.catalog.profiles import years_text
from data.store import saved_work as saved

KIND, OPENED = "gap", "opened gap"
#: Saved gaps name people: whoever may see only aggregates sees none of them.
MAY_SAVE = allowed(Action.SAVE)


def opened() -> GapPlan | None:
    """The saved gap that the link names, once it is in the widgets."""
    named = saved_in_link(KIND) if MAY_SAVE else None
    plan = None
    if named:
        plan = GapPlan.from_json(saved.find(cache.saved_versions(KIND).frame, *named))
    # Streamlit forgets the widgets of a page that was left; then they are filled anew.
    if st.session_state.get(OPENED) != named or PERSON not in st.session_state:
        if plan:
            fill_inputs(plan)
        else:
            clear_inputs()
        st.session_state[OPENED] = named
    return plan


def pay_and_years(plan: GapPlan) -> None:
    """What the move is worth, with its interval, and the years that the target asks for."""
    profiles = {row.code: row for row in cache.profiles().rows}
    start, end = profiles.get(plan.profile), profiles.get(plan.target)
    if not start or not end:
        gone = plan.profile if not start else plan.target
        st.info(escape_markdown(f"{gone} is {GONE}; what was saved of it is kept."))
        return
    move = (start.ladder, start.level, end.level)
    rows = [d for d in cache.level_differences().rows if (d.ladder, d.start, d.end) == move]
    for row in rows:
        show_differential(row, f"Pay differential to {row.end}, {row.status}")
    if not rows:
        st.caption("No pay differential is known for this move.")
    for years in cache.profile_tables(end.code).experience.rows:
        basis = {"level": "by level", "rubric": "by the guideline rubric"}.get(
            years.kind, years.kind
        )
        st.text(f"Typical experience {basis}: {years_text(years.low, years.high)}. {years.note}")


def summary(plan: GapPlan) -> None:
    """What remains, dimension by dimension."""
    st.header("What remains")
    rows = gap_by_dimension(plan.assessments)
    columns = ["dimension", "yes", "partly", "not_yet", "not_rated", "remaining"]
    table = pd.DataFrame([{**vars(row), "remaining": row.remaining} for row in rows], None, columns)
    remaining = sum(row.remaining for row in rows)
    st.text(f"{remaining} of {len(plan.assessments)} criteria are not met in full.")
    units = {"dimension": "text", **dict.fromkeys(columns[1:], "count")}
    Table.of(with_units(table, units)).show_text()


def export(plan: GapPlan, current: list[Criterion]) -> None:
    """The criteria and goals as CSV and Excel, with the person's label in each row."""
    columns = [*GapRow.__dataclass_fields__]
    table = pd.DataFrame([vars(row) for row in gap_rows(plan, current)], None, columns)
    table.insert(0, "person", plan.person)
    # The export log is read by others: it is told the move, and not who it is about.
    about = {"profile": plan.profile, "target": plan.target}
    named = with_units(table, dict.fromkeys(table.columns, "text"))
    downloads.offer_table(named, "gap", about, cache.source_table().frame)


st.title("Gap to the next level")
st.caption(
    "One person's work against what the next level asks. The label and the ratings are yours: "
    "they are kept only where you save them, and never become part of the roster. What is not "
    "saved is gone once you leave the page."
)
try:
    found = opened()
    plan = choose_move(found)
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
    st.stop()
if plan is None:
    st.info("This is the top of its track, and no move to management starts here.")
    st.stop()
current = criteria_of(plan)
if found and (found.profile, found.target) == (plan.profile, plan.target):
    plan = replace(plan, assessments=found.assessments)
st.subheader(escape_markdown(f"{plan.profile_name} → {plan.target_name}"))
try:
    plan = plan.with_criteria(current)
    pay_and_years(plan)
    st.header("Criteria")
    plan = replace(plan, assessments=rate_criteria(plan.assessments, current))
    summary(plan)
    st.header("Goals")
    plan = replace(plan, goals=set_goals(plan.assessments))
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
    st.stop()
export(plan, current)
if nobody_has(plan.employee_id):
    st.error(
        f"No roster that is loaded has the employee id {escape_markdown(plan.employee_id)}, so "
        "what is saved of it would not be found: correct it, or leave it empty.",
        icon=":material/error:",
    )
elif MAY_SAVE:
    save_form(KIND, "app_pages/gap.py", plan.to_json())
else:
    st.caption("Saving is off on this server: saved gaps name people.")
