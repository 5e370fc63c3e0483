"""Titles of neighboring work in rosters and surveys: no profile, and the report says why."""

from pathlib import Path

import pytest

from tests.commands import bandstand
from tests.data.imports.team_files.test_check import PEOPLE
from tests.data.loads import load

ROWS = (
    "1,Technical Account Manager,,98000",
    "2,Customer Success Manager,P3,98000",
    "3,Technical Account Manager,,99000",
    "4,Line Cook,P2,31000",
)
ROSTER = "Employee ID,Title,Grade,Base\n" + "\n".join(ROWS) + "\n"
SURVEY = "Job Code,Job Title,Level,P50\n" + "\n".join(ROWS) + "\n"
WHY = "“Technical Account Manager” is a neighbor of Customer Success Management: it "


def test_the_row_keeps_the_reason_why_its_title_is_a_neighbor(own):
    load(own, "roster", ROSTER, PEOPLE)
    held = own.execute("select row, code, reason from employee order by row").fetchall()
    assert [row for row, code, reason in held if WHY in reason and code is None] == [1 + 1, 3 + 1]
    assert held[3][2] == "no profile matches the title well"


@pytest.mark.parametrize(("kind", "text"), [("roster", ROSTER), ("survey", SURVEY)])
def test_the_report_names_each_neighbor_once_with_its_rows(kind, text, tmp_path: Path, store):
    file = tmp_path / "jobs.csv"
    file.write_text(text)
    basis = ["--set", "basis=base"] if kind == "survey" else []
    said = bandstand("load", kind, str(file), "--set", "currency=USD", "--set", "as_of=2026-03",
                     *basis, "--dry-run")  # fmt: skip
    (line,) = [line for line in said.stderr.splitlines() if "neighbor" in line]
    assert line.startswith(f"check: 2 rows: 'Technical Account Manager' means no profile; {WHY}")
    assert line.endswith("(first in row 2, 4)")
    assert "4 rows, 4 to load, 0 to be left out; 1 match a profile" in said.stdout
