"""Check what a taxonomy says of pay: occupations, pay of whole functions, ladder models."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from analytics.errors import InputError
from analytics.ladder_assumptions import (
    ANCHOR,
    DEFAULT,
    PARAMETERS,
    check_parameter,
    model_scenarios,
)
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.suggestions import nearest
from data.files.problems import Problem
from data.imports.taxonomy.files import Row, Taxonomy


def pay_problems(taxonomy: Taxonomy, occupations: Collection[str]) -> Iterator[Problem]:
    """Everything wrong with occupations.csv, pay.csv and ladder_model.csv.

    ``occupations`` are the codes that OEWS has.
    """
    yield from _without_profiles(taxonomy)
    for number, row in taxonomy.rows["occupations"]:
        if row["soc"] not in occupations:
            reason = "is not an occupation of OEWS"
            remedy = nearest(row["soc"], sorted(occupations)) if "-" in row["soc"] else ""
            yield Problem("occupations.csv", number, "soc", row["soc"], reason, remedy)
    for number, row in taxonomy.rows["pay"]:
        yield from _wrong_pay(number, row)
    for number, row in taxonomy.rows["ladder_model"]:
        yield from _wrong_assumption(number, row)
    yield from _without_a_ladder(taxonomy)


def _without_profiles(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Rows of functions whose figures no profile would show."""
    with_profiles = {row["focus"] for row in taxonomy.each("profiles")}
    functions = {r["function"] for r in taxonomy.each("focuses") if r["focus"] in with_profiles}
    defined = {row["function"] for row in taxonomy.each("functions")}
    for file in ("occupations", "pay", "ladder_model"):
        for number, row in taxonomy.rows[file]:
            function = row["function"]
            if function in defined and function not in functions:
                reason = "has no job profiles"
                remedy = "add rows of profiles.csv"
                yield Problem(f"{file}.csv", number, "function", function, reason, remedy)


def _wrong_pay(number: int, row: Row) -> Iterator[Problem]:
    names = [n for n in map(percentile_name, PERCENTILES) if row[n] is not None]
    if not names:
        yield Problem("pay.csv", number, "p50", "", "is empty, and so are the other percentiles")
    for low, high in pairwise(names):
        if row[high] < row[low]:
            reason = f"is below {low} ({row[low]:,})"
            yield Problem("pay.csv", number, high, str(row[high]), reason)


def _wrong_assumption(number: int, row: Row) -> Iterator[Problem]:
    name, value = row["parameter"], row["value"]

    def problem(column: str, reason: str, remedy: str = "") -> Problem:
        shown = "" if row[column] is None else str(row[column])
        return Problem("ladder_model.csv", number, column, shown, reason, remedy)

    if name is None:
        if value is not None:
            yield problem("value", "has no parameter beside it")
        if row["scenario"] != DEFAULT:
            yield problem("parameter", "is empty, but an alternative changes something")
    elif name not in PARAMETERS:
        yield problem("parameter", "is not an assumption", nearest(name, PARAMETERS))
    elif value is None:
        yield problem("value", "is empty", "give it a number, or leave the row out")
    elif reason := check_parameter(name, float(value)):
        yield problem("value", reason)


def _without_a_ladder(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Functions whose ladder can't be modelled, whatever their pay."""
    with_jobs = {row["ladder"] for row in taxonomy.each("profiles")}
    first = {row["function"]: number for number, row in reversed(taxonomy.rows["ladder_model"])}
    for function, number in first.items():
        rungs = [
            row
            for row in taxonomy.each("levels")
            if row["function"] == function and row["ladder"] in with_jobs
        ]
        ladders = {row["ladder"] for row in rungs}
        if len(ladders) > 1:
            reason = f"has {len(ladders)} ladders with profiles, and pay of the function is of both"
            yield Problem("ladder_model.csv", number, "function", function, reason)
        elif ladders:
            yield from _wrong_anchor(taxonomy, function, {row["level"] for row in rungs}, number)


def _wrong_anchor(
    taxonomy: Taxonomy, function: str, levels: Collection[str], number: int
) -> Iterator[Problem]:
    own: dict[str, dict[str, float]] = {DEFAULT: {}}
    for row in taxonomy.each("ladder_model"):
        if row["function"] == function and row["parameter"] == ANCHOR and row["value"]:
            own[DEFAULT][ANCHOR] = float(row["value"])
    try:
        model_scenarios(own, {}, levels, {0.25: 1.0, 0.75: 2.0})
    except InputError as error:
        yield Problem("ladder_model.csv", number, "function", function, str(error))
