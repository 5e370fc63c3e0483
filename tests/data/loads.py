"""Files that are imported by tests: what was understood, what would be loaded, what not."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from analytics.jobs.profile_lookup import NamedJob, name_jobs
from data.catalog.matcher import read_matcher
from data.files.problems import Problem
from data.imports.team_files.check import check_file
from data.imports.team_files.checked_rows import (
    cleared_cells,
    problems,
    rejects,
    rows_to_load,
)
from data.imports.team_files.file_types import file_type
from data.imports.team_files.load import load_team_file
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Report
from data.imports.team_files.session import ImportSession
from queries import run

NOTHING = ImportOptions()
#: What a short file of pay records does not say.
SAID = ImportOptions(set_values={"currency": "USD", "effective_date": "2026-03"})


@dataclass(frozen=True)
class Brought:
    """A checked file: its report, the rows to load by field, problems, and the rejects file.

    ``cleared`` are the cells that are left empty.
    """

    report: Report
    rows: list[dict[str, Any]]
    problems: list[Problem]
    rejects: list[list[str]]
    cleared: list[Problem]

    def values(self, field: str) -> list[Any]:
        """One field of the rows to load; money in units, not in hundredths."""
        pay = self.report.layout.kind.fields[field].unit == "money"
        found = [row[f"v_{field}"] for row in self.rows]
        return [v / 100 if pay and v is not None else v for v in found]


@cache
def _session() -> ImportSession:
    """One for all files of a test process, as the page keeps one: a DuckDB takes 20 ms to make."""
    return ImportSession()


def nameless(jobs: Sequence[object]) -> list[NamedJob]:
    """No job means a profile."""
    return [NamedJob("", "proxy", "")] * len(jobs)


def bring(
    kind: str, content: str | bytes | Path, options: ImportOptions = NOTHING, file: str = "f.csv"
) -> Brought:
    """A file as it is checked, without a store."""
    source = content.encode() if isinstance(content, str) else content
    session = _session()
    checked = check_file(session, file_type(kind), file, source, options, nameless)
    asked = bool(checked.report.questions)
    rows = [] if asked else rows_to_load(session, "*").read_all().to_pylist()
    return Brought(
        checked.report,
        rows,
        list(problems(session, checked.staged)),
        list(rejects(session, checked.staged)),
        list(cleared_cells(session, checked.staged)),
    )


def load(
    con: duckdb.DuckDBPyConnection,
    kind: str,
    content: str | bytes | Path,
    options: ImportOptions = NOTHING,
    name: str = "Mine",
) -> str:
    """Check a file beside a store, and load it."""
    source = content.encode() if isinstance(content, str) else content
    profiles = set(run(con, "profiles").code)
    session = _session()
    checked = check_file(
        session,
        file_type(kind),
        "f.csv",
        source,
        options,
        lambda jobs: name_jobs(jobs, read_matcher(con), profiles),
    )
    return load_team_file(con, session, checked, name)
