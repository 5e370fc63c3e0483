"""Whether the cells of a column say what its heading promises: pay periods, or known words."""

import re
from collections.abc import Callable, Sequence

from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.known_words import VOCABULARIES, words_of_column
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.pay_periods import YEAR, read_period


def holds_periods(
    heading: str, sample: Sequence[Sequence[str]], position: int, options: ImportOptions
) -> bool:
    """Whether cells are pay periods; under a plain heading they are, even if none is known."""
    filled = any(position < len(row) and row[position].strip() for row in sample)
    if filled and re.search(r"\b(frequency|rate (type|basis))\b", tidy_heading(heading)):
        return True
    share = _known_share(sample, position, lambda cell: read_period(cell, options.periods))
    return share >= 0.5


def are_periods(sample: Sequence[Sequence[str]], position: int, options: ImportOptions) -> bool:
    """Whether nearly all cells of a column are pay periods in full words, and not all years.

    PA and MO are states as well.
    """
    cells = [cell for row in sample if position < len(row) and (cell := row[position].strip())]
    periods = [read_period(cell, options.periods) if len(cell) > 2 else "" for cell in cells]
    return bool(set(periods) - {"", YEAR}) and sum(map(bool, periods)) >= 0.95 * len(cells)


def holds_words(
    unit: str,
    heading: str,
    position: int,
    sample: Sequence[Sequence[str]],
    options: ImportOptions,
) -> bool:
    """Whether most cells of a column are words of a unit of few words."""
    own = words_of_column(unit, tidy_heading(heading), options.own_words(unit))
    vocabulary = VOCABULARIES[unit]
    return _known_share(sample, position, lambda cell: vocabulary.read(cell, own)) >= 0.5


def _known_share(
    sample: Sequence[Sequence[str]], position: int, read: Callable[[str], str]
) -> float:
    """The share of a column's filled cells that can be read; 0 where none is filled."""
    filled = [cell for row in sample if position < len(row) and (cell := row[position].strip())]
    return sum(bool(read(cell)) for cell in filled) / len(filled) if filled else 0.0
