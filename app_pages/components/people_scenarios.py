"""Scenarios of raises: saved with what they stand on, opened by link, compared, exported."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from analytics.people.loads_since import loads_since
from analytics.people.merit import MeritCycle
from analytics.people.raises import RaiseGoals
from analytics.people.scenario import (
    Scenario,
    compare_scenarios,
    freeze,
    scenario_result,
    scenario_spec,
)
from analytics.people.selection import PeopleQuery
from analytics.units import format_number, unit_of
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_reopen import offer_again
from app_pages.components.saved_work import save_form, saved_in_link
from app_pages.components.tables import Table
from data.files.compared_workbook import ComparedFile
from data.files.people_workbook import OF_SCENARIO
from data.files.scenario_workbook import scenario_workbook, settings_in_words

KIND, PAGE = "scenario", "app_pages/people.py"
_HEADLINES = ("Cost", "Cost as a share of payroll", "People raised", "Compa-ratio after")
_FIRST = ("employee_id", "level", "title", "paid", "pay", "raise_paid", "lump_sum", "new_pay")


def save_scenario(
    query: PeopleQuery,
    people: pd.DataFrame,
    settings: MeritCycle | RaiseGoals,
    by: str,
    about: Mapping[str, str],
    budget: float | None,
    order: tuple[str, ...],
) -> None:
    """A form that saves the raises on the page with the people and ranges behind them."""
    loads = cache.loads_behind(query, about["market month"])
    frozen = freeze(people, settings, by, about["where"], loads, budget)
    frozen = replace(frozen, order=order, filters=query.where)
    st.caption(
        "A saved scenario holds the people and ranges that it stands on, and opens alike after "
        "others are loaded. It is never written over the roster."
    )
    save_form(KIND, PAGE, scenario_spec(frozen))


def show_scenario(known: Mapping[str, tuple[str, ...]]) -> None:
    """The saved scenario that the link names: figures, what it stands on, tables, files.

    ``known`` are the values of the columns of today's people.
    """
    name, version = saved_in_link(KIND) or ("", None)
    scenario = cache.saved_scenario(name, version)
    st.page_link(PAGE, label="All people", icon=":material/arrow_back:", query_params={})
    st.header(f"Scenario: {escape_markdown(name)}")
    offer_again(name, scenario, known)
    result = scenario_result(scenario)
    for column, label in zip(st.columns(len(_HEADLINES)), _HEADLINES, strict=True):
        value, unit = result.figures[label]
        column.metric(label, format_number(value, unit_of(unit)))
    _say_basis(scenario)
    table = compare_scenarios({name: result})
    Table.of(table).show("scenario figures", "Figures of the scenario", first=())
    show_first_rows(result.groups, "scenario groups", f"By {scenario.by}", ("group",))
    show_first_rows(result.raises, "scenario raises", "Raises, one row a person", _FIRST)
    about = dict(settings_in_words(scenario))
    basis = Basis(OF_SCENARIO, f"{date.today():%Y-%m}", scenario.by, settings=scenario.settings)
    told = {"scenario": name, **about}
    offer_files(result.raises, "scenario raises", told, scenario.people, basis)
    downloads.offer_workbook(
        lambda: scenario_workbook(scenario, name),
        f"{name}.xlsx",
        "Download the scenario as Excel",
        {"scenario": name, **about},
    )
    _compare(name, scenario)


def _say_basis(scenario: Scenario) -> None:
    words = settings_in_words(scenario)
    st.table(
        pd.DataFrame(
            [(escape_markdown(a), escape_markdown(b)) for a, b in words if b],
            columns=["Settings", "Value"],
        ),
        hide_index=True,
    )
    made_up = int(scenario.people.source.isin(cache.demo_sources()).sum())
    if made_up or any(load.name.startswith("Demo company") for load in scenario.loads):
        st.caption("Demo data: made up, nobody's pay.")
    for sentence in loads_since(scenario.loads, cache.ask("loads").frame):
        st.text(f"Since then: {sentence}. The figures here are as saved.")


def _compare(name: str, scenario: Scenario) -> None:
    """Figures side by side with other saved scenarios."""
    others = [n for n in dict.fromkeys(cache.saved_versions(KIND).frame.name) if n != name]
    picked = st.multiselect("Compare with", others, max_selections=4) if others else []
    if not picked:
        return
    every = {name: scenario, **{other: cache.saved_scenario(other, None) for other in picked}}
    compared = ComparedFile(every)
    table = compared.frame
    Table.of(table).show("compared scenarios", "Scenarios side by side", first=())
    people = pd.concat([s.people for s in every.values()])
    about = {"scenarios": ", ".join(every)}
    whole = st.checkbox("With each person's pay in the workbook, so that it can be verified")
    offer_files(table, "compared scenarios", about, people, compared if whole else None)
