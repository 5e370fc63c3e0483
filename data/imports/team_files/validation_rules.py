"""Rules for a row: what leaves it out, and what makes it look odd, each an SQL condition.

Conditions use ``t_FIELD``, a cell's text, and ``v_FIELD``, its value; both are
null if there is none. ``p_FIELD`` is true for a number of plain digits.
Money is in hundredths.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from analytics.currencies import PAY_BOUNDS, SMALL_UNITS
from data.imports.team_files.file_types import ELEMENTS, STEPS, Field, FileType
from data.imports.team_files.range_cells import ONE_NUMBER, ONE_REASON
from data.imports.team_files.sql_values import BOUNDS, NO_DATES, REASONS, other_currency
from data.store.sql_text import sql_literal

#: File types whose pay is a market figure or a plan, so that it can't be out of bounds.
_STRICT = ("survey", "ranges")
OTHER_CURRENCY = (
    "is in a different currency from its row: correct either, or --currency-signs ignore reads "
    "it in the row's"
)
_TODAY = "current_date"
_SUMS = (
    "'total', 'totals', 'grand total', 'subtotal', 'sum', 'average', 'mean', 'median', "
    "'gesamt', 'summe', 'durchschnitt'"
)
NO_PERSON = "is empty, where nearly all rows have a person's number; is it a sum?"


@dataclass(frozen=True)
class Rule:
    """A condition that a row meets when something is wrong with ``field``, or odd.

    A rule that ``clears`` leaves the cell empty and loads the row. One of the
    ``whole`` row is all that is said of it. A ``late`` one is tried only on rows
    that break another. ``ragged`` is that of rows whose cells are not those of the header.
    """

    field: str
    when: str
    reason: str
    clears: bool = False
    whole: bool = False
    late: bool = False
    ragged: bool = False


def rejecting_rules(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    """The rules that leave a row out; ``mapped`` are the fields that a column or option gives."""
    rules: list[Rule] = []
    for name, field in kind.fields.items():
        if name in mapped:
            rules += _optional(kind, field, mapped, _cell_rules(kind, field))
        if field.needed:
            rules.append(Rule(name, f"v_{name} is null and t_{name} is null", "is empty"))
    rules += _group_rules(kind, mapped)
    rules += _rising_rules(kind, mapped)
    if kind.name == "survey":
        rules += _survey_rules(mapped)
    return rules


def warning_rules(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    """The rules that load a row, with a warning that it looks odd."""
    rules = _pay_warnings(mapped) if "base" in kind.fields else []
    for name in ("organisation", "level"):
        if name in mapped:
            total = f"lower(v_{name}) in ({_SUMS})"
            rules.append(Rule(name, total, "looks like a total, but the row has other names"))
    if "person_id" in mapped:
        rules.append(Rule("person_id", "v_person_id is null", NO_PERSON))
    for name in ("effective_date", "as_of"):
        if name in kind.fields and kind.name in ("records", "roster"):
            rules.append(Rule(name, f"v_{name} > {_TODAY}", "is in the future"))
    if "hire_date" in mapped:
        day = "as_of" if "as_of" in kind.fields else "effective_date"
        reason = f"is after the {'date of the roster' if day == 'as_of' else 'effective date'}"
        rules.append(Rule("hire_date", f"v_hire_date > v_{day}", reason))
    return rules


def _optional(
    kind: FileType, field: Field, mapped: Collection[str], rules: list[Rule]
) -> list[Rule]:
    """An optional cell that can't be read is left empty: it never leaves out a row."""
    if field.needed or field.name == "base":
        return rules
    if not kind.people:
        return _optional_figure(kind, field, mapped, rules)
    if field.name == "hourly_rate":
        if "base" not in mapped:
            return rules
        spare = [replace(r, when=f"t_base is not null and ({r.when})", clears=True) for r in rules]
        needed = [replace(r, when=f"t_base is null and ({r.when})") for r in rules]
        return [*spare, *needed]
    return [replace(rule, clears=True) for rule in rules]


def _optional_figure(
    kind: FileType, field: Field, mapped: Collection[str], rules: list[Rule]
) -> list[Rule]:
    """The same of a market figure or a plan, where one that is wrong still leaves out its row.

    A percentile is optional beside another one of its row that can be read.
    """
    group = next((names for names in kind.any_of if field.name in names), ())
    if kind.name == "survey" and group:
        none = f"coalesce({', '.join(f'v_{name}' for name in group if name in mapped)}) is null"
        unread, *others = rules
        spare = replace(unread, when=f"{unread.when} and not ({none})", clears=True)
        return [spare, replace(unread, when=f"{unread.when} and {none}"), *others]
    if group or field.unit == "basis":
        return rules
    return [replace(rule, clears=rule.reason == REASONS[field.unit]) for rule in rules]


def _cell_rules(kind: FileType, field: Field) -> list[Rule]:
    """What a cell of a field must be."""
    name, unit = field.name, field.unit
    if unit == "period":  # only needed where pay is of one: `annual_pay` has its rules
        return []
    unread = f"t_{name} is not null and v_{name} is null"
    if name in STEPS:  # of which there may be many, and only so many rules
        amount = f"({unread}) or (not p_{name} and {other_currency(f't_{name}')})"
        return [
            Rule(name, amount, "is not an amount of pay in its row's currency"),
            Rule(name, _out_of_bounds(f"v_{name}"), _BOUNDS_WORDS),
        ]
    rules = [Rule(name, unread, REASONS[unit])]
    known = {"date": NO_DATES, "range": ((ONE_NUMBER, ONE_REASON),)}.get(unit, ())
    if known:
        named = [(f"regexp_full_match(t_{name}, {sql_literal(p)})", reason) for p, reason in known]
        other = " or ".join(match for match, _ in named)
        rules = [Rule(name, f"{unread} and {match}", reason) for match, reason in named]
        rules.append(Rule(name, f"{unread} and not ({other})", REASONS[unit]))
    if unit in BOUNDS:
        when, reason = BOUNDS[unit]
        rules.append(Rule(name, when.format(name), reason))
    if unit in ("money", "hourly"):
        other = f"not p_{name} and v_{name} is not null and {other_currency(f't_{name}')}"
        rules.append(Rule(name, other, OTHER_CURRENCY))
    if field.bounded or unit == "hourly":
        rules.append(Rule(name, f"v_{name} < 0", "is below 0"))
    if field.bounded and kind.name in _STRICT:
        rules.append(Rule(name, _out_of_bounds(f"v_{name}"), _BOUNDS_WORDS))
    return rules


def _group_rules(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    """Of each group of fields a row gives at least one."""
    rules = []
    for group in kind.any_of:
        names = [name for name in group if name in mapped]
        if names:
            empty = " and ".join(f"t_{name} is null" for name in names)
            words = " or ".join(kind.fields[name].label for name in names[:5])
            rules.append(Rule(names[0], empty, f"{words} is missing"))
    return rules


def _rising_rules(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    """Fields such as percentiles do not fall from one to the next."""
    rules = []
    for fields in kind.rising:
        names = [name for name in fields if name in mapped]
        for i, name in enumerate(names[1:], 1):
            before = ", ".join(f"v_{other}" for other in names[:i])
            words = " or ".join(kind.fields[other].label for other in names[:i])
            rules.append(Rule(name, f"v_{name} < greatest({before})", f"is below {words}"))
    return rules


def _survey_rules(mapped: Collection[str]) -> list[Rule]:
    """A survey's row is of the past, and each of its percentiles has one pay basis."""
    rules = [Rule("as_of", f"v_as_of > {_TODAY}", "is in the future")]
    plain = [p for p in mapped if p.startswith("p") and p[1:].isdigit()]
    if not plain:
        return rules
    any_plain = " or ".join(f"v_{p} is not null" for p in plain)
    no_basis = f"v_basis is null and t_basis is null and ({any_plain})"
    rules.append(Rule("basis", no_basis, "is empty"))
    for element in ELEMENTS:
        named = [f"v_{name}" for name in mapped if name.startswith(f"{element}_p")]
        if named:
            twice = f"({any_plain}) and coalesce({', '.join(named)}) is not null"
            reason = f"is {element}, which other columns give too"
            rules.append(Rule("basis", f"v_basis = '{element}' and {twice}", reason))
    return rules


def _pay_warnings(mapped: Collection[str]) -> list[Rule]:
    column = "base" if "base" in mapped else "hourly_rate"
    rules = [Rule(column, _out_of_bounds("v_base"), _BOUNDS_WORDS)]
    if "total_cash" in mapped:
        differs = "abs(v_base + coalesce(v_variable, 0) - v_total_cash) > 100"
        if "overtime" in mapped:
            within = "abs(v_base + coalesce(v_variable, 0) + v_overtime - v_total_cash) <= 100"
            differs += f" and not coalesce({within}, false)"
        rules.append(Rule("total_cash", differs, "is not base plus variable"))
    if "overtime" in mapped:
        rules.append(Rule("overtime", "v_overtime < 0", "is below 0"))
    if "variable" in mapped:
        tiny = "v_variable > 0 and v_variable * 500 < v_base"
        rules += [
            Rule("variable", "v_variable > 4 * v_base", "is over four times base"),
            Rule("variable", "v_variable < 0", "is below 0"),
            Rule("variable", tiny, "is under 0.2 percent of base; is it a percentage?"),
        ]
    return rules


_LOW, _HIGH = (int(bound) for bound in PAY_BOUNDS)
_BOUNDS_WORDS = f"is outside {_LOW:,} to {_HIGH:,} a year (US dollars, or the equivalent)"


def _out_of_bounds(pay: str) -> str:
    scale = " ".join(f"when {sql_literal(code)} then {n}" for code, n in SMALL_UNITS.items())
    factor = f"(case v_currency {scale} else 1 end)::bigint"
    return f"{pay} not between {_LOW * 100} * {factor} and {_HIGH * 100} * {factor}"
