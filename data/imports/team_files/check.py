"""Check a file row by row in its session, before anything reaches the team's store."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pyarrow as pa

from analytics.jobs.profile_lookup import Job, NamedJob
from data.files.open_file import open_file
from data.imports.team_files.build_report import build_report
from data.imports.team_files.file_types import FileType
from data.imports.team_files.full_time_pay import full_time_sql, pay_is
from data.imports.team_files.layout import Layout
from data.imports.team_files.named_sums import reject_named_sums
from data.imports.team_files.options import ACTUAL, ImportOptions
from data.imports.team_files.read_layout import read_layout
from data.imports.team_files.report import Report
from data.imports.team_files.session import ImportSession
from data.imports.team_files.several_rows import merge_people
from data.imports.team_files.staging import StagedRows, reject, stage_rows
from data.imports.team_files.steps import merge_steps, stepped_sql
from data.imports.team_files.validation_rules import Rule
from data.imports.team_files.weighting import is_used_sql

#: Finds the profile that each job means.
JobNamer = Callable[[list[Job]], list[NamedJob]]
_SAME_JOB = (
    "v_title is not distinct from title and v_level is not distinct from level "
    "and v_profile is not distinct from profile"
)


@dataclass(frozen=True)
class CheckedFile:
    """A checked file: its report, and its rows in the session until the next check there."""

    report: Report
    staged: StagedRows


def check_file(
    session: ImportSession,
    kind: FileType,
    name: str,
    source: Path | bytes,
    options: ImportOptions,
    name_jobs: JobNamer,
) -> CheckedFile:
    """Open a file, read its layout, and check its rows.

    Raises `InputError` for a file that can't be read at all, and `CancelledError`.
    """
    options = options.validated(kind)
    with session.work():
        opened = open_file(name, source, session.folder, options.opening)
        session.raise_if_canceled()
        return check(session, read_layout(kind, opened, options), name_jobs)


def check(session: ImportSession, layout: Layout, name_jobs: JobNamer) -> CheckedFile:
    """Check every row; none while a question about the layout is open.

    ``name_jobs`` finds the profiles that jobs mean. The rows of an earlier check
    in the session are replaced.
    """
    if layout.questions:
        return CheckedFile(Report(layout, layout.questions), StagedRows(layout))
    session.raise_if_canceled()
    staged = reject_named_sums(session, stage_rows(session, layout))
    staged = merge_steps(session, merge_people(session, staged))
    session.raise_if_canceled()
    if "profile" in layout.kind.fields:
        staged = _find_profiles(session, staged, name_jobs)
        session.raise_if_canceled()
    _create_rows_to_load(session, staged)
    checked = CheckedFile(build_report(session, staged), staged)
    session.raise_if_canceled()
    return checked


def _find_profiles(session: ImportSession, staged: StagedRows, name_jobs: JobNamer) -> StagedRows:
    """Fill the session's table `job_match` with the profile that each job means.

    Rows that name nothing but an unknown profile are left out.
    """
    wanted = "true" if staged.layout.kind.by_title else "v_profile is not null"
    jobs = session.con.execute(
        f"select distinct v_title, v_level, v_profile from checked where bad = 0 and {wanted}"
    ).fetchall()
    rows = [(*job, *astuple(found)) for job, found in zip(jobs, name_jobs(jobs), strict=True)]
    names = ("title", "level", "profile", *(field.name for field in fields(NamedJob)))
    columns = {
        name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names)
    }
    session.con.register("chunk", pa.table(columns))
    session.con.execute(
        "create or replace table job_match as "
        "select * replace (nullif(code, '') as code) from chunk"
    )
    session.con.unregister("chunk")
    return reject(
        session,
        staged,
        Rule("profile", "", "is an unknown profile, and no title or level says more"),
        f"select checked.rowid from checked join job_match on {_SAME_JOB} "
        "where code is null and profile is not null and coalesce(title, level) is null",
    )


def _create_rows_to_load(session: ImportSession, staged: StagedRows) -> None:
    """The view `loadable`: row, ``v_FIELD``, kept columns and the profile of the rows to load."""
    layout = staged.layout
    kind = layout.kind
    with_profile = "profile" in kind.fields
    profile = ", code, match, reason, conflict, neighbor" if with_profile else ""
    used = f", {is_used_sql(layout)} as used" if layout.kind.name == "survey" else ""
    join = f"left join job_match on {_SAME_JOB}" if with_profile else ""
    values = ", ".join(
        stepped_sql(layout, name) or full_time_sql(layout, name) for name in kind.fields
    )
    session.con.execute(f"""
        create or replace view loadable as
        select {staged.row_number} as row, {values}, kept, '{pay_is(layout) or ACTUAL}' as pay_is
            {profile}{used}
        from checked {join} where bad = 0 and not blank
    """)
