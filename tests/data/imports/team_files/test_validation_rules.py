"""Where a row starts to look odd, and where it is left out: each limit and just beyond it."""

from dataclasses import replace

import pytest

from data.imports.team_files.options import ImportOptions
from tests.data.loads import SAID, bring

POINT = replace(SAID, decimal=".")
PEOPLE = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03-01"}, decimal=".")


def odd_rows(
    text: str, kind: str = "records", choices: ImportOptions = POINT
) -> dict[str, list[int]]:
    """Column → the rows that look odd in it; every row is taken."""
    report = bring(kind, text, choices).report
    assert report.left_out == 0
    return {odd.column: list(odd.first) for odd in report.row_warnings}


@pytest.mark.parametrize(
    ("header", "fine", "odd", "column"),
    [
        ("Base", ["1000", "10000000"], ["999.99", "10000000.01"], "Base"),
        ("Base,Bonus", ["50000,200000"], ["50000,200000.01"], "Bonus"),
        ("Base,Bonus", ["100000,200", "100000,0"], ["100000,199.99", "100000,-200"], "Bonus"),
        (
            "Base,Bonus,Total cash",
            ["90000,9000,99001", "90000,9000,98999", "90000,,90000"],
            ["90000,9000,99001.01", "90000,9000,98998.99", "90000,,99000"],
            "Total cash",
        ),
    ],
)
def test_pay_looks_odd_just_beyond_each_limit(header, fine, odd, column):
    for row in fine:
        assert odd_rows(f"Company,{header}\nA,{row}\n") == {}
    for row in odd:
        assert odd_rows(f"Company,{header}\nA,{row}\n") == {column: [2]}


def test_being_hired_after_the_day_of_the_roster_looks_odd():
    text = "ID,Title,Base,Hire date\n1,CSM,90000,2026-03-02\n2,CSM,90000,2026-03-01\n"
    assert odd_rows(text, "roster", PEOPLE) == {"Hire date": [2]}


@pytest.mark.parametrize(
    ("heading", "taken", "left_empty"),
    [
        ("FTE", ["0.0001", "1", "1.5"], ["0", "-1", "1.5001"]),
        ("Hours", ["1", "37.5", "168"], ["0.9", "0", "168.1"]),
        (
            "Hire date",
            ["1900-01-01", "29 Feb 2024", "2199-12-31"],
            ["1899-12-31", "29 Feb 2025", "2200-01-01"],
        ),
    ],
)
def test_a_cell_of_a_roster_is_left_empty_just_beyond_each_limit(heading, taken, left_empty):
    rows = [f"{i},CSM,90000,{cell}" for i, cell in enumerate([*taken, *left_empty])]
    found = bring("roster", f"ID,Title,Base,{heading}\n" + "\n".join(rows) + "\n", PEOPLE)
    assert (found.report.to_load, found.problems) == (len(rows), [])
    assert [(p.column, p.value) for p in found.cleared] == [(heading, c) for c in left_empty]


@pytest.mark.parametrize(("n", "taken"), [("1", True), ("0", False), ("1.5", False), ("-1", False)])
def test_a_sample_size_is_a_whole_number_above_0(n, taken):
    said = ImportOptions(
        set_values={"currency": "USD", "as_of": "2026-03", "basis": "base"}, decimal="."
    )
    found = bring("survey", f"Title,P50,N\nCSM,95500,{n}\n", said)
    assert (found.report.to_load, found.problems) == (1, [])
    assert [p.column for p in found.cleared] == ([] if taken else ["N"])
    assert found.values("n") == [1 if taken else None]
