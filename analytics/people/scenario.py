"""A scenario of raises: its settings, and the people and ranges that it stands on, frozen.

What is saved holds everything that the figures are computed from, so that it opens alike
after other rosters and ranges were loaded; nothing is written over them. The names in a
spec are those of its format, fixed once and for all.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from analytics.errors import InputError
from analytics.load_source import load_source
from analytics.people.frozen import (
    freeze_people,
    people_as_columns,
    people_digest,
    people_from_columns,
)
from analytics.people.groups import filled
from analytics.people.merit import MeritCycle, merit_table
from analytics.people.merit_matrix import MeritMatrix
from analytics.people.raises import RaiseGoals, cheapest_raises
from analytics.table_units import texts
from analytics.units import with_units

FORMAT = "bandstand scenario 1"
_TEXTS = (
    *("employee_id", "level", "title", "function", "place", "manager", "hire_date", "currency"),
    *("position", "why", "source", "range_source"),
)
_NUMBERS = ("fte", "paid", "pay", "compa_ratio", "minimum", "midpoint", "maximum")


@dataclass(frozen=True)
class LoadName:
    """A load that a scenario stands on: its number, kind and name, and its file's SHA-256."""

    load: int
    kind: str
    name: str
    sha256: str


@dataclass(frozen=True, eq=False)
class Scenario:
    """Raises for people as they stood: merit by a cycle, or the cheapest that reach goals.

    ``people`` are rows of a table of positions in one currency, ``where`` says in words
    which; ``by`` is the column that costs are grouped by. ``budget`` is None for none.
    ``order`` are the groups in the order that they are shown in, such as levels from the
    lowest up; groups that it lacks come last, by name. ``filters`` are the columns' values
    that narrowed the people.
    """

    settings: MeritCycle | RaiseGoals
    people: pd.DataFrame
    by: str
    where: str
    loads: tuple[LoadName, ...]
    budget: float | None = None
    order: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def currency(self) -> str:
        """The currency of all amounts; empty for nobody."""
        return str(self.people.currency.iloc[0]) if len(self.people) else ""

    @property
    def kind(self) -> str:
        """What gives the raises, in words."""
        return "merit matrix" if isinstance(self.settings, MeritCycle) else "cheapest raises"


@dataclass(frozen=True, eq=False)
class ScenarioResult:
    """Raises one row a person, their cost by group, and the figures of the whole.

    ``figures`` has for each figure its value and its unit.
    """

    raises: pd.DataFrame
    groups: pd.DataFrame
    figures: Mapping[str, tuple[float, str]]


def freeze(
    people: pd.DataFrame,
    settings: MeritCycle | RaiseGoals,
    by: str,
    where: str,
    loads: tuple[LoadName, ...],
    budget: float | None = None,
) -> Scenario:
    """A scenario of rows of a table of positions, with the columns that it needs alone."""
    named = [name for name in (settings.rating, by) if name and name not in (*_TEXTS, *_NUMBERS)]
    rows = freeze_people(people, list(dict.fromkeys((*_TEXTS, *_NUMBERS, *named))))
    return Scenario(settings, rows, by, where, loads, budget)


def loads_behind(people: pd.DataFrame, known: pd.DataFrame) -> tuple[LoadName, ...]:
    """The rosters and ranges that rows of a table of positions come from.

    ``known`` is what the query ``loads`` gives.
    """
    named = {*people.source.unique(), *people.range_source.unique()}
    return tuple(
        LoadName(int(row.load), str(row.kind), str(row.name), str(row.sha256))
        for row in known.itertuples(index=False)
        if load_source(int(row.load)) in named
    )


def scenario_result(scenario: Scenario) -> ScenarioResult:
    """Everything that follows from a scenario; raises `InputError` as `cheapest_raises` does."""
    people, settings = scenario.people, scenario.settings
    if isinstance(settings, MeritCycle):
        raises = merit_table(people, settings)
    else:
        raises = cheapest_raises(people, settings).raises.assign(lump_sum=0.0)
        raises = with_units(raises, {"lump_sum": "currency"})
    amounts = raises.set_index("employee_id")[["raise_paid", "lump_sum"]]
    each = people.join(amounts, on="employee_id").fillna({"raise_paid": 0.0, "lump_sum": 0.0})
    unit = scenario.currency or "currency"
    groups = _groups(each, scenario.by, scenario.order)
    return ScenarioResult(raises, groups, _figures(each, scenario, unit))


def scenario_spec(scenario: Scenario) -> str:
    """The scenario as JSON; `scenario_from_spec` reads it back unchanged."""
    kind = "merit" if isinstance(scenario.settings, MeritCycle) else "raises"
    spec: dict[str, Any] = {
        "format": FORMAT,
        "kind": kind,
        "settings": asdict(scenario.settings),
        "by": scenario.by,
        "where": scenario.where,
        "budget": scenario.budget,
        "loads": [asdict(load) for load in scenario.loads],
        "people_sha256": people_digest(scenario.people),
        "people": people_as_columns(scenario.people),
    }
    # Specs of those without them stay as they always were.
    spec |= {"order": scenario.order} if scenario.order else {}
    spec |= {"filters": scenario.filters} if scenario.filters else {}
    return json.dumps(spec, ensure_ascii=False)


def scenario_from_spec(text: str) -> Scenario:
    """The scenario in a spec.

    Raises `InputError` for any other text, and where people are not those that the
    scenario was frozen with.
    """
    try:
        spec = json.loads(text)
        if spec.get("format") != FORMAT:
            raise InputError(f"not a Bandstand scenario: its format is {spec.get('format')!r}")
        people = people_from_columns(spec["people"])
        if people_digest(people) != spec["people_sha256"]:
            raise InputError("the people of this scenario were changed after it was made")
        loads = tuple(LoadName(**load) for load in spec["loads"])
        settings = settings_from_spec(spec["kind"], spec["settings"])
        filters = tuple((name, tuple(values)) for name, values in spec.get("filters", ()))
        return Scenario(
            settings, people, spec["by"], spec["where"], loads, spec["budget"],
            tuple(spec.get("order", ())), filters,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"not a Bandstand scenario: {error}") from error


def settings_from_spec(kind: str, spec: Mapping[str, Any]) -> MeritCycle | RaiseGoals:
    """Settings of the kind ``merit`` or ``raises`` from their fields, as `asdict` gives them."""
    if kind == "raises":
        return RaiseGoals(**spec)
    matrix = spec["matrix"]
    rates = tuple(map(tuple, matrix["rates"]))
    made = MeritMatrix(tuple(matrix["ratings"]), tuple(matrix["edges"]), rates)
    return MeritCycle(**{**spec, "matrix": made})


def compare_scenarios(scenarios: Mapping[str, ScenarioResult]) -> pd.DataFrame:
    """One row a figure with its unit, one column a scenario."""
    figures = dict.fromkeys(
        (name, unit) for s in scenarios.values() for name, (_, unit) in s.figures.items()
    )
    rows = [
        {"figure": name, "unit": unit}
        | {
            label: s.figures[name][0] if s.figures.get(name, (0, ""))[1] == unit else None
            for label, s in scenarios.items()
        }
        for name, unit in figures
    ]
    table = pd.DataFrame(rows).astype(dict.fromkeys(scenarios, "float64"))
    return with_units(table, {**texts("figure", "unit"), **dict.fromkeys(scenarios, "by unit")})


def _groups(each: pd.DataFrame, by: str, order: tuple[str, ...]) -> pd.DataFrame:
    """Cost by group; ``each`` are people with their raise and lump sum."""
    rank = {name: i for i, name in enumerate(order)}
    groups = each.groupby(filled(each[by]), sort=True)
    rows = [
        {
            "group": name,
            "people": len(group),
            "raised": int((group.raise_paid > 0).sum()),
            "raises": round(float(group.raise_paid.sum()), 2),
            "lump_sums": round(float(group.lump_sum.sum()), 2),
            "payroll": round(float(group.paid.sum()), 2),
            "currency": group.currency.iloc[0],
        }
        for name, group in sorted(groups, key=lambda g: (rank.get(g[0], len(rank)), g[0]))
    ]
    columns = ["group", "people", "raised", "raises", "lump_sums", "payroll", "currency"]
    money = dict.fromkeys(("raises", "lump_sums", "payroll"), "currency")
    heads = dict.fromkeys(("people", "raised"), "count")
    return with_units(
        pd.DataFrame(rows, columns=columns), {**texts("group", "currency"), **money, **heads}
    )


def _figures(each: pd.DataFrame, scenario: Scenario, unit: str) -> dict[str, tuple[float, str]]:
    placed = each[each.position != ""]
    raises, lumps = float(each.raise_paid.sum()), float(each.lump_sum.sum())
    payroll, middle = float(placed.paid.sum()), float(placed.midpoint.sum())
    after = placed.pay + placed.raise_paid / placed.fte
    below = (placed.fte * placed.minimum - placed.paid - placed.raise_paid).round(2) > 0
    figures = {
        "People": (len(each), "count"),
        "People without a range": (len(each) - len(placed), "count"),
        "People raised": (int((each.raise_paid > 0).sum()), "count"),
        "People with a lump sum": (int((each.lump_sum > 0).sum()), "count"),
        "Raises a year": (round(raises, 2), unit),
        "Lump sums": (round(lumps, 2), unit),
        "Cost": (round(raises + lumps, 2), unit),
        "Payroll of those with a range": (round(payroll, 2), unit),
        "Cost as a share of payroll": ((raises + lumps) / payroll if payroll else 0.0, "share"),
        "Compa-ratio before": (float(placed.pay.sum()) / middle if middle else 0.0, "ratio"),
        "Compa-ratio after": (float(after.sum()) / middle if middle else 0.0, "ratio"),
        "Below the minimum after": (int(below.sum()), "count"),
    }
    if scenario.budget is not None:
        figures["Budget"] = (scenario.budget, unit)
        figures["Left of the budget"] = (round(scenario.budget - raises - lumps, 2), unit)
    return figures
