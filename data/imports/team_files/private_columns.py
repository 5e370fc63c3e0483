"""Recognize columns of a file of people that look private."""

import re
from collections.abc import Sequence

from data.imports.team_files.file_types import FileType
from data.imports.team_files.headings import tidy_heading

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
#: Rows whose cells are looked at.
_SAMPLE = 200


def privacy_reason(
    kind: FileType, heading: str, sample: Sequence[Sequence[str]], position: int
) -> str:
    """Why a column of a file of people looks private; empty where it does not."""
    if not kind.people:
        return ""
    if _PRIVATE_HEADINGS.fullmatch(tidy_heading(heading)):
        return "by its heading"
    cells = [row[position].strip() for row in sample[:_SAMPLE] if position < len(row)]
    values = [cell for cell in cells if cell]
    for what, pattern in _PRIVATE_VALUES.items():
        if values and sum(bool(pattern.fullmatch(v)) for v in values) > len(values) / 2:
            return f"its cells are {what}"
    return ""
