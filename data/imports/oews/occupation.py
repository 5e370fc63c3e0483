"""One row of a BLS OEWS release: parsed, with its symbols, into an occupation or problems."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analytics.percentiles import PERCENTILES, percentile_name
from data.files.problems import Problem

#: Last year → the highest yearly wage that its releases print; at or above it BLS prints #.
CEILINGS = (
    (2015, Decimal(187_200)),
    (2021, Decimal(208_000)),
    (2025, Decimal(239_200)),
)
STATISTICS = {
    "a_mean": "mean",
    "a_pct10": "p10",
    "a_pct25": "p25",
    "a_median": "p50",
    "a_pct75": "p75",
    "a_pct90": "p90",
}
_RISING = tuple(map(percentile_name, PERCENTILES))
_NOT_AVAILABLE = ("*", "**", "", "~")
_TOP = "#"
_NUMBER = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?")
_NATION = {"99", "US", "U.S."}
#: All owners together; other codes distinguish the rows of one industry.
_ALL_OWNERS = ("", "1235")


@dataclass(frozen=True)
class Wage:
    """One statistic: its value, and whether it is only a lower bound."""

    statistic: str
    value: Decimal
    at_least: bool


@dataclass(frozen=True)
class Occupation:
    """One row of a release; employment and hourly median are None if not available."""

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
        """The columns that identify the row; the occupation's code alone does not."""
        return self.year, self.soc, self.o_group, self.area, self.industry


def ceiling(year: int) -> Decimal | None:
    """The yearly wage at and above which a release prints #; None if it prints every wage."""
    return next((wage for last, wage in CEILINGS if year <= last), None)


class RowParser:
    """Parses one row, and collects its problems."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str]) -> None:
        self._file, self._number, self._cells = file, number, cells
        self.problems: list[Problem] = []

    def add_problem(self, column: str, value: str, reason: str) -> None:
        """Add a problem of one column."""
        self.problems.append(Problem(self._file, self._number, column.upper(), value, reason))

    def occupation(self, year: int, group: str) -> Occupation | None:
        """The row's occupation, or None if the row has problems; ``group`` is a column."""
        cells = self._cells
        soc = cells.get("occ_code", "")
        if not re.fullmatch(r"\d\d-\d{4}", soc):
            self.add_problem("occ_code", soc, "is not an occupation code such as 15-1252")
        wages = self._wages(year)
        employment = self._parse_number("tot_emp")
        hourly = self._parse_number("h_median")
        if hourly is not None and not hourly < 100_000:
            self.add_problem("h_median", cells["h_median"], "is outside 0 to 100,000 an hour")
        title = cells.get("occ_title", "")
        if not title:
            self.add_problem("occ_title", "", "is empty")
        if self.problems:
            return None
        return Occupation(
            year,
            soc,
            cells.get(group, "") or "detailed",
            _area(cells),
            _industry(cells),
            title,
            None if employment is None else int(employment),
            hourly,
            wages,
        )

    def _wages(self, year: int) -> tuple[Wage, ...]:
        wages = tuple(wage for column in STATISTICS if (wage := self._wage(column, year)))
        for low, high in itertools.pairwise(_rising(wages)):
            if high.value < low.value:
                reason = f"is below {low.statistic} ({low.value:,})"
                self.add_problem(high.statistic, str(high.value), reason)
        return wages

    def _wage(self, column: str, year: int) -> Wage | None:
        text = self._cells.get(column, "")
        statistic = STATISTICS[column]
        if text == _TOP:
            top = ceiling(year)
            if top is None:
                self.add_problem(column, text, f"is a symbol that releases of {year} do not use")
                return None
            return Wage(statistic, top, True)
        value = self._parse_number(column)
        if value is not None and not 1_000 <= value <= 10_000_000:
            self.add_problem(column, text, "is outside 1,000 to 10,000,000 a year")
        return Wage(statistic, value, False) if value is not None else None

    def _parse_number(self, column: str) -> Decimal | None:
        """The number in a cell; None if it is not available, or has a problem."""
        text = self._cells.get(column, "")
        if text in _NOT_AVAILABLE or (text == _TOP and column == "h_median"):
            return None
        if not _NUMBER.fullmatch(text):
            self.add_problem(column, text, "is neither a number nor a BLS symbol")
            return None
        value = Decimal(text.replace(",", ""))
        if value != round(value, 2) or value >= 1_000_000_000:
            self.add_problem(column, text, "has more than two decimals or nine digits")
            return None
        return value


def _rising(wages: tuple[Wage, ...]) -> Iterator[Wage]:
    """The percentiles in order, without those that are only a lower bound."""
    for statistic in _RISING:
        yield from (w for w in wages if w.statistic == statistic and not w.at_least)


def _area(cells: Mapping[str, str]) -> str:
    """The area's name; releases up to 2018 call its column STATE or AREA_NAME."""
    area = cells.get("area", "") or "99"
    if area in _NATION:
        return "US"
    names = ("area_title", "area_name", "state")
    return next((cells[name] for name in names if cells.get(name)), area)


def _industry(cells: Mapping[str, str]) -> str:
    industry = cells.get("naics", "") or "000000"
    owner = cells.get("own_code", "")
    return industry if owner in _ALL_OWNERS else f"{industry}/{owner}"
