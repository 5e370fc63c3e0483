"""What became of the people of a scenario, and what it comes to on the roster of today."""

from dataclasses import replace

import pandas as pd

from analytics.errors import InputError
from analytics.money import money
from analytics.people.people_since import people_since, still_there
from analytics.people.scenario import Scenario, freeze, scenario_result


def scenario_since(scenario: Scenario, today: pd.DataFrame) -> list[str]:
    """How many people of a scenario left, are paid or ranged otherwise, and its cost on them now.

    ``today`` is a table of positions (`analytics.people.positions`), in which a person is
    known by ``employee_id`` and currency. Who joined since is in no scenario and not
    counted. A sentence each; none where nothing differs.
    """
    told = people_since(scenario.people, today)
    return [*told, *_cost(scenario, still_there(scenario.people, today))] if told else []


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
