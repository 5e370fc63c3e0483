"""Surveys into the store: which profile each job means, and how closely."""

from dataclasses import dataclass

import duckdb
import pandas as pd

from analytics.matching import Matcher
from data.problems import Problem
from data.survey import PERCENTILES, Survey, SurveyRow
from queries import run

#: From this confidence on a title is a strong match, from that one a partial one.
_STRONG, _PARTIAL = 0.90, 0.70


@dataclass(frozen=True)
class Placed:
    """A survey's job with the profile that it means; an empty code where none does."""

    row: SurveyRow
    code: str
    match: str
    reason: str


def place(
    con: duckdb.DuckDBPyConnection, matcher: Matcher, survey: Survey
) -> tuple[list[Placed], list[Problem]]:
    """Each job with its profile: the one that the file names, else by its title.

    A profile that the file names and the store does not have is a problem.
    """
    known = set(run(con, "profiles").code)
    placed, problems = [], []
    for row in survey.rows:
        if row.profile and row.profile not in known:
            reason = "is no profile that Bandstand has"
            problems.append(Problem(survey.file, row.row, "profile", row.profile, reason))
        elif row.profile:
            placed.append(Placed(row, row.profile, "exact", "named in the survey file"))
        else:
            placed.append(_by_title(row, matcher))
    return placed, problems


def insert(con: duckdb.DuckDBPyConnection, load: int, placed: list[Placed]) -> None:
    """Put a survey's jobs into the store's own table; the caller holds the transaction."""
    rows = [
        [
            load, p.row.row, p.row.title, p.row.job_code, p.row.level, p.code or None, p.match,
            p.reason, p.row.basis, p.row.currency, p.row.place, p.row.as_of, p.row.n,
            p.row.organisations, *(p.row.pay.get(name) for name in PERCENTILES),
        ]
        for p in placed
    ]  # fmt: skip
    marks = ", ".join("?" * 19)
    con.executemany(f"insert into imported_survey values ({marks})", rows)


def report(placed: list[Placed]) -> pd.DataFrame:
    """One row a job: what it was taken for."""
    return pd.DataFrame(
        [
            {
                "row": p.row.row,
                "title": p.row.title,
                "code": p.code,
                "match": p.match,
                "reason": p.reason,
                "pay_basis": p.row.basis,
                "currency": p.row.currency,
                "as_of": p.row.as_of,
                "n": "not published" if p.row.n is None else f"{p.row.n:,}",
                **{name: float(p.row.pay.get(name, "nan")) for name in PERCENTILES},
            }
            for p in placed
        ],
        columns=["row", "title", "code", "match", "reason", "pay_basis", "currency", "as_of", "n",
                 *PERCENTILES],
    )  # fmt: skip


def _by_title(row: SurveyRow, matcher: Matcher) -> Placed:
    title = f"{row.title} {row.level}" if row.level else row.title
    found = matcher.match(title, 1) or matcher.match(row.title, 1)
    if not found or found[0].confidence < _PARTIAL:
        return Placed(row, "", "proxy", "no profile matches the title well")
    best = found[0]
    match = "strong" if best.confidence >= _STRONG else "partial"
    return Placed(row, best.code, match, f"by its title, {best.reason}")
