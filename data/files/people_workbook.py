"""What a workbook of people is computed from: who they are, their ranges, and which table it is."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import pandas as pd

from analytics.errors import InputError
from analytics.people.cost import Goal, cost_table
from analytics.people.frozen import freeze_people, people_as_columns, people_from_columns
from analytics.people.groups import group_table
from analytics.people.level_check import TitleLevels, paid_like_another, title_means_another
from analytics.people.merit import MeritCycle, merit_cost_table, merit_table
from analytics.people.offers import passed_over_table
from analytics.people.positions import COMPUTED, position_units, with_positions
from analytics.people.raises import RaiseGoals, cheapest_raises, goal_table
from analytics.people.reporting import manager_pairs
from analytics.people.roster import POSITION_COLUMNS
from analytics.people.scenario import LoadName, Scenario, scenario_result, settings_from_spec
from analytics.units import with_units

T = TypeVar("T")
FORMAT = "bandstand people workbook 1"
PEOPLE, GROUPS, COST = "people", "groups", "cost"
MERIT, MERIT_COST = "merit", "merit cost"
RAISES, PRICES = "cheapest raises", "prices of goals"
MANAGERS, LEVELS, OFFER = "managers and reports", "level check", "paid less than an offer"
TITLES = "titles of another level"
OF_SCENARIO = "raises of a scenario"
#: Tables that name nobody: their workbooks hold nobody either, unless it is asked for.
OF_GROUPS = frozenset({GROUPS, COST, MERIT_COST, PRICES})
Settings = Goal | MeritCycle | RaiseGoals | dict[str, TitleLevels] | float | None
#: What to say of a workbook with inputs to whoever may hand it on.
NOTE = (
    "The last sheet holds each person with pay and range, for bandstand verify. Hand on the CSV "
    "where nobody's pay may be seen."
)
#: What tables other than `PEOPLE` are computed from, beside group and rating.
_NEEDED = (
    *("employee_id", "level", "title", "function", "place", "manager", "hire_date", "fte"),
    *("currency", "base", "variable", "pay_basis", "minimum", "midpoint", "maximum", "market"),
    *("level_below", "midpoint_below", "level_above", "midpoint_above", "why", "source"),
    "range_source",
)


@dataclass(frozen=True, eq=False)
class PeopleFile:
    """A table of people as a file holds it.

    ``people`` are frozen rows of a table of positions without what follows from the rest;
    ``columns`` are those that `PEOPLE` shows. ``month`` is the market's, ``by`` the column
    that groups with its values in ``order``. ``settings`` are the goal, cycle, goals, what
    titles mean, or the full-time pay of an offer, whichever the table needs.
    """

    table: str
    people: pd.DataFrame
    month: str
    loads: tuple[LoadName, ...]
    by: str = ""
    order: tuple[str, ...] = ()
    settings: Settings = None
    columns: tuple[str, ...] = ()

    @property
    def whole(self) -> pd.DataFrame:
        """The people with what follows from their pay and range."""
        # Those of a scenario were frozen with their pay and position.
        if self.table == OF_SCENARIO:
            return self.people
        table = with_positions(self.people)
        return with_units(table, position_units([n for n in table if n not in POSITION_COLUMNS]))

    @property
    def frame(self) -> pd.DataFrame:
        """The table, computed; raises `InputError` for one that is not known."""
        if self.table not in _TABLES:
            raise InputError(f"no table of people {self.table!r} is known here")
        return _TABLES[self.table](self, self.whole)

    @property
    def spec(self) -> str:
        """As JSON; `people_file_from_spec` reads it back unchanged."""
        spec = {
            "format": FORMAT,
            "table": self.table,
            "month": self.month,
            "by": self.by,
            "order": self.order,
            "columns": self.columns,
            "settings": _settings_to_json(self.settings),
            "loads": [asdict(load) for load in self.loads],
            "people": people_as_columns(self.people),
        }
        return json.dumps(spec, ensure_ascii=False)


def people_file(
    table: str,
    people: pd.DataFrame,
    month: str,
    loads: tuple[LoadName, ...],
    by: str = "",
    order: Sequence[str] = (),
    settings: Settings = None,
) -> PeopleFile:
    """A table of rows of a table of positions, with the columns that it needs alone."""
    rating = getattr(settings, "rating", "")
    all_of_them = table in (PEOPLE, OF_SCENARIO)
    columns = list(people) if all_of_them else [*_NEEDED, *filter(None, (by, rating))]
    computed = () if table == OF_SCENARIO else COMPUTED
    kept = [name for name in dict.fromkeys(columns) if name in people and name not in computed]
    shown = tuple(columns) if table == PEOPLE else ()
    frozen = freeze_people(people, kept)
    return PeopleFile(table, frozen, month, loads, by, tuple(order), settings, shown)


def people_file_from_spec(text: str) -> PeopleFile:
    """The table in a spec; raises `InputError` for any other text."""
    try:
        spec = json.loads(text)
        return PeopleFile(
            spec["table"], people_from_columns(spec["people"]), spec["month"],
            tuple(LoadName(**load) for load in spec["loads"]), spec["by"], tuple(spec["order"]),
            _settings_from_json(spec["settings"]), tuple(spec["columns"]),
        )  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a Bandstand file of people: {error!r}") from error


def _settings_to_json(settings: Settings) -> dict[str, Any]:
    if settings is None:
        return {"kind": "none"}
    if isinstance(settings, float):
        return {"kind": "offer", "pay": settings}
    if isinstance(settings, dict):
        return {"kind": "titles", "of": {title: asdict(m) for title, m in settings.items()}}
    kind = {Goal: "goal", MeritCycle: "merit", RaiseGoals: "raises"}[type(settings)]
    return {"kind": kind, "of": asdict(settings)}


def _settings_from_json(spec: dict[str, Any]) -> Settings:
    if spec["kind"] == "none":
        return None
    if spec["kind"] == "offer":
        return float(spec["pay"])
    if spec["kind"] == "titles":
        return {t: TitleLevels(tuple(m["levels"]), m["reason"]) for t, m in spec["of"].items()}
    return Goal(**spec["of"]) if spec["kind"] == "goal" else (
        settings_from_spec(spec["kind"], spec["of"])
    )  # fmt: skip


def _settings_of(file: PeopleFile, kind: type[T]) -> T:
    if not isinstance(file.settings, kind):
        raise InputError(f"the table {file.table!r} lacks its settings")
    return file.settings


def _people(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    return people[list(file.columns)]


def _cost(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    return cost_table(people, _settings_of(file, Goal), file.by, file.order)


def _merit(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    return merit_table(people, _settings_of(file, MeritCycle))


def _merit_cost(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    return merit_cost_table(people, _merit(file, people), file.by, file.order)


def _raises(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    return cheapest_raises(people, _settings_of(file, RaiseGoals)).raises


def _prices(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    currency = str(people.currency.iloc[0]) if len(people) else ""
    return goal_table(cheapest_raises(people, _settings_of(file, RaiseGoals)), currency)


def _of_scenario(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    settings = file.settings
    if not isinstance(settings, MeritCycle | RaiseGoals):
        raise InputError(f"the table {file.table!r} lacks its settings")
    return scenario_result(Scenario(settings, people, file.by, "", file.loads)).raises


def _titles(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    meant: dict[str, TitleLevels] = _settings_of(file, dict)
    return title_means_another(people, meant)


def _offer(file: PeopleFile, people: pd.DataFrame) -> pd.DataFrame:
    return passed_over_table(people, _settings_of(file, float))


_TABLES: dict[str, Callable[[PeopleFile, pd.DataFrame], pd.DataFrame]] = {
    PEOPLE: _people,
    GROUPS: lambda file, people: group_table(people, file.by, file.order),
    COST: _cost,
    MERIT: _merit,
    MERIT_COST: _merit_cost,
    RAISES: _raises,
    PRICES: _prices,
    MANAGERS: lambda _, people: manager_pairs(people),
    LEVELS: lambda _, people: paid_like_another(people),
    TITLES: _titles,
    OFFER: _offer,
    OF_SCENARIO: _of_scenario,
}
