"""OTE: base and variable pay, from results to payout to pay, against the band."""

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from analytics.errors import BandstandError
from analytics.plans import Component, Plan
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.ote_compare import compare_saved
from app_pages.components.ote_inputs import (
    chosen_attainment,
    chosen_package,
    chosen_plan,
    measures,
    retention_from_revenue,
)
from app_pages.components.ote_sections import (
    package_metrics,
    pay_section,
    spread_section,
    team_section,
    total_section,
)
from app_pages.components.saved_work import save_form, saved_in_link
from data.store import saved_work

KIND = "plan"
#: Settings that make a plan, by the key of their widget: all that is saved.
KEYS = (
    *("given", "ote", "base_pay", "variable_pay", "plan_split", "own_split"),
    *("threshold", "at_threshold", "cap", "attained", "reach", "sd", "people"),
    *("equity_year", "sign_on", "sign_on_years", "most_equity", "at"),
)


def opened_plan() -> dict[str, Any]:
    """The saved plan that the link names, once its settings are in the widgets."""
    named = saved_in_link(KIND)
    if not named:
        return {}
    spec = saved_work.find(cache.saved_versions(KIND).frame, *named)
    settings: dict[str, Any] = json.loads(spec)
    if st.session_state.get("opened plan") != named:
        st.session_state["opened plan"] = named
        st.session_state.update({key: settings[key] for key in KEYS if key in settings})
    return settings


def settings_of(
    components: Sequence[Component], results: Sequence[float], plan: Plan
) -> dict[str, Any]:
    """Everything that makes the plan on the page, to be saved."""
    state: dict[str, Any] = {key: st.session_state[key] for key in KEYS if key in st.session_state}
    state["measures"] = [
        {
            "measure": c.name,
            "weight": 100 * c.weight,
            "floor": 100 * c.floor,
            "target": 100 * c.target,
            "result": 100 * result,
        }
        for c, result in zip(components, results, strict=True)
    ]
    state["steps"] = [{"from": 100 * s.start, "rate": s.rate} for s in plan.accelerators]
    return state


st.title("On-target earnings")
try:
    saved = opened_plan()
    package = chosen_package()
    package_metrics(package)
    st.header("From results to attainment")
    st.caption(
        "Attainment is how far a result has come from its floor to its target. A result of 110% "
        "is not an attainment of 110%."
    )
    components, results = measures(saved)
    retention_from_revenue()
    reached = chosen_attainment(components, results)
    st.header("From attainment to pay")
    plan = chosen_plan(saved)
    pay_section(plan, package, reached)
    st.header("A team on this plan")
    team_section(plan, package)
    st.header("When attainment varies")
    spread_section(plan, package, reached)
    st.header("Total compensation, against the band")
    total_section(package)
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
else:
    settings = settings_of(components, results, plan)
    downloads.offer_text(json.dumps(settings, indent=2), "plan.json", "Download the plan", {})
    compare_saved(save_form(KIND, "app_pages/ote.py", json.dumps(settings, sort_keys=True)))
