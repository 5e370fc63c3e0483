"""BLS OEWS files, of any release since 2014: their layouts, their symbols, their rows."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from analytics.errors import InputError
from analytics.percentiles import PERCENTILES, percentile_name
from data.files.problems import Problem
from data.files.read_table import read_table

#: The highest yearly wage that a release prints; at or above it BLS prints #.
CEILINGS = (
    (2015, Decimal(187_200)),
    (2021, Decimal(208_000)),
    (2024, Decimal(239_200)),
)
STATISTICS = {
    "a_mean": "mean", "a_pct10": "p10", "a_pct25": "p25", "a_median": "p50", "a_pct75": "p75",
    "a_pct90": "p90",
}  # fmt: skip
_COLUMNS = ("occ_code", "occ_title", "tot_emp")
_RISING = tuple(map(percentile_name, PERCENTILES))
_NOT_AVAILABLE = ("*", "**", "", "~")
_TOP = "#"
FIRST_YEAR = 1997
_YEAR = re.compile(r"M(20\d\d)")
_NUMBER = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?")
_NATION = {"99", "US", "U.S."}


@dataclass(frozen=True)
class Wage:
    """One statistic: its value, and whether it is only a lower bound."""

    statistic: str
    value: Decimal
    at_least: bool


@dataclass(frozen=True)
class Occupation:
    """One row of a release; employment and hourly median are None where not available."""

    year: int
    soc: str
    o_group: str
    area: str
    industry: str
    title: str
    employment: int | None
    hourly_median: Decimal | None
    wages: tuple[Wage, ...]

    @property
    def key(self) -> tuple[int, str, str, str, str]:
        """What identifies the row; the occupation's code alone does not."""
        return self.year, self.soc, self.o_group, self.area, self.industry


@dataclass
class Release:
    """A file as read: occupations with their rows' numbers, and what was left out and why."""

    file: str
    sheet: str = ""
    year: int = 0
    rows_in: int = 0
    occupations: list[tuple[int, Occupation]] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)

    @property
    def rows_rejected(self) -> int:
        """Rows left out; a row may have several problems."""
        return len({problem.row for problem in self.rejected})


def read_release(file: str, content: bytes, year: int | None = None) -> Release:
    """The occupations in a BLS file, workbook or CSV.

    The year is that in the sheet's or the file's name, such as national_M2024_dl,
    unless given. Raises `InputError` when the file is no OEWS file or its year is
    not known; single rows that can't be right are left out with their reasons.
    """
    table, problems = read_table(file, content, ("occ_code", "tot_emp"))
    if problems:
        raise InputError("; ".join(map(str, problems[:5])))
    columns = {name: i for i, name in enumerate(table.columns)}
    group = "o_group" if "o_group" in columns else "occ_group"
    missing = [n for n in (*_COLUMNS, group, *STATISTICS) if n not in columns]
    if missing:
        raise InputError(f"{file}: is no OEWS file: no column {', '.join(missing)}")
    named = _year(table.sheet) or _year(PurePath(file).stem)
    if year and named and year != named:
        raise InputError(f"{file}: its names say {named}, not {year}; leave --year out")
    told = year or named
    if told and not FIRST_YEAR <= told <= date.today().year:
        raise InputError(f"{file}: {told} is no year of OEWS")
    if not told:
        raise InputError(f"{file}: neither sheet nor file names the year, as in M2024; say --year")
    release = Release(file, table.sheet, told)
    seen: dict[tuple[int, str, str, str, str], int] = {}
    for number, cells in table.rows:
        release.rows_in += 1
        row = _Row(file, number, {n: cells[i].strip() for n, i in columns.items()})
        found = row.occupation(told, group)
        if found and found.key in seen:
            row.wrong("occ_code", found.soc, f"stands in row {seen[found.key]} already")
        if row.problems or not found:
            release.rejected += row.problems
            continue
        seen[found.key] = number
        release.occupations.append((number, found))
    return release


def ceiling(year: int) -> Decimal | None:
    """The yearly wage from which on a release prints #; None where it prints every wage."""
    return next((wage for last, wage in CEILINGS if year <= last), None)


class _Row:
    """A row on its way to an occupation, gathering what is wrong with it."""

    def __init__(self, file: str, number: int, cells: dict[str, str]) -> None:
        self._file, self._number, self._cells = file, number, cells
        self.problems: list[Problem] = []

    def wrong(self, column: str, value: str, reason: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self._file, self._number, column.upper(), value, reason))

    def occupation(self, year: int, group: str) -> Occupation | None:
        """The row's occupation, whole or None."""
        cells = self._cells
        soc = cells.get("occ_code", "")
        if not re.fullmatch(r"\d\d-\d{4}", soc):
            self.wrong("occ_code", soc, "is no occupation code such as 15-1252")
        wages = [w for column in STATISTICS if (w := self._wage(column, year))]
        rising = [w for name in _RISING for w in wages if w.statistic == name and not w.at_least]
        for low, high in itertools.pairwise(rising):
            if high.value < low.value:
                reason = f"is below {low.statistic} ({low.value:,})"
                self.wrong(high.statistic, str(high.value), reason)
        employment = self._number_in("tot_emp")
        hourly = self._number_in("h_median")
        area = cells.get("area", "") or "99"
        industry = cells.get("naics", "") or "000000"
        owner = cells.get("own_code", "")
        if hourly is not None and not hourly < 100_000:
            self.wrong("h_median", cells["h_median"], "is outside 0 to 100,000 an hour")
        title = cells.get("occ_title", "")
        if not title:
            self.wrong("occ_title", "", "is empty")
        if self.problems:
            return None
        return Occupation(
            year,
            soc,
            cells.get(group, "") or "detailed",
            "US" if area in _NATION else _named(cells, area),
            industry if owner in ("", "1235") else f"{industry}/{owner}",
            title,
            None if employment is None else int(employment),
            hourly,
            tuple(wages),
        )

    def _wage(self, column: str, year: int) -> Wage | None:
        text = self._cells.get(column, "")
        statistic = STATISTICS[column]
        if text == _TOP:
            top = ceiling(year)
            if top is None:
                self.wrong(column, text, f"is a symbol that releases of {year} do not use")
                return None
            return Wage(statistic, top, True)
        value = self._number_in(column)
        if value is not None and not 1_000 <= value <= 10_000_000:
            self.wrong(column, text, "is outside 1,000 to 10,000,000 a year")
        return Wage(statistic, value, False) if value is not None else None

    def _number_in(self, column: str) -> Decimal | None:
        text = self._cells.get(column, "")
        if text in _NOT_AVAILABLE or (text == _TOP and column == "h_median"):
            return None
        if not _NUMBER.fullmatch(text):
            self.wrong(column, text, "is neither a number nor a symbol of BLS")
            return None
        value = Decimal(text.replace(",", ""))
        if value != round(value, 2) or value >= 1_000_000_000:
            self.wrong(column, text, "has more than two decimals or nine digits")
            return None
        return value


def _named(cells: dict[str, str], area: str) -> str:
    """An area's name; releases up to 2018 call the column STATE or AREA_NAME."""
    return next((cells[n] for n in ("area_title", "area_name", "state") if cells.get(n)), area)


def _year(name: str) -> int | None:
    found = _YEAR.search(name)
    return int(found[1]) if found else None
