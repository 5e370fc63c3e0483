"""Whose pay a figure is where people have an FTE: as paid for it, or of full-time work.

Full-time pay is base and variable pay, as paid, divided by the FTE. Equity and
overtime stay as they are: neither is known to follow the FTE.
"""

from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.options import ACTUAL, FULL_TIME
from data.imports.team_files.session import ImportSession

_DIVIDED = ("base", "variable")


def pay_is(layout: Layout) -> str:
    """Actual or full-time, as the options or the heading of base pay say; empty if neither does."""
    return layout.options.pay_is or _by_heading(layout)


def _by_heading(layout: Layout) -> str:
    column = layout.mapped.get("base") or layout.mapped.get("hourly_rate")
    words = f" {tidy_heading(column.heading if column else '')} "
    full_time = " fte " in words or " full time " in words
    said = {FULL_TIME: full_time, ACTUAL: " actual " in words}
    found = [what for what, is_said in said.items() if is_said]
    return found[0] if len(found) == 1 else ""


def part_timers(session: ImportSession, layout: Layout) -> int:
    """How many rows to load have an FTE other than 1."""
    if "fte" not in layout.known_fields:
        return 0
    ((rows,),) = session.con.execute(
        "select count(*) from checked where bad = 0 and not blank and v_fte <> 1"
    ).fetchall()
    return int(rows)


def full_time_question(layout: Layout, part_timers: int) -> list[Question]:
    """Whether the pay of part-timers is as paid, where there are any and nothing says it."""
    if not part_timers or pay_is(layout):
        return []
    rows = f"{part_timers:,} row{' has' if part_timers == 1 else 's have'}"
    text = f"{rows} an FTE other than 1: is their pay as paid for it, or of full-time work"
    option = "--pay-is actual (then full-time pay is pay ÷ FTE), or --pay-is full-time"
    choices = ((ACTUAL, "as paid for the FTE"), (FULL_TIME, "of full-time work"))
    return [Question("pay_is", text, option, choices)]


def full_time_fact(layout: Layout, part_timers: int) -> str:
    """How the pay of part-timers was read; empty where there are none."""
    said = pay_is(layout)
    if not part_timers or not said:
        return ""
    by = "" if layout.options.pay_is else ", by the heading of its column"
    rows = f"{part_timers:,} row{'' if part_timers == 1 else 's'}"
    if said == FULL_TIME:
        return f"pay of {rows} with an FTE other than 1 is of full-time work{by}; not divided"
    return (
        f"pay of {rows} with an FTE other than 1 is as paid{by}; full-time base and variable pay "
        "is that ÷ FTE"
    )


def full_time_sql(layout: Layout, name: str) -> str:
    """SQL of a pay record's field: base and variable pay as full-time pay, in hundredths."""
    value = f"v_{name}"
    records = layout.kind.name == "records" and "fte" in layout.known_fields
    if not records or name not in _DIVIDED or pay_is(layout) != ACTUAL:
        return value
    share = f"cast(round({value} / v_fte) as bigint)"
    return f"case when v_fte is null or v_fte = 1 then {value} else {share} end as {value}"
