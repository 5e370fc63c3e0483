"""Many jobs to price at once, from one table: a row for each job and source."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.errors import InputError
from analytics.percentiles import PERCENTILES, percentile_label, percentile_name
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.derivation import derivation
from analytics.pricing.pricing import PricedJob, Pricing, Rate, Source, price_job
from analytics.table_units import PROVENANCE, percentile_units, texts
from analytics.units import with_units
from data.files.cell_types import UNITS
from data.files.delimited import read_text_table, select_columns
from data.files.problems import Problem, RejectedError

_NAMES = {percentile_name(p): p for p in PERCENTILES}
_NEEDED = ("job", "source", "basis", "as_of")
#: Column → unit; a trailing ? lets the cell, and the column, be missing.
COLUMNS = {
    "job": "text",
    "source": "text",
    "basis": "pay_basis",
    "as_of": "month",
    **dict.fromkeys(_NAMES, "pay?"),
    "n": "count?",
    "match": "match?",
    "relevance": "share?",
    "reason": "text?",
    "currency": "code?",
    "per_unit": "number?",
    "rate": "number?",
    "bridged": "yes_no?",
}


def read_jobs(file: str, content: bytes, settings: Pricing, today: Month) -> list[Pricing]:
    """A pricing for each job of the file, in its order, with ``settings`` for all.

    Raises `RejectedError` with every problem of the file; nothing is priced then.
    """
    table, problems = read_text_table(file, content)
    if table is None:
        raise RejectedError(problems)
    rows, missing = select_columns(table, list(COLUMNS), _NEEDED)
    problems += missing
    jobs: dict[str, list[Source]] = {}
    for number, cells in rows:
        typed, wrong = _typed(file, number, cells, today)
        problems += wrong
        if not wrong:
            jobs.setdefault(typed["job"], []).append(_source(typed))
    if not rows and not problems:
        problems.append(Problem(file, None, "", "", "holds no rows"))
    if problems:
        raise RejectedError(problems)
    return [replace(settings, job=job, sources=tuple(s)) for job, s in jobs.items()]


def price_jobs(file: str, pricings: list[Pricing]) -> list[PricedJob]:
    """Every job priced; raises `RejectedError` naming each that can't be."""
    answers, problems = [], []
    for pricing in pricings:
        try:
            answers.append(price_job(pricing))
        except InputError as error:
            problems.append(Problem(file, None, "job", pricing.job, str(error)))
    if problems:
        raise RejectedError(problems)
    return answers


def answer_table(answers: list[PricedJob]) -> pd.DataFrame:
    """One row a job: the figure asked with its interval, the band, and the derivation."""
    percentiles = sorted({figure.p for priced in answers for figure in priced.figures})
    units = {
        **texts("job", "percentile", "left_out", "flags", "derivation"),
        **PROVENANCE,
        **dict.fromkeys(("typical", "low", "high", "pooled"), "currency"),
        **percentile_units(percentiles),
        "sources": "count",
    }
    return with_units(pd.DataFrame([_row(priced) for priced in answers]), units)


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


def _typed(
    file: str, number: int, cells: Mapping[str, str], today: Month
) -> tuple[dict[str, Any], list[Problem]]:
    typed: dict[str, Any] = {}
    problems = []
    for column, text in cells.items():
        unit = COLUMNS[column]
        if not text:
            typed[column] = None
            if not unit.endswith("?"):
                problems.append(Problem(file, number, column, "", "is empty"))
            continue
        try:
            typed[column] = UNITS[unit.rstrip("?")][0](text)
        except ValueError as error:
            problems.append(Problem(file, number, column, text, str(error)))
    if not problems and not any(typed[name] for name in _NAMES):
        problems.append(Problem(file, number, "p50", "", "no percentile is given"))
    if not problems:
        if parse_month(typed["as_of"]) > today:
            problems.append(Problem(file, number, "as_of", cells["as_of"], "is in the future"))
        given = [(name, typed[name]) for name in _NAMES if typed[name]]
        for (low, a), (high, b) in itertools.pairwise(given):
            if b < a:
                reason = f"is below {low} ({a:,.0f}); percentiles must rise"
                problems.append(Problem(file, number, high, cells[high], reason))
        if typed["n"] == 0:
            problems.append(Problem(file, number, "n", "0", "must be 1 or more, or empty"))
    return typed, problems


def _source(typed: Mapping[str, Any]) -> Source:
    percentiles = {p: float(typed[name]) for name, p in _NAMES.items() if typed[name]}
    own = typed["rate"]
    rates = {}
    if own is not None:
        rates = dict.fromkeys(percentiles, Rate(float(own) / 100, "the file's rate"))
    return Source(
        typed["source"],
        typed["basis"],
        parse_month(typed["as_of"]),
        percentiles,
        (typed["currency"] or "USD").upper(),
        float(typed["per_unit"]) if typed["per_unit"] else None,
        typed["n"],
        typed["match"] or "strong",
        typed["reason"] or "",
        1.0 if typed["relevance"] is None else float(typed["relevance"]),
        bool(typed["bridged"]),
        rates,
        status="imported",
    )
