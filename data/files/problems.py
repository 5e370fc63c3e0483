"""What is wrong with a file, in a form that can be read, counted and exported."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.units import with_units

#: Characters of a value, and problems, that a message shows; `problem_table` has all.
_SHOWN, _TOLD = 80, 100


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where, what stands there, why that is wrong, and what to do.

    ``row`` counts as a spreadsheet does, the header being row 1; None speaks of
    the whole file.
    """

    file: str
    row: int | None
    column: str
    value: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        shown = self.value if len(self.value) <= _SHOWN else self.value[:_SHOWN] + "…"
        value = f"{shown!r} " if self.value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{where}: {value}{self.reason}{remedy}"


class RejectedError(InputError):
    """Files that can't be loaded; `problems` holds every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        n = len(self.problems)
        head = f"nothing was loaded; {n:,} problem{'s' if n > 1 else ''}:"
        more = [f"… and {n - _TOLD:,} more; --reject-to FILE lists them all"] if n > _TOLD else []
        super().__init__("\n  ".join([head, *map(str, self.problems[:_TOLD]), *more]))


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """One row a problem."""
    columns = ["file", "row", "column", "value", "reason", "remedy"]
    table = pd.DataFrame([asdict(p) for p in problems], columns=columns)
    units = dict.fromkeys(columns, "text") | {"row": "ordinal"}
    return with_units(table.astype({"row": "Int64"}), units)
