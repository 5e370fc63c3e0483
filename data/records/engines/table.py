"""The table of pay records on an engine: its name, and which column is which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.imports.team_files.file_types import file_type
from data.records.index import PAY_ELEMENTS
from data.records.question import DIMENSIONS

NOT_STATED = "not stated"
NEEDED = ("organisation", "currency", "base", "effective_date")
MONEY = ("base", "variable", "equity", "overtime")
FIELDS = (*NEEDED, *MONEY[1:], *(n for n in DIMENSIONS if n not in ("organisation", "year")))
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,2}")


@dataclass(frozen=True)
class RecordTable:
    """A table, and the column of each of its fields; fields that it lacks are left out.

    Names are pasted into SQL and therefore plain: letters, digits and underscores, and a
    table with up to two dots. ``hundredths`` says whether money is in whole hundredths
    of the currency, as in Bandstand's own store, or in units of it.

    Raises `InputError` for another name, or where a needed field has no column.
    """

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    hundredths: bool = False

    def __post_init__(self) -> None:
        self.check_name(self.name)
        for name, column in self.columns.items():
            if name not in FIELDS:
                raise InputError(f"pay records have no field {name!r}; {nearest(name, FIELDS)}")
            if not _NAME.fullmatch(column):
                raise InputError(
                    f"{self.name}: the column of {name} has a name that can't be used; letters, "
                    "digits and underscores can: make a view with such a name"
                )
        if missing := [name for name in NEEDED if name not in self.columns]:
            raise InputError(
                f"{self.name}: no column for {', '.join(missing)}; name it in "
                "BANDSTAND_RECORDS_COLUMNS, such as base=base_salary"
            )

    @staticmethod
    def check_name(name: str) -> None:
        """Raise `InputError` for a table's name that must not be pasted into SQL."""
        if not _TABLE.fullmatch(name):
            raise InputError(
                "the table of pay records has a name that can't be used; use letters, digits and "
                "underscores, such as pay.records (make a view of another table)"
            )

    @classmethod
    def matched(
        cls,
        name: str,
        found: Sequence[str],
        stated: Mapping[str, str] | None = None,
        *,
        hundredths: bool = False,
    ) -> "RecordTable":
        """With the columns as ``stated``, else as the headings of files are recognized.

        ``found`` are the columns that the table has. Raises `InputError` for a stated
        column that it lacks.
        """
        stated = stated or {}
        by_name = {column.casefold(): column for column in found}
        for wanted in stated.values():
            if wanted.casefold() not in by_name:
                raise InputError(f"{name}: no column {wanted!r}; {nearest(wanted, list(found))}")
        columns = {field: by_name[wanted.casefold()] for field, wanted in stated.items()}
        for wanted in FIELDS:
            if wanted not in columns and (column := _column_of(wanted, found, columns)):
                columns[wanted] = column
        return cls(name, columns, hundredths)

    def text(self, name: str) -> str:
        """The SQL of a field of words."""
        if name not in self.columns:
            return f"'{NOT_STATED}'"
        return f"coalesce(cast({self.columns[name]} as varchar(10000)), '{NOT_STATED}')"

    def cents(self, name: str) -> str:
        """The SQL of a field of money, in hundredths."""
        if name not in self.columns:
            return "cast(null as bigint)"
        column = self.columns[name]
        if self.hundredths:
            return f"cast({column} as bigint)"
        # Half a hundredth away from 0, as an import does; ``round`` is slow or to the even
        # one of two on some engines.
        half = f"case when {column} < 0 then -floor(0.5 - {column} * 100) else "
        return f"cast({half}floor({column} * 100 + 0.5) end as bigint)"

    def pay(self, element: str) -> str:
        """The SQL of a pay element, in hundredths; null where a part is not stated."""
        return re.sub(r"\w+", lambda part: self.cents(part[0]), PAY_ELEMENTS[element])

    @property
    def usable(self) -> str:
        """The SQL of whether a record counts: what an import needs is there, and base not below 0.

        What it leaves out is counted by `check_records`.
        """
        needed = " and ".join(f"{self.columns[name]} is not null" for name in NEEDED)
        return f"{needed} and {self.columns['base']} >= 0"

    @property
    def day(self) -> str:
        """The SQL of the effective date."""
        return f"cast({self.columns['effective_date']} as date)"

    def dimension(self, name: str) -> str:
        """The SQL of a dimension."""
        if name == "year":
            return f"cast(cast(extract(year from {self.day}) as integer) as varchar(4))"
        return self.text(name)


def _column_of(name: str, found: Sequence[str], taken: Mapping[str, str]) -> str:
    """The column whose name is the field's, else one of its headings; empty for none."""
    free = {c.casefold().replace("_", " "): c for c in found if c not in taken.values()}
    headings = (name.replace("_", " "), *file_type("records").fields[name].headings)
    return next((free[heading] for heading in headings if heading in free), "")
