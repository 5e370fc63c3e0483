"""Columns that look private: by their heading, or by more than half of their cells."""

import pytest

from data.imports.team_files.column_matching import match_columns
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions

HEADER = ["Employee ID", "Title", "Base", "Contact"]
CELLS = {
    "e-mail addresses": "ann@example.com",
    "US social security numbers": "078-05-1120",
    "telephone numbers": "+49 30 1234567",
}


def private(cells: list[str], kind: str = "roster", heading: str = "Contact") -> str:
    """Why the last column of a file of a kind is private."""
    sample = [[str(i), "CSM", "95000", cell] for i, cell in enumerate(cells)]
    header = [*HEADER[:3], heading]
    return match_columns(file_type(kind), header, sample, ImportOptions())[3].private


@pytest.mark.parametrize("what", CELLS)
@pytest.mark.parametrize(
    ("of_100", "looks_private"), [(100, True), (51, True), (50, False), (0, False)]
)
def test_a_column_is_private_when_more_than_half_of_its_cells_are(what, of_100, looks_private):
    cells = [CELLS[what]] * of_100 + ["yes"] * (100 - of_100)
    assert private(cells) == (f"its cells are {what}" if looks_private else "")


def test_empty_cells_count_for_nothing():
    assert private(["ann@example.com", "", " ", "", ""]) == "its cells are e-mail addresses"
    assert private(["ann@example.com", "yes", "", "", ""]) == ""
    assert private(["", ""]) == ""


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("(030) 123-4567", "telephone numbers"),
        ("030 1234567", ""),
        ("078-05-112", ""),
        ("ann@example", ""),
        ("see ann@example.com", ""),
    ],
)
def test_a_cell_is_private_as_a_whole(cell, what):
    assert private([cell]) == (f"its cells are {what}" if what else "")


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Full Name", "by its heading"),
        ("E-Mail", "by its heading"),
        ("Date of Birth", "by its heading"),
        ("Company Name", ""),
        ("Job Title Name", ""),
    ],
)
def test_a_heading_is_private_as_a_whole(heading, why):
    assert private(["yes"], heading=heading) == why


def test_a_file_without_people_has_no_private_columns():
    assert private(["ann@example.com"] * 3, kind="survey") == ""
