"""Step schedules: a grade's pay step by step, in one row or in a row each, as ranges.

The minimum is the first step and the maximum the last, unless the file gives them.
"""

from data.imports.team_files.file_types import STEPS
from data.imports.team_files.layout import Layout
from data.imports.team_files.session import ImportSession
from data.imports.team_files.staging import StagedRows, reject
from data.imports.team_files.validation_rules import Rule

_RANGE = ", ".join(
    f"v_{name}"
    for name in (
        *("level", "profile", "title", "function", "focus", "place"),
        *("currency", "basis", "effective_date"),
    )
)
_GOOD = "bad = 0 and not blank and v_step is not null"


def merge_steps(session: ImportSession, staged: StagedRows) -> StagedRows:
    """Make one row of the steps of a range, and the session's table `range_step` of all steps.

    Its columns are the row of the range, the step and its pay in hundredths.
    """
    if "step" in staged.layout.mapped:
        return _from_rows(session, staged)
    names = [name for name in STEPS if name in staged.layout.mapped]
    if names:
        each = " union all ".join(
            f"select {staged.row_number} as row, {name.removeprefix('step_')} as step, "
            f"v_{name} as pay from checked where bad = 0 and v_{name} is not null"
            for name in names
        )
        session.con.execute(f"create or replace table range_step as {each}")
    return staged


def _from_rows(session: ImportSession, staged: StagedRows) -> StagedRows:
    """The same where each step has a row."""
    twice = (
        f"select rowid from checked where {_GOOD} qualify row_number() over "
        f"(partition by {_RANGE}, v_step order by rowid) > 1"
    )
    staged = reject(session, staged, Rule("step", "", "is already in an earlier row"), twice)
    falls = (
        f"select rowid from checked where {_GOOD} qualify v_step_pay < max(v_step_pay) over "
        f"(partition by {_RANGE} order by v_step rows between unbounded preceding and 1 preceding)"
    )
    staged = reject(session, staged, Rule("step_pay", "", "is below an earlier step"), falls)
    session.con.execute(f"""
        create or replace table range_step as
        select first_value({staged.row_number}) over steps as row,
            first_value(rowid) over steps as first, rowid as step_row, v_step::integer as step,
            v_step_pay as pay
        from checked where {_GOOD} window steps as (partition by {_RANGE} order by v_step)
    """)
    session.con.execute("""
        update checked set v_minimum = ends.low, v_maximum = ends.high
        from (select first, arg_min(pay, step) as low, arg_max(pay, step) as high
              from range_step group by first) as ends
        where checked.rowid = ends.first
    """)
    others = "select step_row from range_step where step_row <> first"
    rule = Rule("step", "", "is a step of the range of the same grade", whole=True)
    return reject(session, staged, rule, others)


def stepped_sql(layout: Layout, name: str) -> str:
    """SQL of an end of a range: its own, else the first or the last step of the row."""
    steps = [f"v_{step}" for step in STEPS if step in layout.mapped]
    if name not in ("minimum", "maximum") or not steps:
        return ""
    ordered = steps if name == "minimum" else steps[::-1]
    return f"coalesce(v_{name}, {', '.join(ordered)}) as v_{name}"
