"""The sections of the OTE page: pay at attainments, the spread of payouts, team and total."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from analytics import plans
from analytics.money import money, money_range
from analytics.ote import AT_MOST
from analytics.percentiles import PERCENTILES
from analytics.plans import Package, Plan
from analytics.units import with_units
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.ote_inputs import money_input, percent
from app_pages.components.tables import Table

PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}
_BAND_NAMES = ("below P10", "P10 to P25", "P25 to P50", "P50 to P75", "P75 to P90", "above P90")
_PAY_UNITS = {
    "attainment": "share",
    "payout": "share",
    "variable": "USD",
    "total_cash": "USD",
}
_TEAM_UNITS = {**_PAY_UNITS, "people": "count", "base": "USD"}


def package_metrics(package: Package) -> None:
    """Base, variable and on-target earnings."""
    one, two, three = st.columns(3)
    one.metric("Base", money(package.base), f"{package.split.label} split", **PLAIN)
    two.metric("Variable at target", money(package.variable), **PLAIN)
    three.metric("On-target earnings", money(package.ote), **PLAIN)


def pay_section(plan: Plan, package: Package, reached: float) -> None:
    """The payout curve, and pay at some attainments, the one that was reached among them."""
    charts.draw(
        charts.payout_chart(plan, reached, max(2.0, reached * 1.1)),
        key="payout",
        alt="Payout against attainment",
    )
    table = pay_table(plan, package, (0.0, 0.8, 1.0, 1.2, reached))
    Table.of(table).show("pay", "Pay at attainments", first=())
    about = plan_words(plan, package)
    downloads.offer_table(table, "pay at attainment", about, cache.source_table().frame)


def plan_words(plan: Plan, package: Package) -> dict[str, str]:
    """A plan and its package in words, for the files that rest on them."""
    steps = [f"from {s.start:.0%} each point pays {s.rate:g} points" for s in plan.accelerators]
    return {
        "Base": money(package.base),
        "Variable at target": money(package.variable),
        "On-target earnings": money(package.ote),
        "Threshold": f"{plan.threshold:.0%}",
        "Payout at threshold": f"{plan.at_threshold:.0%}",
        "Above target": "; ".join(steps),
        "Cap": "none" if plan.cap is None else f"{plan.cap:.0%}",
    }


def pay_table(plan: Plan, package: Package, attainments: Iterable[float]) -> pd.DataFrame:
    """One row an attainment: the payout, variable pay and cash."""
    points = sorted({round(attainment, 9) for attainment in attainments})
    rows = [
        {
            "attainment": point,
            "payout": plan.payout(point),
            "variable": round(plan.payout(point) * package.variable, 2),
            "total_cash": round(package.pay(plan.payout(point)), 2),
        }
        for point in points
    ]
    return with_units(pd.DataFrame(rows), _PAY_UNITS)


def spread_section(plan: Plan, package: Package, reached: float) -> None:
    """What payouts are when attainment varies around what was reached."""
    sd = percent("Standard deviation of attainment, %", "sd", 20.0, 200.0)
    spread = plans.payout_spread(plan, reached, sd)
    one, two, three = st.columns(3)
    one.metric("Mean payout", f"{spread.mean:.1%}", money(package.pay(spread.mean)), **PLAIN)
    at_mean = money(package.pay(spread.payout_at_mean))
    two.metric("Payout at the mean", f"{spread.payout_at_mean:.1%}", at_mean, **PLAIN)
    capped = f"at the cap {spread.share_at_cap:.0%}"
    three.metric("Paid nothing", f"{spread.share_at_zero:.0%}", capped, **PLAIN)
    charts.draw(
        charts.spread_chart(spread.deciles, spread.mean, spread.payout_at_mean),
        key="spread",
        alt="Deciles of the payout",
    )
    st.caption(
        "Attainment is taken as normal around the attainment above. The payout of the mean is not "
        "the mean payout: threshold, accelerators and cap bend the line."
    )


def team_section(plan: Plan, package: Package) -> None:
    """What a team on this plan costs at 80, 100 and 120 percent."""
    people = int(
        st.number_input("People on this plan", 1, 100_000, 10, key="people", bind="query-params")
    )
    table = team_table(plan, package, people)
    Table.of(table).show("team", "Cost of a team on this plan", first=())
    about = {"People": f"{people:,}", **plan_words(plan, package)}
    downloads.offer_table(table, "team cost", about, cache.source_table().frame)


def team_table(plan: Plan, package: Package, people: int) -> pd.DataFrame:
    """One row an attainment: what all of a team together are paid in a year."""
    table = pay_table(plan, package, (0.8, 1.0, 1.2))
    totals = {name: table[name] * people for name in ("variable", "total_cash")}
    table = table.assign(people=people, base=package.base * people, **totals)
    columns = ["attainment", "people", "payout", "base", "variable"]
    return with_units(table[[*columns, "total_cash"]], _TEAM_UNITS)


def total_section(package: Package) -> None:
    """Total compensation against the market's band, and what base may be in it."""
    one, two, three = st.columns(3)
    with one:
        equity = money_input("Equity a year", "equity_year", 0.0)
    with two:
        sign_on = money_input("Sign-on", "sign_on", 0.0)
    with three:
        years = st.number_input(
            "Spread over years", 1.0, 10.0, 4.0, key="sign_on_years", bind="query-params"
        )
    total = plans.total_compensation(package, equity, sign_on, years)
    level = st.selectbox("Level", cache.options()["level"], index=2, key="at", bind="query-params")
    _against_band(total, level)
    most = percent("Equity is at most, % of a total", "most_equity", 20.0, 99.0)
    low, high = plans.base_range(total, package.split, most)
    st.text(f"In a total of {money(total)}, base is between {money(low)} and {money(high)}.")
    st.caption(AT_MOST)


def _against_band(total: float, level: str) -> None:
    """The year's total beside what the market pays the level."""
    bands = cache.bands(PERCENTILES, None).rows
    row = next((b for b in bands if b.level == level and b.pay_basis == "total_comp"), None)
    if row is None:
        st.caption("There is no band on this basis for the level.")
        return
    name = _BAND_NAMES[sum(pay <= total for pay in row.percentiles.values())]
    ends = money_range(row.low, row.high)
    one, two = st.columns(2)
    one.metric(f"Total against {level}, {row.status}", name, money(total), **PLAIN)
    two.metric(f"{level} median, {row.status}", money(row.percentiles["p50"]), ends, **PLAIN)
    st.caption("The band counts equity, so it is compared with the total and never with OTE alone.")
