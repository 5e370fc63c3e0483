"""The kind of a file is recognized by its headings, or by a name that only one has."""

import pytest

from data.files.open_file import open_file
from data.imports.team_files.file_types import NAMES, file_type
from data.imports.team_files.recognize import recognize
from data.imports.team_files.templates import as_csv

FILES = {
    "Job Title,P25,Median,P75,Incumbents\nSenior CSM,99000,117000,134000,260\n": "survey",
    "Name;Company;Job Title;Level;Jahresgehalt;Ccy;Effective Date\nA;B;C;P3;1;EUR;2025\n": (
        "records"
    ),
    "Employee ID,Job Title,Base Salary,Hire Date,FTE\n7,CSM,90000,2020-01-01,1\n": "roster",
    "Grade,Minimum,Midpoint,Maximum\nP3,80000,100000,120000\n": "ranges",
    "AREA_TITLE,OCC_CODE,TOT_EMP,A_MEDIAN\nU.S.,11-2022,1,2\n": "oews",
    "Colour,Size\nred,9\n": None,
    # As good for one as for the other: it is asked.
    "Title,Level,Currency\nCSM,P3,USD\n": None,
}


@pytest.mark.parametrize(("text", "kind"), FILES.items())
def test_a_file_is_recognized_by_its_headings(text, kind, tmp_path):
    found = recognize(open_file("file.csv", text.encode(), tmp_path))
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize("name", NAMES)
def test_each_template_is_recognized_as_its_kind(name, tmp_path):
    found = recognize(open_file("file.csv", as_csv(file_type(name)), tmp_path))
    assert found is not None
    assert found.kind == name


def test_the_headings_that_it_was_recognized_by_are_named(tmp_path):
    found = recognize(open_file("f.csv", next(iter(FILES)).encode(), tmp_path))
    assert found is not None
    assert set(found.headings) == {"Job Title", "P25", "Median", "P75", "Incumbents"}


@pytest.mark.parametrize(
    ("name", "kind"), [("skills.csv", "taxonomy"), ("national_M2024_dl.csv", "oews")]
)
def test_files_of_one_name_are_recognized_by_it(name, kind, tmp_path):
    found = recognize(open_file(name, b"a,b\n1,2\n", tmp_path))
    assert found is not None
    assert found.kind == kind
