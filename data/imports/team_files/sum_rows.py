"""Rows of a sheet that are no rows of their own: sums, notes, page marks, repeated headers."""

from collections.abc import Sequence

from data.imports.team_files.layout import Layout
from data.imports.team_files.validation_rules import Rule
from data.store.sql_text import sql_literal

#: Fields that name what a row is of, where sheets write the word of a sum.
_NAMES = (
    *("organisation", "employee_id", "title", "function", "focus", "level", "place"),
    *("job_code", "profile"),
)
#: Those where sheets do write it; a place or a focus only names the row.
_SUMMED = ("organisation", "employee_id", "title", "function", "level", "job_code")
#: Fields of which the word of a sum is never a value, whatever else names the row.
_NEVER = ("title", "employee_id", "job_code")
#: First letters of the words of a sum other than total, and how long these are at most:
#: they spare nearly all rows the patterns.
_STARTS = ("sum", "ave", "mea", "med", "cou", "hea")
_SHORT = 12
_SUM = (
    r"(grand |overall |report |sub ?-? ?)?totals?[:.]?"
    r"|(sums?|averages?|mean|median|count|headcount)[:.]?"
)
#: Nobody and no employer is called so, whatever else the row says.
_SURELY = r"(grand ?total|sub ?-? ?total)s?[:.]?"
#: Total Alpha and Alpha Total may be names, unless nothing else names the row.
_SUM_OF = r"(grand |sub ?-? ?)?totals?\b.+|.+\b(sub ?-? ?)?totals?[:.]?"
_IS_SUM = "is a sum, not a row of its own"


def sum_rules(layout: Layout) -> list[Rule]:
    """What makes a row a sum: the words of one of its names, where no other name is given."""
    names = [name for name in _NAMES if name in layout.mapped]
    rules = []
    for name in [name for name in names if name in _SUMMED]:
        others = " and ".join(f"t_{other} is null" for other in names if other != name)
        text = f"lower(t_{name})"
        words = ", ".join(map(sql_literal, _STARTS))
        total = f"contains({text}, 'total')"
        short = f"length(t_{name}) < {_SHORT} and lower(left(t_{name}, 3)) in ({words})"
        starts = f"({total} or ({short}))"
        conditions = [f"regexp_full_match({text}, {sql_literal(_SURELY)})"]
        alone = f"regexp_full_match({text}, {sql_literal(_SUM)})"
        free = name in _NEVER or not others
        conditions.append(alone if free else f"({others} and {alone})")
        when = f"({starts} and ({' or '.join(conditions)}))"
        if others:
            of = f"{total} and regexp_full_match({text}, {sql_literal(_SUM_OF)})"
            when += f" or ({others} and {of})"
        rules.append(Rule(name, when, _IS_SUM, whole=True))
    return rules


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
