"""What is said of a file before anything is stored, the same on the page and by command."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from data.imports.team_files.column_matching import Column
from data.imports.team_files.file_types import FileType
from data.imports.team_files.options import ImportOptions

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_ORDERS = {"dmy": "day first", "mdy": "month first"}


@dataclass(frozen=True)
class Question:
    """Something that the file can't say: what is asked, and the option that answers it."""

    key: str
    text: str
    option: str


@dataclass(frozen=True)
class RowWarning:
    """Rows that are taken and look odd: the column, why, how many, and the first of them."""

    column: str
    reason: str
    rows: int
    first: Sequence[int]


@dataclass
class Report:
    """A file as it was understood.

    ``rows_in`` = ``to_load`` + ``left_out``, always; all are 0 while a question
    about the columns is open.
    """

    kind: FileType
    file: str
    sha256: str
    choices: ImportOptions
    encoding: str
    delimiter: str
    header_row: int = 0
    header: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    typed: Sequence[str] = ()
    sign: str = ""
    dates: str = ""
    rows_in: int = 0
    to_load: int = 0
    left_out: int = 0
    repeated: int = 0
    currencies: Sequence[str] = ()
    meaning: int = 0
    questions: list[Question] = field(default_factory=list)
    oddities: list[RowWarning] = field(default_factory=list)

    def mapping(self) -> ImportOptions:
        """What was chosen or found, as choices that read the file the same way again."""
        taken = {column.field: column.heading for column in self.columns if column.field}
        none = {name: "" for name, heading in self.choices.columns.items() if not heading}
        return replace(self.choices, columns={**taken, **none}, decimal=self.sign, dates=self.dates)

    def facts(self) -> dict[str, str]:
        """How the file was read: a few words under each name."""
        told = {"Encoding": self.encoding}
        if self.delimiter:
            told["Delimiter"] = _DELIMITERS.get(self.delimiter, repr(self.delimiter))
        if self.header_row:
            told["Header"] = f"row {self.header_row}"
        if self.sign:
            told["Decimal sign"] = "point" if self.sign == "." else "comma"
        if self.dates:
            told["Dates"] = _ORDERS[self.dates]
        if self.choices.units != 1:
            told["Units"] = f"one figure is {_shown(self.choices.units)} a year"
        if self.currencies:
            told["Currency"] = ", ".join(self.currencies)
        return told

    def counts(self) -> str:
        """Rows in, to load and to be left out, as a sentence."""
        rows = f"{self.rows_in:,} row{'' if self.rows_in == 1 else 's'}"
        said = f"{rows}, {self.to_load:,} to load, {self.left_out:,} to be left out"
        return said + (f"; {self.meaning:,} mean a profile" if self.kind.by_title else "")

    def warnings(self) -> list[str]:
        """All that a person should look at before loading, one sentence each."""
        told = []
        if self.repeated:
            told.append(
                f"{_rows(self.repeated)} the same as an earlier one in every column; "
                "if a row was pasted twice, mend the file"
            )
        told += [
            f"{_rows(odd.rows)} odd: {odd.column} {odd.reason} "
            f"(first in row {', '.join(f'{row:,}' for row in odd.first)})"
            for odd in self.oddities
        ]
        return told

    def private(self) -> list[str]:
        """A sentence for the columns that look private and stay out, one for those kept."""
        looks = [c for c in self.columns if c.private]
        told = []
        for kept in (False, True):
            of = [f"“{c.heading}” ({c.private})" for c in looks if bool(c.field or c.kept) == kept]
            it = "it" if len(of) == 1 else "them"
            what = "kept, as you asked" if kept else f"left out; choose {it} if you want {it}"
            if of:
                told.append(f"{', '.join(of)} {'looks' if it == 'it' else 'look'} private: {what}.")
        return told


def _rows(n: int) -> str:
    return f"{n:,} row is" if n == 1 else f"{n:,} rows are"


def _shown(number: Decimal) -> str:
    return f"{number.normalize():,f}"
