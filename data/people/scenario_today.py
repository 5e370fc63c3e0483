"""A scenario from today's store: what became of its loads, its people and its cost."""

import duckdb

from analytics.people.loads_since import loads_since
from analytics.people.scenario import Scenario
from analytics.people.scenario_since import scenario_since
from data.people.positions import read_positions
from queries import run


def read_scenario_since(con: duckdb.DuckDBPyConnection, scenario: Scenario) -> list[str]:
    """A sentence for each load that is another, and for what differs of people and ranges."""
    loads = loads_since(scenario.loads, run(con, "loads"))
    people = scenario_since(scenario, read_positions(con, lambda _: None).people)
    return [*loads, *people]
