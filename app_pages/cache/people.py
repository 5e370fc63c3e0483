"""The team's own people against their ranges, as the People page shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analytics.errors import InputError
from analytics.jobs.gap import GapPlan
from analytics.people import scenario
from analytics.people.groups import filled, group_table, largest_groups
from analytics.people.level_check import TitleLevels, title_levels, title_means_another
from analytics.people.merit import MeritCycle, merit_table, merit_to_budget
from analytics.people.offer_market import OfferMarket, offer_market
from analytics.people.offers import Offer, OfferAnswer, answer_offer
from analytics.people.positions import Positions
from analytics.people.raises import RaiseGoals, RaisePlan, cheapest_raises
from analytics.people.reporting import manager_pairs
from analytics.people.scenario import LoadName, Scenario, scenario_from_spec
from analytics.people.selection import PayByLevel, PeopleQuery, level_order, pay_by_level
from analytics.pricing.ageing import parse_month
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from app_pages.cache.answers import answer
from app_pages.cache.catalog import matcher, profiles
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.market_tables import rungs, sources
from app_pages.cache.own_pay import market_median
from app_pages.cache.pricing import places, saved_versions
from data.people.demo_load import company_loads
from data.people.history import read_history
from data.people.offers import read_candidate
from data.people.positions import read_positions
from data.records.question import OWNER
from data.store import saved_work
from queries import run

#: Columns that people can always be grouped and narrowed by, where anybody has a value.
_ALWAYS = ("level", "function", "focus", "place", "zone", "manager", "position", "roster")
#: A column of more values than this is none to choose values from.
_MOST_VALUES = 400
#: So many groups of such a column are shown, the largest.
MOST_GROUPS = 50


@dataclass(frozen=True)
class PeopleColumns:
    """The values of each column that people are narrowed by, the currencies, levels in order.

    ``many`` has the columns of too many values to choose from, with how many there are; they
    group people too.
    """

    values: dict[str, tuple[str, ...]]
    currencies: tuple[str, ...]
    levels: tuple[str, ...]
    many: dict[str, int] = field(default_factory=dict)

    @property
    def grouping(self) -> tuple[str, ...]:
        """Every column that groups people."""
        return (*self.values, *self.many)

    def order_of(self, by: str) -> tuple[str, ...]:
        """The order of a column's groups; none for one of many values."""
        return self.values.get(by, ())


@cached_read()
def company_is_loaded() -> bool:
    """Whether any of the loaded people or ranges are the demo company's."""
    with store_lock().cursor() as con:
        return bool(company_loads(con))


@cached_read()
def demo_sources() -> frozenset[str]:
    """The sources of made-up people, ranges and records."""
    return frozenset(s.source for s in sources().values() if s.publisher.startswith("Demo"))


@cached_read(most=2)
def _positions(month: str) -> Positions:
    with store_lock().cursor() as con:
        return read_positions(con, lambda r: market_median(r, month))


def positions(mode: str, month: str) -> Positions | None:
    """Everybody against their range, beside the market of a month; None for others than owners."""
    return _positions(month) if mode == OWNER else None


@cached_read(most=2)
def people_columns(month: str) -> PeopleColumns:
    """What people can be grouped and narrowed by: names of groups, never of people's pay."""
    found = _positions(month)
    people = found.people
    values = {name: tuple(sorted(set(filled(people[name])))) for name in (*_ALWAYS, *found.further)}
    levels = level_order(values["level"], [rung.level for rung in rungs()])
    values["level"] = tuple(levels)
    grouping = {
        name: known
        for name, known in values.items()
        if name == "level" or 1 < len(known) <= _MOST_VALUES
    }
    # In a column where everybody has a value of their own there are no groups.
    many = {n: len(v) for n, v in values.items() if _MOST_VALUES < len(v) < len(people)}
    many.pop("level", None)
    by_size = people.currency.value_counts()
    return PeopleColumns(grouping, tuple(by_size.index), tuple(levels), many)


def employee_ids(mode: str) -> frozenset[str]:
    """The employee ids of the rosters that stand; none for others than owners."""
    return _employee_ids() if mode == OWNER else frozenset()


@cached_read()
def _employee_ids() -> frozenset[str]:
    with store_lock().cursor() as con:
        return frozenset(run(con, "loaded_roster", load="").employee_id)


def gaps_of(employee_id: str) -> list[str]:
    """The names under which gaps of an employee are saved; for an owner's eyes alone."""
    newest = {row.name: row.spec for row in saved_versions("gap").rows}
    return [name for name, spec in newest.items() if _employee_of(spec) == employee_id]


def _employee_of(spec: str) -> str:
    try:
        return GapPlan.from_json(spec).employee_id
    except InputError:
        return ""


@cached_read(most=32)
def people_among(query: PeopleQuery, month: str) -> pd.DataFrame:
    """The people of an owner's query; for an owner's eyes alone."""
    return query.among(_positions(month).people)


@cached_read(most=16)
def people_groups(query: PeopleQuery, month: str, by: str) -> pd.DataFrame:
    """The query's people by the values of a column, all of them."""
    return group_table(people_among(query, month), by, people_columns(month).order_of(by))


@cached_read(most=32)
def people_groups_shown(query: PeopleQuery, month: str, by: str) -> pd.DataFrame:
    """The groups that a screen has room for: the largest of a column of many values."""
    if by not in people_columns(month).many:
        return people_groups(query, month, by)
    return group_table(*_largest(people_among(query, month), by))


def shown_by_group(
    table: Callable[[pd.DataFrame, str, Sequence[str]], pd.DataFrame],
    people: pd.DataFrame,
    by: str,
    columns: PeopleColumns,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A table of people by group as a screen has room for it, and with all groups for a file."""
    whole = table(people, by, columns.order_of(by))
    return (table(*_largest(people, by)) if by in columns.many else whole), whole


def _largest(people: pd.DataFrame, by: str) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    fewer, order = largest_groups(people, by, MOST_GROUPS)
    return fewer, by, order


@cached_read(most=16)
def people_drawn(query: PeopleQuery, month: str) -> PayByLevel:
    """What the chart of pay by level draws of the query's people."""
    return pay_by_level(people_among(query, month))


@cached_read(most=8)
def people_titles(
    query: PeopleQuery, month: str
) -> tuple[pd.DataFrame, dict[str, TitleLevels], pd.DataFrame]:
    """The query's people of a profile, what their titles mean, and whose mean another level."""
    people = people_among(query, month)
    known = people[people.code != ""]
    meant = title_levels(known.title, matcher())
    return known, meant, title_means_another(known, meant)


@cached_read(most=8)
def people_managers(query: PeopleQuery, month: str) -> pd.DataFrame:
    """Managers paid little more than a report of theirs, both among the query's people."""
    return manager_pairs(people_among(query, month))


@cached_read(most=8)
def people_raises(query: PeopleQuery, month: str, goals: RaiseGoals) -> RaisePlan:
    """The cheapest raises that bring the query's people to all of the goals."""
    return cheapest_raises(people_among(query, month), goals)


@cached_read(most=8)
def people_merit(
    query: PeopleQuery, month: str, cycle: MeritCycle, budget: float | None
) -> tuple[MeritCycle, float, pd.DataFrame]:
    """The cycle, its matrix scaled to a budget if there is one, the factor, and the raises."""
    people = people_among(query, month)
    scaled, factor = (cycle, 1.0) if budget is None else merit_to_budget(people, cycle, budget)
    return scaled, factor, merit_table(people, scaled)


@cached_read(most=4)
def loads_behind(query: PeopleQuery, month: str) -> tuple[LoadName, ...]:
    """The rosters and ranges that the query's people and their positions come from."""
    return scenario.loads_behind(people_among(query, month), ask("loads").frame)


@cached_read(most=8)
def saved_scenario(name: str, version: int | None) -> Scenario:
    """A saved scenario as it was frozen; raises `UnknownNameError`."""
    return scenario_from_spec(saved_work.find(saved_versions("scenario").frame, name, version))


@cached_read(most=16)
def people_offer(offer: Offer, month: str) -> OfferAnswer:
    """Where an offer falls, beside everybody on the rosters; for an owner's eyes alone."""
    with store_lock().cursor() as con:
        candidate = read_candidate(con, offer, lambda r: market_median(r, month))
    return answer_offer(candidate, _positions(month).people)


@cached_read(most=16)
def people_offer_market(offer: Offer, basis: str, month: str) -> OfferMarket:
    """The market of the job of an offer, on the pay basis that it is compared on."""

    def price(asked: PayQuestion) -> PricedJob | None:
        return answer(asked.job.code, asked.place, basis, asked.percentile, month)

    return offer_market(offer, basis, parse_month(month), profiles().rows, places(), price)


@cached_read(most=16)
def person_history(employee_id: str, month: str) -> pd.DataFrame:
    """One person's row of each roster, oldest first; for an owner's eyes alone."""
    with store_lock().cursor() as con:
        return read_history(con, employee_id, lambda r: market_median(r, month))
