"""The SQL that reads, converts and judges every row of a file in one pass."""

from collections.abc import Sequence

from data.intake.columns import taken_columns
from data.intake.expressions import TYPES, is_plain, quoted, tidy, typed_value, value
from data.intake.kinds import NUMBERS
from data.intake.report import Report
from data.intake.rules import Rule
from data.limits import limit


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
        f"{quoted(c.heading)}: {tidy(worded[c.at])}" for c in report.columns if c.kept
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
        if name in taken and not said.get(name) and _is_typed(report, taken[name].at, field.unit):
            cell = f"c{taken[name].at}"
            texts.append(f"case when {cell} is not null then '' end as t_{name}")
            if field.unit in NUMBERS:
                plain.append(f"true as p_{name}")
            units = report.choices.units if field.unit == "money" else 1
            values.append(f"{typed_value(field.unit, cell, str(units))} as v_{name}")
            continue
        cast = "::varchar" if report.typed else ""
        ways = [tidy(f"c{taken[name].at}{cast}")] if name in taken else []
        ways += [quoted(said[name])] if said.get(name) else []
        text = f"coalesce({', '.join(ways)})" if ways else "null"
        texts.append(f"cast({text} as varchar) as t_{name}")
        if not ways:
            values.append(f"cast(null as {TYPES[field.unit]}) as v_{name}")
            continue
        if field.unit in NUMBERS:
            plain.append(f"{is_plain(f't_{name}', report.sign)} as p_{name}")
        found = value(
            field.unit, f"t_{name}", f"p_{name}", sign=report.sign, dates=report.dates,
            units=str(report.choices.units) if field.unit == "money" else "1",
            longest=limit("CELL_CHARACTERS"),
        )  # fmt: skip
        values.append(f"{found} as v_{name}")
    return texts, plain, values


def _is_typed(report: Report, at: int, unit: str) -> bool:
    """Whether a column's own type is what a field's unit asks for."""
    typed = report.typed[at] if report.typed else ""
    return typed == ("number" if unit in NUMBERS else "date") and unit in (*NUMBERS, "date")
