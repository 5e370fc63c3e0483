"""The sources of a pricing as the Price page has them: the store's to tick, and one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.money import money
from analytics.pay_basis import LABELS
from analytics.percentiles import PERCENTILES
from analytics.pricing.ageing import parse_month
from analytics.pricing.defaults import default_sources
from analytics.pricing.inputs import MATCHES, OWN_ORIGIN, Rate, Source

OWN = OWN_ORIGIN
OWN_RATE = "a rate for this source"
MATCH = st.column_config.SelectboxColumn("Match", options=list(MATCHES), required=True, width=80)
RATE = st.column_config.NumberColumn(
    "Yearly rise, %", help="Empty: the rate above, or the occupation's own history"
)
_NAMES = {p: f"p{100 * p:g}" for p in PERCENTILES}

#: What decides on a source stands in sight beside it; the rest follows to the right.
_STORE_ORDER = (
    *("use", "name", "pay_basis", "p25", "p50", "p75", "match", "bridge", "as_of", "n"),
    *("rate", "relevance", "p10", "p90", "reason"),
)


def store_sources(
    offered: Sequence[Source], basis: str, key: str, chosen: Sequence[Source]
) -> list[Source]:
    """The store's sources: which to use, and how closely each matches.

    Where nobody has ``chosen``, those that answer by default are ticked, bridged where
    nothing answers on the basis itself, as on Home. A saved source that the store no
    longer holds stays with what was saved of it.
    """
    there = {source.name for source in offered}
    offered = [*offered, *(s for s in chosen if s.origin != OWN and s.name not in there)]
    if not offered:
        st.caption(
            "Bandstand holds no pay for this job. Add figures of your own, or load a survey."
        )
        return []
    ticked = {source.name: source for source in chosen or default_sources(offered, basis)}
    shown = [ticked.get(source.name, source) for source in offered]
    edited = st.data_editor(
        _store_table(shown, ticked),
        key=f"held {key}",
        hide_index=True,
        placeholder="–",
        disabled=["name", "pay_basis", *_NAMES.values()],
        column_config=_store_columns(),
        column_order=_STORE_ORDER,
    )
    rows = zip(shown, edited.itertuples(), strict=True)
    return [_as_edited(source, row) for source, row in rows if row.use]


def _store_table(shown: Sequence[Source], ticked: Iterable[str]) -> pd.DataFrame:
    """One row a source, those ``ticked`` by name in use."""
    return pd.DataFrame(
        {
            "use": [s.name in ticked for s in shown],
            "name": [s.name for s in shown],
            "pay_basis": [LABELS[s.basis] for s in shown],
            **{label: [_written(s, p) for s in shown] for p, label in _NAMES.items()},
            "match": [s.match for s in shown],
            "relevance": [s.relevance for s in shown],
            "bridge": [s.bridged for s in shown],
            "as_of": [str(s.as_of or "") for s in shown],
            "n": pd.array([s.n for s in shown], dtype="Int64"),
            "rate": pd.Series([_own_rate(s) for s in shown], dtype=float),
            "reason": [s.reason for s in shown],
        }
    )


def _written(source: Source, p: float) -> str | None:
    """A figure as published, in the source's own currency."""
    pay = source.percentiles.get(p)
    return None if pay is None else money(pay, source.currency)


def _store_columns() -> dict[str, Any]:
    return {
        "use": st.column_config.CheckboxColumn("Use", pinned=True, width=60),
        "name": st.column_config.Column("Source", width=270, pinned=True),
        "pay_basis": st.column_config.Column("Pay basis", width=130),
        "bridge": st.column_config.CheckboxColumn(
            "Bridge", help="Let its basis be bridged", width=80
        ),
        "as_of": st.column_config.Column("As of", help="A month, such as 2026-05", width=80),
        "n": st.column_config.Column("n", width=55),
        "match": MATCH,
        "relevance": st.column_config.NumberColumn("Relevance", min_value=0, max_value=1),
        "rate": RATE,
        "reason": "Why this match",
        **{
            name: st.column_config.TextColumn(name.upper(), width=75, alignment="right")
            for name in _NAMES.values()
        },
    }


def _as_edited(source: Source, row: Any) -> Source:
    """A source with what its row of the table says of it."""
    return replace(
        source,
        bridged=bool(row.bridge),
        as_of=parse_month(row.as_of) if _text(row.as_of) else None,
        match=row.match,
        relevance=float(row.relevance),
        n=None if pd.isna(row.n) else int(row.n),
        rates=source.rates if pd.isna(row.rate) else _rates(source.percentiles, row.rate),
        reason=_text(row.reason),
    )


def has_own_sources(key: str, chosen: Sequence[Source]) -> bool:
    """Whether figures of one's own were saved, or typed into the grid with this ``key``."""
    typed = st.session_state.get(f"typed {key}") or {}
    return any(s.origin == OWN for s in chosen) or any(typed.values())


def own_sources(key: str, chosen: Sequence[Source]) -> list[Source]:
    """Figures of one's own, such as a survey's: one row a source."""
    edited = st.data_editor(
        _own_table([source for source in chosen if source.origin == OWN]),
        key=f"typed {key}",
        hide_index=True,
        placeholder="–",
        num_rows="dynamic",
        column_config=_own_columns(),
    )
    return [_own(row) for row in edited.itertuples() if _text(row.name)]


def _own_table(mine: Sequence[Source]) -> pd.DataFrame:
    return pd.DataFrame(
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


def _own_columns() -> dict[str, Any]:
    return {
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
        **{
            name: st.column_config.NumberColumn(name.upper(), format="localized", width=75)
            for name in _NAMES.values()
        },
    }


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
