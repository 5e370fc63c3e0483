"""How a file is read: its table, its header, and which column is which field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.files.opened import OpenedTable
from data.imports.team_files.column_matching import Column, columns_by_field
from data.imports.team_files.file_types import STEPS, FileType
from data.imports.team_files.options import ImportOptions


@dataclass(frozen=True)
class Question:
    """Something the file does not say: what is missing, and the option that answers it.

    ``choices`` are the possible answers and their labels; without them it is a value.
    """

    key: str
    text: str
    option: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a file is read, before any row is looked at.

    ``header_row`` counts as a spreadsheet does; it is 0 for Parquet and for files that
    have none. ``decimal`` and ``dates`` are empty if no cell of the sample needs
    one. ``questions`` must be answered before rows can be checked. ``no_values``
    are the marks of the sample that are read as empty cells, such as N/A;
    ``percents`` says of what its per cents are, ``ranges`` how one cell is read as both ends.
    """

    kind: FileType
    table: OpenedTable
    options: ImportOptions
    header_row: int
    columns: tuple[Column, ...]
    decimal: str = ""
    dates: str = ""
    questions: tuple[Question, ...] = ()
    no_values: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    percents: tuple[str, ...] = ()
    ranges: str = ""

    @property
    def header(self) -> list[str]:
        """The headings as they are called, one a column."""
        return list(self.headings)

    @property
    def mapped(self) -> Mapping[str, Column]:
        """Field → the column that holds it."""
        return columns_by_field(self.columns)

    @property
    def known_fields(self) -> set[str]:
        """The fields that a column or the user gives."""
        return {*self.mapped, *self.options.set_values}

    @property
    def has_steps(self) -> bool:
        """Whether the file is a step schedule."""
        return any(name in self.mapped for name in ("step", *STEPS))

    def column_type(self, column: Column) -> str:
        """What a column of Parquet contains, such as number or date; empty for text files."""
        types = self.table.column_types
        return types[column.position] if types else ""

    def as_options(self) -> ImportOptions:
        """What was found or chosen, as options that read the file the same way again."""
        headings = {column.field: column.heading for column in self.columns if column.field}
        unused = {name: "" for name, heading in self.options.columns.items() if not heading}
        return replace(
            self.options, columns={**headings, **unused}, decimal=self.decimal, dates=self.dates
        )
