"""Several rows of one person at one date in pay records: added up, or the person counted once.

Which rows are of one person is known by the file's own id of people, which is not stored.
"""

from dataclasses import replace

from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.options import ALL, ONCE, SUM
from data.imports.team_files.session import ImportSession
from data.imports.team_files.staging import StagedRows, reject
from data.imports.team_files.validation_rules import Rule

_PERSON = "v_person_id, lower(v_organisation), v_effective_date, v_currency"
_GOOD = "bad = 0 and not blank and v_person_id is not null"
_ADDED = ("base", "variable", "overtime", "equity")
_CHOICES = (
    (SUM, "parts of one person's pay: add them up"),
    (ONCE, "count the person once, by the row of the highest base pay"),
    (ALL, "count every row"),
)


def merge_people(session: ImportSession, staged: StagedRows) -> StagedRows:
    """Make one row of the rows of one person at one date, as the options say."""
    if "person_id" not in staged.layout.known_fields:
        return staged
    ((people, rows),) = session.con.execute(
        f"select count(*), coalesce(sum(n), 0) from (select count(*) as n from checked "
        f"where {_GOOD} group by {_PERSON} having n > 1)"
    ).fetchall()
    staged = replace(staged, several=(int(people), int(rows)))
    how = several_rows(staged.layout)
    if people and how == SUM:
        staged = _added_up(session, staged)
    elif people and how == ONCE:
        staged = _once(session, staged)
    if "pay_type" not in staged.layout.known_fields:
        return staged
    alone = Rule("person_id", "", "is of a person without a row of base pay")
    without = f"select rowid from checked where {_GOOD} and v_base is null"
    return reject(session, staged, alone, without)


def several_rows(layout: Layout) -> str:
    """What to do with several rows; empty where it has to be asked. Pay types are added up."""
    return layout.options.several_rows or (SUM if "pay_type" in layout.known_fields else "")


def _added_up(session: ImportSession, staged: StagedRows) -> StagedRows:
    """Put the sums into each person's first row with base pay; leave the others out."""
    sums = ", ".join(f"sum(v_{name}) as {name}" for name in _ADDED)
    # Two jobs of half time are one of full time; parts of one job's pay share its FTE.
    fte = "sum(v_fte) filter (where v_base is not null)"
    session.con.execute(f"""
        create or replace temp table person_pay as
        select coalesce(min(rowid) filter (where v_base is not null), min(rowid)) as first,
            list(rowid) as all_rows, {sums},
            case when {fte} > 1.5 then max(v_fte) else {fte} end as fte
        from checked where {_GOOD} group by {_PERSON} having count(*) > 1
    """)
    values = ", ".join(f"v_{name} = person_pay.{name}" for name in (*_ADDED, "fte"))
    session.con.execute(
        f"update checked set {values} from person_pay where checked.rowid = person_pay.first"
    )
    reason = "is added to that person's first row of the same date"
    others = "select r from (select first, unnest(all_rows) as r from person_pay) where r <> first"
    return reject(session, staged, Rule("person_id", "", reason, whole=True), others)


def _once(session: ImportSession, staged: StagedRows) -> StagedRows:
    reason = "is of a person who counts once at that date, by the row of the highest base pay"
    others = (
        f"select rowid from checked where {_GOOD} qualify row_number() over "
        f"(partition by {_PERSON} order by v_base desc nulls last, rowid) > 1"
    )
    return reject(session, staged, Rule("person_id", "", reason, whole=True), others)


def several_question(staged: StagedRows) -> list[Question]:
    """What several rows of one person are, where there are any and nothing says it."""
    people, rows = staged.several
    if not people or several_rows(staged.layout):
        return []
    text = f"{_count(people)} several rows at one date, {rows:,} in all: what are they"
    option = "--several-rows sum to add them up, once to count the person once, or all"
    return [Question("several_rows", text, option, _CHOICES)]


def several_fact(staged: StagedRows) -> str:
    """What is known of several rows of one person, and what was done."""
    if staged.layout.kind.name != "records":
        return ""
    if "person_id" not in staged.layout.known_fields:
        return "no column identifies them, so whether one has several rows is not known"
    people, rows = staged.several
    if not people:
        return "one row each at each date"
    how = several_rows(staged.layout)
    done = {SUM: "added up to one each", ONCE: "each counted once", ALL: "every row counted"}
    return f"{_count(people)} several rows at one date, {rows:,} in all: {done.get(how, 'asked')}"


def _count(people: int) -> str:
    return f"{people:,} {'person has' if people == 1 else 'people have'}"
