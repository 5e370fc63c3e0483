"""User-supplied import options."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from analytics.errors import InputError
from analytics.jobs.codes import PROFILE_GRADES
from analytics.suggestions import nearest
from data.files.opened import HEADER_WITHIN, OpenOptions
from data.imports.team_files.file_types import FileType
from data.imports.team_files.known_words import INCUMBENT, ORGANIZATION, VOCABULARIES
from data.imports.team_files.pay_periods import PERIODS
from data.imports.team_files.set_values import what_to_use

#: Unit → the pattern of a value that is set for every row, and the pattern in words.
_SET_PATTERNS = {
    "date": (r"\d{4}-\d{2}(-\d{2})?", "a date such as 2026-03-01, or a month"),
    "currency": (r"[A-Za-z]{3}", "three letters, such as USD"),
}
_MONTH_AND_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
#: What the pay of people with an FTE can be: as paid for it, or of full-time work.
ACTUAL, FULL_TIME = PAY_IS = ("actual", "full-time")
#: What other pay beside a column of pay periods is of: a year, or its row's period.
OF_A_YEAR, OF_ITS_ROW = OTHER_PAY_PER = ("year", "row")
#: Several rows of one person at one date: added up, one of them counted, or all.
SUM, ONCE, ALL = SEVERAL_ROWS = ("sum", "once", "all")
#: Keys of the JSON that hold a text for each name.
_MAPPINGS = ("columns", "said", "levels", "periods", "statuses", "pay_types", "weightings")
#: Field of the options → its key in JSON, where mappings that were saved earlier have another.
_JSON_KEYS = {"set_values": "said"}


@dataclass(frozen=True)
class ImportOptions:
    """How to read a file; what is left empty is detected, or asked.

    ``columns`` maps a field to its heading; an empty heading says that no column
    is it. ``set_values`` holds a field's value for rows that give none. ``keep`` names
    further columns to keep (a roster's). ``decimal`` is ``.`` or ``,``; ``dates``
    is ``dmy`` or ``mdy``; ``units`` multiplies yearly pay: 1000 for thousands,
    2080 for hourly pay at 2,080 hours a year; where given, thousands that a heading
    states are not read. ``member`` is the file in a zip,
    ``sheet`` that of a workbook, ``header`` the header's row. ``levels`` holds the
    level that a level of the team's own is, such as Senior: P4; ``periods`` likewise
    a pay period, such as Lunar: four weeks. ``hours_per`` says what the hours are
    of: week, two weeks, month, year, or mixed; ``other_pay_per`` whether variable pay,
    overtime and equity beside a column of pay periods are of a year or of their row's
    period: ``year`` or ``row``. ``years_from`` is the first of the
    hundred years that years of two digits are in; ``bare_years`` the month and day, such
    as 07-01, that a year alone means. ``dates`` may also be ``excel``: day numbers.
    ``columns`` may name a column by its number, as those of a file with ``no_header`` are.
    ``currency_signs`` says what of amounts that show another currency than their row:
    ``ignore`` reads them in the row's, ``refuse`` leaves the rows out.
    ``statuses`` holds what an employment status of the team's own means, such as
    Alumni: left. ``pay_is`` says whose pay part-timers' is: ``actual``, as paid for the
    FTE, or ``full-time``. ``pay_types`` are as ``statuses``, of rows of one pay type each;
    ``several_rows`` of one person at one date count as their ``sum``, ``once``, or ``all``.
    ``weightings`` are likewise; ``weighting`` is the one used where a survey has both.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    set_values: Mapping[str, str] = field(default_factory=dict)
    keep: Sequence[str] = ()
    decimal: str = ""
    dates: str = ""
    units: Decimal | None = None
    encoding: str = ""
    delimiter: str = ""
    header: int = 0
    member: str = ""
    sheet: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)
    hours_per: str = ""
    other_pay_per: str = ""
    years_from: int = 0
    bare_years: str = ""
    no_header: bool = False
    currency_signs: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    pay_is: str = ""
    pay_types: Mapping[str, str] = field(default_factory=dict)
    several_rows: str = ""
    weightings: Mapping[str, str] = field(default_factory=dict)
    weighting: str = ""

    @property
    def factor(self) -> Decimal:
        """The units, 1 if none are given."""
        return Decimal(1) if self.units is None else self.units

    @property
    def opening(self) -> OpenOptions:
        """The options that decide how the file is opened."""
        return OpenOptions(self.encoding, self.delimiter, self.member)

    def own_words(self, unit: str) -> Mapping[str, str]:
        """What the team's own words for the meanings of a unit are."""
        own = {"status": self.statuses, "pay_type": self.pay_types}
        return {**own, "weighting": self.weightings}[unit]

    def validated(self, kind: FileType) -> "ImportOptions":
        """The same options; raises `InputError` for one that is not possible."""
        for name in (*self.columns, *self.set_values):
            if name not in kind.fields:
                raise InputError(f"no field {name!r}; {nearest(name, list(kind.fields))}")
        for name, value in self.set_values.items():
            if words := self._instead_of(kind.fields[name].unit, value.strip()):
                raise InputError(f"{kind.fields[name].label} {value!r}: use {words}")
        for own, level in self.levels.items():
            _one_of(f"the level of {own!r},", level, tuple(PROFILE_GRADES))
        for own, period in self.periods.items():
            _one_of(f"the pay period of {own!r},", period, PERIODS)
        for unit, vocabulary in VOCABULARIES.items():
            for own, meaning in self.own_words(unit).items():
                _one_of(f"the {vocabulary.label} {own!r},", meaning, tuple(vocabulary.meanings))
        _one_of("pay is", self.pay_is, PAY_IS)
        _one_of("weighting", self.weighting, (INCUMBENT, ORGANIZATION))
        _one_of("several rows", self.several_rows, SEVERAL_ROWS)
        _one_of("hours per", self.hours_per, ("week", "two weeks", "month", "year", "mixed"))
        _one_of("other pay per", self.other_pay_per, OTHER_PAY_PER)
        _one_of("decimal", self.decimal, (".", ","))
        _one_of("currency signs", self.currency_signs, ("ignore", "refuse"))
        _one_of("dates", self.dates, ("dmy", "mdy", "excel"))
        if self.years_from and not 1900 <= self.years_from <= 2099:
            raise InputError(f"years from {self.years_from}: use a year such as 1950")
        if self.bare_years and not re.fullmatch(_MONTH_AND_DAY, self.bare_years):
            raise InputError(f"bare years {self.bare_years!r}: use a month and day such as 01-01")
        if not (self.factor.is_finite() and 0 < self.factor <= 1_000_000):
            raise InputError(f"units {self.units}: use a number above 0, up to 1,000,000")
        if not 0 <= self.header <= HEADER_WITHIN:
            raise InputError(f"header {self.header}: use a row from 1 to {HEADER_WITHIN}")
        if len(self.delimiter) > 1:
            raise InputError(f"delimiter {self.delimiter!r}: use one character")
        _check_encoding(self.encoding)
        return self

    def _instead_of(self, unit: str, value: str) -> str:
        """What to use in place of a value for every row that can't be read; empty if it can."""
        pattern, words = _SET_PATTERNS.get(unit, ("", ""))
        if not value or pattern:
            return words if value and not re.fullmatch(pattern, value) else ""
        own = self.own_words(unit) if unit in VOCABULARIES else {}
        return what_to_use(unit, value, self.periods, own)

    def to_json(self) -> str:
        """These options as text that a person can read and change."""
        values = {_json_key(f.name): getattr(self, f.name) for f in fields(self)}
        stated = {
            key: value for key, value in values.items() if value not in ("", 0, (), [], {}, None)
        }
        return json.dumps(stated, ensure_ascii=False, indent=2, default=_plain) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "ImportOptions":
        """The options in such a text; raises `InputError`."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"not a mapping: {error}; save one with --save-map") from error
        if not isinstance(content, dict):
            raise InputError("not a mapping: it is not a JSON object; save one with --save-map")
        names = {_json_key(f.name): f.name for f in fields(cls)}
        for key in content:
            if key not in names:
                raise InputError(f"not a mapping: unknown key {key!r}; {nearest(key, list(names))}")
        return cls(**{names[key]: _read(key, value) for key, value in content.items()})


def parse_units(text: str) -> Decimal:
    """The factor in a text; raises `InputError`."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InputError(f"units {text!r}: use a number, such as 1000 or 2080") from None


def _json_key(name: str) -> str:
    return _JSON_KEYS.get(name, name)


def _read(key: str, value: Any) -> Any:
    """The value of one key of a mapping's JSON; raises `InputError` for one of another type."""
    if key in _MAPPINGS:
        if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            return value
        raise InputError(f"not a mapping: {key} needs a text for each name")
    if key == "keep":
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise InputError("not a mapping: keep needs a list of headings")
    if key == "units":
        return parse_units(str(value))
    if key == "no_header" and isinstance(value, bool):
        return value
    if key in ("header", "years_from"):
        if isinstance(value, int) and value >= 0:
            return value
        raise InputError(f"not a mapping: {key} needs a whole number")
    if isinstance(value, str):
        return value
    raise InputError(f"not a mapping: {key} needs a text")


def _check_encoding(encoding: str) -> None:
    try:
        "".encode(encoding or "utf-8")
    except (LookupError, ValueError):
        raise InputError(f"unknown encoding {encoding!r}; use utf-8 or cp1252") from None


def _one_of(name: str, value: str, possible: Sequence[str]) -> None:
    if value and value not in possible:
        raise InputError(f"{name} {value!r}: use {' or '.join(possible)}")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    return list(value) if isinstance(value, tuple) else dict(value)
