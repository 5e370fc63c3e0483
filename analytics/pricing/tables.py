"""A priced job as tables: sources and weights, figures, adjustments, what changed."""

from math import nan
from typing import Any

import pandas as pd

from analytics.percentiles import percentile_label, percentile_name
from analytics.pricing.priced_job import AdjustedFigure, PricedFigure, PricedJob
from analytics.pricing.serialization import pricing_inputs
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
    **texts("name", "rate_said", "currency"),
    "percentile": "number",
    "printed": "currency",
    **dict.fromkeys(("times_currency", "times_bridge", "times_ageing", "times_place"), "factor"),
    "rate": "share",
    "months": "months",
}
#: Names of the pricing format that say little to a reader → the words shown for them.
_WORDS = {"said": "label", "reaches": "interval"}
#: Inputs that their labels say already; pricings of earlier versions lack them.
_SAID_ALREADY = ("rate origin", "place origin")


def contribution_table(priced: PricedJob) -> pd.DataFrame:
    """One row per source: what it is, its weight, its flags, or why it is left out."""
    table = pd.DataFrame(
        [
            {
                "name": c.source.name,
                "weight": nan if c.exclusion_reason else c.weight,
                "match": c.source.match,
                "reason": c.source.reason,
                "relevance": c.source.relevance,
                "pay_basis": c.source.basis,
                "currency": c.source.currency,
                "as_of": str(c.source.as_of or "not given"),
                "n": "not published" if c.source.n is None else f"{c.source.n:,}",
                **{percentile_name(p): pay for p, pay in c.source.percentiles.items()},
                "status": c.source.status,
                "bridge": c.bridge_label,
                "left out": c.exclusion_reason,
                "flags": "; ".join(c.flags),
                "source": c.source.origin,
            }
            for c in priced.contributions
        ]
    )
    names = [percentile_name(p) for c in priced.contributions for p in c.source.percentiles]
    return with_units(table, _CONTRIBUTION_UNITS | dict.fromkeys(names, "currency"))


def figure_table(priced: PricedJob) -> pd.DataFrame:
    """One row per percentile: the market composite with its interval, the pooled workforce."""
    table = pd.DataFrame(
        [
            {
                "percentile": percentile_label(figure.p),
                "typical": round(figure.composite, 2),
                "low": round(figure.low, 2),
                "high": round(figure.high, 2),
                "pooled": nan if figure.pooled is None else round(figure.pooled, 2),
                "sources": len(figure.shares),
                "pay_basis": priced.pricing.basis,
                "currency": priced.pricing.currency,
                "as_of": str(priced.pricing.to),
                "status": _status(priced, figure),
            }
            for figure in priced.figures
        ]
    )
    return with_units(table, _FIGURE_UNITS)


def _status(priced: PricedJob, figure: PricedFigure) -> str:
    """The least certain ingredient, and for how many sources the figure lies outside theirs."""
    used = [c for c in priced.used if c.source.name in figure.shares]
    modelled = any(c.source.status == "modelled" for c in used)
    status = "modelled" if modelled else "computed"
    if not figure.extrapolated:
        return status
    count = len(figure.extrapolated)
    return f"{status}; extrapolated for {count} of {len(figure.shares)} sources"


def leave_one_out_table(priced: PricedJob) -> pd.DataFrame:
    """One row per source: what the target figure would be without it."""
    figure = priced.target
    table = pd.DataFrame(
        [
            {
                "without": name,
                "weight": figure.shares[name],
                "typical": pay,
                "amount": pay - figure.composite,
                "ratio": pay / figure.composite - 1,
            }
            for name, pay in figure.leave_one_out.items()
        ],
        columns=["without", "weight", "typical", "amount", "ratio"],
    )
    pay = dict.fromkeys(("typical", "amount"), priced.pricing.currency)
    return with_units(table, {"without": "text", "weight": "share", "ratio": "share", **pay})


def adjustment_table(priced: PricedJob) -> pd.DataFrame:
    """One row per published figure: each factor on its way to the figure that is used.

    ``value`` is ``printed`` times the four factors whose columns begin with ``times_``;
    ``printed`` is in the source's own ``currency``.
    """
    rows = [
        {**_adjustment_row(figure), "currency": c.source.currency}
        for c in priced.used
        for figure in c.adjusted
    ]
    return with_units(pd.DataFrame(rows), _ADJUSTMENT_UNITS | {"value": priced.pricing.currency})


def _adjustment_row(figure: AdjustedFigure) -> dict[str, Any]:
    return {
        "name": figure.source,
        "percentile": figure.p,
        "printed": figure.published,
        "times_currency": figure.currency_factor,
        "times_bridge": figure.bridge_factor,
        "rate": figure.rate,
        "rate_said": figure.rate_label,
        "months": figure.months,
        "times_ageing": figure.ageing_factor,
        "times_place": figure.place_factor,
        "value": figure.value,
    }


def change_table(before: PricedJob, after: PricedJob) -> pd.DataFrame:
    """What differs between two versions of a pricing: inputs first, then the figures."""
    old, new = _flat(pricing_inputs(before.pricing)), _flat(pricing_inputs(after.pricing))
    rows = [
        {"what": key, "before": _text(old.get(key)), "after": _text(new.get(key))}
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key) and not key.endswith(_SAID_ALREADY)
    ]
    composites = {f.p: round(f.composite, 2) for f in before.figures}
    rows += [
        {
            "what": f"market composite {percentile_label(f.p)}",
            "before": f"{composites[f.p]:,.2f}",
            "after": f"{f.composite:,.2f}",
        }
        for f in after.figures
        if f.p in composites and composites[f.p] != round(f.composite, 2)
    ]
    return with_units(
        pd.DataFrame(rows, columns=["what", "before", "after"]), texts("what", "before", "after")
    )


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    """Nested inputs as one level: ``rate label`` → value; sources are keyed by their names."""
    if isinstance(value, dict):
        parts = [_flat(v, f"{path} {_WORDS.get(k, k)}".strip()) for k, v in value.items()]
    elif isinstance(value, list) and all(isinstance(v, dict) and "name" in v for v in value):
        parts = [_flat({k: x for k, x in v.items() if k != "name"}, v["name"]) for v in value]
    else:
        return {path: value}
    return {k: v for part in parts for k, v in part.items()}


def _text(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)
