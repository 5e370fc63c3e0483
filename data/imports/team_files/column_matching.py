"""Match file columns to fields; flag columns that look private."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.files.text_table import joined_header
from data.imports.team_files.column_words import are_periods, holds_periods, holds_words
from data.imports.team_files.file_types import Field, FileType
from data.imports.team_files.headings import (
    of_one_weighting,
    split_period,
    tidy_heading,
    unique_headings,
)
from data.imports.team_files.known_words import INCUMBENT, VOCABULARIES
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.pay_periods import HOUR
from data.imports.team_files.private_columns import privacy_reason
from data.imports.team_files.range_cells import ENDS, FIELD, with_range
from data.imports.team_files.thousands import split_thousands

_ALIKE = 92
#: A column named by its number.
_NUMBERED = re.compile(r"(?:column )?(\d{1,5})")
#: The columns that a file of rejected rows has before its own.
REJECT_COLUMNS = ("row", "column", "value", "reason")


@dataclass(frozen=True)
class Column:
    """One column of a file: its heading, an example, its field, and why it looks private.

    ``field`` is empty for a column that is not used; ``kept`` marks one that is
    kept under its own heading.
    """

    position: int
    heading: str
    example: str
    field: str = ""
    private: str = ""
    kept: bool = False


def find_header(
    kind: FileType, head: Sequence[Sequence[str]], options: ImportOptions
) -> int | None:
    """The position of the row, from 0, whose cells name the most fields; None if none does.

    It is -1 where the options say that there is no header.
    """
    if options.no_header:
        return -1
    if options.header:
        return options.header - 1 if options.header <= len(head) else None
    # A number names a column, and is no heading that a row of figures could hold.
    wanted = {h for h in options.columns.values() if h and not _NUMBERED.fullmatch(h)}
    headers = [joined_header(head[i - 1], head[i]) if i else head[i] for i in range(len(head))]
    scores = [
        (
            len(wanted & set(unique_headings(cells))),
            len(suggested_fields(kind, cells, ())),
            -position,
        )
        for position, cells in enumerate(headers)
    ]
    as_mapped, as_suggested, position = max(scores, default=(0, 0, 0))
    return -position if as_mapped or as_suggested else None


def match_columns(
    kind: FileType, header: Sequence[str], sample: Sequence[Sequence[str]], options: ImportOptions
) -> list[Column]:
    """Every column with its field: as the options say, else as its heading suggests.

    A column that looks private is used only where it was asked for. Raises
    `InputError` for a heading that the file does not have.
    """
    headings = unique_headings(header)
    options = by_position(headings, options)
    _check_headings(headings, options)
    columns = [
        Column(i, heading, _example(sample, i), private=privacy_reason(kind, heading, sample, i))
        for i, heading in enumerate(headings)
        if tuple(headings[:4]) != REJECT_COLUMNS or i >= len(REJECT_COLUMNS)
    ]
    fields = _fields_by_option(headings, options)
    free = {c.position for c in columns if c.position not in fields and not c.private}
    # One of several columns of the same name is not chosen for the user.
    once = [h == " ".join(cell.split()) for h, cell in zip(headings, header, strict=True)]
    words = [h if i in free and once[i] else "" for i, h in enumerate(headings)]
    suggested = suggested_fields(kind, words, options.columns, options.weighting)
    fields |= {position: name for name, position in suggested.items()}
    fields = _with_periods(headings, fields, sample, options)
    fields |= _period_by_cells(kind, headings, free - set(fields), fields, sample, options)
    fields = _with_known_words(kind, {i: words[i] for i in free}, fields, sample, options)
    if "step" not in fields.values():  # without steps a salary is no end of a range
        kept = options.columns
        fields = {i: name for i, name in fields.items() if name != "step_pay" or name in kept}
    fields = with_range(kind, len(headings), fields, sample, options.columns)
    return [
        replace(
            column,
            field=fields.get(column.position, ""),
            kept=column.heading in options.keep and column.position not in fields,
        )
        for column in columns
    ]


def by_position(headings: list[str], options: ImportOptions) -> ImportOptions:
    """The options with headings for the columns that they name by number, from 1 on.

    A blank heading that is named so gets one in ``headings``.
    """
    columns = dict(options.columns)
    for field, heading in columns.items():
        number = _NUMBERED.fullmatch(heading)
        if heading in headings or not number or not 0 < int(number[1]) <= len(headings):
            continue
        at = int(number[1]) - 1
        headings[at] = headings[at] or f"column {number[1]}"
        columns[field] = headings[at]
    return replace(options, columns=columns)


def _check_headings(headings: Sequence[str], options: ImportOptions) -> None:
    for heading in (*filter(None, options.columns.values()), *options.keep):
        if heading not in headings:
            named = [name for name in headings if name]
            raise InputError(f"no column {heading!r}; {nearest(heading, named)}")


def _fields_by_option(headings: Sequence[str], options: ImportOptions) -> dict[int, str]:
    """Position of a column → the field that the options map to it."""
    fields: dict[int, str] = {}
    for name, heading in options.columns.items():
        if heading and fields.setdefault(headings.index(heading), name) != name:
            other = fields[headings.index(heading)]
            raise InputError(
                f"column {heading!r} can't be both {other} and {name}; map it to one of them"
            )
    return fields


def suggested_fields(
    kind: FileType, header: Sequence[str], mapped: Collection[str], weighting: str = ""
) -> dict[str, int]:
    """Field → position of the column whose heading is one of the field's, or resembles its first.

    Fields that are ``mapped`` already get none. Of a survey's columns of both
    weightings those of the ``weighting`` are taken, which is of incumbents if empty.
    """
    tidy = [tidy_heading(cell) for cell in header]
    if kind.name == "survey":
        tidy = of_one_weighting(tidy, weighting or INCUMBENT)
    positions: dict[str, int] = {}
    open_fields = [field for name, field in kind.fields.items() if name not in mapped]
    by_heading = {tidy[i].replace(" ", ""): i for i in reversed(range(len(tidy))) if tidy[i]}
    in_thousands = _in_thousands(header)
    for field in open_fields:
        # An earlier synonym says more than a later one.
        at = by_heading if field.unit != "money" else in_thousands | by_heading
        named = [at[h] for h in field.compact_headings if h in at]
        position = next((i for i in named if not _misleads(field, header[i])), None)
        if position is not None and position not in positions.values():
            positions[field.name] = position
    stated = [(*split_period(cell), split_thousands(cell)[1]) for cell in header]
    for field in open_fields:
        if field.name not in positions and field.unit in ("money", "hourly", "hours"):
            position = _of_another_period(field, header, stated, positions.values())
            if position is not None:
                positions[field.name] = position
    for field in open_fields:
        if field.name in positions or field.unit == "money" or len(field.name) < 3:
            continue
        free = {i: tidy[i] for i in range(len(tidy)) if tidy[i] and i not in positions.values()}
        near = process.extractOne(field.headings[0], free, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if near:
            positions[field.name] = near[2]
    return positions


def _in_thousands(header: Sequence[str]) -> dict[str, int]:
    """Headings that state thousands, without what states them → the first such column."""
    found = [(i, split_thousands(cell)) for i, cell in enumerate(header)]
    return {
        tidy_heading(words).replace(" ", ""): i
        for i, (words, factor) in reversed(found)
        if factor != 1
    }


def _of_another_period(
    field: Field,
    header: Sequence[str],
    stated: Sequence[tuple[str, str, int]],
    taken: Collection[int],
) -> int | None:
    """The column whose heading is the field's but for a pay period, such as Monthly Salary.

    ``stated`` are each heading's words without its period, that period and its thousands.
    """
    for i, (heading, (words, period, factor)) in enumerate(zip(header, stated, strict=True)):
        if field.unit != "money" and factor != 1:
            continue
        if (
            period
            and i not in taken
            and words.replace(" ", "") in field.compact_headings
            and not _misleads(field, heading)
        ):
            return i
    return None


def _with_periods(
    headings: Sequence[str],
    fields: Mapping[int, str],
    sample: Sequence[Sequence[str]],
    options: ImportOptions,
) -> dict[int, str]:
    """The fields, with base pay of an hour as a rate, and without a suggested period that is none.

    A period that the headings of base pay and of the rate state themselves is not needed.
    """
    named = {name: position for position, name in fields.items()}
    kept = dict(fields)
    base, at = named.get("base"), named.get("pay_period")
    alone = base is not None and "hourly_rate" not in named and options.factor == 1
    if base is not None and alone and split_period(headings[base])[1] == HOUR:
        kept[base] = "hourly_rate"
    if at is None or "pay_period" in options.columns:
        return kept
    pay = [named[name] for name in ("base", "hourly_rate") if name in named]
    stated = pay and all(split_period(headings[i])[1] for i in pay)
    if stated or not holds_periods(headings[at], sample, at, options):
        del kept[at]
    return kept


def _period_by_cells(
    kind: FileType,
    headings: Sequence[str],
    free: Collection[int],
    fields: Mapping[int, str],
    sample: Sequence[Sequence[str]],
    options: ImportOptions,
) -> dict[int, str]:
    """A column of pay periods whose heading no field has, such as Salary Type.

    Only where no heading of pay says its period, and some cell is of less than a year.
    """
    name = "pay_period"
    if name not in kind.fields or name in options.columns or name in fields.values():
        return {}
    pay = [i for i, field in fields.items() if field in ("base", "hourly_rate")]
    if not pay or all(split_period(headings[i])[1] for i in pay) or options.factor != 1:
        return {}
    found = [i for i in sorted(free) if are_periods(sample, i, options)]
    return {found[0]: name} if found else {}


def _with_known_words(
    kind: FileType,
    free: Mapping[int, str],
    fields: Mapping[int, str],
    sample: Sequence[Sequence[str]],
    options: ImportOptions,
) -> dict[int, str]:
    """The fields; one of few words is the first column with its heading and mostly its words.

    Employment status is full-time or part-time in many files, and says nobody's
    leaving. A column of pay types may have the heading of a pay period as well.
    """
    suggested = [
        field
        for name, field in kind.fields.items()
        if field.unit in VOCABULARIES and name not in options.columns
    ]
    names = {field.name for field in suggested}
    kept = {position: name for position, name in fields.items() if name not in names}
    for field in suggested:
        headings = field.compact_headings
        order = {
            i: headings.index(word)
            for i, heading in free.items()
            if i not in kept and (word := tidy_heading(heading).replace(" ", "")) in headings
        }
        order |= {i: -1 for i, name in fields.items() if name == field.name}
        known = [i for i in order if holds_words(field.unit, free.get(i, ""), i, sample, options)]
        if known:
            kept[min(known, key=order.__getitem__)] = field.name
    return kept


def _misleads(field: Field, heading: str) -> bool:
    """Whether a column is a share of pay, where the field is pay."""
    # The per cent of Median (50%) is the percentile's.
    words = re.sub(r"\(\d+%\)", "", heading.casefold())
    share = re.search("%(?!ile)", words) or re.search(r"\bpercent(age)?\b", words)
    return bool(share) and field.unit in ("money", "hourly")


def _example(sample: Sequence[Sequence[str]], position: int) -> str:
    cells = (row[position] for row in sample if position < len(row))
    return next((cell for cell in cells if cell.strip()), "")[:60]


def columns_by_field(columns: Sequence[Column]) -> Mapping[str, Column]:
    """Field → the column that holds it; one of ranges holds both ends."""
    found = {column.field: column for column in columns if column.field}
    ends = dict.fromkeys(ENDS, found[FIELD]) if FIELD in found else {}
    return {**found, **ends}
