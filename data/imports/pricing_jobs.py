"""Price many jobs at once, from a table with a row for each job and source."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analytics.errors import InputError
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.pricing import price_job
from data.files.cell_types import typed_cells
from data.files.problems import Problem, RejectedError
from data.imports.pricing_table import COLUMNS, PricingRow, other_currency, read_pricing_table
from data.imports.team_files.options import ImportOptions

_NAMES = {percentile_name(p): p for p in PERCENTILES}
_PLAIN = ImportOptions()


def read_jobs(
    file: str,
    source: Path | bytes,
    settings: Pricing,
    today: Month,
    options: ImportOptions = _PLAIN,
) -> tuple[list[Pricing], list[str]]:
    """A pricing for each job of the file, in its order, with ``settings`` for all.

    With them comes how the file was read, a sentence each. Raises `FileError` if it
    can't be read, and `RejectedError` with every problem of its rows.
    """
    table = read_pricing_table(file, source, options)
    problems = list(table.problems)
    jobs: dict[str, list[Source]] = {}
    for row in table.rows:
        values, row_problems = _typed(file, row, table.headings, today)
        problems += row_problems
        if not row_problems:
            jobs.setdefault(values["job"], []).append(_source(values))
    if not table.rows and not problems:
        problems.append(Problem(file, None, "", "", "has no rows", "add a row for each job"))
    if problems:
        raise RejectedError(problems, "priced")
    return [replace(settings, job=job, sources=tuple(s)) for job, s in jobs.items()], table.notes


def price_jobs(file: str, pricings: list[Pricing]) -> list[PricedJob]:
    """Price every job; raises `RejectedError` with each that can't be priced."""
    answers, problems = [], []
    for pricing in pricings:
        try:
            answers.append(price_job(pricing))
        except InputError as error:
            problems.append(Problem(file, None, "job", pricing.job, str(error)))
    if problems:
        raise RejectedError(problems, "priced")
    return answers


def _typed(
    file: str, row: PricingRow, headings: Mapping[str, str], today: Month
) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a row, and what is wrong with it."""
    values, errors = typed_cells(row.cells, COLUMNS)
    found = [(e.column, row.written[e.column], e.reason, "") for e in errors]
    problems = [
        Problem(file, row.number, headings.get(column, column), *rest)
        for column, *rest in found or _contradictions(row, values, today)
    ]
    return values, problems


def _contradictions(
    row: PricingRow, values: Mapping[str, Any], today: Month
) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with a row whose cells each have a value: column, value, reason, remedy."""
    pays = [(name, values[name]) for name in _NAMES if values[name]]
    if not pays:
        yield "p50", "", "no percentile is given", "fill in one of them"
        return
    if other := other_currency(row):
        yield *other, "is in a different currency from its row", "name it in a column currency"
    if parse_month(values["as_of"]) > today:
        yield "as_of", row.written["as_of"], "is in the future", ""
    for (low, low_pay), (high, high_pay) in itertools.pairwise(pays):
        if high_pay < low_pay:
            reason = f"is below {low} ({low_pay:,.0f}); percentiles must increase"
            yield high, row.written[high], reason, ""
    if values["n"] == 0:
        yield "n", "0", "must be 1 or more, or empty", ""


def _source(values: Mapping[str, Any]) -> Source:
    percentiles = {p: float(values[name]) for name, p in _NAMES.items() if values[name]}
    rate = values["rate"]
    rates = {}
    if rate is not None:
        rates = dict.fromkeys(percentiles, Rate(float(rate) / 100, "the file's rate"))
    return Source(
        values["source"],
        values["basis"],
        parse_month(values["as_of"]),
        percentiles,
        (values["currency"] or "USD").upper(),
        float(values["per_unit"]) if values["per_unit"] else None,
        values["n"],
        values["match"] or "strong",
        values["reason"] or "",
        1.0 if values["relevance"] is None else float(values["relevance"]),
        bool(values["bridged"]),
        rates,
        status="imported",
    )
