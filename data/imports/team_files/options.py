"""What a person says about a file that the file can't say for itself."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.imports.team_files.file_types import FileType

#: What can be said for every row, by its unit, and in words.
_SAID = {
    "date": (r"\d{4}-\d{2}(-\d{2})?", "a date such as 2026-03-01, or a month"),
    "currency": (r"[A-Za-z]{3}", "three letters, such as USD"),
}
#: Rows among which a header can be.
HEADER_WITHIN = 30


@dataclass(frozen=True)
class ImportOptions:
    """Answers about a file; what is empty is found out, or asked.

    ``columns`` maps a field to its heading; an empty heading says that no column
    is it. ``said`` holds a value for every row of a field. ``keep`` names further
    columns to keep (a roster's). ``decimal`` is ``.`` or ``,``; ``dates`` is
    ``dmy`` or ``mdy``; ``units`` multiplies yearly pay: 1000 for thousands, 2080
    for hourly pay at 2,080 hours a year. ``member`` is the file in a zip,
    ``sheet`` that of a workbook, ``header`` the header's row.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    keep: Sequence[str] = ()
    decimal: str = ""
    dates: str = ""
    units: Decimal = Decimal(1)
    encoding: str = ""
    delimiter: str = ""
    header: int = 0
    member: str = ""
    sheet: str = ""

    def checked(self, kind: FileType) -> "ImportOptions":
        """The same, once every word is one that means something; raises `InputError`."""
        for name in (*self.columns, *self.said):
            if name not in kind.fields:
                raise InputError(f"no field {name!r}; {nearest(name, list(kind.fields))}")
        for name, value in self.said.items():
            pattern, such = _SAID.get(kind.fields[name].unit, ("", ""))
            if value and pattern and not re.fullmatch(pattern, value):
                raise InputError(f"{kind.fields[name].label} {value!r}: say {such}")
        _one_of("decimal", self.decimal, (".", ","))
        _one_of("dates", self.dates, ("dmy", "mdy"))
        if not (self.units.is_finite() and 0 < self.units <= 1_000_000):
            raise InputError(f"units {self.units}: say a number above 0, up to 1,000,000")
        if not 0 <= self.header <= HEADER_WITHIN:
            raise InputError(f"header {self.header}: say a row from 1 to {HEADER_WITHIN}")
        if len(self.delimiter) > 1:
            raise InputError(f"delimiter {self.delimiter!r}: say one character")
        if self.encoding:
            try:
                "".encode(self.encoding)
            except (LookupError, ValueError):
                raise InputError(f"no encoding {self.encoding!r}, such as cp1252") from None
        return self

    def to_json(self) -> str:
        """These choices as a text that a person can read and change."""
        held = {f.name: getattr(self, f.name) for f in fields(self)}
        said = {name: value for name, value in held.items() if value not in ("", 0, (), [], {})}
        if self.units == 1:
            said.pop("units")
        return json.dumps(said, ensure_ascii=False, indent=2, default=_plain) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "ImportOptions":
        """The choices in such a text; raises `InputError`."""
        try:
            said = json.loads(text)
        except ValueError as error:
            raise InputError(f"is no mapping: {error}") from error
        return cls(**{name: _read(name, value) for name, value in _pairs(said)})


def parse_units(text: str) -> Decimal:
    """The factor in a text; raises `InputError`."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InputError(f"units {text!r}: say a number, such as 1000 or 2080") from None


def _pairs(said: Any) -> list[tuple[str, Any]]:
    if not isinstance(said, dict):
        raise InputError("is no mapping: it holds no {…}")
    known = [f.name for f in fields(ImportOptions)]
    for name in said:
        if name not in known:
            raise InputError(f"is no mapping: {name!r} means nothing; {nearest(name, known)}")
    return list(said.items())


def _read(name: str, value: Any) -> Any:
    if name in ("columns", "said"):
        if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            return value
        raise InputError(f"is no mapping: {name} needs a text for each field")
    if name == "keep":
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise InputError("is no mapping: keep needs a list of headings")
    if name == "units":
        return parse_units(str(value))
    if name == "header":
        if isinstance(value, int) and value >= 0:
            return value
        raise InputError("is no mapping: header needs the number of a row")
    if isinstance(value, str):
        return value
    raise InputError(f"is no mapping: {name} needs a text")


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value and value not in known:
        raise InputError(f"{name} {value!r}; say {' or '.join(known)}")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    return list(value) if isinstance(value, tuple) else dict(value)
