"""Read a column's heading: its words, and the pay period that it states."""

import re
from collections.abc import Sequence

from data.imports.team_files.known_words import INCUMBENT, ORGANIZATION
from data.imports.team_files.pay_periods import ADJECTIVES, NOUNS
from data.imports.team_files.thousands import split_thousands

#: Where camel case starts a word: JobTitle, EmployeeID, HRBand.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_WEIGHTINGS = {"iw": INCUMBENT, "ow": ORGANIZATION}
_PER = ("per", "a", "an", "each", "p", "in", "by", "every")


def tidy_heading(heading: str) -> str:
    """A heading in lower case, in words, without punctuation; % is the word percent."""
    words = _CAMEL.sub(" ", heading).casefold()
    words = re.sub(r"\s#\s*$", " number", words)
    words = words.replace("%ile", " percentile").replace("%", " percent ")
    return " ".join(re.sub(r"[^\w#]+|_", " ", words).replace("#", " ").split())


def unique_headings(cells: Sequence[str]) -> list[str]:
    """Headings as they are called: blanks as one, and those of one name with their column."""
    headings = [" ".join(cell.split()) for cell in cells]
    twice = {heading for heading in headings if heading and headings.count(heading) > 1}
    return [
        f"{heading} (column {i})" if heading in twice else heading
        for i, heading in enumerate(headings, 1)
    ]


def of_one_weighting(headings: Sequence[str], preferred: str) -> list[str]:
    """Tidy headings of a survey without IW or OW at their end; empty for the other weighting's.

    Where a file has columns of one weighting alone, these are taken.
    """
    found = [split_weighting(heading) for heading in headings]
    there = [weighting for _, weighting in found if weighting]
    used = preferred if preferred in there or not there else there[0]
    return [words if weighting in ("", used) else "" for words, weighting in found]


def split_weighting(heading: str) -> tuple[str, str]:
    """A tidy heading's words without its weighting, and that; Mercer's end in IW or OW."""
    words, _, last = heading.rpartition(" ")
    weighting = _WEIGHTINGS.get(last, "") if words else ""
    return (words if weighting else heading), weighting


def split_period(heading: str) -> tuple[str, str]:
    """A heading's words without its pay period, and that period; both as they are if it has none.

    Monthly Base Pay and Base Pay (month) are base pay of a month. A noun counts
    where it follows a word such as per, or ends the heading.
    """
    words = tidy_heading(split_thousands(heading)[0]).split()
    spans = [(i, n) for n in (3, 2, 1) for i in range(len(words) - n + 1)]
    for i, n in spans:
        phrase = " ".join(words[i : i + n])
        if phrase in ADJECTIVES:
            return " ".join(words[:i] + words[i + n :]), ADJECTIVES[phrase]
    for i, n in spans:
        phrase = " ".join(words[i : i + n])
        after = i > 0 and words[i - 1] in _PER
        if phrase in NOUNS and (after or i + n == len(words) > n):
            return " ".join(words[: i - after] + words[i + n :]), NOUNS[phrase]
    return " ".join(words), ""
