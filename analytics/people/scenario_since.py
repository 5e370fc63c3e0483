"""What became of the people of a scenario, and what it comes to on the roster of today."""

from dataclasses import replace

import pandas as pd

from analytics.errors import InputError
from analytics.money import money
from analytics.people.scenario import Scenario, freeze, scenario_result

_RANGE = ("minimum", "midpoint", "maximum")


def scenario_since(scenario: Scenario, today: pd.DataFrame) -> list[str]:
    """How many people of a scenario left, are paid or ranged otherwise, and its cost on them now.

    ``today`` is a table of positions (`analytics.people.positions`), in which a person is
    known by ``employee_id`` and currency. Who joined since is in no scenario and not
    counted. A sentence each; none where nothing differs.
    """
    before = scenario.people.set_index("employee_id")
    mine = today[today.currency == scenario.currency].drop_duplicates("employee_id")
    mine = mine[mine.employee_id.isin(before.index)]
    now = mine.set_index("employee_id")
    was = before.loc[before.index.isin(now.index)]
    counts = {
        "no longer on the roster": len(before) - len(was),
        "paid otherwise": _differ(was, now, ("paid",)),
        "with another range": _differ(was, now, _RANGE),
    }
    of = f"of {len(before):,} people"
    told = [f"{n:,} {of} {words}" for words, n in counts.items() if n]
    return [*told, *_cost(scenario, mine)] if told else []


def _differ(was: pd.DataFrame, now: pd.DataFrame, columns: tuple[str, ...]) -> int:
    old, new = was[list(columns)].round(2), now.loc[was.index, list(columns)].round(2)
    return int(((old != new) & ~(old.isna() & new.isna())).any(axis=1).sum())


def _cost(scenario: Scenario, mine: pd.DataFrame) -> list[str]:
    then, unit = scenario_result(scenario).figures["Cost"]
    try:
        frozen = freeze(mine, scenario.settings, scenario.by, "", scenario.loads)
        people = frozen.people
        now, _ = scenario_result(replace(scenario, people=people)).figures["Cost"]
    except KeyError as error:
        return [f"its cost today can't be computed: the roster has no column {error}"]
    except InputError as error:
        return [f"its cost today can't be computed: {error}"]
    ends = f"{money(then, unit, decimals=2)} → {money(now, unit, decimals=2)}"
    return [f"its cost for those who are still there: {ends}"]
