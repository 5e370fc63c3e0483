"""Titles such as Total Berlin: a sum where Berlin is a value of the file, else a title."""

from data.imports.team_files import sum_words
from data.imports.team_files.session import ImportSession
from data.imports.team_files.staging import StagedRows, reject
from data.imports.team_files.sum_rows import IS_SUM, PARTS
from data.imports.team_files.validation_rules import Rule
from data.store.sql_text import sql_literal

_NAMED = ("organisation", *PARTS, "focus", "place", "title")


def reject_named_sums(session: ImportSession, staged: StagedRows) -> StagedRows:
    """Leave out titles such as Total Berlin where Berlin is a value of another column.

    A row with a person's number is a person's.
    """
    known = staged.layout.mapped
    if "title" not in known:
        return staged
    before, after = (
        f"nullif(regexp_extract(lower(v_title), {sql_literal(pattern)}, 1), '')"
        for pattern in (sum_words.BEFORE, sum_words.AFTER)
    )
    work = ", ".join(map(sql_literal, sum_words.NO_NAMES))
    # The list keeps the patterns to distinct titles: a filter would go below a plain `distinct`.
    named = f"""
        select v_title as title, coalesce({before}, {after}) as part
        from (select unnest(list(distinct v_title)) as v_title from checked)
        where part not in ({work})
    """
    if not session.con.execute(f"{named} limit 1").fetchall():
        return staged
    values = " union all ".join(f"select lower(v_{n}) from checked" for n in _NAMED if n in known)
    nobody = "".join(f" and v_{n} is null" for n in ("person_id", "employee_id") if n in known)
    return reject(
        session,
        staged,
        Rule("title", "", IS_SUM, whole=True),
        "select rowid from checked where v_title in "
        f"(select title from ({named}) where part in ({values})){nobody}",
    )
