"""What the Price page is told: job, date and place, and the assumptions of bridges."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from analytics.job_rows import JobProfile
from analytics.pay_basis import LABELS
from analytics.pricing.ageing import ECI_GROUP, MODES, Month, parse_month, target_month
from analytics.pricing.bridges import EQUITY_CEILING
from analytics.pricing.inputs import Rate
from analytics.pricing.question import BASES
from app_pages import cache
from app_pages.components.job_picker import pick_job, show_taken_title
from app_pages.components.link_codes import rerun_to_understand, take_codes
from app_pages.components.place_picker import pick_place
from data.catalog.profiles import profile_name


def pricing_settings(today: Month, saved_place: Sequence[str]) -> dict[str, Any]:
    """What is asked: the fields of a pricing but its sources.

    A place that was saved is offered, though the store may hold it no longer.
    """
    job, terms = _job()
    asked = terms | _date_and_place(job, today, saved_place) | _assumptions()
    rerun_to_understand()
    return asked


def _job() -> tuple[JobProfile, dict[str, Any]]:
    """The job, and the fields for it, pay basis and percentile."""
    one, two, three = st.columns([3, 2, 1])
    job = pick_job(one, "job")
    take_codes("pay", LABELS)
    basis = two.selectbox(
        "Pay basis",
        BASES,
        index=2,
        key="pay",
        bind="query-params",
        format_func=LABELS.__getitem__,
    )
    target = three.number_input("Percentile", 1.0, 99.0, 50.0, key="target", bind="query-params")
    show_taken_title(job)
    return job, {"code": job.code, "basis": basis, "target": round(target / 100, 6)}


def _date_and_place(job: JobProfile, today: Month, saved_place: Sequence[str]) -> dict[str, Any]:
    """To when and where pay is moved, and at which rate."""
    mode = st.segmented_control(
        "Age to",
        [*MODES, "month"],
        default="month",
        key="ageing",
        bind="query-params",
        required=True,
        help="Lag: the start of the plan year. Lead: its end. Lead-lag: its middle. "
        "Month: the month itself.",
    )
    one, two, three = st.columns([1, 1, 2], vertical_alignment="bottom")
    label = "Month" if mode == "month" else "Plan year from"
    month = one.text_input(label, f"{today.year + 1}-01", key="to", bind="query-params")
    eci = next(r for r in cache.cost_changes() if r.worker_group == ECI_GROUP)
    usual = round(100 * eci.rate, 2)
    rate = two.number_input(
        "Yearly rise, %", -50.0, 100.0, usual, step=0.1, key="rate", bind="query-params",
        help=f"Unless you change it: BLS Employment Cost Index, {eci.worker_group}, "
        f"12 months to {eci.quarter}. An occupation's figures take their own history.",
    )  # fmt: skip
    usual_one = replace(cache.usual_rate(), value=rate / 100)
    where = pick_place(three, "place", saved_place)
    start = parse_month(month)
    return {
        "job": ", ".join(filter(None, (profile_name(vars(job)), where))),
        "to": start if mode == "month" else target_month(mode or "lead-lag", start),
        "rate": usual_one if rate == usual else Rate(rate / 100, "your rate"),
        "place": where,
    }


def _assumptions() -> dict[str, Any]:
    """What bridges between pay bases rest on."""
    with st.expander("Assumptions of bridges between pay bases"):
        one, two, three = st.columns(3)
        split = one.number_input(
            "Base, % of target cash", 1.0, 100.0, 80.0, key="split_base", bind="query-params"
        )
        equity = two.number_input(
            "Equity, % of total compensation", 0.0, 99.0, 0.0, key="equity", bind="query-params"
        )
        most = three.number_input(
            "Equity at most, %",
            *(0.0, 99.0, 100 * EQUITY_CEILING),
            key="most_equity",
            bind="query-params",
            help="The interval reaches to it. An assumption, and no published figure.",
        )
    return {"split": split / 100, "equity": equity / 100, "equity_ceiling": most / 100}
