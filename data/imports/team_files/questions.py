"""Questions about what a file does not say."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.files.problems import Problem
from data.imports.team_files import currency_questions
from data.imports.team_files.column_matching import REJECT_COLUMNS
from data.imports.team_files.file_types import NUMBERS, PERCENTILE_NAMES
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.number_format import (
    FormatGuess,
    date_order,
    day_number,
    decimal_sign,
    short_year,
)
from data.imports.team_files.options import ImportOptions, parse_units
from data.imports.team_files.range_cells import ENDS, FIELD, split_range
from data.imports.team_files.stated_thousands import stated_thousands

_DECIMAL, _DATES = "--decimal . or --decimal ,", "--dates dmy or --dates mdy"
#: Fields whose label alone says too little in a sentence.
_LABELS = {"as_of": "effective date"}


@dataclass(frozen=True)
class Formats:
    """A file's decimal sign and order of dates, and the questions that would settle them."""

    decimal: str
    dates: str
    questions: tuple[Question, ...]


def missing_fields(layout: Layout) -> list[Question]:
    """A question for each field that every row needs and no column has."""
    kind, set_values = layout.kind, layout.options.set_values
    known = {*layout.mapped, *(field for field, value in set_values.items() if value)}
    asked = [
        _missing(name, field.label)
        for name, field in kind.fields.items()
        if field.needed and name not in known
    ]
    for group in kind.any_of:
        if not known & set(group):
            words = " or ".join(kind.fields[name].label for name in group[:3])
            text = f"the {words} is missing"
            asked.append(Question(group[0], text, f"--map {group[0]}=HEADING"))
    if kind.name == "survey" and "basis" not in known and known & set(PERCENTILE_NAMES):
        asked.append(_missing("basis", "pay basis"))
    return asked


def with_answer(options: ImportOptions, key: str, answer: str) -> ImportOptions:
    """The options with the answer to the question of that key."""
    word = key.partition(" ")[2]
    if key == "periods apply":
        return replace(options, columns={**options.columns, "pay_period": answer})
    if key.startswith("period "):
        return replace(options, periods={**options.periods, word: answer})
    if key.startswith("status "):
        return replace(options, statuses={**options.statuses, word: answer})
    if key.startswith("pay_type "):
        return replace(options, pay_types={**options.pay_types, word: answer})
    if key.startswith("weighting "):
        return replace(options, weightings={**options.weightings, word: answer})
    if key == "several_rows":
        return replace(options, several_rows=answer)
    if key == "pay_is":
        return replace(options, pay_is=answer)
    if key == "units":
        return replace(options, units=parse_units(answer))
    if key == currency_questions.KEY:
        return _with_currency(options, answer)
    if key == "decimal":
        return replace(options, decimal=answer)
    if key == "dates":
        return replace(options, dates=answer)
    if key == "header":
        return replace(options, no_header=not answer, header=int(answer or 0))
    if key.startswith("column of "):
        return replace(options, columns={**options.columns, key.removeprefix("column of "): answer})
    if key == "years_from":
        return replace(options, years_from=int(answer))
    if key == "bare_years":
        return replace(options, bare_years=answer)
    if key == "hours_per":
        return replace(options, hours_per=answer)
    if key == "other_pay_per":
        return replace(options, other_pay_per=answer)
    return replace(options, set_values={**options.set_values, key: answer})


def _with_currency(options: ImportOptions, answer: str) -> ImportOptions:
    """The options with a currency for every row, or with what becomes of other signs."""
    if answer in (currency_questions.IGNORE, currency_questions.REFUSE):
        return replace(options, currency_signs=answer)
    columns = {**options.columns, "currency": ""}
    return replace(options, columns=columns, set_values={**options.set_values, "currency": answer})


def guess_formats(layout: Layout, sample: Sequence[Sequence[str]]) -> Formats:
    """The decimal sign and the order of dates that the options give or the sample shows."""
    options = layout.options
    pays = _cells(layout, sample, ["money"], bounded=True)
    thousands = _cells(layout, sample, ["money"], only=stated_thousands(layout))
    decimal = decimal_sign(_cells(layout, sample, NUMBERS), pays, options.factor, thousands)
    dates = date_order(_cells(layout, sample, ["date"]))
    asked = []
    if decimal.question and not options.decimal:
        asked.append(Question("decimal", decimal.question, _DECIMAL))
    if dates.question and not options.dates:
        asked.append(Question("dates", dates.question, _DATES))
    asked += _date_questions(layout, _cells(layout, sample, ["date"]))
    if tuple(layout.header[:4]) == REJECT_COLUMNS:
        # What the few rows of such a file show is not what their whole file showed.
        return Formats(options.decimal, options.dates, tuple(asked))
    return Formats(options.decimal or decimal.sign, options.dates or dates.sign, tuple(asked))


def _date_questions(layout: Layout, dates: Sequence[str]) -> list[Question]:
    """What to ask about years of two digits and about day numbers."""
    asked = []
    if (short := short_year(dates)) and not layout.options.years_from:
        text = f"{short!r} has a year of two digits: which hundred years is it in"
        hundreds = tuple((str(y), f"{y} to {y + 99}") for y in (1930, 1950, 1970, 2000))
        option = "--years-from 1950 for 1950 to 2049; --map FIELD= leaves a column out"
        asked.append(Question("years_from", text, option, hundreds))
    if (number := day_number(dates)) and not layout.options.dates:
        day = date(1899, 12, 30) + timedelta(int(float(number)))
        text = f"{number!r} is a day number of Excel, {day}, if dates are counted from 1900"
        option = "--dates excel, or format the column as dates in Excel and save it again"
        asked.append(Question("dates", text, option, (("excel", "day numbers of Excel"),)))
    return asked


def _cells(
    layout: Layout,
    sample: Sequence[Sequence[str]],
    units: Collection[str],
    bounded: bool = False,
    only: Collection[str] | None = None,
) -> list[str]:
    """The texts of the sample in these units; only a year's pay if ``bounded``.

    ``only`` are the headings of the columns that count, if not all do.
    """
    fields = layout.kind.fields
    return [
        text
        for name, column in layout.mapped.items()
        if fields[name].unit in units and (fields[name].bounded or not bounded)
        if only is None or column.heading in only
        if layout.column_type(column) in ("", "text", "binary")
        for row in sample
        if column.position < len(row)
        for cell in _ends(column.field, name, row[column.position])
        if (text := cell.strip(" "))
    ]


def _ends(held: str, name: str, cell: str) -> list[str]:
    """The cell of a field; of a column of ranges that end which the field is."""
    if held != FIELD or name == FIELD:
        return [cell]
    ends = split_range(cell)
    return [ends[ENDS.index(name)]] if ends else []


def late_questions(layout: Layout, problems: Iterable[Problem]) -> tuple[Question, ...]:
    """Questions that no row of the sample raises, but a row left out later does."""
    units = {
        column.heading: layout.kind.fields[name].unit for name, column in layout.mapped.items()
    }
    asked: dict[str, Question] = {}
    for problem in problems:
        unit, text = units.get(problem.column, ""), problem.value.strip(" ")
        if unit in NUMBERS and not layout.decimal:
            texts = (FIELD in layout.mapped and split_range(text)) or [text]
            pays = texts if unit == "money" else []
            thousands = texts if problem.column in stated_thousands(layout) else ()
            guess = decimal_sign(texts, pays, layout.options.factor, thousands)
            _add_late(asked, "decimal", problem, guess)
        elif unit == "date" and not layout.dates:
            _add_late(asked, "dates", problem, date_order([text]))
    return tuple(asked.values())


def _add_late(asked: dict[str, Question], key: str, problem: Problem, guess: FormatGuess) -> None:
    needs, option = ("decimal sign", _DECIMAL) if key == "decimal" else ("date order", _DATES)
    if guess.sign or guess.question:
        text = f"row {problem.row}: {problem.value!r} needs a {needs}; no earlier row shows which"
        asked.setdefault(key, Question(key, text, option))


def _missing(name: str, label: str) -> Question:
    label = _LABELS.get(name, label)
    return Question(name, f"the {label} is missing", f"--set {name}=VALUE or --map {name}=HEADING")
