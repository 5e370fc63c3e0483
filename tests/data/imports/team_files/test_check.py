"""Records, rosters and ranges on their way in: read right, asked, left out with a reason."""

import csv
import io
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from analytics.errors import CancelledError, InputError, StoreError
from data.imports.integrity import damaged_loads
from data.imports.load import reapply, withdraw
from data.imports.team_files import insert as loading
from data.imports.team_files import templates
from data.imports.team_files.check import check_file
from data.imports.team_files.file_types import NAMES, file_type
from data.imports.team_files.load import load_team_file
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.session import ImportSession
from data.imports.team_files.validation_rules import OTHER_CURRENCY
from data.store import saved_work as saved
from data.store.connection import open_to_write
from queries import run
from tests.conftest import HOME
from tests.data.loads import SAID, bring, load, nameless

RANGED = ImportOptions(set_values={"currency": "USD", "basis": "base", "effective_date": "2026-01"})
PEOPLE = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03-01"})


DELIMITERS = [",", ";", "\t", "|"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
STYLES = {
    "95500": 95_500, '"95,500.25"': 95_500.25, '"95.500,25"': 95_500.25, "95 500": 95_500,
    "95'500.25": 95_500.25, "95.5k": 95_500, "EUR 95500": 95_500,
}  # fmt: skip


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("pay", STYLES)
def test_each_pair_of_delimiter_encoding_and_decimal_style(pay, which):
    delimiter = DELIMITERS[which]
    encoding = ENCODINGS[(which + list(STYLES).index(pay)) % 4]
    said = ImportOptions(set_values={"currency": "EUR", "effective_date": "2026-03"})
    text = f"Company{delimiter}Base\nBüro{delimiter}{pay}\n"
    found = bring("records", text.encode(encoding), said)
    assert (found.values("organisation"), found.values("base")) == (["Büro"], [STYLES[pay]])
    assert found.report.layout.table.delimiter == delimiter
    assert found.report.layout.table.encoding == encoding


def test_hourly_pay_makes_a_year_by_its_hours(own):
    text = "Company,Salary,Hourly rate,Hours\nA,50000,,\nA,,20.5,40\nA,,20,\n"
    said = load(own, "records", text, SAID)
    assert said == "load 1: 3 rows in, 2 loaded, 1 rejected"
    held = own.execute("select base from pay_record order by row").fetchall()
    assert held == [(5_000_000,), (4_264_000,)]  # 20.5 × 40 × 52 = 42,640


def test_units_and_symbols_multiply_only_a_years_pay():
    thousands = replace(SAID, units=Decimal(1000))
    found = bring("records", "Company,Base,Bonus\nA,95.5,10\n", thousands)
    assert (found.values("base"), found.values("variable")) == ([95_500], [10_000])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,,1,1", "column Base: base is missing"),
        ("A,-5,1,1", "column Base: '-5' is below 0"),
        ("A,(95000),1,1", "column Base: '(95000)' is below 0"),
        ("A,1_000,1,1", "column Base: '1_000' is not an amount of pay"),
        ("A,0x10,1,1", "column Base: '0x10' is not an amount of pay"),
        ("A,9999999999999999999,1,1", "is not an amount of pay"),
        ("A,n/a,1,1", "column Base: 'n/a' means no value: base is missing"),
        ("A,£95000,1,1", "column Base: '£95000' is in a different currency from its row"),
        (",95000,1,1", "column Company: is empty"),
        ("A,95000,1", "has more or fewer cells than the header, which has 4"),
    ],
)
def test_a_record_that_cant_be_right_is_left_out(row, said):
    found = bring("records", f"Company,Base,Bonus,Note\n{row}\nB,95000,1,x\n", SAID)
    assert said in " ".join(map(str, found.problems))
    assert (found.report.rows_in, found.report.to_load, found.report.left_out) == (2, 1, 1)


def test_what_looks_odd_is_pointed_out_and_taken():
    text = (
        "Company,Base,Bonus,Total cash,Effective date\n"
        "A,95000,5000,100000,2026-01-01\n"
        "A,95000,5000,100000,2026-01-01\n"
        "A,95,5,100,2026-01-01\n"
        "A,95000,5000,120000,2026-01-01\n"
        "A,95000,5000,100000,2190-01-01\n"
        "A,10000,50000,60000,2026-01-01\n"
    )
    found = bring("records", text, ImportOptions(set_values={"currency": "USD"}))
    assert found.report.to_load == 6
    assert found.report.repeated == 1
    assert [(o.column, o.reason.split(" (")[0], o.rows, list(o.first))
            for o in found.report.row_warnings] == [
        ("Base", "is outside 1,000 to 10,000,000 a year", 1, [4]),
        ("Total cash", "is not base plus variable", 1, [5]),
        ("Bonus", "is over four times base", 1, [7]),
        ("Effective date", "is in the future", 1, [6]),
    ]  # fmt: skip


def test_the_bounds_of_pay_are_those_of_the_currency():
    text = "Company,Base,Currency\nA,9000000,JPY\nA,9000000,USD\nA,90000,JPY\n"
    found = bring("records", text, ImportOptions(set_values={"effective_date": "2026-01"}))
    (odd,) = found.report.row_warnings
    assert (odd.rows, list(odd.first)) == (1, [4])


def test_names_and_addresses_stay_out_unless_they_are_asked_for():
    text = (
        "Employee ID,Full Name,Contact,Title,Base,Ethnicity\n"
        "1,Ann,ann@a.co,CSM,95000,x\n2,Bob,bob@a.co,CSM,90000,y\n"
    )
    found = bring("roster", text, PEOPLE)
    assert [(c.heading, c.private) for c in found.report.layout.columns if c.private] == [
        ("Full Name", "by its heading"), ("Contact", "its cells are e-mail addresses"),
    ]  # fmt: skip
    assert not any(c.field or c.kept for c in found.report.layout.columns if c.private)
    asked = bring("roster", text, replace(PEOPLE, keep=("Contact", "Ethnicity")))
    assert [dict(row["kept"]) for row in asked.rows] == [
        {"Contact": "ann@a.co", "Ethnicity": "x"}, {"Contact": "bob@a.co", "Ethnicity": "y"},
    ]  # fmt: skip
    assert "kept, as you asked" in asked.report.private()[1]


def test_an_id_that_is_an_address_is_asked_for():
    text = "Employee ID,Title,Base\na@a.co,CSM,95000\n"
    (question,) = bring("roster", text, PEOPLE).report.questions
    assert question.key == "employee_id"
    named = replace(PEOPLE, columns={"employee_id": "Employee ID"})
    assert bring("roster", text, named).values("employee_id") == ["a@a.co"]


def test_a_roster_keeps_the_first_of_each_employee_and_its_bounds(own):
    text = (
        "ID,Title,Base,FTE,Hire date,Gender\n"
        "007,Senior CSM,95000,0.8,2020-02-29,F\n"
        "007,Senior CSM,96000,,,\n"
        "8,CSM,90000,1.6,,\n"
        "9,Line Cook,30000,,2031-01-01,M\n"
    )
    said = load(own, "roster", text, replace(PEOPLE, pay_is="actual"))
    assert said.startswith("load 1: 4 rows in, 3 loaded, 1 rejected")
    held = run(own, "loaded_roster", load="1")
    assert held.employee_id.tolist() == ["007", "8", "9"]
    assert held.fte.tolist() == [0.8, 1, 1]
    assert held.hire_date.dropna().tolist() == [date(2020, 2, 29), date(2031, 1, 1)]
    assert held.code.iloc[0] == "CUSTOM1.CUSTOMER920B.P3"
    found = bring("roster", text, PEOPLE)
    assert [(p.row, p.reason) for p in found.problems] == [(3, "is already in an earlier row")]
    assert [(p.row, p.reason) for p in found.cleared] == [(4, "is not above 0 and up to 1.5")]


def test_ranges_rise_and_a_midpoint_that_is_not_given_is_computed(own):
    text = (
        "Level,Min,Mid,Max\nP3,94000,117000,140000\nP4,100001,,150000\n"
        "P5,150000,140000,160000\nP6,150000,,140000\n,1000,,2000\n"
    )
    assert load(own, "ranges", text, RANGED) == "load 1: 5 rows in, 2 loaded, 3 rejected"
    held = run(own, "loaded_ranges", load="")
    assert held[["level", "midpoint", "midpoint_computed"]].to_numpy().tolist() == [
        ["P3", 117_000.0, False], ["P4", 125_000.5, True],
    ]  # fmt: skip
    reasons = [p.reason for p in bring("ranges", text, RANGED).problems]
    assert reasons == [
        "is below minimum", "is below minimum or midpoint", "level is missing",
    ]  # fmt: skip


def test_left_out_rows_come_back_as_a_file_that_loads_once_mended(own):
    text = "Company,Base,Note\nA,95000,=1+1\nB,n/a,'q\nC,,x\n"
    found = bring("records", text, SAID)
    header, *rows = found.rejects
    assert header == ["row", "column", "value", "reason", "Company", "Base", "Note"]
    assert [row[:4] for row in rows] == [
        ["3", "Base", "n/a", "means no value: base is missing"],
        ["4", "Base", "", "base is missing"],
    ]  # fmt: skip
    out = io.StringIO()
    csv.writer(out).writerows([header, *([*row[:5], "80000", row[6]] for row in rows)])
    mended = bring("records", out.getvalue(), SAID)
    assert [c.heading for c in mended.report.layout.columns] == ["Company", "Base", "Note"]
    assert (mended.values("organisation"), mended.values("base")) == (["B", "C"], [80_000, 80_000])


def test_every_template_loads_as_it_is(own):
    for name in NAMES:
        kind = file_type(name)
        for content in (templates.as_csv(kind), templates.as_excel(kind)):
            found = bring(name, content)
            assert (found.report.rows_in, found.report.to_load, found.problems) == (1, 1, [])
        sheet = openpyxl.load_workbook(io.BytesIO(templates.as_excel(kind)))["Columns"]
        explained = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
        assert explained == {c.heading for c in found.report.layout.columns}


def test_a_mapping_goes_to_json_and_back_and_reads_the_next_file_alike(own):
    text = "Firma;Gehalt;Datum\nA;95.500,50;13/03/2026\n"
    said = ImportOptions(
        {"organisation": "Firma", "base": "Gehalt", "effective_date": "Datum"}, {"currency": "EUR"}
    )
    mapping = bring("records", text, said).report.layout.as_options()
    assert (mapping.decimal, mapping.dates) == (",", "dmy")
    saved.save(own, "mapping records", "Firma", mapping.to_json(), "")
    kept = saved.find(run(own, "saved_work", kind="mapping records"), "Firma")
    again = ImportOptions.from_json(kept)
    assert again == mapping
    assert bring("records", "Firma;Gehalt;Datum\nA;1.500;04/03/2026\n", again).values("base") == [
        1_500
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", "not a mapping"),
        ("[]", "is not a JSON object"),
        ('{"colums": {}}', "did you mean columns"),
        ('{"units": "many"}', "units 'many'"),
        ('{"said": {"a": 1}}', "said needs a text"),
    ],
)
def test_a_text_that_is_no_mapping_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        ImportOptions.from_json(text)


def test_a_load_is_logged_withdrawn_brought_back_and_found_damaged(own):
    load(own, "records", "Company,Base\nA,95000\nB,96000\n", SAID, "March")
    (row,) = run(own, "loads").itertuples()
    assert (row.kind, row.name, row.file, row.rows_in) == ("records", "March", "f.csv", 2)
    assert ImportOptions.from_json(row.mapping).columns == {
        "organisation": "Company",
        "base": "Base",
    }
    assert "own-load-1" in set(run(own, "sources").source)
    withdraw(own, 1)
    assert "own-load-1" not in set(run(own, "sources").source)
    assert run(own, "loaded_records", load="").empty
    reapply(own, 1)
    assert len(run(own, "loaded_records", load="")) == 2
    assert damaged_loads(own) == []
    own.execute("delete from pay_record where row = 2")
    assert damaged_loads(own) == ["load 1 (March, active): 1 rows where 2 were loaded"]


def test_a_canceled_check_says_so_and_the_next_one_works():
    content = b"Employee ID,Title,Base\n1,CSM,95000\n"
    with ImportSession() as session:

        def cancelling(jobs):
            session.cancel()
            return nameless(jobs)

        def check(name_jobs):
            return check_file(session, file_type("roster"), "f.csv", content, PEOPLE, name_jobs)

        with pytest.raises(CancelledError, match="canceled; nothing was loaded"):
            check(cancelling)
        assert check(nameless).report.to_load == 1


def test_a_canceled_load_leaves_the_store_as_it_was(own, monkeypatch):
    insert = loading.insert_rows

    def canceled(con, load, session, kind):
        session.cancel()
        insert(con, load, session, kind)

    with ImportSession() as session:
        content = b"Company,Base\nA,95000\n"
        checked = check_file(session, file_type("records"), "f.csv", content, SAID, nameless)
        monkeypatch.setattr(loading, "insert_rows", canceled)
        with pytest.raises(CancelledError):
            load_team_file(own, session, checked, "March")
        assert run(own, "loads").empty
        monkeypatch.setattr(loading, "insert_rows", insert)
        assert load_team_file(own, session, checked, "March").startswith("load 1")


def test_the_second_writer_is_told_who_holds_the_store(tmp_path, store):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    hold = (
        "import sys; from pathlib import Path; from data.store.connection import open_to_write\n"
        "con = open_to_write(Path(sys.argv[1])); print('ready', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOME,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreError, match=rf"process {holder.pid} .* has the store open"):
            open_to_write(path)
        holder.communicate("\n")
    open_to_write(path).close()


@pytest.mark.parametrize(
    ("cell", "currency", "value"),
    [("85,000.00 MXN", "MXN", 85_000), ("500MYR", "MYR", 500), ("85k", "USD", 85_000),
     ("85k USD", "USD", 85_000), ("CA$85,000", "CAD", 85_000), ("¥850,000", "JPY", 850_000),
     ("1.5m", "USD", 1_500_000), ("$85,000", "CAD", 85_000)],
)  # fmt: skip
def test_a_currency_beside_a_number_is_no_factor(cell, currency, value):
    said = ImportOptions(
        set_values={"currency": currency, "effective_date": "2026-03"}, decimal="."
    )
    assert bring("records", f'Company,Base\nA,"{cell}"\n', said).values("base") == [value]


@pytest.mark.parametrize(
    ("cell", "currency"),
    [("CA$85,000", "USD"), ("US$85,000", "EUR"), ("¥850,000", "USD"), ("$85,000", "EUR"),
     ("85,000 MXN", "USD")],
)  # fmt: skip
def test_a_number_of_another_currency_is_left_out(cell, currency):
    said = ImportOptions(
        set_values={"currency": currency, "effective_date": "2026-03"}, decimal="."
    )
    (problem,) = bring("records", f'Company,Base\nA,"{cell}"\n', said).problems
    assert problem.reason == OTHER_CURRENCY


@pytest.mark.parametrize("cell", ["7083 PM", "1.2MM", "999999999999m", "85000000000000000000"])
def test_what_is_no_years_pay_is_not_taken_for_it(cell):
    found = bring("records", f"Company,Base\nA,{cell}\nB,95000.5\n", SAID)
    assert found.report.to_load + found.report.left_out == 2
    assert found.report.to_load == 1 or found.report.row_warnings


def test_an_order_that_early_dates_do_not_show_is_asked_when_it_matters():
    early = "A,95000,01/01/2026\n" * 2_100
    text = f"Company,Base,Date\n{early}A,95000,{{}}\n"
    said = ImportOptions(set_values={"currency": "USD"})
    assert bring("records", text.format("02/02/2026"), said).report.to_load == 2_101
    for late in ("03/04/2026", "07/15/2026"):
        (question,) = bring("records", text.format(late), said).report.questions
        assert (question.key, late in question.text) == ("dates", True)


@pytest.mark.parametrize(
    "day", ["2026-01-15T00:00:00Z", "2026-01-15 00:00:00", "2026-01-15T00:00:00.000-05:00",
            "1/15/2026 0:00", "1/15/2026 12:00:00 AM", "15 Jan 2026"],
)  # fmt: skip
def test_a_day_with_its_time_is_a_day(day):
    found = bring(
        "records",
        f"Company,Base,Date\nA,95000,{day}\n",
        ImportOptions(set_values={"currency": "USD"}),
    )
    assert found.values("effective_date") == [date(2026, 1, 15)]


def test_a_share_is_not_taken_for_pay_and_a_sum_for_a_row():
    text = "Company,Title,Base,Target Bonus %\nA,CSM,95000,10\nA,Total,190000,20\n"
    found = bring("records", text, SAID)
    assert [c.field for c in found.report.layout.columns] == ["organisation", "title", "base", ""]
    assert [(p.row, p.value, p.reason) for p in found.problems] == [
        (3, "Total", "is a sum, not a row of its own")
    ]
    text = "Company,Base,Bonus\nA,95000,15\n"
    (odd,) = bring("records", text, SAID).report.row_warnings
    assert odd.reason == "is under 0.2 percent of base; is it a percentage?"


def test_hourly_pay_that_makes_no_year_looks_odd_and_never_breaks_a_load(own):
    text = "ID,Title,Base,Hourly rate,Hours\n1,Agent,,95000,40\n2,Agent,0,20.5,40\n"
    (odd,) = bring("roster", text, PEOPLE).report.row_warnings
    assert (list(odd.first), odd.column) == ([2], "Base")
    assert load(own, "roster", text, PEOPLE).startswith("load 1: 2 rows in, 2 loaded")
    held = run(own, "loaded_roster", load="1")
    assert held.base.tolist() == [197_600_000, 42_640]


def test_what_a_row_has_too_much_of_is_in_the_rejects():
    found = bring("records", "Company,Base,Note\nA,85,000,x\nB,95000,y\n", SAID)
    (_, row) = found.rejects
    assert row[4:] == ["A", "85", "000", "x"]


def test_the_rows_left_out_of_a_file_are_not_read_by_what_they_alone_show():
    text = "Company,Base,Date\nA,n/a,03/04/2026\nB,95000,13/04/2026\nC,,02/13/2026\n"
    said = replace(SAID, dates="dmy", set_values={"currency": "USD"})
    out = io.StringIO()
    csv.writer(out).writerows(bring("records", text, said).rejects)
    mended = out.getvalue().replace("A,n/a", "A,90000")
    (question,) = bring(
        "records", mended, ImportOptions(set_values={"currency": "USD"})
    ).report.questions
    assert question.key == "dates"


def test_a_range_of_an_unknown_profile_is_left_out_with_its_cells(own):
    text = "Profile,Min,Max\nNO.SUCH.P3,90000,120000\nCUSTOM1.CUSTOMER920B.P3,90000,120000\n"
    assert load(own, "ranges", text, RANGED) == "load 1: 2 rows in, 1 loaded, 1 rejected"


@pytest.mark.parametrize("again", [SAID, replace(SAID, columns={"base": "Pay"})])
def test_a_file_that_is_loaded_again_is_not_restored_next_to_itself(own, again):
    text = "Company,Base,Pay\nA,95000,96000\n"
    load(own, "records", text, SAID)
    withdraw(own, 1)
    load(own, "records", text, again)
    with pytest.raises(InputError, match="load 2 is of the same file; withdraw that one first"):
        reapply(own, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"units": Decimal("nan")}, "units NaN"), ({"header": -1}, "header -1"),
     ({"encoding": "undefined"}, "unknown encoding 'undefined'"),
     ({"set_values": {"currency": "dollars"}}, "currency 'dollars': use three letters"),
     ({"columns": {"base": "Base", "variable": "Base"}}, "can't be both base and variable")],
)  # fmt: skip
def test_choices_that_mean_nothing_are_told(change, said):
    with pytest.raises(InputError, match=said):
        bring("records", "Company,Base\nA,95000\n", replace(SAID, **change))
