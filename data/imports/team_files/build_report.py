"""Count a file's staged rows, and report on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from analytics.jobs.profile_lookup import level_code
from data.imports.team_files import questions
from data.imports.team_files.annual_pay import by_row
from data.imports.team_files.checked_rows import cleared_cells, problems
from data.imports.team_files.full_time_pay import (
    full_time_fact,
    full_time_question,
    part_timers,
)
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.leavers import leaver_warnings
from data.imports.team_files.report import Report, RowWarning
from data.imports.team_files.session import ImportSession
from data.imports.team_files.several_rows import several_fact, several_question
from data.imports.team_files.staging import StagedRows
from data.imports.team_files.validation_rules import NO_PERSON, Rule, warning_rules
from data.imports.team_files.weighting import weighting_fact

#: Rows left out that are looked at for a decimal sign or an order of dates.
_LATE_PROBLEMS = 1_000
#: With more rows that have none, a column of persons' numbers is one that is seldom filled.
_FEW = 0.2
#: Titles of neighboring work that are named one by one.
_NEIGHBORS = 20


@dataclass(frozen=True)
class _Counts:
    rows: int
    to_load: int
    currencies: tuple[str, ...]
    warnings: tuple[RowWarning, ...]


def build_report(session: ImportSession, staged: StagedRows) -> Report:
    """The report on staged rows, whose rows to load are the view `loadable`."""
    layout = staged.layout
    # A query of its own: beside other aggregates it takes far more memory.
    ((repeated,),) = session.con.execute(
        "select count(*) - count(distinct line) from checked where not blank"
    ).fetchall()
    counts = _count_rows(session, staged)
    with_profile = 0
    if layout.kind.by_title:
        ((with_profile,),) = session.con.execute("select count(code) from loadable").fetchall()
    conflicts = _conflicts(session) if "profile" in layout.kind.fields else ()
    neighbors = _neighbors(session) if layout.kind.by_title else ()
    late: tuple[Question, ...] = ()
    part_time = part_timers(session, layout)
    if not (layout.decimal and layout.dates):
        rows = problems(session, staged, most=_LATE_PROBLEMS)
        cells = cleared_cells(session, staged, most=_LATE_PROBLEMS)
        late = questions.late_questions(layout, chain(rows, cells))
    return Report(
        layout,
        (*late, *full_time_question(layout, part_time), *several_question(staged)),
        counts.rows,
        counts.to_load,
        repeated,
        with_profile,
        counts.currencies,
        (*conflicts, *neighbors, *counts.warnings),
        _unknown_levels(session) if layout.kind.by_title else (),
        _periods(session, layout),
        _by_rule(session, staged, "cleared", staged.clearing),
        _by_rule(session, staged, "bad", staged.rules, whole=True),
        full_time_fact(layout, part_time),
        several_fact(staged),
        weighting_fact(session, layout) if layout.kind.name == "survey" else "",
    )


def _by_rule(
    session: ImportSession,
    staged: StagedRows,
    column: str,
    rules: Sequence[Rule],
    *,
    whole: bool = False,
) -> tuple[RowWarning, ...]:
    """Rows by the rule of a column of bits: of ``whole`` rows left out, or of cells left empty."""
    wanted = [(i, rule) for i, rule in enumerate(rules) if rule.whole or not whole]
    if not wanted:
        return ()
    mask = sum(1 << i for i, _ in wanted)
    kept = "" if whole else "and bad = 0"
    found = session.con.execute(
        f"select {column} & {mask}::hugeint as bits, count(*), min({staged.row_number}, 3) "
        f"from checked where {column} <> 0 {kept} and {column} & {mask}::hugeint <> 0 "
        "and not blank group by bits"
    ).fetchall()
    headings = {name: column.heading for name, column in staged.layout.mapped.items()}
    warnings: dict[tuple[str, str], RowWarning] = {}
    for i, rule in wanted:
        having = [(n, first) for bits, n, first in found if bits >> i & 1]
        if having:
            name = "" if whole else headings.get(rule.field, rule.field)
            known = warnings.get((name, rule.reason), RowWarning(name, rule.reason, 0, ()))
            first = sorted({*known.first, *(row for _, rows in having for row in rows)})[:3]
            rows = known.rows + sum(n for n, _ in having)
            warnings[name, rule.reason] = RowWarning(name, rule.reason, rows, tuple(first))
    return tuple(warnings.values())


def _periods(session: ImportSession, layout: Layout) -> tuple[tuple[str, int], ...]:
    """How many rows to load are paid by each period, where a column says it."""
    if not (by_row(layout, "base") or by_row(layout, "hourly_rate")):
        return ()
    found = session.con.execute(
        "select v_pay_period, count(*) from loadable where v_pay_period is not null "
        "group by v_pay_period order by count(*) desc, v_pay_period"
    ).fetchall()
    return tuple((period, n) for period, n in found)


def _conflicts(session: ImportSession) -> tuple[RowWarning, ...]:
    """Rows whose level and title disagree, or whose profile is not known."""
    found = session.con.execute(
        "select conflict, count(*), min(row, 3) from loadable where conflict <> '' "
        "group by conflict order by min(row)"
    ).fetchall()
    return tuple(RowWarning("", why, n, tuple(first)) for why, n, first in found)


def _neighbors(session: ImportSession) -> tuple[RowWarning, ...]:
    """Titles of neighboring work, which mean no profile, each with what sets it apart."""
    found = session.con.execute(
        "select v_title, neighbor, count(*), min(row, 3) from loadable where neighbor <> '' "
        "group by v_title, neighbor order by min(row)"
    ).fetchall()
    warnings = [
        RowWarning("", f"{title!r} means no profile; {why}", n, tuple(first))
        for title, why, n, first in found[:_NEIGHBORS]
    ]
    if more := found[_NEIGHBORS:]:
        rows, first = sum(n for _, _, n, _ in more), more[0][3]
        reason = f"{len(more):,} further titles of neighboring work mean no profile"
        warnings.append(RowWarning("", reason, rows, tuple(first)))
    return tuple(warnings)


def _unknown_levels(session: ImportSession) -> tuple[str, ...]:
    """Levels of the team's own, which only help to read the title."""
    found = session.con.execute(
        "select distinct v_level from loadable where v_level is not null order by v_level"
    ).fetchall()
    return tuple(level for (level,) in found if not level_code(level))


def _count_rows(session: ImportSession, staged: StagedRows) -> _Counts:
    layout = staged.layout
    known = layout.known_fields
    rules = [*warning_rules(layout.kind, known), *leaver_warnings(known)]
    odd = "".join(f", bad = 0 and ({rule.when}) as odd_{i}" for i, rule in enumerate(rules))
    per_rule = "".join(
        f", count(*) filter (odd_{i}), min({staged.row_number}, 3) filter (odd_{i})"
        for i in range(len(rules))
    )
    ((rows, to_load, currencies, *found),) = session.con.execute(f"""
        select count(*), count(*) filter (good),
            list_sort(list(distinct v_currency) filter (good)){per_rule}
        from (select rowid, *, bad = 0 as good{odd} from checked where not blank) as checked
    """).fetchall()
    headings = {name: column.heading for name, column in layout.mapped.items()}
    warnings = tuple(
        RowWarning(headings.get(rule.field, rule.field), rule.reason, n, tuple(first))
        for rule, n, first in zip(rules, found[::2], found[1::2], strict=True)
        if n and not (rule.reason == NO_PERSON and n > to_load * _FEW)
    )
    return _Counts(rows, to_load, tuple(currencies or ()), warnings)
