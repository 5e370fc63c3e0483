"""Formulas of a workbook without a saved value: each such cell is told, whatever field it is of."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from data.files.workbook_formulas import UNSAVED, UNSAVED_REASON, UNSAVED_REMEDY
from data.imports.team_files.validation_rules import Rule
from data.store.sql_text import sql_literal

_REASON = f"{UNSAVED_REASON}: {UNSAVED_REMEDY}"


def is_unsaved_sql(text: str) -> str:
    """SQL of whether a cell's text is such a formula."""
    return f"coalesce({text}[1] = '=' and suffix({text}, {sql_literal(UNSAVED)}), false)"


def with_formula_rules(rules: Sequence[Rule], mapped: Collection[str]) -> tuple[Rule, ...]:
    """The rules, with one reason for what such cells of the ``mapped`` fields break.

    A cell that another rule leaves empty is left empty, and one for which it leaves
    the row out does so.
    """
    cells = [r for r in rules if r.field in mapped and not (r.whole or r.late)]
    others = [r for r in rules if r not in cells]
    plain = [replace(r, when=f"not {is_unsaved_sql(f't_{r.field}')} and ({r.when})") for r in cells]
    formulas = []
    for field, clears in dict.fromkeys((r.field, r.clears) for r in cells):
        whens = [r.when for r in cells if (r.field, r.clears) == (field, clears)]
        when = f"{is_unsaved_sql(f't_{field}')} and (({') or ('.join(whens)}))"
        formulas.append(Rule(field, when, _REASON, clears=clears))
    return (*others, *plain, *formulas)
