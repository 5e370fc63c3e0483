"""Values that the user gives for a field: refused at once if they can't be read, not row by row.

A number has a decimal point, or a comma where that can be no thousands sign, whatever
the sign of the file is.
"""

from collections.abc import Iterable, Mapping

from analytics.pay_basis import PAY_BASES
from data.imports.team_files.file_types import NUMBERS
from data.imports.team_files.known_words import VOCABULARIES
from data.imports.team_files.number_format import parse_number
from data.imports.team_files.pay_periods import PERIODS, read_period

_NUMBER = "a number such as 38.5"


def what_to_use(unit: str, value: str, periods: Mapping[str, str], words: Mapping[str, str]) -> str:
    """What a value that can't be read should be instead; empty for one that can.

    ``periods`` and ``words`` are the team's own names of periods and of the unit's meanings.
    """
    if unit in NUMBERS:
        return "" if _in_sign(unit, value, ".") else _NUMBER
    if unit == "basis":
        return "" if value.lower().replace(" ", "_") in PAY_BASES else _listed(PAY_BASES)
    if unit == "period":
        return "" if read_period(value, periods) else _listed(PERIODS)
    # A status may be yes or no, which the heading of its column gives a meaning.
    if unit in VOCABULARIES and unit != "status":
        known = VOCABULARIES[unit]
        return "" if known.read(value, words) else _listed(known.meanings)
    return ""


def as_cell(unit: str, value: str, sign: str) -> str:
    """A value as a cell of a file whose decimal sign this is, a point if it has none."""
    return _in_sign(unit, value, sign or ".") if unit in NUMBERS else value


def _in_sign(unit: str, value: str, sign: str) -> str:
    """A number in the decimal sign of a file; empty if it is none."""
    is_share = value.endswith("%") and unit in ("fte", "money")
    text = value.rstrip(" %") if is_share else value
    points, commas = parse_number(text, "."), parse_number(text, ",")
    amount = points if points is not None else commas
    if amount is None:
        return ""
    if sign == "," or points is None:
        text = f"{amount:f}".replace(".", sign)
    return f"{text}%" if is_share else text


def _listed(names: Iterable[str]) -> str:
    return f"one of {', '.join(names)}"
