"""What a row must be, and what makes it look odd: each rule an SQL condition with its words.

Conditions speak of ``t_FIELD``, a cell's text, and ``v_FIELD``, its value; both
are null where there is none. ``p_FIELD`` is true for a number of plain digits.
Money is in hundredths.
"""

from collections.abc import Collection
from dataclasses import dataclass

from analytics.currencies import PAY_BOUNDS, SMALL_UNITS
from data.imports.team_files.file_types import ELEMENTS, FileType
from data.imports.team_files.sql_values import BOUNDS, REASONS, other_currency
from data.store.sql_text import sql_literal

#: Kinds whose pay outside the bounds is a market figure or a plan, so can't be right.
_STRICT = ("survey", "ranges")
_TODAY = "current_date"
_SUMS = "'total', 'totals', 'grand total', 'subtotal', 'sum', 'average', 'mean', 'median'"
#: Base pay a year in hundredths: as it is given, else by the hour.
BASE = (
    "coalesce(nullif(v_base, 0), try_cast(round(cast(v_hourly_rate as double) * "
    "cast(v_hours_per_week as double) * 5200) as bigint), v_base)"
)


@dataclass(frozen=True)
class Rule:
    """A condition that a row meets when something is wrong with ``field``, or odd."""

    field: str
    when: str
    reason: str


def rejecting_rules(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    """The rules that keep a row out; ``mapped`` are the fields that some column says."""
    rules: list[Rule] = []
    for name, field in kind.fields.items():
        if name in mapped:
            rules.append(
                Rule(name, f"t_{name} is not null and v_{name} is null", REASONS[field.unit])
            )
            if field.unit in BOUNDS:
                when, reason = BOUNDS[field.unit]
                rules.append(Rule(name, when.format(name), reason))
            if field.unit in ("money", "hourly"):
                other = f"not p_{name} and {other_currency(f't_{name}')}"
                rules.append(Rule(name, other, "names another currency than the row"))
            if field.bounded or field.unit == "hourly":
                rules.append(Rule(name, f"v_{name} < 0", "is below 0"))
            if field.bounded and kind.name in _STRICT:
                rules.append(Rule(name, _out_of_bounds(f"v_{name}"), _BOUNDS_WORDS))
        if field.needed:
            rules.append(Rule(name, f"v_{name} is null and t_{name} is null", "is empty"))
    for group in kind.any_of:
        given = [name for name in group if name in mapped]
        if given:
            empty = " and ".join(f"t_{name} is null" for name in given)
            words = " or ".join(kind.fields[name].label for name in given[:5])
            rules.append(Rule(given[0], empty, f"no {words} is given"))
    rules += _rising(kind, mapped)
    if kind.name == "survey":
        rules += _of_surveys(mapped)
    if "hourly_rate" in mapped:
        no_base = "t_hourly_rate is not null and t_base is null"
        rules.append(
            Rule("hours_per_week", f"{no_base} and v_hours_per_week is null and "
                 "t_hours_per_week is null", "is empty, so that hourly pay has no year")
        )  # fmt: skip
    return rules


def _of_surveys(mapped: Collection[str]) -> list[Rule]:
    """What a survey's row must be beside: of the past, and of one pay basis a percentile."""
    rules: list[Rule] = []
    rules.append(Rule("as_of", f"v_as_of > {_TODAY}", "is in the future"))
    plain = [p for p in mapped if p.startswith("p") and p[1:].isdigit()]
    if plain:
        some = " or ".join(f"v_{p} is not null" for p in plain)
        rules.append(Rule("basis", f"v_basis is null and t_basis is null and ({some})", "is empty"))
        for element in ELEMENTS:
            named = [f"v_{n}" for n in mapped if n.startswith(f"{element}_p")]
            if named:
                twice = f"({some}) and coalesce({', '.join(named)}) is not null"
                reason = f"is {element}, of which other columns speak too"
                rules.append(Rule("basis", f"v_basis = '{element}' and {twice}", reason))
    return rules


def warning_rules(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    """The rules that let a row in, and say that it looks odd."""
    rules = []
    if "base" in kind.fields:
        at = "base" if "base" in mapped else "hourly_rate"
        rules.append(Rule(at, _out_of_bounds(BASE), _BOUNDS_WORDS))
        if "total_cash" in mapped:
            apart = "abs(v_base + coalesce(v_variable, 0) - v_total_cash) > 100"
            rules.append(Rule("total_cash", apart, "is not base and variable together"))
        if "variable" in mapped:
            rules.append(Rule("variable", "v_variable > 4 * v_base", "is over four times base"))
            rules.append(Rule("variable", "v_variable < 0", "is below 0"))
            tiny = "v_variable > 0 and v_variable * 500 < v_base"
            rules.append(Rule("variable", tiny, "is under 0.2 per cent of base; is it a share?"))
    for name in ("title", "organisation", "employee_id", "level"):
        if name in mapped:
            rules.append(Rule(name, f"lower(v_{name}) in ({_SUMS})", "names a sum, not a row"))
    for name in ("effective_date", "as_of"):
        if name in kind.fields and kind.name in ("records", "roster"):
            rules.append(Rule(name, f"v_{name} > {_TODAY}", "is in the future"))
    if "hire_date" in mapped:
        rules.append(Rule("hire_date", "v_hire_date > v_as_of", "is after the day of the roster"))
    return rules


_LOW, _HIGH = (int(bound) for bound in PAY_BOUNDS)
_BOUNDS_WORDS = f"is outside {_LOW:,} to {_HIGH:,} a year (US dollars, or their like)"


def _out_of_bounds(pay: str) -> str:
    scale = " ".join(f"when {sql_literal(code)} then {n}" for code, n in SMALL_UNITS.items())
    factor = f"(case v_currency {scale} else 1 end)::bigint"
    return f"{pay} not between {_LOW * 100} * {factor} and {_HIGH * 100} * {factor}"


def _rising(kind: FileType, mapped: Collection[str]) -> list[Rule]:
    rules = []
    for fields in kind.rising:
        given = [name for name in fields if name in mapped]
        for i, name in enumerate(given[1:], 1):
            before = ", ".join(f"v_{other}" for other in given[:i])
            words = ", ".join(kind.fields[other].label for other in given[:i])
            rules.append(Rule(name, f"v_{name} < greatest({before})", f"is below {words}"))
    return rules
