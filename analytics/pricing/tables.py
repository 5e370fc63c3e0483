"""A priced job as tables: sources and weights, figures, steps, what changed."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from analytics.pricing.pricing import PricedFigure, PricedJob
from analytics.pricing.serialization import _name, pricing_inputs
from analytics.table_units import PROVENANCE, texts
from analytics.units import with_units

_CONTRIBUTION_UNITS = {
    **PROVENANCE,
    **texts("name", "match", "reason", "bridge", "left out", "flags"),
    "weight": "share",
    "relevance": "number",
}
_FIGURE_UNITS = {
    **PROVENANCE,
    "percentile": "text",
    **dict.fromkeys(("typical", "low", "high", "pooled"), "currency"),
    "sources": "count",
}
_ADJUSTMENT_UNITS = {
    **texts("name", "rate_said"),
    "percentile": "number",
    "printed": "number",
    **dict.fromkeys(("times_currency", "times_bridge", "times_ageing", "times_place"), "factor"),
    "rate": "share",
    "months": "months",
}


def contribution_table(priced: PricedJob) -> pd.DataFrame:
    """One row a source: what it is, how much it weighs, and what is to be said of it."""
    table = pd.DataFrame(
        [
            {
                "name": part.source.name,
                "weight": part.weight if not part.refused else float("nan"),
                "match": part.source.match,
                "reason": part.source.reason,
                "relevance": part.source.relevance,
                "pay_basis": part.source.basis,
                "as_of": str(part.source.as_of or "not given"),
                "n": "not published" if part.source.n is None else f"{part.source.n:,}",
                **{_name(p): pay for p, pay in part.source.percentiles.items()},
                "status": part.source.status,
                "bridge": part.bridge_said,
                "left out": part.refused,
                "flags": "; ".join(part.flags),
                "source": part.source.origin,
            }
            for part in priced.parts
        ]
    )
    names = [_name(p) for part in priced.parts for p in part.source.percentiles]
    return with_units(table, _CONTRIBUTION_UNITS | dict.fromkeys(names, "currency"))


def figure_table(priced: PricedJob) -> pd.DataFrame:
    """One row a percentile: typical market with its interval, and pooled workforce."""
    table = pd.DataFrame(
        [
            {
                "percentile": _name(figure.p).upper(),
                "typical": round(figure.typical, 2),
                "low": round(figure.low, 2),
                "high": round(figure.high, 2),
                "pooled": float("nan") if figure.pooled is None else round(figure.pooled, 2),
                "sources": len(figure.shares),
                "pay_basis": priced.pricing.basis,
                "currency": priced.pricing.currency,
                "as_of": str(priced.pricing.to),
                "status": _status(figure),
            }
            for figure in priced.figures
        ]
    )
    return with_units(table, _FIGURE_UNITS)


def _status(figure: PricedFigure) -> str:
    if not figure.beyond:
        return "computed"
    return f"computed; extrapolated for {len(figure.beyond)} of {len(figure.shares)} sources"


def without_table(priced: PricedJob) -> pd.DataFrame:
    """One row a source: what the target figure would be without it."""
    figure = priced.target
    table = pd.DataFrame(
        [
            {
                "without": name,
                "weight": figure.shares[name],
                "typical": pay,
                "amount": pay - figure.typical,
                "ratio": pay / figure.typical - 1,
            }
            for name, pay in figure.without.items()
        ],
        columns=["without", "weight", "typical", "amount", "ratio"],
    )
    pay = dict.fromkeys(("typical", "amount"), priced.pricing.currency)
    return with_units(table, {"without": "text", "weight": "share", "ratio": "share", **pay})


def adjustment_table(priced: PricedJob) -> pd.DataFrame:
    """One row a figure of a source: each step from what was printed to what enters."""
    rows = [asdict(moved) for part in priced.parts for moved in part.moved]
    columns = ["source", "p", "printed", "currency", "bridge", "rate", "rate_said", "months"]
    columns += ["ageing", "place", "value"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.rename(
        columns={
            "source": "name",
            "p": "percentile",
            "currency": "times_currency",
            "bridge": "times_bridge",
            "ageing": "times_ageing",
            "place": "times_place",
        }
    )
    return with_units(table, _ADJUSTMENT_UNITS | {"value": priced.pricing.currency})


def change_table(before: PricedJob, after: PricedJob) -> pd.DataFrame:
    """What differs between two versions of a pricing: inputs first, then the figures."""
    old, new = _flat(pricing_inputs(before.pricing)), _flat(pricing_inputs(after.pricing))
    rows = [
        {"what": key, "before": _said(old.get(key)), "after": _said(new.get(key))}
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]
    figures = {f.p: f.typical for f in before.figures}
    rows += [
        {
            "what": f"typical {_name(f.p).upper()}",
            "before": f"{figures[f.p]:,.2f}",
            "after": f"{f.typical:,.2f}",
        }
        for f in after.figures
        if f.p in figures and round(figures[f.p], 2) != round(f.typical, 2)
    ]
    return with_units(
        pd.DataFrame(rows, columns=["what", "before", "after"]), texts("what", "before", "after")
    )


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        parts = [_flat(v, f"{path} {k}".strip()) for k, v in value.items()]
    elif isinstance(value, list) and all(isinstance(v, dict) and "name" in v for v in value):
        parts = [_flat({k: x for k, x in v.items() if k != "name"}, v["name"]) for v in value]
    else:
        return {path: value}
    return {k: v for part in parts for k, v in part.items()}


def _said(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)
