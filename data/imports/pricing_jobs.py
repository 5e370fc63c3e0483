"""Many jobs to price at once, from one table: a row for each job and source."""

import itertools
from collections.abc import Iterator, Mapping
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
from data.files.cell_types import typed_cells
from data.files.problems import Problem, RejectedError
from data.files.read_table import read_table
from data.files.text_table import select_columns

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
    table, problems = read_table(file, content, COLUMNS)
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
    """The values of a row, and what is wrong with it."""
    values, errors = typed_cells(cells, COLUMNS)
    problems = [Problem(file, number, e.column, e.text, e.reason) for e in errors]
    return values, problems or list(_contradictions(file, number, cells, values, today))


def _contradictions(
    file: str, number: int, cells: Mapping[str, str], values: Mapping[str, Any], today: Month
) -> Iterator[Problem]:
    """What is wrong with a row whose cells each have a value."""
    pays = [(name, values[name]) for name in _NAMES if values[name]]
    if not pays:
        yield Problem(file, number, "p50", "", "no percentile is given")
        return
    if parse_month(values["as_of"]) > today:
        yield Problem(file, number, "as_of", cells["as_of"], "is in the future")
    for (low, low_pay), (high, high_pay) in itertools.pairwise(pays):
        if high_pay < low_pay:
            reason = f"is below {low} ({low_pay:,.0f}); percentiles must rise"
            yield Problem(file, number, high, cells[high], reason)
    if values["n"] == 0:
        yield Problem(file, number, "n", "0", "must be 1 or more, or empty")


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
