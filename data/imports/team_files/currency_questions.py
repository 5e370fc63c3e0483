"""A question where a workbook's cells are shown in another currency than their rows say."""

from collections.abc import Sequence

from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.named_currency import currencies_named
from data.imports.team_files.number_format import parse_number

KEY = "currency_signs"
#: The amounts are in the row's currency whatever they show; or such rows are left out.
IGNORE, REFUSE = "ignore", "refuse"


def currency_questions(
    layout: Layout, sample: Sequence[Sequence[str]], decimal: str
) -> list[Question]:
    """Which currency is right, where a format such as € stands against a row of dollars.

    What is written so in a text is no format: such a row is left out.
    """
    if layout.table.cells is None or layout.options.currency_signs:
        return []
    said = _row_currencies(layout, sample)
    for name, column in layout.mapped.items():
        if layout.kind.fields[name].unit not in ("money", "hourly"):
            continue
        shown = [_shown(row, column.position, decimal) for row in sample]
        against = [(s, c) for s, c in zip(shown, said, strict=True) if s and c and s != c]
        if against:
            return [_question(layout, column.heading, against, said)]
    return []


def _row_currencies(layout: Layout, sample: Sequence[Sequence[str]]) -> list[str]:
    """The currency that each row of the sample says; empty where it says none."""
    column, said = layout.mapped.get("currency"), layout.options.set_values.get("currency", "")
    at = column.position if column else -1
    return [((row[at].strip() if 0 <= at < len(row) else "") or said).upper() for row in sample]


def _shown(row: Sequence[str], position: int, decimal: str) -> str:
    """The one currency that an amount shows; empty for none, and for a plain dollar sign."""
    cell = row[position].strip() if position < len(row) else ""
    named = currencies_named(cell) if parse_number(cell, decimal) is not None else ()
    return named[0] if len(named) == 1 else ""


def _question(
    layout: Layout, heading: str, against: Sequence[tuple[str, str]], said: Sequence[str]
) -> Question:
    shown, rows = (sorted({pair[i] for pair in against}) for i in (0, 1))
    of, by = " and ".join(shown), " and ".join(rows)
    choices = [(IGNORE, f"{by}, as the rows say"), (REFUSE, "leave these rows out")]
    option = (
        f"--currency-signs {IGNORE} if it is {by}, "
        f"--currency-signs {REFUSE} to leave these rows out"
    )
    if len(shown) == 1 and set(filter(None, said)) == set(rows) and len(rows) == 1:
        words = " --map currency=" if "currency" in layout.mapped else ""
        choices.insert(0, (of, f"{of}, as the cells show"))
        option = f"--set currency={of}{words} if it is {of}, {option}"
    n = f"{len(against):,} row{'s' if len(against) > 1 else ''}"
    text = f"{heading} is shown in {of} in {n} that say{'' if len(against) > 1 else 's'} {by}"
    return Question(KEY, f"{text}: which is right", option, tuple(choices))
