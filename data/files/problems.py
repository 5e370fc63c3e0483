"""Problems with a file, as values that can be shown, counted and exported."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from analytics.errors import InputError
from analytics.units import with_units

if TYPE_CHECKING:
    import pandas as pd

#: How much of a value, and how many problems, a message shows; `problem_table` has all.
_VALUE_CHARACTERS, _PROBLEMS_LISTED = 80, 100


@dataclass(frozen=True)
class Problem:
    """One problem: where it is, the value, the reason, and the remedy.

    ``row`` counts as a spreadsheet does, the first being row 1; None means the
    whole file.
    """

    file: str
    row: int | None
    column: str
    value: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        where = ", ".join(filter(None, (self.file, row, column)))
        cut = len(self.value) > _VALUE_CHARACTERS
        shown = self.value[:_VALUE_CHARACTERS] + "…" if cut else self.value
        value = f"{shown!r} " if self.value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{where}: {value}{self.reason}{remedy}"


class FileError(InputError):
    """A file that can't be read at all; ``problem`` says why, and what to do."""

    def __init__(self, file: str, reason: str, remedy: str = "", row: int | None = None) -> None:
        self.problem = Problem(file, row, "", "", reason, remedy)
        super().__init__(str(self.problem))


class RejectedError(InputError):
    """Files that can't be loaded; ``problems`` holds every reason."""

    def __init__(self, problems: Sequence[Problem], done: str = "loaded") -> None:
        self.problems = list(problems)
        n = len(self.problems)
        lines = [f"nothing was {done}; {n:,} problem{'s' if n > 1 else ''}:"]
        lines += map(str, self.problems[:_PROBLEMS_LISTED])
        if (more := n - _PROBLEMS_LISTED) > 0:
            listed = "; --reject-to FILE lists them all" if done == "loaded" else ""
            lines.append(f"… and {more:,} more{listed}")
        super().__init__("\n  ".join(lines))


def problem_table(problems: Sequence[Problem]) -> "pd.DataFrame":
    """One row a problem."""
    import pandas as pd  # only here: a load of a file is spared it

    columns = ["file", "row", "column", "value", "reason", "remedy"]
    table = pd.DataFrame([asdict(p) for p in problems], columns=columns)
    units = dict.fromkeys(columns, "text") | {"row": "ordinal"}
    return with_units(table.astype({"row": "Int64"}), units)
