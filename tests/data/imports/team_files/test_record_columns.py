"""Department, tenure and overtime of pay records: kept, and asked by."""

from data.records.bands import PayRecords, record_band_table
from data.records.question import RecordQuery
from queries import run
from tests.data.loads import SAID, bring, load

TEXT = (
    "Company,Job family,Department,Base,Bonus,OT pay,Hire date,Effective date\n"
    "A,Sales,North,50000,5000,1000,2026-02-28,2026-03-01\n"
    "A,Sales,North,60000,6000,3000,2025-03-01,2026-03-01\n"
    "A,Sales,South,70000,7000,,2023-03-02,2026-03-01\n"
    "A,Sales,South,80000,8000,2000,2000-01-01,2026-03-01\n"
)


def test_department_tenure_and_overtime_are_kept(own):
    load(own, "records", TEXT, SAID)
    held = run(own, "loaded_records", load="1")
    assert held.function.tolist() == ["Sales"] * 4
    assert held.department.tolist() == ["North", "North", "South", "South"]
    assert held.tenure.tolist() == [
        "0 to 1 years", "1 to 3 years", "1 to 3 years", "10 years and over",
    ]  # fmt: skip
    # A day, a year to the day, a day short of three years, 26 years and two months.
    assert held.tenure_years.tolist() == [0, 1, 2.92, 26.17]
    assert held.overtime.tolist()[::3] == [1_000, 2_000]


def test_records_are_divided_and_narrowed_by_them(own, tmp_path):
    load(own, "records", TEXT, SAID)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")

    def asked(element: str, by: str, **where: tuple[str, ...]) -> dict[str, tuple[int, float]]:
        query = RecordQuery("USD", element, (by,), tuple(where.items()))
        rows = record_band_table(own, records, query).to_dict("records")
        return {row[by]: (row["n"], row["p50"]) for row in rows}

    assert asked("base", "department") == {"North": (2, 55_000), "South": (2, 75_000)}
    assert list(asked("base", "tenure")) == ["0 to 1 years", "1 to 3 years", "10 years and over"]
    assert asked("base", "level", tenure=("1 to 3 years",)) == {"not stated": (2, 65_000)}
    # Overtime is an element of its own, and no part of target cash.
    assert asked("overtime", "level") == {"not stated": (3, 2_000)}
    assert asked("overtime", "department") == {"North": (2, 2_000), "South": (1, 2_000)}
    assert asked("target_cash", "level") == {"not stated": (4, 71_500)}


def test_a_department_alone_is_the_function():
    found = bring("records", "Company,Department,Base\nA,Sales,50000\n", SAID)
    assert (found.values("function"), found.values("department")) == (["Sales"], [None])


def test_tenure_may_be_years_or_months_and_what_it_cannot_be_is_left_empty():
    years, months = ("2.5", "0", "99"), ("30", "0", "1200")
    for heading, cells in (("Tenure", years), ("Tenure (months)", months)):
        text = f"Company,Base,{heading}\n" + "".join(f"A,50000,{cell}\n" for cell in cells)
        mapped = SAID.__class__(columns={"tenure": heading}, set_values=SAID.set_values)
        found = bring("records", text, mapped)
        tenure = [None if v is None else float(v) for v in found.values("tenure")]
        assert tenure == [2.5, 0, None]
        assert [(c.row, c.reason) for c in found.cleared] == [(4, "is outside 0 to 80 years")]


def test_a_total_with_overtime_in_it_adds_up():
    text = "Company,Base,Bonus,Overtime,Total cash\nA,50000,5000,1000,{}\n"
    for total, odd in ((55_000, 0), (56_000, 0), (57_000, 1)):
        found = bring("records", text.format(total), SAID)
        assert len(found.report.row_warnings) == odd
