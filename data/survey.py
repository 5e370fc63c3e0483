"""Percentile tables as survey vendors deliver them: whose column is what, and each row."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz, process

from analytics.errors import InputError
from data.problems import Problem
from data.text_table import read_text_table
from data.units import PAY_BASES, PAY_BOUNDS
from data.workbook import is_workbook, read_workbook

PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
#: What a survey's column may be, and the headings that it goes by.
FIELDS: Mapping[str, Sequence[str]] = {
    "job_code": ("job code", "survey code", "job id", "position code"),
    "title": ("title", "job title", "survey job title", "job", "position"),
    "profile": ("profile", "profile code", "bandstand code", "canon code"),
    "level": ("level", "job level", "career level", "grade"),
    "basis": ("basis", "pay basis", "pay element", "element"),
    "currency": ("currency", "currency code"),
    "place": ("place", "location", "country", "region", "geography"),
    "as_of": ("as of", "effective date", "date", "data date", "survey date"),
    "n": ("n", "incumbents", "num incumbents", "# incumbents", "employees", "no of incumbents"),
    "organisations": ("organisations", "organizations", "orgs", "companies", "# orgs", "num orgs"),
    **{
        p: (p, f"{p[1:]}th percentile", f"{p[1:]}th", f"{p} base", f"base {p[1:]}th", f"{p[1:]}p")
        for p in PERCENTILES
    },
}
_MEDIAN = ("median", "50th percentile", "p50", "base median")
_ALIKE = 88
_US = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")
_EU = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?")
_MONEY = re.compile(r"^[\s$€£]+|[\s$€£]+$|\b(USD|EUR|GBP)\b")
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?: 00:00:00)?"), "ymd"),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})"), "ambiguous"),
)


@dataclass(frozen=True)
class SurveyRow:
    """One job of a survey; what it does not say is None."""

    row: int
    title: str
    job_code: str | None
    profile: str | None
    level: str | None
    basis: str
    currency: str
    place: str
    as_of: str
    n: int | None
    organisations: int | None
    pay: Mapping[str, Decimal]


@dataclass(frozen=True)
class Choices:
    """What a file can't say for itself; empty where nothing was said.

    ``columns`` maps a field to the heading it has in this file; ``decimal`` is
    ``.`` or ``,``; ``dates`` is ``dmy`` or ``mdy``; ``units`` multiplies pay (1000
    for thousands, 2080 for hourly pay at 2,080 hours a year).
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ""
    dates: str = ""
    units: Decimal = Decimal(1)
    basis: str = ""
    currency: str = ""
    as_of: str = ""


@dataclass
class Survey:
    """A file as read: how each column was taken, the rows, and those left out."""

    file: str
    encoding: str
    delimiter: str
    header_row: int
    columns: dict[str, str]
    unused: list[str]
    rows_in: int = 0
    rows: list[SurveyRow] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)

    @property
    def rows_rejected(self) -> int:
        """Rows left out; a row may have several problems."""
        return len({problem.row for problem in self.rejected})


def read_survey(file: str, content: bytes, choices: Choices) -> Survey:
    """The jobs of a survey file, CSV or workbook.

    Columns are found by their headings, or by ``choices``; the first row that
    names a title and a percentile is the header. Raises `InputError` when the
    file can't be read, or asks what it can't tell: the decimal sign of
    ``100.000``, the order of ``03/04/2025``, the pay basis, the currency, the date.
    """
    table = _table(file, content)
    first = enumerate(table.rows[:30])
    at = next((i for i, (_, cells) in first if _is_header(cells, choices)), None)
    if at is None:
        raise InputError(
            f"{file}: no row names a job title and a percentile; say which columns they are with "
            "--map title=HEADING --map p50=HEADING"
        )
    number, head = table.rows[at]
    columns = match_columns(head, choices.columns)
    survey = Survey(
        file, table.encoding, table.delimiter, number, {f: head[i] for f, i in columns.items()},
        [name for i, name in enumerate(head) if name.strip() and i not in columns.values()],
    )  # fmt: skip
    body = [(n, [c.strip() for c in cells]) for n, cells in table.rows[at + 1 :] if any(cells)]
    cells_of = _Cells(file, columns, body, choices, table.encoding == "workbook")
    for row_number, cells in body:
        survey.rows_in += 1
        row, problems = cells_of.row(row_number, cells)
        survey.rejected += problems
        if row is not None:
            survey.rows.append(row)
    return survey


def match_columns(head: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Field → column, by what was said, else by the heading that resembles it most."""
    tidy = [re.sub(r"[^a-z0-9#]+", " ", name.casefold()).strip() for name in head]
    found: dict[str, int] = {}
    for name, heading in said.items():
        if name not in FIELDS:
            raise InputError(f"no field {name!r}; there are {', '.join(FIELDS)}")
        if heading not in head:
            raise InputError(f"no column {heading!r}; there are {', '.join(filter(None, head))}")
        found[name] = list(head).index(heading)
    for name, headings in FIELDS.items():
        names = (*headings, *(_MEDIAN if name == "p50" else ()))
        free = [i for i in range(len(head)) if i not in found.values() and tidy[i]]
        exact = [i for i in free if tidy[i] in names]
        if name not in found and exact:
            found[name] = exact[0]
        elif name not in found and not name.startswith("p") and len(name) > 1:
            near = process.extractOne(
                names[0], {i: tidy[i] for i in free}, scorer=fuzz.ratio, score_cutoff=_ALIKE
            )
            if near:
                found[name] = near[2]
    return found


@dataclass(frozen=True)
class _Table:
    encoding: str
    delimiter: str
    rows: list[tuple[int, list[str]]]


def _table(file: str, content: bytes) -> _Table:
    if is_workbook(content):
        sheets = read_workbook(file, content)
        rows = max((sheet.rows for sheet in sheets), key=len, default=[])
        return _Table("workbook", "", [(n, list(cells)) for n, cells in enumerate(rows, 1)])
    table, problems = read_text_table(file, content, ragged=True)
    if table is None or problems:
        raise InputError("; ".join(map(str, problems[:5])))
    return _Table(table.encoding, table.delimiter, [(1, table.first), *table.rows])


def _is_header(cells: Sequence[str], choices: Choices) -> bool:
    if choices.columns and set(choices.columns.values()) <= set(cells):
        return True
    found = match_columns(cells, {})
    return "title" in found and any(p in found for p in PERCENTILES)


class _Cells:
    """The cells of one file, read as its whole column says that they must be."""

    def __init__(
        self,
        file: str,
        columns: Mapping[str, int],
        body: Sequence[tuple[int, Sequence[str]]],
        choices: Choices,
        workbook: bool,
    ) -> None:
        self._width = max(columns.values(), default=0)
        self._file, self._columns, self._choices = file, columns, choices
        pays = [
            _bare(cells[i])
            for _, cells in body
            for name, i in columns.items()
            if name in PERCENTILES and i < len(cells)
        ]
        typed = "." if workbook else ""
        self._decimal = (
            choices.decimal or typed or decimal_sign(file, [p for p in pays if p], choices.units)
        )
        at = columns.get("as_of")
        dates = [cells[at] for _, cells in body if at is not None and at < len(cells) and cells[at]]
        self._dates = choices.dates or date_order(file, dates)
        for name in ("basis", "currency", "as_of"):
            if name not in columns and not getattr(choices, name):
                raise InputError(f"{file}: no column says the {name}; say it with --{_flag(name)}")

    def row(self, number: int, cells: Sequence[str]) -> tuple[SurveyRow | None, list[Problem]]:
        """The row, or everything that is wrong with it."""
        problems: list[Problem] = []

        def cell(name: str) -> str:
            i = self._columns.get(name)
            return cells[i] if i is not None and i < len(cells) else ""

        def wrong(name: str, reason: str) -> None:
            problems.append(Problem(self._file, number, name, cell(name), reason))

        pay: dict[str, Decimal] = {}
        for name in PERCENTILES:
            if text := _bare(cell(name)):
                value = self._number(text)
                if value is None:
                    wrong(name, "is not a number of pay")
                    continue
                yearly = value * self._choices.units
                if not PAY_BOUNDS[0] <= yearly <= PAY_BOUNDS[1]:
                    wrong(name, f"is outside {PAY_BOUNDS[0]:,} to {PAY_BOUNDS[1]:,} a year")
                pay[name] = yearly
        given = list(pay.items())
        for (low, a), (high, b) in itertools.pairwise(given):
            if b < a:
                wrong(high, f"is below {low} ({a:,.0f}); percentiles must rise")
        basis = cell("basis") or self._choices.basis
        if basis not in PAY_BASES:
            wrong("basis", f"is none of {', '.join(PAY_BASES)}")
        currency = (cell("currency") or self._choices.currency).upper()
        if not re.fullmatch(r"[A-Z]{3}", currency):
            wrong("currency", "is no currency code of three letters")
        as_of = month_of(cell("as_of") or self._choices.as_of, self._dates)
        if as_of is None:
            wrong("as_of", "is not a date such as 2026-03-01")
        elif as_of > date.today().isoformat()[:7]:
            wrong("as_of", "is in the future")
        if not cell("title"):
            wrong("title", "is empty")
        if not pay and not problems:
            wrong("p50", "no percentile is given")
        counts = {}
        for name in ("n", "organisations"):
            text = cell(name).replace(",", "")
            counts[name] = int(text) if text.isdigit() and int(text) > 0 else None
            if text and counts[name] is None:
                wrong(name, "is not a whole number above 0")
        if len(cells) <= self._width:
            wrong("", f"has {len(cells)} cells; the header needs {self._width + 1}")
        if problems:
            return None, problems
        return SurveyRow(
            number, cell("title"), cell("job_code") or None, cell("profile").upper() or None,
            cell("level") or None, basis, currency, cell("place") or "not stated", as_of or "",
            counts["n"], counts["organisations"], pay,
        ), []  # fmt: skip

    def _number(self, text: str) -> Decimal | None:
        pattern = _EU if self._decimal == "," else _US
        if not pattern.fullmatch(text):
            return None
        return number(text, self._decimal)


def decimal_sign(file: str, pays: Sequence[str], units: Decimal = Decimal(1)) -> str:
    """The decimal sign with which every number of a file is possible pay.

    ``95,500`` is ninety-five thousand in Boston and ninety-five in Berlin; the
    one that nobody earns in a year is ruled out. Raises `InputError` where both
    readings stay possible: then it is asked, and never guessed.
    """
    readings = {}
    for sign, pattern in ((".", _US), (",", _EU)):
        if all(pattern.fullmatch(pay) for pay in pays):
            readings[sign] = [number(pay, sign) * units for pay in pays]
    low, high = PAY_BOUNDS
    possible = [s for s, yearly in readings.items() if all(low <= pay <= high for pay in yearly)]
    if len(possible) == 2 and readings["."] != readings[","]:
        unclear = next(pay for pay in pays if number(pay, ".") != number(pay, ","))
        raise InputError(
            f"{file}: {unclear!r} could be read in two ways; say --decimal . or --decimal ,"
        )
    return (possible or list(readings) or ["."])[0]


def number(text: str, sign: str) -> Decimal:
    """The number in a text that groups thousands and has ``sign`` for its decimals."""
    return Decimal(text.replace("." if sign == "," else ",", "").replace(sign, "."))


def date_order(file: str, dates: Sequence[str]) -> str:
    """``dmy``, ``mdy`` or empty where no date needs it; raises `InputError` if unclear."""
    slashed = [found for text in dates if (found := _DATES[1][0].fullmatch(text))]
    if not slashed:
        return ""
    if any(int(found[1]) > 12 for found in slashed):
        return "dmy"
    if any(int(found[2]) > 12 for found in slashed):
        return "mdy"
    if all(found[1] == found[2] for found in slashed):
        return "dmy"
    raise InputError(
        f"{file}: {slashed[0][0]!r} could be day or month first; say --dates dmy or --dates mdy"
    )


def month_of(text: str, order: str) -> str | None:
    """The month of a date as ``2026-03``; None for what is no date."""
    if found := _DATES[0][0].fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    elif found := _DATES[1][0].fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (first, second) if order == "dmy" else (second, first)
    else:
        return None
    try:
        return date(year, month, day).isoformat()[:7]
    except ValueError:
        return None


def _bare(text: str) -> str:
    return _MONEY.sub("", text).strip()


def _flag(name: str) -> str:
    return name.replace("_", "-")
