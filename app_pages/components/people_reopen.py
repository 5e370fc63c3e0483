"""An opened scenario put back into the widgets of the People page, to go on from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from analytics.people.merit import MeritCycle
from analytics.people.merit_matrix import MeritMatrix
from analytics.people.raises import RaiseGoals
from analytics.people.scenario import Scenario
from app_pages.components.people_filters import BY, CURRENCY

#: The matrix that the grid of merit begins with, instead of an example.
MATRIX = "merit matrix of a scenario"
FROM, KIND, TAB = "scenario put back", "scenario", "list"


def offer_again(name: str, scenario: Scenario, known: Mapping[str, tuple[str, ...]]) -> None:
    """A button that puts the scenario into the widgets; ``known`` are the columns' values now."""
    st.button(
        "Work on it again", icon=":material/edit:", on_click=_put_back,
        args=(name, widget_values(scenario, known), scenario.settings),
        help="Its settings and filters, on the people and ranges of today. What is saved stays.",
    )  # fmt: skip


def widget_values(scenario: Scenario, known: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    """What the widgets hold when a scenario is put back, as far as ``known`` columns have it."""
    values: dict[str, object] = {
        f"of_{name}": [v for v in wanted if v in known.get(name, ())]
        for name, wanted in scenario.filters
    }
    if scenario.by in known:
        values[BY] = scenario.by
    if scenario.currency:
        values[CURRENCY] = scenario.currency
    settings = scenario.settings
    if isinstance(settings, MeritCycle):
        return values | _of_merit(settings, scenario.budget)
    return values | _of_raises(settings, scenario.budget, known)


def matrix_put_back(rating: str, edges: tuple[float, ...]) -> MeritMatrix | None:
    """The matrix of the scenario that was put back, if it is of this column and these bands."""
    held = st.session_state.get(MATRIX)
    return held[1] if held and (held[0], held[1].edges) == (rating, edges) else None


def say_put_back() -> None:
    """Whose settings stand in the widgets, right after they were put there."""
    if name := st.session_state.pop(FROM, ""):
        st.info(
            f"The settings of the scenario “{name}”, on the people and ranges of today. What is "
            "saved stays as it was.",
            icon=":material/edit:",
        )


def _of_merit(cycle: MeritCycle, budget: float | None) -> dict[str, object]:
    return {
        TAB: "Merit",
        "merit_by": cycle.rating,
        "merit_bands": ", ".join(f"{edge:.2f}" for edge in cycle.matrix.edges),
        "merit_from": _day(cycle.start),
        "merit_until": _day(cycle.end),
        "merit_lump": cycle.lump_sums,
        "merit_budget": budget,
    }


def _of_raises(
    goals: RaiseGoals, budget: float | None, known: Mapping[str, tuple[str, ...]]
) -> dict[str, object]:
    floors = {f"floor_{value}": goals.floors.get(value) for value in known.get(goals.rating, ())}
    step = goals.manager_step
    return {
        TAB: "Cheapest raises",
        "at_minimum": goals.minimum,
        "above": step is not None,
        "manager_step": 100 * (step or 0.0),
        **({"floor_by": goals.rating} if goals.rating in known else {}),
        **floors,
        "raise_budget": budget,
    }


def _put_back(name: str, values: dict[str, object], settings: Any) -> None:
    for key in [k for k in st.session_state if str(k).startswith(("of_", "merit matrix "))]:
        del st.session_state[key]
    st.session_state.update(values)
    st.session_state[f"{KIND} name"] = name
    st.session_state[FROM] = name
    if isinstance(settings, MeritCycle):
        st.session_state[MATRIX] = (settings.rating, settings.matrix)
    for key in (KIND, "version"):
        if key in st.query_params:
            del st.query_params[key]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
