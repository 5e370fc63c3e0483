"""Which column is which: found by headings, named by hand, and what had better stay out."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.imports.team_files.file_types import Field, FileType
from data.imports.team_files.options import ImportOptions

_ALIKE = 92
#: The columns that a file of rejected rows has before its own.
REJECT_COLUMNS = ("row", "column", "value", "reason")
_PRIVATE_HEADINGS = re.compile(
    r"(first|last|given|family|full|middle|sur|employee|person|preferred|legal|manager)? ?names?|"
    r"name (first|last)|surname|e ?mail( address)?|(work|private|home) e ?mail|"
    r"((home|mobile|cell|work) )?(tele)?phone( number)?|mobile|ssn|social security( number)?|"
    r"national (id|insurance)( number)?|(date of )?birth( date)?|dob|(home |street )?address|"
    r"iban|bank account|passport( number)?"
)
_PRIVATE_VALUES = {
    "e-mail addresses": re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"),
    "US social security numbers": re.compile(r"\d{3}-\d{2}-\d{4}"),
    "telephone numbers": re.compile(r"\+\d[\d ()./-]{7,}|\(\d{3}\) ?\d{3}-\d{4}"),
}


@dataclass(frozen=True)
class Column:
    """One column of a file: its heading, an example, what it was taken for, and what is private.

    ``field`` is empty for a column that is not taken; ``kept`` marks one that is
    kept under its own heading.
    """

    at: int
    heading: str
    example: str
    field: str = ""
    private: str = ""
    kept: bool = False


def find_header(
    kind: FileType, head: Sequence[Sequence[str]], choices: ImportOptions
) -> int | None:
    """The place of the row, from 0, whose cells name the most fields; None if none does."""
    if choices.header:
        return choices.header - 1 if choices.header <= len(head) else None
    named = {heading for heading in choices.columns.values() if heading}
    scores = [
        (len(named & set(cells)), len(_suggested(kind, cells, ())), -at)
        for at, cells in enumerate(head)
    ]
    best = max(scores, default=(0, 0, 0))
    return -best[2] if best[0] or best[1] else None


def match_columns(
    kind: FileType, header: Sequence[str], sample: Sequence[Sequence[str]], choices: ImportOptions
) -> list[Column]:
    """Every column with what it is taken for: as was said, else as its heading suggests.

    A column that looks private is taken only where it was asked for. Raises
    `InputError` for a heading that the file does not have.
    """
    headings = [cell.strip(" ") for cell in header]
    for heading in (*filter(None, choices.columns.values()), *choices.keep):
        if heading not in headings:
            there = [name for name in headings if name]
            raise InputError(f"no column {heading!r}; {nearest(heading, there)}")
    columns = [
        Column(i, heading, _example(sample, i), private=_private(kind, heading, sample, i))
        for i, heading in enumerate(headings)
        if tuple(headings[:4]) != REJECT_COLUMNS or i >= len(REJECT_COLUMNS)
    ]
    taken: dict[int, str] = {}
    for name, heading in choices.columns.items():
        if heading and taken.setdefault(headings.index(heading), name) != name:
            other = taken[headings.index(heading)]
            raise InputError(f"{heading!r} can't be both {other} and {name}")
    free = {c.at: c.heading for c in columns if c.at not in taken and not c.private}
    words = [free.get(i, "") for i in range(len(headings))]
    suggested = _suggested(kind, words, choices.columns)
    taken |= {at: name for name, at in suggested.items()}
    for at in [*taken, *map(headings.index, choices.keep)]:
        if headings.count(headings[at]) > 1:
            raise InputError(f"two columns are called {headings[at]!r}; rename one of them")
    return [
        Column(
            c.at, c.heading, c.example, taken.get(c.at, ""), c.private,
            c.heading in choices.keep and c.at not in taken,
        )
        for c in columns
    ]  # fmt: skip


def _suggested(kind: FileType, header: Sequence[str], but: Collection[str]) -> dict[str, int]:
    """Field → place of the column whose heading is one of the field's, or resembles its first."""
    tidy = [_tidy(cell) for cell in header]
    found: dict[str, int] = {}
    wanted = [field for name, field in kind.fields.items() if name not in but]
    by_heading = {tidy[i]: i for i in reversed(range(len(tidy))) if tidy[i]}
    for field in wanted:
        # An earlier synonym says more than a later one.
        named = [by_heading[h] for h in _headings(field) if h in by_heading]
        at = next((i for i in named if not _misleads(field, header[i])), None)
        if at is not None and at not in found.values():
            found[field.name] = at
    for field in wanted:
        if field.name in found or field.unit == "money" or len(field.name) < 3:
            continue
        free = {i: tidy[i] for i in range(len(tidy)) if tidy[i] and i not in found.values()}
        near = process.extractOne(field.headings[0], free, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if near:
            found[field.name] = near[2]
    return found


def _misleads(field: Field, heading: str) -> bool:
    """Whether a column is a share of pay, where the field is pay."""
    share = "%" in heading or re.search(r"\bpercent(age)?\b", heading.casefold())
    return bool(share) and field.unit in ("money", "hourly")


def _headings(field: Field) -> tuple[str, ...]:
    return (_tidy(field.name), *field.headings)


def _tidy(heading: str) -> str:
    return re.sub(r"[^\w#]+|_", " ", heading.casefold()).replace("#", "").strip()


def _example(sample: Sequence[Sequence[str]], at: int) -> str:
    return next((row[at] for row in sample if at < len(row) and row[at].strip()), "")[:60]


def _private(kind: FileType, heading: str, sample: Sequence[Sequence[str]], at: int) -> str:
    """Why a column of a file of people looks private; empty where it does not."""
    if not kind.people:
        return ""
    if _PRIVATE_HEADINGS.fullmatch(_tidy(heading)):
        return "by its heading"
    values = [row[at].strip() for row in sample[:200] if at < len(row) and row[at].strip()]
    for what, pattern in _PRIVATE_VALUES.items():
        if values and sum(bool(pattern.fullmatch(v)) for v in values) > len(values) / 2:
            return f"its cells are {what}"
    return ""


def taken_columns(columns: Sequence[Column]) -> Mapping[str, Column]:
    """Field → the column that is taken for it."""
    return {column.field: column for column in columns if column.field}
