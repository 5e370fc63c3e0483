"""What a file can't say for itself, and so is asked."""

from collections.abc import Collection, Iterable, Sequence

from data.files.problems import Problem
from data.imports.team_files.column_matching import REJECT_COLUMNS, taken_columns
from data.imports.team_files.file_types import NUMBERS, PERCENTILES, FileType
from data.imports.team_files.number_format import FormatGuess, date_order, decimal_sign
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Question, Report

_DECIMAL, _DATES = "--decimal . or --decimal ,", "--dates dmy or --dates mdy"


def missing_fields(
    kind: FileType, taken: Collection[str], choices: ImportOptions
) -> list[Question]:
    """A question for each thing that every row needs and no column says."""
    known = {*taken, *(field for field, said in choices.said.items() if said)}
    asked = [
        _ask(name, field.label)
        for name, field in kind.fields.items()
        if field.needed and name not in known
    ]
    for group in kind.any_of:
        if not known & set(group):
            words = " or ".join(kind.fields[name].label for name in group[:3])
            asked.append(
                Question(group[0], f"no column says the {words}", f"--map {group[0]}=HEADING")
            )
    if kind.name == "survey" and "basis" not in known and known & set(PERCENTILES):
        asked.append(_ask("basis", "pay basis"))
    return asked


def settle_formats(report: Report, sample: Sequence[Sequence[str]]) -> None:
    """Set a report's decimal sign and order of dates by the sample, or ask for them."""

    def cells(units: Collection[str], bounded: bool = False) -> list[str]:
        return [
            text
            for name, column in taken_columns(report.columns).items()
            for field in [report.kind.fields[name]]
            if field.unit in units and (field.bounded or not bounded)
            for row in sample
            if column.at < len(row)
            and (text := row[column.at].strip(" "))
            and not (report.typed and report.typed[column.at] not in ("text", "binary"))
        ]

    choices = report.choices
    decimal = decimal_sign(cells(NUMBERS), cells(["money"], bounded=True), choices.units)
    dates = date_order(cells(["date"]))
    report.sign = choices.decimal or decimal.sign
    report.dates = choices.dates or dates.sign
    if tuple(report.header[:4]) == REJECT_COLUMNS:
        # What the few rows of such a file show is not what their whole file showed.
        report.sign, report.dates = choices.decimal, choices.dates
    if decimal.question and not choices.decimal:
        report.questions.append(Question("decimal", decimal.question, _DECIMAL))
    if dates.question and not choices.dates:
        report.questions.append(Question("dates", dates.question, _DATES))


def late_questions(report: Report, problems: Iterable[Problem]) -> list[Question]:
    """What no row of the sample needed, and one left out later does."""
    units = {c.heading: report.kind.fields[c.field].unit for c in report.columns if c.field}
    asked: dict[str, Question] = {}
    for problem in problems:
        unit, text = units.get(problem.column, ""), problem.value.strip(" ")
        if unit in NUMBERS and not report.sign:
            bounded = [text] if unit == "money" else []
            _note(asked, "decimal", problem, decimal_sign([text], bounded, report.choices.units))
        elif unit == "date" and not report.dates:
            _note(asked, "dates", problem, date_order([text]))
    return list(asked.values())


def _note(asked: dict[str, Question], key: str, problem: Problem, reading: FormatGuess) -> None:
    what, option = ("a decimal sign", _DECIMAL) if key == "decimal" else ("an order", _DATES)
    if reading.sign or reading.question:
        text = f"row {problem.row}: {problem.value!r} needs {what}, and no row before says which"
        asked.setdefault(key, Question(key, text, option))


def _ask(name: str, label: str) -> Question:
    return Question(
        name, f"no column says the {label}", f"--set {name}=VALUE or --map {name}=HEADING"
    )
