"""What a workbook of pay ranges is computed from: its structures, and which table of them it is."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.ranges.build import Structure, build_ranges
from analytics.ranges.changes import change_table
from analytics.ranges.drift import drift_table
from analytics.ranges.serialization import from_spec, to_spec
from analytics.ranges.tables import editable_table, line_table, step_schedule, structure_table

FORMAT = "bandstand ranges workbook 1"
STRUCTURE, EDITABLE, STEPS, LINE = "structure", "to edit", "steps", "market line"
CHANGES, DRIFT = "changes", "market movement"


@dataclass(frozen=True)
class RangesFile:
    """A table of pay ranges as a file holds it.

    ``structures`` are one; before and after for `CHANGES`; for `DRIFT` the structure, the
    same on today's market, and on today's store in its own month. ``checksum`` is that of the
    version of an `EDITABLE` table.
    """

    table: str
    structures: tuple[Structure, ...]
    checksum: str = ""

    @property
    def frame(self) -> pd.DataFrame:
        """The table, computed; raises `InputError` for one that is not known."""
        if self.table not in _TABLES:
            raise InputError(f"no table of ranges {self.table!r} is known here")
        return _TABLES[self.table](self)

    @property
    def spec(self) -> str:
        """As JSON; `ranges_file_from_spec` reads it back unchanged."""
        structures = [json.loads(to_spec(structure)) for structure in self.structures]
        spec = {"format": FORMAT, "table": self.table, "checksum": self.checksum}
        return json.dumps({**spec, "structures": structures}, ensure_ascii=False)


def ranges_file_from_spec(text: str) -> RangesFile:
    """The table in a spec; raises `InputError` for any other text."""
    try:
        spec = json.loads(text)
        structures = tuple(from_spec(json.dumps(one)) for one in spec["structures"])
        return RangesFile(str(spec["table"]), structures, str(spec["checksum"]))
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a Bandstand file of ranges: {error!r}") from error


def _built(make: Callable[..., pd.DataFrame]) -> Callable[[RangesFile], pd.DataFrame]:
    return lambda file: make(file.structures[0], build_ranges(file.structures[0]).ranges)


_TABLES: dict[str, Callable[[RangesFile], pd.DataFrame]] = {
    STRUCTURE: _built(structure_table),
    STEPS: _built(step_schedule),
    EDITABLE: lambda file: editable_table(
        file.structures[0], build_ranges(file.structures[0]).ranges, file.checksum
    ),
    LINE: lambda file: line_table(file.structures[0], build_ranges(file.structures[0])),
    CHANGES: lambda file: change_table(file.structures[0], file.structures[1]),
    DRIFT: lambda file: drift_table(
        file.structures[0], build_ranges(file.structures[0]).ranges, *file.structures[1:]
    ),
}
