"""Beside each column stands why it is its field, and what is in it."""

from data.files.open_file import open_file
from data.imports.team_files.file_types import file_type
from data.imports.team_files.match_reasons import first_values, match_reason
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.read_layout import read_layout

FILE = (
    "Employer,Monthly Salary,Efective Date,Work Email,Shoe Size\n"
    "Acme,9000,2026-03-01,a@acme.example,9\nAcme,9500,2026-03-01,b@acme.example,\n"
    "Bolt,9000,2026-03-01,c@bolt.example,10\n"
)


def layout(tmp_path):
    opened = open_file("pay.csv", FILE.encode(), tmp_path)
    return read_layout(file_type("records"), opened, ImportOptions())


def test_each_column_says_why(tmp_path):
    columns = layout(tmp_path).columns
    kind = file_type("records")
    assert [match_reason(kind, column) for column in columns] == [
        "known heading",
        "known heading, pay of: month",
        "heading resembles “effective date”",
        "looks private (by its heading)",
        "no field has this heading",
    ]


def test_the_first_different_values_stand_beside_it_but_not_private_ones(tmp_path):
    assert first_values(layout(tmp_path)) == {
        0: ("Acme", "Bolt"),
        1: ("9000", "9500"),
        2: ("2026-03-01",),
        3: (),
        4: ("9", "10"),
    }
