"""Read BLS OEWS files of any release since 2014."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from analytics.errors import InputError
from data.files.problems import Problem
from data.files.read_table import read_table
from data.files.text_table import TextTable
from data.imports.oews.occupation import STATISTICS, Occupation, RowParser

FIRST_YEAR = 1997
_YEAR = re.compile(r"M(20\d\d)")


@dataclass(frozen=True)
class Release:
    """A file as read: occupations with their row numbers, and the problems of rows left out."""

    file: str
    sheet: str
    year: int
    rows_in: int
    occupations: list[tuple[int, Occupation]]
    rejected: list[Problem]

    @property
    def rows_rejected(self) -> int:
        """Rows left out; a row may have several problems."""
        return len({problem.row for problem in self.rejected})


def read_release(file: str, content: bytes, year: int | None = None) -> Release:
    """The occupations in a BLS file, workbook or CSV, or a zip of one.

    The year is that in the sheet's or the file's name, such as national_M2024_dl,
    unless ``year`` gives it. Raises `InputError` if it is not an OEWS file or its
    year is not known; rows with problems are left out and listed.
    """
    table, problems = read_table(file, content, ("occ_code", "tot_emp"))
    if problems:
        raise InputError("; ".join(map(str, problems[:5])))
    group = "o_group" if "o_group" in table.columns else "occ_group"
    needed = ("occ_code", "occ_title", "tot_emp", group, *STATISTICS)
    if missing := [name for name in needed if name not in table.columns]:
        raise InputError(f"{file}: is not an OEWS file: it has no column {', '.join(missing)}")
    release_year = _release_year(file, table.sheet, year)
    occupations, rejected = _parse_rows(file, table, release_year, group)
    return Release(file, table.sheet, release_year, len(table.rows), occupations, rejected)


def _parse_rows(
    file: str, table: TextTable, year: int, group: str
) -> tuple[list[tuple[int, Occupation]], list[Problem]]:
    """The occupations of the rows, and the problems of the others, such as a repeated key."""
    occupations: list[tuple[int, Occupation]] = []
    rejected: list[Problem] = []
    rows_by_key: dict[tuple[int, str, str, str, str], int] = {}
    columns = table.columns
    for number, cells in table.rows:
        texts = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
        row = RowParser(file, number, texts)
        occupation = row.occupation(year, group)
        if occupation and occupation.key in rows_by_key:
            first = rows_by_key[occupation.key]
            row.add_problem("occ_code", occupation.soc, f"is already in row {first}")
        if row.problems or not occupation:
            rejected += row.problems
            continue
        rows_by_key[occupation.key] = number
        occupations.append((number, occupation))
    return occupations, rejected


def _release_year(file: str, sheet: str, year: int | None) -> int:
    """The year that the user or a name gives; raises `InputError`."""
    named = _year_in(sheet) or _year_in(PurePath(file).stem)
    if year and named and year != named:
        raise InputError(f"{file}: its name says {named}, not {year}; leave out --year")
    release_year = year or named
    if not release_year:
        raise InputError(
            f"{file}: neither the sheet's nor the file's name has the year, as in M2024; give it "
            "with --year"
        )
    if not FIRST_YEAR <= release_year <= date.today().year:
        raise InputError(f"{file}: OEWS has no year {release_year}; its first is {FIRST_YEAR}")
    return release_year


def _year_in(name: str) -> int | None:
    match = _YEAR.search(name)
    return int(match[1]) if match else None
