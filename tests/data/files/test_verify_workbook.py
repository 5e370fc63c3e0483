"""A scenario's workbook is computed anew; a changed cell is named, changed inputs are refused."""

import io

import openpyxl
import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.people.raises import RaiseGoals
from analytics.people.scenario import LoadName, compare_scenarios, freeze, scenario_result
from data.files.compared_workbook import ComparedFile, compared_file_from_spec
from data.files.exports import to_csv, to_excel
from data.files.ranges_workbook import (
    CHANGES,
    DRIFT,
    EDITABLE,
    LINE,
    STEPS,
    STRUCTURE,
    RangesFile,
    ranges_file_from_spec,
)
from data.files.scenario_workbook import scenario_workbook
from data.files.spec_sheet import SHEET, read_spec
from data.files.verify_workbook import _without_inputs, verify_workbook
from tests.analytics.people.test_merit import CYCLE
from tests.analytics.people.test_scenario import LOADS, ROWS, people
from tests.analytics.ranges.structures import THREE, market, structure

SCENARIO = freeze(people(*ROWS), CYCLE, "level", "everybody", LOADS, 3_000.0)
MORE_LOADS = (*LOADS, LoadName(3, "ranges", "Our ranges", "cd34"))
WORKBOOK = scenario_workbook(SCENARIO, "Merit 2027")


def edited(sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_bandstand_wrote_and_an_editor_saved_does_not_differ():
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    raises = list(book["Raises"].iter_rows(values_only=True))
    at = raises[0].index("raise_paid")
    assert [row[at] for row in raises[1:]] == scenario_result(SCENARIO).raises.raise_paid.tolist()
    found = verify_workbook("m.xlsx", edited("Scenario", "A1", "Merit 2028"))
    assert (found.what, found.differences, found.loads) == ("scenario", (), LOADS)
    assert found.sheets == ("Scenario", "Groups", "Raises", "People")
    assert found.cells > 100


def test_a_changed_figure_is_named_by_its_cell():
    (difference,) = verify_workbook("m.xlsx", edited("People", "N2", 60_000.01)).differences
    assert (difference.sheet, difference.cell, difference.in_file) == ("People", "N2", "60000.01")
    assert float(difference.computed) == 60_000


def test_every_table_of_ranges_is_computed_anew_and_a_changed_cell_is_named():
    later = structure(market("P1", 80_000), market("P2", 112_000), steps=3)
    lined = structure(*THREE.markets, midpoints="line")
    files = [
        RangesFile(STRUCTURE, (THREE,)), RangesFile(EDITABLE, (THREE,), "ab12"),
        RangesFile(STEPS, (later,)), RangesFile(LINE, (lined,)),
        RangesFile(CHANGES, (THREE, later)), RangesFile(DRIFT, (THREE, later, THREE)),
    ]  # fmt: skip
    for file in files:
        again = ranges_file_from_spec(file.spec)
        assert again == file
        assert to_csv(again.frame) == to_csv(file.frame)
        assert file.frame.size > 10
    book = openpyxl.load_workbook(io.BytesIO(to_excel(files[0].frame, {}, pd.DataFrame(),
                                                      files[0].spec)))  # fmt: skip
    at = next(cell for cell in book["Table"][1] if cell.value == "maximum").column_letter
    book["Table"][f"{at}3"] = 125_000
    out = io.BytesIO()
    book.save(out)
    found = verify_workbook("r.xlsx", out.getvalue())
    assert (found.inputs, found.sheets, found.not_computed) == (files[0], ("Table",), ("About",))
    (changed,) = found.differences
    assert (changed.cell, changed.in_file, changed.computed) == (f"{at}3", "125000", "120000")


def test_scenarios_side_by_side_are_computed_anew_each_from_its_own_inputs():
    other = freeze(people(*ROWS), RaiseGoals(), "level", "everybody", MORE_LOADS)
    file = ComparedFile({"Merit 2027": SCENARIO, "To minimum": other})
    table = compare_scenarios({n: scenario_result(s) for n, s in file.scenarios.items()})
    # 2,992.43 of merit by hand, in test_scenario; one person at 60,000 lacks 4,000.
    cost = table.set_index("figure").loc["Cost"]
    assert (cost["Merit 2027"], cost["To minimum"]) == (2_992.43, 4_000)
    content = to_excel(table, {}, pd.DataFrame(), file.spec)
    found = verify_workbook("c.xlsx", content)
    assert (found.what, found.differences) == ("table of scenarios (compared)", ())
    assert found.loads == (*LOADS, *MORE_LOADS[1:])
    book = openpyxl.load_workbook(io.BytesIO(content))
    row = 2 + table.figure.tolist().index("Cost")
    book["Table"][f"C{row}"] = 2_992.44
    out = io.BytesIO()
    book.save(out)
    (changed,) = verify_workbook("c.xlsx", out.getvalue()).differences
    assert (changed.cell, changed.in_file, changed.computed) == (f"C{row}", "2992.44", "2992.43")
    with pytest.raises(InputError, match="not a Bandstand file of compared scenarios"):
        compared_file_from_spec('{"scenarios": [1]}')


def test_why_a_table_has_no_inputs_is_said_in_words():
    listed = _without_inputs([["Made on", "2026-11-28"], ["Table", "bands"]])
    assert listed.startswith("the table 'bands' has no inputs to compute it from; its sheet About")
    for_others = _without_inputs([["Table", "people"], ["mode", "aggregate"]])
    assert for_others == "made for others to see, so nobody's pay is in it to compute it from"
    of_groups = _without_inputs([["Table", "people merit"], ["mode", "owner"]])
    assert of_groups.startswith("the table 'people merit' names nobody")
    assert "with its inputs where they are asked for" in of_groups


def test_changed_or_missing_inputs_are_refused():
    with pytest.raises(InputError, match="were changed"):
        verify_workbook("m.xlsx", edited(SHEET, "A2", "0" * 64))
    with pytest.raises(InputError, match="were changed"):
        verify_workbook("m.xlsx", edited(SHEET, "A3", "abc"))
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputError, match="no sheet 'For bandstand verify'"):
        verify_workbook("m.xlsx", out.getvalue())
    with pytest.raises(InputError, match="no inputs"):
        read_spec(["x"])
