"""Rows of a sheet that are no rows of their own: sums, notes, page marks, repeated headers."""

from collections.abc import Iterable, Sequence

from data.imports.team_files import sum_words
from data.imports.team_files.layout import Layout
from data.imports.team_files.validation_rules import Rule
from data.store.sql_text import sql_literal

#: Fields that say whose row it is, of which the word of a sum is never a value.
_NEVER = ("title", "person_id", "employee_id", "job_code")
#: Those that nearly always begin with a digit, and are then no words.
_NUMBERS = ("person_id", "employee_id", "job_code")
_WHOSE = (*_NEVER, "profile")
#: Fields that name a part of the whole.
PARTS = ("function", "level")
#: Fields that name what a row is of, where sheets write the word of a sum.
_NAMES = ("organisation", *PARTS, "focus", "place", *_WHOSE)
#: Those where sheets do write it; a place or a focus only names the row.
_SUMMED = ("organisation", *PARTS, *_NEVER)
IS_SUM = "is a sum, not a row of its own"


def sum_rules(layout: Layout) -> list[Rule]:
    """What makes a row a sum: the words of one of its names, where no other name is given.

    A function or a level is a sum's where nothing says whose row it is.
    """
    names = [name for name in _NAMES if name in layout.mapped]
    return [
        Rule(name, _is_sum(name, names), IS_SUM, whole=True) for name in names if name in _SUMMED
    ]


def _is_sum(name: str, names: Sequence[str]) -> str:
    """SQL of whether a name, of all ``names`` that a row may have, is that of a sum."""
    text = f"lower(t_{name})"
    alone, of, named = (
        f"regexp_full_match({text}, {sql_literal(pattern)})"
        for pattern in (sum_words.ALONE, sum_words.OF, sum_words.NAMED)
    )
    others = _all_empty(n for n in names if n != name)
    whose = [n for n in names if n in _WHOSE]
    no_person = _all_empty(n for n in (*whose, *PARTS) if n in names and n != name)
    kinds = [sum_words.surely(text)]
    if name in _NEVER:
        kinds += [alone, of]
    else:
        kinds.append(f"({no_person if name in PARTS and whose else others} and {alone})")
    if len(names) > 1:
        kinds.append(f"({others} and ({of} or {named}))")
    return f"({_may_be_sum(name)} and ({' or '.join(kinds)}))"


def _all_empty(names: Iterable[str]) -> str:
    return " and ".join(f"t_{name} is null" for name in names) or "true"


def _may_be_sum(name: str) -> str:
    """SQL of whether a name has a word of sums at all, which spares nearly all the patterns."""
    text = f"t_{name}"
    starts = ", ".join(map(sql_literal, sum_words.STARTS))
    inside = " or ".join(f"contains({text}, {sql_literal(word)})" for word in sum_words.INSIDE)
    may_be = f"({inside} or lower(left({text}, 3)) in ({starts}))"
    return f"({text} > ':' and {may_be})" if name in _NUMBERS else may_be


def note_rules(layout: Layout, cells: Sequence[str]) -> list[Rule]:
    """Notes and repeated headers: rows that break other rules too, named as what they are."""
    rules = []
    if len(cells) > 2:
        filled = " + ".join(f"(coalesce(trim({cell}::varchar), '') <> '')::int" for cell in cells)
        note = "has one filled cell only: a note or a page mark, not a row"
        rules.append(Rule("", f"({filled}) = 1", note, whole=True, late=True))
    again = [
        f"(c{column.position}::varchar is not distinct from {sql_literal(column.heading)})::int"
        for column in layout.columns
        if column.field
    ]
    if len(again) > 1:
        repeats = f"({' + '.join(again)}) > 1"
        rules.append(Rule("", repeats, "repeats the header", whole=True, late=True))
    return rules
