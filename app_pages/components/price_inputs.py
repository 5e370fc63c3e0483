"""What the Price page is told: job, date, assumptions, and the sources to use."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.pay_basis import LABELS
from analytics.percentiles import PERCENTILES
from analytics.pricing.ageing import ECI_GROUP, MODES, Month, parse_month, target_month
from analytics.pricing.pricing import MATCHES, Rate, Source
from analytics.pricing.question import BASES
from app_pages import cache
from app_pages.components.job_picker import pick_job, show_taken_title
from app_pages.components.link_codes import rerun_if_asked, take_codes
from app_pages.components.place_picker import pick_place
from data.catalog.profiles import find_profile, profile_name

OWN = "yours"
OWN_RATE = "a rate for this source"
MATCH = st.column_config.SelectboxColumn("Match", options=list(MATCHES), required=True)
RATE = st.column_config.NumberColumn(
    "Yearly rise, %", help="Empty: the rate above, or the occupation's own history"
)
_NAMES = {p: f"p{100 * p:g}" for p in PERCENTILES}


def pricing_settings(today: Month, saved_place: Sequence[str]) -> dict[str, Any]:
    """What is asked: the fields of a pricing but its sources.

    A place that was saved is offered, though the store may hold it no longer.
    """
    job = _job()
    asked = job | _date_and_place(job["code"], today, saved_place) | _assumptions()
    rerun_if_asked()
    return asked


def _job() -> dict[str, Any]:
    """Job, pay basis and percentile."""
    one, two, three = st.columns([3, 2, 1])
    job = pick_job(one, "job")
    take_codes("pay", BASES)
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
    return {"code": job.code, "basis": basis, "target": round(target / 100, 6)}


def _date_and_place(code: str, today: Month, saved_place: Sequence[str]) -> dict[str, Any]:
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
    profile = find_profile(cache.profiles().frame, code)
    where = pick_place(three, "place", saved_place)
    start = parse_month(month)
    return {
        "job": f"{profile_name(profile)}, {where}" if where else profile_name(profile),
        "to": start if mode == "month" else target_month(mode or "lead-lag", start),
        "rate": usual_one if rate == usual else Rate(rate / 100, "your rate"),
        "place": where,
    }


def _assumptions() -> dict[str, Any]:
    """What bridges between pay bases rest on."""
    with st.expander("Assumptions of bridges between pay bases"):
        one, two = st.columns(2)
        split = one.number_input(
            "Base, % of target cash", 1.0, 100.0, 80.0, key="split_base", bind="query-params"
        )
        equity = two.number_input(
            "Equity, % of total compensation", 0.0, 99.0, 0.0, key="equity", bind="query-params"
        )
    return {"split": split / 100, "equity": equity / 100}


def store_sources(
    offered: Sequence[Source], basis: str, key: str, chosen: Sequence[Source]
) -> list[Source]:
    """The store's sources: which to use, and how closely each matches.

    A saved source that the store no longer holds stays with what was saved of it.
    """
    there = {source.name for source in offered}
    gone = [s for s in chosen if s.origin != OWN and s.name not in there]
    offered = [*offered, *gone]
    if not offered:
        st.caption(
            "Bandstand holds no pay for this job. Add figures of your own, or load a survey."
        )
        return []
    marked = {source.name: source for source in chosen}
    use = [
        source.name in marked
        if chosen
        else source.basis == basis and source.match in ("exact", "strong")
        for source in offered
    ]
    shown = [marked.get(source.name, source) for source in offered]
    table = pd.DataFrame(
        {
            "use": use,
            "name": [s.name for s in shown],
            "pay_basis": [LABELS[s.basis] for s in shown],
            **{label: [s.percentiles.get(p) for s in shown] for p, label in _NAMES.items()},
            "match": [s.match for s in shown],
            "relevance": [s.relevance for s in shown],
            "bridge": [s.bridged for s in shown],
            "as_of": [str(s.as_of or "") for s in shown],
            "n": pd.array([s.n for s in shown], dtype="Int64"),
            "rate": pd.Series([_own_rate(s) for s in shown], dtype=float),
            "reason": [s.reason for s in shown],
        }
    )
    edited = st.data_editor(
        table,
        key=f"held {key}",
        hide_index=True,
        placeholder="–",
        disabled=["name", "pay_basis", *_NAMES.values()],
        column_config={
            "use": "Use",
            "name": st.column_config.Column("Source", width="medium"),
            "pay_basis": "Pay basis",
            "bridge": st.column_config.CheckboxColumn("Bridge", help="Let its basis be bridged"),
            "as_of": st.column_config.Column("As of", help="A month, such as 2026-05"),
            "match": MATCH,
            "relevance": st.column_config.NumberColumn("Relevance", min_value=0, max_value=1),
            "rate": RATE,
            "reason": "Why this match",
            **_money(),
        },
    )
    return [
        replace(
            source,
            bridged=bool(row.bridge),
            as_of=parse_month(row.as_of) if _text(row.as_of) else None,
            match=row.match,
            relevance=float(row.relevance),
            n=None if pd.isna(row.n) else int(row.n),
            rates=source.rates if pd.isna(row.rate) else _rates(source.percentiles, row.rate),
            reason=_text(row.reason),
        )
        for source, row in zip(shown, edited.itertuples(), strict=True)
        if row.use
    ]


def own_sources(key: str, chosen: Sequence[Source]) -> list[Source]:
    """Figures of one's own, such as a survey's: one row a source."""
    mine = [source for source in chosen if source.origin == OWN]
    table = pd.DataFrame(
        {
            "name": pd.Series([s.name for s in mine], dtype=str),
            "basis": pd.Series([s.basis for s in mine], dtype=str),
            "as_of": pd.Series([str(s.as_of or "") for s in mine], dtype=str),
            **{
                label: pd.Series([s.percentiles.get(p) for s in mine], dtype=float)
                for p, label in _NAMES.items()
            },
            "n": pd.array([s.n for s in mine], dtype="Int64"),
            "match": pd.Series([s.match for s in mine], dtype=str),
            "relevance": pd.Series([s.relevance for s in mine], dtype=float),
            "bridge": pd.Series([s.bridged for s in mine], dtype=bool),
            "currency": pd.Series([s.currency for s in mine], dtype=str),
            "in_usd": pd.Series([s.per_unit for s in mine], dtype=float),
            "rate": pd.Series([_own_rate(s) for s in mine], dtype=float),
            "reason": pd.Series([s.reason for s in mine], dtype=str),
        }
    )
    edited = st.data_editor(
        table,
        key=f"typed {key}",
        hide_index=True,
        placeholder="–",
        num_rows="dynamic",
        column_config={
            "name": st.column_config.TextColumn("Source", required=True),
            "basis": st.column_config.SelectboxColumn("Pay basis", options=list(LABELS)),
            "as_of": st.column_config.TextColumn("As of", help="A month, such as 2026-05"),
            "match": st.column_config.SelectboxColumn("Match", options=list(MATCHES)),
            "relevance": st.column_config.NumberColumn("Relevance", min_value=0, max_value=1),
            "bridge": "Bridge",
            "currency": st.column_config.TextColumn("Currency", help="Empty is USD"),
            "in_usd": st.column_config.NumberColumn("One unit in USD"),
            "rate": RATE,
            "reason": "Why this match",
            **_money(),
        },
    )
    return [_own(row) for row in edited.itertuples() if _text(row.name)]


def _own(row: Any) -> Source:
    given = {label: getattr(row, label) for label in _NAMES.values()}
    percentiles = {
        p: float(given[label]) for p, label in _NAMES.items() if not pd.isna(given[label])
    }
    return Source(
        _text(row.name),
        _text(row.basis) or "unstated",
        parse_month(row.as_of) if _text(row.as_of) else None,
        percentiles,
        (_text(row.currency) or "USD").upper(),
        None if pd.isna(row.in_usd) else float(row.in_usd),
        None if pd.isna(row.n) else int(row.n),
        _text(row.match) or "strong",
        _text(row.reason),
        1.0 if pd.isna(row.relevance) else float(row.relevance),
        bool(row.bridge) if not pd.isna(row.bridge) else False,
        {} if pd.isna(row.rate) else _rates(percentiles, row.rate),
        status="imported",
        origin=OWN,
    )


def _rates(percentiles: Iterable[float], rate: float) -> dict[float, Rate]:
    return dict.fromkeys(percentiles, Rate(float(rate) / 100, OWN_RATE))


def _own_rate(source: Source) -> float | None:
    """The rate that was typed for a source, in per cent."""
    typed = [rate.value for rate in source.rates.values() if rate.label == OWN_RATE]
    return 100 * typed[0] if typed else None


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value).strip()


def _money() -> dict[str, Any]:
    """Columns of percentiles in whole dollars."""
    return {
        name: st.column_config.NumberColumn(name.upper(), format="dollar", step=1)
        for name in _NAMES.values()
    }
