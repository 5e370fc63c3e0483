"""Files on their way in, for tests: what was understood, what would be loaded, what not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from analytics.jobs.profile_lookup import name_jobs
from data.catalog.matcher import read_matcher
from data.files.problems import Problem
from data.imports.load import load_team_file
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Report
from data.imports.team_files.stage import ImportSession
from queries import run

NOTHING = ImportOptions()
#: What a short file of pay records does not say.
SAID = ImportOptions(said={"currency": "USD", "effective_date": "2026-03"})


@dataclass(frozen=True)
class Brought:
    """A checked file: its report, the rows to load by field, problems, and the rejects file."""

    report: Report
    rows: list[dict[str, Any]]
    problems: list[Problem]
    rejects: list[list[str]]

    def values(self, field: str) -> list[Any]:
        """One field of the rows to load; money in units, not in hundredths."""
        pay = self.report.kind.fields[field].unit == "money"
        found = [row[f"v_{field}"] for row in self.rows]
        return [v / 100 if pay and v is not None else v for v in found]


def nameless(jobs: Sequence[object]) -> list[tuple[str, str, str]]:
    """No job means a profile."""
    return [("", "proxy", "")] * len(jobs)


def bring(
    kind: str, content: str | bytes, choices: ImportOptions = NOTHING, file: str = "f.csv"
) -> Brought:
    """A file as it is checked, without a store."""
    data = content.encode() if isinstance(content, str) else content
    with ImportSession(file_type(kind), file, data, nameless) as stage:
        report = stage.check(choices)
        asked = bool(report.questions)
        rows = [] if asked else stage.arrow("*").read_all().to_pylist()
        return Brought(report, rows, list(stage.problems(report)), list(stage.rejects(report)))


def load(
    con: duckdb.DuckDBPyConnection,
    kind: str,
    content: str | bytes,
    choices: ImportOptions = NOTHING,
    name: str = "Mine",
) -> str:
    """Check a file beside a store, and load it."""
    data = content.encode() if isinstance(content, str) else content
    profiles = set(run(con, "profiles").code)
    stage = ImportSession(
        file_type(kind), "f.csv", data, lambda jobs: name_jobs(jobs, read_matcher(con), profiles)
    )
    with stage:
        return load_team_file(con, stage, stage.check(choices), name)
