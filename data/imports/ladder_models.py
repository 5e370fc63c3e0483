"""Ladders of a team's own functions, modelled from what is known of the whole function.

The distribution is that of the taxonomy's own pay.csv, else of an occupation that the
function is mapped to. A model goes with what it rests on: it is made anew from what the
store has whenever a load is added, withdrawn or restored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import InputError
from analytics.ladder_assumptions import DEFAULT, defaults_used, model_scenarios
from analytics.ladder_model import LEVELS, LadderFit
from analytics.pay_basis import PHRASES
from analytics.percentiles import percentile_name, published_percentiles
from data.imports.kept_fits import kept_fits
from data.imports.ladder_fits import FitInputs
from data.store.insert import insert_values
from queries import run

#: Fewer percentiles than these leave a ladder to the assumptions alone.
FEWEST = 3
#: How the sources of these models begin; the seeds' own has no ladder behind it.
PREFIX = "ladder-model-"
Progress = Callable[[float], None]


@dataclass(frozen=True)
class OwnModel:
    """A function's ladder that is to be modelled: its distribution and its scenarios."""

    function: str
    title: str
    ladder: str
    levels: tuple[str, ...]
    pay: Any
    scenarios: Mapping[str, FitInputs]
    reasons: Mapping[str, str]
    method: str

    @property
    def source(self) -> str:
        """The name of the model among the sources."""
        return PREFIX + self.ladder


def refresh_models(
    con: duckdb.DuckDBPyConnection, on_progress: Progress = lambda _: None
) -> dict[str, str]:
    """Model the ladders that are asked for, from what the store has now, and no others.

    The caller holds the transaction. Kept fits of the same inputs are taken as they are.
    Returns a sentence by function: what its ladder is modelled from, or why it can't be.
    """
    for table in ("modelled_level", "model_scenario"):
        con.execute(f"delete from {table} where ladder in (select ladder from function_model)")
    con.execute("delete from function_model")
    con.execute("delete from source where starts_with(source, ?)", [PREFIX])
    messages = {}
    for row in run(con, "modelled_functions").itertuples():
        try:
            message = _insert_model(con, own_model(con, row), on_progress)
        except (InputError, ValueError) as error:
            message = f"not modelled: {error}"
        messages[row.function] = f"ladder of {row.function}: {message}"
    return messages


def own_model(con: duckdb.DuckDBPyConnection, row: Any) -> OwnModel:
    """What the ladder of a function, a row of modelled_functions, is modelled from.

    Raises `InputError` where it has no one ladder or no distribution.
    """
    if row.ladders != 1:
        raise InputError(f"it has {row.ladders or 'no'} ladders with profiles, not one")
    pay = next(
        (
            pay
            for pay in run(con, "function_distributions", function=row.function).itertuples()
            if len(_exact(pay)) >= FEWEST
        ),
        None,
    )
    if pay is None:
        raise InputError(
            f"nothing gives {FEWEST} percentiles or more of its pay; add them in pay.csv, or an "
            "occupation in occupations.csv"
        )
    own, usual, reasons = _assumptions(run(con, "ladder_assumptions", function=row.function))
    published = _exact(pay)
    levels = tuple(level for level in LEVELS if level in row.levels.split(", "))
    made = model_scenarios(own, usual, levels, published)
    scenarios = {
        # Without an anchor any pay will do, so loosely is it held.
        name: FitInputs(published, anchor or max(published.values()), assume)
        for name, (assume, anchor) in made.items()
    }
    method = f"{_own_words(own)}{defaults_used(own)}"
    return OwnModel(row.function, row.title, row.ladder, levels, pay, scenarios, reasons, method)


def _exact(pay: Any) -> dict[float, float]:
    """The percentiles of a distribution, without those that are only a lower bound."""
    published = published_percentiles(pay).items()
    return {p: value for p, value in published if percentile_name(p) not in pay.at_least}


def _assumptions(
    rows: pd.DataFrame,
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]], dict[str, str]]:
    """A team's changes and Bandstand's by scenario, and the reason of each scenario."""
    own: dict[str, dict[str, float]] = {}
    usual: dict[str, dict[str, float]] = {}
    reasons: dict[str, str] = {}
    for row in rows.itertuples():
        changes = usual if pd.isna(row.function) else own
        reasons[row.scenario] = row.reason or reasons.get(row.scenario, "")
        scenario = changes.setdefault(row.scenario, {})
        if not pd.isna(row.parameter) and row.parameter:
            scenario[row.parameter] = float(row.value)
    return own, usual, reasons


def _own_words(own: Mapping[str, Mapping[str, float]]) -> str:
    given = ", ".join(f"{name} {value:g}" for name, value in own.get(DEFAULT, {}).items())
    return f"Your assumptions: {given}. " if given else ""


def _insert_model(con: duckdb.DuckDBPyConnection, model: OwnModel, on_progress: Progress) -> str:
    fits = kept_fits(con, model.scenarios, on_progress)
    if not fits[DEFAULT].admissible:
        raise InputError(
            f"under its assumptions a percentile of {model.pay.subject} is missed by "
            f"{fits[DEFAULT].worst_miss:.1%}, more than 1 %; loosen them"
        )
    insert_values(con, "source", [_source_row(model)])
    con.execute(
        "insert into function_model values (?, ?, ?, ?, ?, ?)",
        [
            model.ladder,
            model.function,
            model.pay.source,
            model.pay.subject,
            model.pay.place,
            model.source,
        ],
    )
    for name, fit in fits.items():
        insert_fit(con, model, name, fit)
    used = sum(fit.admissible for fit in fits.values())
    return (
        f"modelled from {model.pay.subject}, {PHRASES[model.pay.pay_basis]}, under {used} sets "
        f"of assumptions. {model.method}"
    )


def insert_fit(
    con: duckdb.DuckDBPyConnection, model: OwnModel, scenario: str, fit: LadderFit
) -> None:
    """Insert the fit of one scenario, the ladder's own levels alone."""
    about = [model.ladder, scenario, model.reasons.get(scenario, "")]
    insert_values(con, "model_scenario", [[*about, fit.worst_miss, fit.admissible, model.source]])
    levels = zip(LEVELS, fit.log_median, fit.sigma, fit.share, strict=True)
    basis = [model.pay.pay_basis, model.pay.currency]
    insert_values(
        con,
        "modelled_level",
        [
            [model.ladder, scenario, level, float(x), float(s), float(w), *basis]
            for level, x, s, w in levels
            if level in model.levels
        ],
    )


def _source_row(model: OwnModel) -> list[str]:
    """The model among the sources, in the order of the table."""
    pay = model.pay
    return [
        model.source,
        f"Modelled ladder of {model.title}",
        "Bandstand",
        "docs/methods.md, The modelled ladder",
        "docs/methods.md",
        "not published",
        "computed when its inputs were loaded",
        pay.as_of,
        "MIT",
        pay.pay_basis,
        f"As {pay.subject}, split by level under stated assumptions",
        f"not published (that of {pay.source}: {pay.sample_size})",
        "Modelled, not measured. The figures follow from the assumptions as much as from the "
        "distribution, whose differences between employers are read as level.",
        f"The ladder of {model.title}, modelled from {pay.subject} ({pay.source})",
        model.method,
        "own",
    ]
