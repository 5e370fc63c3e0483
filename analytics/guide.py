"""Role guides: their sections, and how their figures and phrases are read."""

import re
from functools import cache
from typing import Literal

from analytics.errors import UnitError
from analytics.rows import known
from analytics.units import format_number, unit_of_row

Section = Literal[
    "motions",
    "disciplines",
    "roles",
    "skills",
    "platforms",
    "education",
    "levels",
    "portfolios",
    "paths",
    "certifications",
    "interview",
    "employers",
    "environment",
    "pay",
    "outlook",
    "phrases",
    "sources",
]

#: Section → its heading, in the order of a guide. Phrases have a table of their own.
SECTIONS: dict[Section, str] = {
    "motions": "Motions of the work",
    "disciplines": "Across the motions",
    "roles": "Neighboring roles",
    "skills": "Skills",
    "platforms": "Platforms",
    "education": "Education and experience",
    "levels": "Levels",
    "portfolios": "Portfolios",
    "paths": "Ways in",
    "certifications": "Certifications",
    "interview": "Interview rounds",
    "employers": "Employers",
    "environment": "Work environment",
    "pay": "Pay levers",
    "outlook": "Outlook",
    "phrases": "Phrase decoder",
    "sources": "Sources of the guide",
}

#: Sections that hold entries, in order.
ENTRY_SECTIONS = tuple(name for name in SECTIONS if name != "phrases")


def figure_unit(text: str) -> str:
    """The unit of a guide's figure: things that are counted, percent, years, or a currency.

    Raises `ValueError` for what is no such unit.
    """
    try:
        unit = unit_of_row(text)
    except UnitError:
        unit = unit_of_row("text")
    if len(text) > 30 or unit.kind not in ("number", "money") or text == "currency":
        raise ValueError("is not a unit such as days, accounts, percent, years or USD")
    return text


def figure_text(low: float | None, high: float | None, unit: str) -> str:
    """A figure as people read it; no ``high`` means and more, no ``low`` no figure.

    >>> figure_text(30, 90, "days")
    '30 to 90 days'
    >>> figure_text(57, None, "percent")
    '57% or more'
    >>> figure_text(500_000, None, "USD")
    '$500,000 or more'
    """
    low, high = known(low), known(high)
    if low is None:
        return ""
    shown = unit_of_row(unit)
    start, end = (format_number(value, shown) for value in (low, high))
    amount = start if low == high else f"{start} to {end}" if end else f"{start} or more"
    has_sign = shown.kind == "money" or shown.suffix
    return amount if has_sign else f"{amount} {unit}"


def citation(document_section: str, cites: str) -> str:
    """Where an entry stands in its document, and the numbers of the sources that it cites.

    >>> citation("Work environment", "3")
    'Work environment [3]'
    """
    return " ".join(part for part in (document_section, f"[{cites}]" if cites else "") if part)


@cache
def phrase_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of a guide, compiled: whole words in any case, a space also a hyphen.

    Raises `ValueError` for what is not a pattern. Repetition is refused, so that
    no pattern takes long on a long text.

    >>> bool(phrase_pattern("save plays?").search("Runs save-plays."))
    True
    """
    if len(pattern) > 200 or not re.fullmatch(r"[A-Za-z0-9 '/|?()]+", pattern):
        raise ValueError("is not a pattern of letters, digits, spaces and | ? ( )")
    if pattern.count("?") > 10:
        raise ValueError("has more than ten ?")
    try:
        if re.fullmatch(pattern, ""):
            raise ValueError("fits an empty text, so it fits everywhere")
        return re.compile(rf"\b(?:{pattern.replace(' ', '[ -]')})\b", re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"is not a pattern: {error}") from None
