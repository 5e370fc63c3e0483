"""Priced jobs as one table: a row a job, with its band and how its figure came about."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analytics.percentiles import percentile_label, percentile_name
from analytics.pricing.answers import status_of
from analytics.pricing.derivation import derivation
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import NATION
from analytics.table_units import PROVENANCE, percentile_units, texts
from analytics.units import with_units


def answer_table(answers: Sequence[PricedJob]) -> pd.DataFrame:
    """One row a job: the figure asked with its interval, the band, and the derivation."""
    table = pd.DataFrame([_row(priced) for priced in answers])
    return with_units(table, _units(answers))


def question_table(priced: PricedJob) -> pd.DataFrame:
    """One answered question: its code and place beside the columns of `answer_table`.

    ``source`` names what of the store the answer rests on.
    """
    job, *rest = _row(priced).items()
    asked = priced.pricing
    row = dict([job, ("code", asked.code), ("place", asked.place or NATION), *rest])
    row["status"] = status_of(priced)
    row["source"] = ", ".join(sorted(priced.origins))
    return with_units(pd.DataFrame([row]), _units([priced]) | texts("code", "place", "source"))


def _units(answers: Sequence[PricedJob]) -> dict[str, str]:
    percentiles = sorted({figure.p for priced in answers for figure in priced.figures})
    return {
        **texts("job", "percentile", "left_out", "flags", "derivation"),
        **PROVENANCE,
        **dict.fromkeys(("typical", "low", "high", "pooled"), "currency"),
        **percentile_units(percentiles),
        "sources": "count",
    }


def _row(priced: PricedJob) -> dict[str, Any]:
    figure, asked = priced.target, priced.pricing
    flags = [f"{part.source.name}: {flag}" for part in priced.contributions for flag in part.flags]
    left = [f"{part.source.name} {part.exclusion_reason}" for part in priced.excluded]
    return {
        "job": asked.job,
        "percentile": percentile_label(asked.target),
        "typical": round(figure.composite, 2),
        "low": round(figure.low, 2) if figure.interval else None,
        "high": round(figure.high, 2) if figure.interval else None,
        "pooled": None if figure.pooled is None else round(figure.pooled, 2),
        **{percentile_name(f.p): round(f.composite, 2) for f in priced.figures},
        "pay_basis": asked.basis,
        "currency": asked.currency,
        "as_of": str(asked.to),
        "status": _status(priced),
        "sources": len(figure.shares),
        "left_out": "; ".join(left),
        "flags": "; ".join(flags),
        "derivation": derivation(priced),
    }


def _status(priced: PricedJob) -> str:
    beyond = [percentile_label(f.p) for f in priced.figures if f.extrapolated]
    falls = [
        f"falls from {percentile_label(a)} to {percentile_label(b)}" for a, b in priced.non_monotone
    ]
    told = [f"{', '.join(beyond)} extrapolated"] if beyond else []
    return "; ".join(["computed", *told, *falls])
