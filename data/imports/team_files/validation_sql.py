"""The SQL that reads, converts and judges every row of a file in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.errors import InputError
from data.imports.team_files import range_cells
from data.imports.team_files.annual_pay import annual_pay, hours_factor, multiplier
from data.imports.team_files.column_matching import Column
from data.imports.team_files.file_types import NUMBERS, Field
from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.known_words import VOCABULARIES, words_of_column
from data.imports.team_files.layout import Layout
from data.imports.team_files.pay_periods import period_sql
from data.imports.team_files.pay_types import by_pay_type
from data.imports.team_files.set_values import as_cell
from data.imports.team_files.sql_dates import DateStyle, since_1900
from data.imports.team_files.sql_values import (
    PERCENT,
    TYPES,
    WHOLE_PERCENT,
    is_plain,
    number,
    says_nothing,
    tidy,
    typed_value,
    value,
)
from data.imports.team_files.stated_thousands import factor_sql
from data.imports.team_files.tenure import column_of_months
from data.imports.team_files.unsaved_formulas import is_unsaved_sql
from data.imports.team_files.validation_rules import Rule
from data.store.settings import limit
from data.store.sql_text import sql_literal


@dataclass(frozen=True)
class Checks:
    """The rules that leave a row out, and those that leave a cell empty."""

    rejecting: tuple[Rule, ...]
    clearing: tuple[Rule, ...] = ()


def checked_sql(layout: Layout, checks: Checks, source: str, numbered: bool) -> str:
    """One row a row of ``source``, whose columns are ``c0``, ``c1`` and so on, as text.

    Columns: ``row`` if the source is ``numbered``; ``v_FIELD``, the values;
    ``bad``, a bit for each rule that the row breaks; ``cleared``, one for each cell
    that is left empty; ``line``, a fingerprint of
    the cells; ``blank`` for a row without any; ``cells``, the text of rows that
    may be left out; ``kept``, further columns by heading.
    """
    cells = [f"c{i}" for i in range(len(layout.header))]
    first = ["row", "cells as count", "more"] if numbered else []
    converted = [_converted(layout, field) for field in layout.kind.fields.values()]
    texts = [text for text, _, _ in converted]
    plain = [flag for _, flag, _ in converted if flag]
    values = [value for _, _, value in converted]
    return f"""
        with texts as (select {", ".join([*first, *cells, *texts])} from {source}),
        flagged as (select {_emptied(layout)}{"".join(f", {flag}" for flag in plain)} from texts),
        valued as (select {", ".join(["*", *values])} from flagged),
        annual as (select {_annual(layout)} from valued),
        paid as (select {_with_percents(layout)} from annual),
        judged as (
            select *, {_broken(checks.rejecting)} as bad, {_broken(checks.clearing)} as cleared
            from paid
        )
        select {", ".join(_result(layout, checks, cells, numbered))} from judged
    """


def _annual(layout: Layout) -> str:
    """All columns, with pay as a year's, and days only of years that are believed."""
    read = [f"{annual} as {column}" for column, annual in annual_pay(layout).items()]
    days = [name for name, field in layout.kind.fields.items() if field.unit == "date"]
    read += [f"{since_1900(f'v_{name}')} as v_{name}" for name in days]
    return f"* replace ({', '.join(read)})" if read else "*"


def _with_percents(layout: Layout) -> str:
    """All columns, with variable pay that is a per cent of base pay as money."""
    if "variable" not in layout.mapped or "base" not in layout.kind.fields:
        return "*"
    text = "t_variable"
    digits = f"replace(regexp_extract({text}, '{PERCENT}', 1), ',', '.')"
    share = f"round(v_base * try_cast({digits} as double) / 100)"
    of_base = f"not p_variable and suffix({text}, '%') and regexp_full_match({text}, '{PERCENT}')"
    column = layout.mapped["variable"]
    if _is_typed(layout, column, "money"):
        return "*"
    return (
        f"* replace (case when {of_base} then cast({share} as bigint) else v_variable end "
        "as v_variable)"
    )


def _broken(rules: Sequence[Rule]) -> str:
    """The bits of the rules that a row breaks; a first look spares most rows the bits."""
    any_broken = " or ".join(f"({rule.when})" for rule in rules if not rule.late) or "false"
    bits = " | ".join(
        f"(case when {rule.when} then 1::hugeint << {i} else 0::hugeint end)"
        for i, rule in enumerate(rules)
    )
    return f"case when {any_broken} then {bits or '0'} else 0::hugeint end"


def _emptied(layout: Layout) -> str:
    """All columns, with the texts that say that there is no value as null."""
    texts = [
        f"case when {says_nothing(f't_{name}', layout.kind.fields[name])} then null "
        f"else t_{name} end as t_{name}"
        for name in layout.mapped
    ]
    return f"* replace ({', '.join(texts)})" if texts else "*"


def _kept_value(field: Field, clearing: Sequence[Rule]) -> str:
    """A field's value; null where its cell is left empty.

    A text or a date that can't be read is null already; a number may be beyond its bounds.
    """
    mask = sum(1 << i for i, rule in enumerate(clearing) if rule.field == field.name)
    value = f"v_{field.name}"
    if not mask or field.unit not in NUMBERS:
        return value
    return f"case when cleared = 0 or cleared & {mask}::hugeint = 0 then {value} end as {value}"


def _result(layout: Layout, checks: Checks, cells: Sequence[str], numbered: bool) -> list[str]:
    kind = layout.kind
    texts = [f"{cell}::varchar" for cell in cells] if layout.table.column_types else cells
    more = ["more"] if numbered else []
    # Rows that may be left out for what other rows say need their cells.
    late = kind.unique or "profile" in kind.fields or "person_id" in layout.known_fields
    keep_cells = "true" if late else "bad <> 0 or cleared <> 0"
    any_cell = ", ".join(f"nullif(trim({text}), '')" for text in texts)
    kept = ", ".join(
        f"{sql_literal(column.heading)}: {tidy(texts[column.position])}"
        for column in layout.columns
        if column.kept
    )
    return [
        *(["row"] if numbered else []),
        *(
            by_pay_type(layout, field.name) or _kept_value(field, checks.clearing)
            for field in kind.fields.values()
        ),
        "bad",
        "cleared",
        f"hash({', '.join(cells)}) as line",
        f"case when bad <> 0 then coalesce({any_cell}) is null else false end as blank",
        f"case when {keep_cells} then [{', '.join([*texts, *more])}] end as cells",
        f"{f'map {{{kept}}}' if kept else 'null::map(varchar, varchar)'} as kept",
    ]


def _converted(layout: Layout, field: Field) -> tuple[str, str, str]:
    """A field's text, for numbers whether that is plain digits, and its value."""
    name = field.name
    column, set_value = layout.mapped.get(name), layout.options.set_values.get(name, "")
    typed = column is not None and _is_typed(layout, column, field.unit)
    texts = []
    if column is not None and column.field == range_cells.FIELD != name:
        typed, texts = False, [range_cells.end_sql(tidy(_text(layout, column)), name)]
    elif column is not None:
        cell = f"c{column.position}"
        texts.append(
            f"case when {cell} is not null then '0' end" if typed else tidy(_text(layout, column))
        )
    if set_value:
        texts.append(sql_literal(as_cell(field.unit, set_value.strip(), layout.decimal)))
    text = f"coalesce({', '.join(texts)})" if texts else "null"
    text = f"cast({text} as varchar) as t_{name}"
    if not texts:
        return text, "", f"cast(null as {TYPES[field.unit]}) as v_{name}"
    is_number = field.unit in NUMBERS
    plain = f"{is_plain(f't_{name}', layout.decimal)} as p_{name}" if is_number else ""
    read = _value(layout, field, column if typed else None)
    if layout.table.unsaved_formulas:
        read = f"case when not {is_unsaved_sql(f't_{name}')} then {read} end"
    return text, plain, f"{read} as v_{name}"


def _value(layout: Layout, field: Field, typed: Column | None) -> str:
    """A field's value from its text; from a typed column, where that cell holds one."""
    if field.unit == "fte" and typed is None:
        amount = number(f"rtrim(t_{field.name}, ' %')", layout.decimal)
        parts = f"suffix(t_{field.name}, '%') or ({amount}) >= {WHOLE_PERCENT}"
        return (
            f"try_cast(case when p_{field.name} and t_{field.name}::double < {WHOLE_PERCENT} "
            f"then t_{field.name}::double when {parts} then ({amount}) / 100 else {amount} end "
            f"as {TYPES['fte']})"
        )
    if field.unit == "period":
        return period_sql(f"t_{field.name}", layout.options.periods)
    if field.unit in VOCABULARIES:
        column = layout.mapped.get(field.name)
        heading = tidy_heading(column.heading) if column else ""
        own = words_of_column(field.unit, heading, layout.options.own_words(field.unit))
        return VOCABULARIES[field.unit].sql(f"t_{field.name}", own)
    units = f"{multiplier(layout, field.name):f}" if field.unit == "money" else "1"
    if (factor := factor_sql(layout, field.name)) != "1":
        units = f"{units} * {factor}"
    from_text = value(
        field.unit,
        _ours(layout, field),
        f"p_{field.name}",
        sign=layout.decimal,
        dates=DateStyle(layout.dates, layout.options.years_from, layout.options.bare_years),
        units=units,
        longest=limit("CELL_CHARACTERS"),
    )
    if typed is not None:
        cell = f"c{typed.position}"
        from_cell = typed_value(field.unit, cell, units, layout.column_type(typed))
        from_text = f"case when {cell} is not null then {from_cell} else {from_text} end"
    factor = hours_factor(layout) if field.unit == "hours" else "1"
    if column_of_months(layout, field):
        factor = "(1 / 12::double)"
    if factor == "1":
        return from_text
    return f"try_cast(({from_text}) * {factor.format(from_text)} as {TYPES[field.unit]})"


def _ours(layout: Layout, field: Field) -> str:
    """A field's text; a level of the team's own as the level that it is."""
    text, levels = f"t_{field.name}", layout.options.levels
    if field.name != "level" or not levels:
        return text
    cases = " ".join(
        f"when {sql_literal(own.casefold())} then {sql_literal(level)}"
        for own, level in levels.items()
    )
    return f"(case lower({text}) {cases} else {text} end)"


def _is_typed(layout: Layout, column: Column, unit: str) -> bool:
    """Whether a column's own type is what a field's unit asks for."""
    column_type = layout.column_type(column)
    if unit in NUMBERS:
        return column_type in ("number", "float")
    return unit == "date" and column_type.startswith("date")


def _text(layout: Layout, column: Column) -> str:
    """A column's cells as text; raises `InputError` for one whose cells are no single values."""
    cell, column_type = f"c{column.position}", layout.column_type(column)
    if column_type == "nested":
        raise InputError(
            f"{layout.table.name}: column {column.heading!r} contains lists or records; save its "
            "values as text, or do not map it"
        )
    if column_type == "binary":
        return f"decode({cell})"
    if column_type == "float":  # whole numbers beside gaps are stored with a decimal point
        return (
            f"case when {cell} = floor({cell}) and abs({cell}) < 1e15 "
            f"then {cell}::bigint::varchar else {cell}::varchar end"
        )
    return f"{cell}::varchar" if column_type else cell
