"""OTE: base and variable pay, from results to payout to pay, against the band."""

import json
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from analytics import plans
from analytics.errors import BandstandError
from analytics.ote import AT_MOST
from analytics.percentiles import PERCENTILES
from app_pages import cache, charts
from app_pages.charts.style import dollars, span
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.ote_inputs import measures, money, percent, revenue, the_package, the_plan
from app_pages.components.saved_work import save_form, saved_in_link
from app_pages.components.tables import Table
from data.store import saved_work as saved

KIND = "plan"
PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}
#: Settings that make a plan, by the key of their widget: all that is saved.
KEYS = (
    "given", "ote", "base_pay", "variable_pay", "plan_split", "own_split", "threshold",
    "at_threshold", "cap", "reach", "sd", "equity_year", "sign_on",
    "sign_on_years", "most_equity", "at",
)  # fmt: skip


def opened() -> dict[str, Any]:
    """The saved plan that the link names, once its settings are in the widgets."""
    named = saved_in_link(KIND)
    if not named:
        return {}
    told: dict[str, Any] = json.loads(saved.find(cache.ask("saved_work", kind=KIND).frame, *named))
    if st.session_state.get("opened plan") != named:
        st.session_state["opened plan"] = named
        st.session_state.update({key: told[key] for key in KEYS if key in told})
    return told


def against_band(total: float, level: str) -> None:
    """The year's total beside what the market pays the level."""
    rows = [
        row
        for row in cache.bands(PERCENTILES, None).rows
        if row.level == level and row.pay_basis == "total_comp"
    ]
    if not rows:
        st.caption("No band on this basis is held for the level.")
        return
    row = rows[0]
    below = sum(getattr(row, f"p{p}") <= total for p in (10, 25, 50, 75, 90))
    names = ["below P10", "P10 to P25", "P25 to P50", "P50 to P75", "P75 to P90", "above P90"]
    one, two = st.columns(2)
    one.metric(f"Total against {level}, {row.status}", names[below], dollars(total), **PLAIN)
    two.metric(f"{level} median, {row.status}", dollars(row.p50), span(row.low, row.high), **PLAIN)
    st.caption("The band counts equity, so it is compared with the total and never with OTE alone.")


def beside_each_other(rows: list[Any]) -> None:
    """Saved plans compared, setting by setting."""
    names = [f"{row.name}, version {row.version}" for row in rows]
    picked = st.multiselect("Compare saved plans", names, max_selections=4) if rows else []
    if len(picked) < 2:
        return
    specs = {n: json.loads(r.spec) for n, r in zip(names, rows, strict=True) if n in picked}
    keys = list(dict.fromkeys(key for one in specs.values() for key in one))
    table = pd.DataFrame(
        [
            {"setting": k.replace("_", " "), **{n: str(s.get(k, "–")) for n, s in specs.items()}}
            for k in keys
        ]
    )
    Table.of(table).show("compared plans", "Saved plans side by side", first=())
    downloads.offer_table(table, "compared plans", {}, cache.ask("sources").frame)


st.title("On-target earnings")
try:
    told = opened()
    pack = the_package()
    one, two, three = st.columns(3)
    one.metric("Base", dollars(pack.base), f"{pack.split.label} split", **PLAIN)
    two.metric("Variable at target", dollars(pack.variable), **PLAIN)
    three.metric("On-target earnings", dollars(pack.ote), **PLAIN)
    st.header("From results to attainment")
    st.caption(
        "Attainment is how far a result has come from its floor to its target. A result of 110 % "
        "is not an attainment of 110 %."
    )
    components, results = measures(told)
    revenue()
    reached = plans.attainment(components, results)
    st.text(
        f"Attainment {reached:.1%}: "
        + " + ".join(
            f"{c.weight:.0%} × {c.attainment(r):.1%} ({c.name})"
            for c, r in zip(components, results, strict=True)
        )
    )
    st.header("From attainment to pay")
    plan = the_plan(told)
    own = percent("Own attainment, %", "reach", 110.0, 1000.0)
    points = dict.fromkeys(round(a, 9) for a in (0.0, 0.8, 1.0, 1.2, own, reached))
    pay = pd.DataFrame(
        [
            {
                "attainment": f"{a:.1%}",
                "ratio paid": plan.payout(a),
                "amount variable": round(plan.payout(a) * pack.variable, 2),
                "amount cash": round(pack.pay(plan.payout(a)), 2),
            }
            for a in sorted(points)
        ]
    )
    to = max(2.0, own * 1.1, reached * 1.1)
    charts.draw(charts.payout_chart(plan, own, to), key="payout", alt="Payout against attainment")
    Table.of(pay).show("pay", "Pay at attainments", first=())
    about = {"plan": json.dumps(asdict(plan)), "package": json.dumps(asdict(pack))}
    downloads.offer_table(pay, "pay at attainment", about, cache.ask("sources").frame)

    st.header("When attainment varies")
    sd = percent("Standard deviation of attainment, %", "sd", 20.0, 200.0)
    spread = plans.payout_spread(plan, reached, sd)
    one, two, three = st.columns(3)
    one.metric("Mean payout", f"{spread.mean:.1%}", dollars(pack.pay(spread.mean)), **PLAIN)
    two.metric(
        "Payout at the mean",
        f"{spread.payout_at_mean:.1%}",
        dollars(pack.pay(spread.payout_at_mean)),
        **PLAIN,
    )
    three.metric(
        "Paid nothing",
        f"{spread.share_at_zero:.0%}",
        f"at the cap {spread.share_at_cap:.0%}",
        **PLAIN,
    )
    charts.draw(
        charts.spread_chart(spread.deciles, spread.mean, spread.payout_at_mean),
        key="spread",
        alt="Deciles of the payout",
    )
    st.caption(
        "Attainment is taken as normal around the attainment above. The payout of the mean is not "
        "the mean payout: threshold, accelerators and cap bend the line."
    )

    st.header("Total compensation, against the band")
    one, two, three = st.columns(3)
    with one:
        equity = money("Equity a year", "equity_year", 0.0)
    with two:
        sign_on = money("Sign-on", "sign_on", 0.0)
    with three:
        over = st.number_input("Spread over years", 1.0, 10.0, 4.0, key="sign_on_years",
                               bind="query-params")  # fmt: skip
    total = plans.total_compensation(pack, equity, sign_on, over)
    level = st.selectbox("Level", cache.options()["level"], index=2, key="at", bind="query-params")
    against_band(total, level)
    most = percent("Equity is at most, % of a total", "most_equity", 20.0, 99.0)
    low, high = plans.base_range(total, pack.split, most)
    st.text(f"In a total of {dollars(total)}, base is between {dollars(low)} and {dollars(high)}.")
    st.caption(AT_MOST)
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
else:
    state = {key: st.session_state[key] for key in KEYS if key in st.session_state}
    state["measures"] = [
        {"measure": c.name, "weight": 100 * c.weight, "floor": 100 * c.floor,
         "target": 100 * c.target, "result": 100 * r}
        for c, r in zip(components, results, strict=True)
    ]  # fmt: skip
    state["steps"] = [{"from": 100 * s.start, "rate": s.rate} for s in plan.accelerators]
    downloads.offer_text(json.dumps(state, indent=2), "plan.json", "Download the plan", {})
    beside_each_other(save_form(KIND, "app_pages/ote.py", json.dumps(state, sort_keys=True)))
