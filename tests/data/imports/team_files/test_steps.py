"""A step schedule loads as ranges from the first step to the last, and keeps its steps."""

import pytest

from data.imports.integrity import damaged_loads
from queries import run
from tests.data.imports.team_files.test_check import RANGED
from tests.data.loads import bring, load

WIDE = "Grade,Step 1,Step 2,Step 3\nGS-5,40000,41000,42500.50\nGS-7,50000,51500,\n"
LONG = (
    "Grade,Step,Salary\n"
    "GS-5,2,41000\nGS-7,1,50000\nGS-5,1,40000\nGS-5,3,42500.50\nGS-7,2,51500\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [(WIDE, "2 rows in, 2 loaded, 0 rejected"), (LONG, "5 rows in, 2 loaded, 3 rejected")],
)
def test_steps_in_columns_or_in_rows_are_a_range(own, text, said):
    assert load(own, "ranges", text, RANGED) == f"load 1: {said}"
    held = run(own, "loaded_ranges", load="1").sort_values("level")
    assert held.level.tolist() == ["GS-5", "GS-7"]
    assert held.minimum.tolist() == [40_000, 50_000]
    assert held.maximum.tolist() == [42_500.5, 51_500]
    assert held.midpoint.tolist() == [41_250.25, 50_750]
    assert held.midpoint_computed.tolist() == [True, True]
    assert held.steps.tolist() == [
        "1: 40000.0; 2: 41000.0; 3: 42500.5", "1: 50000.0; 2: 51500.0",
    ]  # fmt: skip
    assert damaged_loads(own) == []
    assert bring("ranges", text, RANGED).report.facts()["Steps"] == (
        "a range runs from the first step to the last"
    )


def test_rows_of_steps_are_listed_as_steps_of_their_range():
    found = bring("ranges", LONG, RANGED)
    # Row 4 holds GS-5's first step, row 3 that of GS-7.
    assert [(p.row, p.value) for p in found.problems] == [(2, "2"), (5, "3"), (6, "2")]
    assert {p.reason for p in found.problems} == {"is a step of the range of the same grade"}


def test_steps_that_fall_come_twice_or_are_no_pay_are_left_out():
    wide = bring("ranges", "Grade,Step 1,Step 2\nA,40000,39000\nB,40000,x\nC,40000,41000\n", RANGED)
    assert [(p.row, p.column, p.reason) for p in wide.problems] == [
        (2, "Step 2", "is below step 1"),
        (3, "Step 2", "is not an amount of pay in its row's currency"),
    ]
    rows = "A,1,40000\nA,2,39000\nA,1,40500\nA,3,42000\n"
    long = bring("ranges", f"Grade,Step,Pay\n{rows}", RANGED)
    assert long.values("maximum") == [42_000]
    assert {(p.row, p.reason) for p in long.problems} == {
        (3, "is below an earlier step"), (4, "is already in an earlier row"),
        (5, "is a step of the range of the same grade"),
    }  # fmt: skip


def test_a_salary_without_steps_is_no_range():
    found = bring("ranges", "Grade,Min,Max,Salary\nA,40000,50000,45000\n", RANGED)
    assert found.values("step_pay") == [None]
    assert found.values("minimum") == [40_000]


def test_thirty_steps_are_not_too_many():
    steps = range(1, 31)
    text = ",".join(["Grade", *(f"Step {i}" for i in steps)])
    pays = ",".join(str(40_000 + 500 * i) for i in steps)
    assert bring("ranges", f"{text}\nA,{pays}\n", RANGED).values("maximum") == [55_000]
