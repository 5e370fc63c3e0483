"""A table whose cells are text, and its columns by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.files.problems import Problem


@dataclass(frozen=True)
class TextTable:
    """A table as read: its headings as written, and the rows below with their numbers.

    Rows are numbered as a spreadsheet counts them, without blank ones. ``note`` says
    which lines have another encoding than the others.
    """

    file: str
    sheet: str
    headings: list[str]
    header_row: int
    rows: list[tuple[int, list[str]]]
    note: str = ""

    @property
    def columns(self) -> list[str]:
        """The headings as column names: lower case, underscores for blanks."""
        return [column_name(heading) for heading in self.headings]


def select_columns(
    table: TextTable, allowed: Sequence[str], needed: Sequence[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Rows as dictionaries of the ``allowed`` columns; those not ``needed`` may be missing."""
    row, columns = table.header_row, table.columns
    problems = [
        Problem(table.file, row, name, "", "is missing from the header", "add the column")
        for name in needed
        if name not in columns
    ]
    problems += [
        Problem(table.file, row, name or "(blank)", "", "is not a column of this file", "remove it")
        for name in columns
        if name not in allowed
    ]
    problems += [
        Problem(table.file, row, name, "", "appears twice in the header", "remove one")
        for name in dict.fromkeys(columns)
        if columns.count(name) > 1
    ]
    if problems:
        return [], problems
    position = {name: i for i, name in enumerate(columns)}
    return [
        (number, {n: cells[position[n]].strip() if n in position else "" for n in allowed})
        for number, cells in table.rows
    ], []


def column_name(heading: str) -> str:
    """A heading as a column name: lower case, underscores for blanks."""
    return heading.strip().casefold().replace(" ", "_")


def joined_header(above: Sequence[str], header: Sequence[str]) -> list[str]:
    """A header whose equal headings are told apart by the row above, as Base Salary over P25.

    A blank heading is the one above it.
    """
    filled = [
        cell if cell.strip() or i >= len(above) else above[i] for i, cell in enumerate(header)
    ]
    plain = [" ".join(cell.split()) for cell in filled]
    joined = [
        f"{group} {heading}".strip() if header[i].strip() and plain.count(heading) > 1 else heading
        for i, (group, heading) in enumerate(zip(groups_above(above, header), plain, strict=True))
    ]
    return joined if len(set(joined)) > len(set(plain)) else filled


def groups_above(above: Sequence[str], header: Sequence[str]) -> list[str]:
    """The heading above each column: a cell counts for those to its right, up to the next one."""
    group, groups = "", []
    for i in range(len(header)):
        group = (" ".join(above[i].split()) if i < len(above) else "") or group
        groups.append(group)
    return groups
