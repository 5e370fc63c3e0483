"""The SQL that reads, converts and judges every row of a file in one pass."""

from collections.abc import Sequence

from analytics.errors import InputError
from data.imports.team_files.column_matching import Column, taken_columns
from data.imports.team_files.file_types import NUMBERS
from data.imports.team_files.report import Report
from data.imports.team_files.sql_values import TYPES, is_plain, tidy, typed_value, value
from data.imports.team_files.validation_rules import Rule
from data.store.settings import limit
from data.store.sql_text import sql_literal


def checked_sql(report: Report, rules: Sequence[Rule], source: str, numbered: bool) -> str:
    """One row a row of ``source``, whose columns are ``c0``, ``c1`` and so on, as text.

    Columns: ``row`` if the source is ``numbered``; ``v_FIELD``, the values;
    ``bad``, a bit for each rule that the row breaks; ``line``, a fingerprint of
    the cells; ``blank`` for a row without any; ``cells``, the text of rows that
    may be left out; ``kept``, further columns by heading.
    """
    kind = report.kind
    cells = [f"c{i}" for i in range(len(report.header))]
    worded = [f"{cell}::varchar" for cell in cells] if report.typed else cells
    texts, plain, values = _converted(report)
    more = ["more"] if numbered else []
    first = ["row", "cells as count", *more] if numbered else []
    broken = " or ".join(f"({rule.when})" for rule in rules)
    bits = " | ".join(
        f"(case when {rule.when} then 1::hugeint << {i} else 0::hugeint end)"
        for i, rule in enumerate(rules)
    )
    keep = "true" if kind.unique or "profile" in kind.fields else "bad <> 0"
    some = ", ".join(f"nullif(trim({cell}), '')" for cell in worded)
    pairs = ", ".join(
        f"{sql_literal(c.heading)}: {tidy(worded[c.at])}" for c in report.columns if c.kept
    )
    result = [
        *(["row"] if numbered else []),
        *(f"v_{name}" for name in kind.fields),
        "bad",
        f"hash({', '.join(cells)}) as line",
        f"case when bad <> 0 then coalesce({some}) is null else false end as blank",
        f"case when {keep} then [{', '.join([*worded, *more])}] end as cells",
        f"{f'map {{{pairs}}}' if pairs else 'null::map(varchar, varchar)'} as kept",
    ]
    return f"""
        with texts as (select {", ".join([*first, *cells, *texts])} from {source}),
        flagged as (select {", ".join(["*", *plain])} from texts),
        valued as (select {", ".join(["*", *values])} from flagged),
        judged as (select *, case when {broken} then {bits} else 0::hugeint end as bad from valued)
        select {", ".join(result)} from judged
    """


def _converted(report: Report) -> tuple[list[str], list[str], list[str]]:
    """For each field its text, for numbers whether that is plain digits, and its value."""
    said, taken = report.choices.said, taken_columns(report.columns)
    texts, plain, values = [], [], []
    for name, field in report.kind.fields.items():
        units = str(report.choices.units) if field.unit == "money" else "1"
        typed = name in taken and _is_typed(report, taken[name].at, field.unit)
        cell = _worded(report, taken[name]) if name in taken else ""
        ways = [f"case when c{taken[name].at} is not null then '0' end" if typed else tidy(cell)
                ] if cell else []  # fmt: skip
        ways += [sql_literal(said[name])] if said.get(name) else []
        text = f"coalesce({', '.join(ways)})" if ways else "null"
        texts.append(f"cast({text} as varchar) as t_{name}")
        if not ways:
            values.append(f"cast(null as {TYPES[field.unit]}) as v_{name}")
            continue
        if field.unit in NUMBERS:
            plain.append(f"{is_plain(f't_{name}', report.sign)} as p_{name}")
        found = value(
            field.unit, f"t_{name}", f"p_{name}", sign=report.sign, dates=report.dates,
            units=units, longest=limit("CELL_CHARACTERS"),
        )  # fmt: skip
        if typed:  # a cell's own value, else what is said of every row
            at = f"c{taken[name].at}"
            own = typed_value(field.unit, at, units, report.typed[taken[name].at])
            found = f"case when {at} is not null then {own} else {found} end"
        values.append(f"{found} as v_{name}")
    return texts, plain, values


def _is_typed(report: Report, at: int, unit: str) -> bool:
    """Whether a column's own type is what a field's unit asks for."""
    typed = report.typed[at] if report.typed else ""
    if unit in NUMBERS:
        return typed in ("number", "float")
    return unit == "date" and typed.startswith("date")


def _worded(report: Report, column: Column) -> str:
    """A column's cells as text; raises `InputError` for one whose cells are no single values."""
    cell, typed = f"c{column.at}", report.typed[column.at] if report.typed else ""
    if typed == "nested":
        raise InputError(f"{report.file}: {column.heading!r} holds lists or records, no values")
    if typed == "binary":
        return f"decode({cell})"
    if typed == "float":  # a whole number beside gaps is held as one with a point
        return (
            f"case when {cell} = floor({cell}) and abs({cell}) < 1e15 "
            f"then {cell}::bigint::varchar else {cell}::varchar end"
        )
    return f"{cell}::varchar" if typed else cell
