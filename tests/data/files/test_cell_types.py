"""Cells by their unit: one loop for seeds, taxonomies and jobs to price."""

from decimal import Decimal

from data.files.cell_types import CellError, typed_cells

UNITS = {"job": "text", "pay": "pay?", "basis": "pay_basis", "n": "count?"}


def test_each_cell_becomes_the_value_of_its_unit():
    cells = {"job": "CSM", "pay": "95000.50", "basis": "base", "n": "12"}
    values = {"job": "CSM", "pay": Decimal("95000.50"), "basis": "base", "n": 12}
    assert typed_cells(cells, UNITS) == (values, [])


def test_an_empty_cell_is_none_where_it_may_be_and_an_error_elsewhere():
    values, errors = typed_cells({"job": " ", "pay": " ", "basis": "", "n": ""}, UNITS)
    assert values == {"pay": None, "n": None}
    assert errors == [CellError("job", "", "is empty"), CellError("basis", "", "is empty")]


def test_every_cell_without_a_value_is_told_and_left_out():
    values, errors = typed_cells({"job": "CSM", "pay": "12", "basis": "base", "n": "-1"}, UNITS)
    assert values == {"job": "CSM", "basis": "base"}
    assert [(error.column, error.text, error.reason) for error in errors] == [
        ("pay", "12", "is outside 1,000 to 10,000,000 a year"),
        ("n", "-1", "is not a whole number of 0 or more"),
    ]
