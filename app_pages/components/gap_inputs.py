"""Inputs of a gap: profile and target, ratings and notes by criterion, goals."""

import hashlib
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analytics.job_rows import JobProfile
from analytics.jobs.gap import FIRST_YEAR, GONE, LAST_YEAR, RATINGS, Assessment, GapPlan, Goal
from analytics.jobs.gap_criteria import Criterion, level_criteria, next_moves
from app_pages import cache
from app_pages.asking import records_mode
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from data.catalog.profiles import profile_name

FROM, TO, PERSON, GOALS = "gap_from", "gap_to", "gap person", "gap goal numbers"
#: The employee id in the link: that of whom a gap is tied to.
EMPLOYEE = "gap_employee"


def name_of(profile: JobProfile) -> str:
    """A profile as people say it."""
    return profile_name(vars(profile))


def clear_inputs() -> None:
    """Forget what was rated and noted."""
    for key in [key for key in st.session_state if str(key).startswith("gap ")]:
        del st.session_state[key]


def fill_inputs(plan: GapPlan) -> None:
    """Put a saved plan into the widgets, in place of what was in them."""
    clear_inputs()
    state = st.session_state
    state.update({FROM: plan.profile, TO: plan.target, PERSON: plan.person})
    state[EMPLOYEE] = plan.employee_id
    for row in plan.assessments:
        key = _key(row.criterion)
        state[f"gap rating {key}"] = row.rating or None
        state[f"gap note {key}"] = row.note
    state[GOALS] = list(range(len(plan.goals)))
    for n, goal in enumerate(plan.goals):
        state[f"gap goal {n}"] = goal.text
        state[f"gap due {n}"] = date.fromisoformat(goal.due)
        state[f"gap tied {n}"] = _key(goal.criterion)


def choose_move(opened: GapPlan | None) -> GapPlan | None:
    """The profile and where to, as a plan without ratings; None at the top of a ladder.

    What a saved plan names stays on offer, though the taxonomy has it no longer.
    """
    profiles = {row.code: row for row in cache.profiles().rows}
    names = {code: name_of(row) for code, row in profiles.items()}
    if opened:
        names.setdefault(opened.profile, f"{opened.profile_name or opened.profile}, {GONE}")
        names.setdefault(opened.target, f"{opened.target_name or opened.target}, {GONE}")
    codes = [*profiles, *([opened.profile] if opened and opened.profile not in profiles else [])]
    one, two = st.columns([2, 1])
    take_codes(FROM, names)
    code = one.selectbox(
        "Job profile", codes, key=FROM, bind="query-params", format_func=names.__getitem__
    )
    person = two.text_input(
        "Person (optional)",
        key=PERSON,
        max_chars=200,
        help="Any label. It is kept with this gap alone and is never part of the roster.",
    )
    employee = ask_employee()
    moves = next_moves(profiles.values(), profiles[code]) if code in profiles else []
    kinds: dict[str, str] = {move.profile.code: move.kind for move in moves}
    if opened and opened.profile == code:
        kinds.setdefault(opened.target, "saved")
    if not kinds:
        return None
    if st.session_state.get(TO) not in kinds:
        st.session_state.pop(TO, None)
    ways = {c: escape_markdown(f"{kinds[c].capitalize()}: {names[c]}") for c in kinds}
    take_codes(TO, ways)
    target = st.radio("To", list(ways), key=TO, bind="query-params", format_func=ways.__getitem__)
    named = {c: name_of(profiles[c]) if c in profiles else "" for c in (code, target)}
    if opened and (opened.profile, opened.target) == (code, target):
        saved = {opened.profile: opened.profile_name, opened.target: opened.target_name}
        named = {c: name or saved[c] for c, name in named.items()}
    return GapPlan(code, named[code], target, named[target], person, employee_id=employee)


def ask_employee() -> str:
    """The employee id that the gap is tied to; empty where none is, and for others than owners."""
    if not cache.employee_ids(records_mode()):
        return ""
    return st.text_input(
        "Employee id (optional)", key=EMPLOYEE, max_chars=200, bind="query-params", width=240,
        help="Ties what you save to somebody of your roster: it is found on their page under "
        "People, and is shown no longer once no loaded roster has them.",
    ).strip()  # fmt: skip


def nobody_has(employee: str) -> bool:
    """Whether an employee id is given that no roster which stands has."""
    return bool(employee) and employee not in cache.employee_ids(records_mode())


def criteria_of(plan: GapPlan) -> list[Criterion]:
    """What the taxonomy asks of the target now; nothing where it has the target no longer."""
    profiles = {row.code: row for row in cache.profiles().rows}
    if plan.target not in profiles:
        return []
    target = profiles[plan.target]
    tables = cache.profile_tables(target.code)
    card = dict(zip(tables.card.frame.dimension, tables.card.frame.descriptor, strict=True))
    guidelines = tables.guidelines.frame
    rows = guidelines[guidelines.level == target.level].drop(columns="level").to_dict("records")
    asked = {
        str(name).replace("_", " "): str(words)
        for row in rows
        for name, words in row.items()
        if not pd.isna(words)
    }
    return level_criteria(card, _duties(profiles.get(plan.profile)), _duties(target), asked)


def _duties(profile: JobProfile | None) -> list[str]:
    rows = cache.responsibilities(profile.focus).rows if profile else []
    return [row.responsibility for row in rows if profile and row.level == profile.level]


def rate_criteria(
    assessments: Sequence[Assessment], current: Sequence[Criterion]
) -> tuple[Assessment, ...]:
    """The criteria by dimension, each with its rating and a note."""
    rated = {}
    for dimension in dict.fromkeys(row.criterion.dimension for row in assessments):
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(dimension.capitalize())}**")
            for row in assessments:
                if row.criterion.dimension == dimension:
                    rated[row.criterion] = _rate(row.criterion, row.criterion in current)
    return tuple(rated[row.criterion] for row in assessments)


def _rate(criterion: Criterion, current: bool) -> Assessment:
    kind = criterion.kind if current else f"{criterion.kind}, {GONE}"
    label = escape_markdown(f"{criterion.text} ({kind})")
    key = _key(criterion)
    one, two = st.columns([3, 2], vertical_alignment="bottom")
    rating = one.segmented_control(label, RATINGS, key=f"gap rating {key}")
    note = two.text_input("Note", key=f"gap note {key}", max_chars=2_000)
    return Assessment(criterion, rating or "", note)


def set_goals(assessments: Sequence[Assessment]) -> tuple[Goal, ...]:
    """Goals with a day, each tied to a criterion; only complete ones are returned."""
    numbers = st.session_state.setdefault(GOALS, [])
    criteria = {_key(row.criterion): row.criterion for row in assessments}
    goals = [_goal(n, criteria) for n in numbers]
    st.button("Add a goal", icon=":material/add:", on_click=_add_goal)
    if not goals:
        st.caption("No goals yet.")
    if None in goals:
        st.caption("A goal is kept once it has a text and a day.")
    return tuple(goal for goal in goals if goal)


def _goal(number: int, criteria: dict[str, Criterion]) -> Goal | None:
    if st.session_state.get(f"gap tied {number}") not in criteria:
        st.session_state.pop(f"gap tied {number}", None)
    columns = st.columns([4, 2, 4, 1], vertical_alignment="bottom")
    text = columns[0].text_input("Goal", key=f"gap goal {number}", max_chars=2_000)
    due = columns[1].date_input(
        "By",
        None,
        date(FIRST_YEAR, 1, 1),
        date(LAST_YEAR, 12, 31),
        key=f"gap due {number}",
        format="YYYY-MM-DD",
    )
    tied = columns[2].selectbox(
        "Criterion",
        list(criteria),
        key=f"gap tied {number}",
        format_func=lambda key: f"{criteria[key].dimension}: {criteria[key].text}",
    )
    columns[3].button(
        "Remove",
        key=f"gap remove {number}",
        icon=":material/delete:",
        on_click=_remove_goal,
        args=(number,),
    )
    return Goal(text, due.isoformat(), criteria[tied]) if text.strip() and due else None


def _add_goal() -> None:
    numbers = st.session_state[GOALS]
    st.session_state[GOALS] = [*numbers, max(numbers, default=-1) + 1]


def _remove_goal(number: int) -> None:
    st.session_state[GOALS] = [n for n in st.session_state[GOALS] if n != number]


def _key(criterion: Criterion) -> str:
    """A short name for a criterion's widgets, the same at each visit."""
    words = "\n".join((criterion.kind, criterion.dimension, criterion.text))
    return hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()[:12]
