"""Survey rows of both weightings: each incumbent counts once, or each organization does.

Of a job's rows of both kinds one is used; the other is kept. They are two views of one
sample, and would count it twice.
"""

from data.imports.team_files.known_words import INCUMBENT
from data.imports.team_files.layout import Layout
from data.imports.team_files.session import ImportSession

_CELL = ", ".join(
    f"v_{name}"
    for name in ("title", "job_code", "level", "profile", "basis", "currency", "place", "as_of")
)


def preferred(layout: Layout) -> str:
    """The weighting that is used where a job has both."""
    return layout.options.weighting or INCUMBENT


def is_used_sql(layout: Layout) -> str:
    """SQL of whether a survey's row is used: not beside one of the preferred weighting."""
    if "weighting" not in layout.known_fields:
        return "true"
    this = f"v_weighting = '{preferred(layout)}'"
    beside = f"coalesce(bool_or({this}) over (partition by {_CELL}), false)"
    return f"(v_weighting is null or {this} or not {beside})"


def weighting_fact(session: ImportSession, layout: Layout) -> str:
    """Which rows are used, where some job has rows of both weightings."""
    if "weighting" not in layout.known_fields:
        return ""
    if stated := layout.options.set_values.get("weighting"):
        return f"all figures are {stated}-weighted (--weighting incumbent or organization)"
    ((unused,),) = session.con.execute("select count(*) filter (not used) from loadable").fetchall()
    used = preferred(layout)
    if not unused:
        return "no job has rows of both weightings"
    rows = f"{unused:,} row{' is' if unused == 1 else 's are'}"
    return (
        f"where a job has both, {used}-weighted figures are used; {rows} kept and not used for "
        "pricing (--weighting incumbent or organization)"
    )
