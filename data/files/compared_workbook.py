"""What a workbook of scenarios side by side is computed from: each scenario, whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.people.scenario import (
    LoadName,
    Scenario,
    compare_scenarios,
    scenario_from_spec,
    scenario_result,
    scenario_spec,
)

FORMAT = "bandstand compared scenarios 1"


@dataclass(frozen=True)
class ComparedFile:
    """Scenarios by name, in the order of their columns."""

    scenarios: Mapping[str, Scenario]
    table: str = "compared"

    @property
    def frame(self) -> pd.DataFrame:
        """The figures side by side, computed."""
        return compare_scenarios({n: scenario_result(s) for n, s in self.scenarios.items()})

    @property
    def loads(self) -> tuple[LoadName, ...]:
        """The loads that any of them stands on, each once."""
        return tuple(dict.fromkeys(load for s in self.scenarios.values() for load in s.loads))

    @property
    def spec(self) -> str:
        """As JSON; `compared_file_from_spec` reads it back unchanged."""
        scenarios = {name: json.loads(scenario_spec(s)) for name, s in self.scenarios.items()}
        return json.dumps({"format": FORMAT, "scenarios": scenarios}, ensure_ascii=False)


def compared_file_from_spec(text: str) -> ComparedFile:
    """The scenarios in a spec; raises `InputError` for any other text."""
    try:
        scenarios = json.loads(text)["scenarios"].items()
        return ComparedFile({name: scenario_from_spec(json.dumps(s)) for name, s in scenarios})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a Bandstand file of compared scenarios: {error!r}") from error
