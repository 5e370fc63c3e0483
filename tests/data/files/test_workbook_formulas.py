"""Formulas that no program computed, as libraries write them: told, never read as empty."""

import io
import zipfile

import pytest
import xlsxwriter

from data.files.read_table import read_table
from data.files.workbook_formulas import unsaved_formulas
from data.imports.team_files.options import ImportOptions
from tests.data.loads import bring

USD = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03-01"}, pay_is="actual")
WHY = "is a formula without a saved value: open the file in Excel or LibreOffice and save it"


def workbook(rows: list[list[object]], column: int = 0, saved: str | float = "") -> bytes:
    """A sheet of these cells; texts that start with = are formulas with that saved value."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("People")
        for i, row in enumerate(rows):
            for j, cell in enumerate(row, column):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(i, j, cell, None, saved)
                else:
                    sheet.write(i, j, cell)
    return out.getvalue()


PEOPLE: list[list[object]] = [
    ["ID", "Title", "Base", "Bonus", "Level"],
    [1, "CSM", 95_000, '=C2*0.1&"<"', "=B3"],
    [2, "CSM", "=C2*1.1", 5_000, ""],
    [3, "CSM", 90_000, 6_000, "P3"],
]


def test_each_formula_without_a_value_is_named_with_its_cell_and_the_remedy():
    found = bring("roster", workbook(PEOPLE, column=2), USD, "people.xlsx")
    assert [(p.row, p.column, p.value, p.reason) for p in found.problems] == [
        (3, "Base", "=C2*1.1 (no saved value)", WHY)
    ]
    assert [(p.row, p.column, p.reason) for p in found.cleared] == [
        (2, "Level", WHY), (2, "Bonus", WHY),
    ]  # fmt: skip
    assert found.cleared[1].value == '=C2*0.1&"<" (no saved value)'
    assert found.values("base") == [95_000, 90_000]
    assert found.values("variable") == [None, 6_000]
    assert found.values("level") == [None, "P3"]
    assert f"1 cell is left empty in Bonus: each {WHY} (first in row 2)" in found.report.warnings()


@pytest.mark.parametrize("saved", [7_500, "7500"])
def test_only_formulas_without_a_saved_value_are_named(saved):
    assert unsaved_formulas(workbook([["Bonus", "=A1"]], saved=saved), "People") == (0, [])
    named = unsaved_formulas(workbook([["Bonus", "=A1"]], column=27), "People")
    assert named == (27, [(0, 28, "=A1 (no saved value)")])  # column AC of the sheet


def test_an_empty_text_that_a_formula_gave_is_a_saved_value():
    written = workbook([["Bonus", "=A1"]], saved="x")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name).replace(b"<v>x</v>", b"<v></v>"))
    assert unsaved_formulas(out.getvalue(), "People") == (0, [])


def test_a_short_table_names_it_where_its_column_is_used():
    content = workbook([["Title", "Note"], ["CSM", "=A2"], ["=A2", "x"]])
    table, problems = read_table("titles.xlsx", content, ("title",))
    assert [(p.row, p.column) for p in problems] == [(3, "Title")]
    assert [cells[0] for _, cells in table.rows] == ["CSM"]
