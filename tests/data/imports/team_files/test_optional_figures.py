"""Optional cells of surveys and ranges: one that can't be read is left empty and listed."""

import pytest

from data.imports.team_files.options import ImportOptions
from data.imports.team_files.validation_rules import OTHER_CURRENCY
from tests.data.loads import bring, load

SURVEY = ImportOptions(
    set_values={"currency": "USD", "basis": "base", "as_of": "2026-03"}, decimal="."
)
RANGES = ImportOptions(
    set_values={"currency": "USD", "basis": "base", "effective_date": "2026-01"}, decimal="."
)
HEAD = "Job Title,Level,Incumbents,P25,P50,P75\n"


def test_a_cell_of_a_survey_that_says_no_number_is_left_empty_and_listed(own):
    text = HEAD + "CSM,P2,<5,90000,ISD,121000\nCSM,P3,12,95000,105000,n/a\n"
    found = bring("survey", text, SURVEY)
    assert (found.report.rows_in, found.report.to_load, found.problems) == (2, 2, [])
    assert found.values("p50") == [None, 105_000]
    assert found.values("n") == [None, 12]
    assert [(c.row, c.column, c.value, c.reason) for c in found.cleared] == [
        (2, "Incumbents", "<5", "is not a whole number above 0"),
        (2, "P50", "ISD", "is not an amount of pay"),
    ]
    assert load(own, "survey", text, SURVEY).startswith("load 1: 2 rows in, 2 loaded, 0 rejected")
    held = own.execute("select p25, p50, p75, n from imported_survey order by row").fetchall()
    assert [tuple(map(int, filter(None, row))) for row in held] == [
        (90_000, 121_000), (95_000, 105_000, 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("CSM,P2,9,ISD,,*", "is not an amount of pay"),
        ("CSM,P2,9,90000,€100000,121000", OTHER_CURRENCY),
        ("CSM,P2,9,90000,80000,121000", "is below p25"),
        ("CSM,P2,9,90000,100,121000", "is outside 1,000"),
        ("CSM,P2,9,,,", "is missing"),
        (",P2,9,90000,100000,121000", "is empty"),
    ],
)
def test_what_every_row_needs_and_a_wrong_figure_leave_the_row_out(row, reason):
    found = bring("survey", f"{HEAD}{row}\nCSM,P3,12,95000,105000,120000\n", SURVEY)
    assert found.report.to_load == 1
    assert {p.row for p in found.problems} == {2}
    assert any(reason in p.reason for p in found.problems)
    assert found.cleared == []


def test_a_basis_that_is_not_known_is_needed_by_plain_percentiles():
    text = "Job Title,Basis,P50\nCSM,salary,100000\n"
    said = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"})
    (problem,) = bring("survey", text, said).problems
    assert (problem.column, problem.value) == ("Basis", "salary")


def test_a_midpoint_that_cant_be_read_is_computed_and_marked_so(own):
    text = "Level,Minimum,Midpoint,Maximum\nP2,80000,tbd,110000\nP3,tbd,100000,120000\n"
    found = bring("ranges", text, RANGES)
    assert [(c.row, c.column, c.value) for c in found.cleared] == [(2, "Midpoint", "tbd")]
    assert [(p.row, p.column, p.reason) for p in found.problems] == [
        (3, "Minimum", "is not an amount of pay")
    ]
    load(own, "ranges", text, RANGES)
    held = own.execute("select midpoint, midpoint_computed from pay_range").fetchall()
    assert held == [(9_500_000, True)]
