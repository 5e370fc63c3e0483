"""Survey files: headings, decimal signs, dates, units, and what is asked and not guessed."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.pricing.market_sources import Places, survey_sources
from data.build.build import build
from data.imports.load import reapply, withdraw
from data.imports.team_files.options import ImportOptions
from data.store.connection import open_to_write
from queries import run
from tests.data.loads import Brought, bring, load
from tests.examples import examples

SAID = ImportOptions(set_values={"basis": "base", "currency": "USD", "as_of": "2026-03"})
HOURLY = replace(SAID, units=Decimal(2080))
DATED = ImportOptions(set_values={"basis": "base", "currency": "USD"})


def read(text: str, choices: ImportOptions = SAID, encoding: str = "utf-8") -> Brought:
    return bring("survey", text.encode(encoding), choices)


@pytest.mark.parametrize(
    ("pay", "value"), [("95500", 95_500), ("95,500", 95_500), ("$95500.50", 95_500.5),
                       ("95.500,50", 95_500.5), ("€ 95.500,50", 95_500.5),
                       ("95 500,50", 95_500.5), ("95.5k", 95_500)]
)  # fmt: skip
def test_each_decimal_style(pay, value):
    said = replace(SAID, set_values={**SAID.set_values, "currency": "EUR" if "€" in pay else "USD"})
    found = read(f"Job Title;Median;Note\n“Chargé”;{pay};x\n", said, "cp1252")
    assert (found.report.rows_in, found.problems) == (1, [])
    assert found.values("p50") == [value]
    assert found.values("title") == ["“Chargé”"]
    assert [c.heading for c in found.report.layout.columns if not c.field] == ["Note"]


def test_a_header_that_is_not_first_and_headings_in_other_words():
    text = (
        "Tech Survey 2026\n\nsurvey job title,Num Incumbents,# Orgs,25th Percentile,Median,"
        "75th percentile,Effective Date,Pay Basis,Currency Code\n"
        "CSM,412,38,82000,95500,110000,2026-03-01,target_cash,eur\n"
    )
    found = read(text, ImportOptions())
    assert found.report.layout.header_row == 3
    (row,) = found.rows
    fields = ("row", "v_n", "v_organisations", "v_basis", "v_currency", "v_as_of")
    assert [row[name] for name in fields] == [4, 412, 38, "target_cash", "EUR", date(2026, 3, 1)]


def test_a_column_for_each_percentile_and_pay_element():
    text = (
        "Job Title,Base 25th Percentile,Base Median,Target Total Cash P50,P75 TDC,Bonus\n"
        "CSM,82000,95500,120000,160000,9\n"
    )
    found = read(text)
    taken = {c.field: c.heading for c in found.report.layout.columns if c.field}
    assert taken == {
        "title": "Job Title", "base_p25": "Base 25th Percentile", "base_p50": "Base Median",
        "target_cash_p50": "Target Total Cash P50", "total_comp_p75": "P75 TDC",
    }  # fmt: skip
    assert found.report.to_load == 1


def test_a_column_can_be_named_by_hand():
    text = "Stelle,Mitte\nCSM,95500\n"
    with pytest.raises(InputError, match="no row has headings of a survey"):
        read(text)
    named = replace(SAID, columns={"title": "Stelle", "p50": "Mitte"})
    assert read(text, named).values("p50") == [95_500]
    with pytest.raises(InputError, match="no column 'Mite'; did you mean Mitte"):
        read("Stelle,Mitte,Title,P50\nCSM,1,2,3\n", ImportOptions({"p50": "Mite"}))
    with pytest.raises(InputError, match="no field 'pay'"):
        read("Title,P50\nCSM,1\n", ImportOptions({"pay": "P50"}))


@pytest.mark.parametrize(
    ("body", "choices", "said"),
    [
        ("CSM,1.500", HOURLY, "'1.500' could be read in two ways"),
        (
            "CSM,95500",
            ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"}),
            "the pay basis",
        ),
        (
            "CSM,95500",
            ImportOptions(set_values={"basis": "base", "as_of": "2026-03"}),
            "the currency",
        ),
        (
            "CSM,95500",
            ImportOptions(set_values={"basis": "base", "currency": "USD"}),
            "the effective date",
        ),
    ],
)
def test_what_is_unclear_is_asked_and_never_guessed(body, choices, said):
    (question,) = read(f"Title,P50\n{body}\n", choices).report.questions
    assert said in question.text


@pytest.mark.parametrize(("decimal", "value"), [(",", 3_120_000), (".", 3_120)])
def test_an_answer_settles_it(decimal, value):
    found = read("Title,P50\nCSM,1.500\n", replace(HOURLY, decimal=decimal))
    assert found.values("p50") == [value]


def test_a_reading_that_nobody_earns_in_a_year_is_ruled_out():
    assert read('Title,P50\nCSM,"95,500"\n').values("p50") == [95_500]
    assert read("Title,P50\nCSM,100.000\n").values("p50") == [100_000]
    thousands = replace(SAID, units=Decimal(1000))
    assert read("Title,P50\nCSM,100.000\n", thousands).values("p50") == [100_000]


@pytest.mark.parametrize(
    ("dates", "days"),
    [(["13/04/2025", "03/04/2025"], [date(2025, 4, 13), date(2025, 4, 3)]),
     (["04/13/2025", "03/04/2025"], [date(2025, 4, 13), date(2025, 3, 4)]),
     (["2025-04-13", "2025-03"], [date(2025, 4, 13), date(2025, 3, 1)]),
     (["13 Apr 2025", "April 2025"], [date(2025, 4, 13), date(2025, 4, 1)]),
     (["20250413", "2025/03/04"], [date(2025, 4, 13), date(2025, 3, 4)])],
)  # fmt: skip
def test_the_order_of_dates_is_that_of_the_whole_column(dates, days):
    body = "".join(f"CSM,95500,{day}\n" for day in dates)
    assert read(f"Title,P50,Date\n{body}", DATED).values("as_of") == days


def test_a_date_that_could_be_two_is_asked():
    text = "Title,P50,Date\nCSM,95500,03/04/2025\n"
    (question,) = read(text, DATED).report.questions
    assert question.text == "'03/04/2025' could be day or month first"
    for order, day in (("dmy", date(2025, 4, 3)), ("mdy", date(2025, 3, 4))):
        assert read(text, replace(DATED, dates=order)).values("as_of") == [day]


def test_what_no_row_of_the_sample_needed_is_asked_when_it_comes():
    rows = "CSM,95500,2025-04-13\n" * 2_500
    late = read(f'Title,P50,Date\n{rows}CSM,"95,500",03/04/2025\n', DATED)
    assert [question.text for question in late.report.questions] == [
        "row 2502: '03/04/2025' needs a date order; no earlier row shows which",
        "row 2502: '95,500' needs a decimal sign; no earlier row shows which",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",95500,1", "row 2, column Title: is empty"),
        ("CSM,NaN,1", "row 2, column P50: 'NaN' is not an amount of pay"),
        ("CSM,Infinity,1", "row 2, column P50: 'Infinity' is not an amount of pay"),
        ("CSM,1e5,1", "row 2, column P50: '1e5' is not an amount of pay"),
        ("CSM,*,1", "row 2, column P50: '*' is not an amount of pay"),
        ("CSM,(500),1", "row 2, column P50: '(500)' is below 0"),
        ("CSM,500,1", "row 2, column P50: '500' is outside 1,000 to 10,000,000"),
        ("CSM,€95500,1", "row 2, column P50: '€95500' is in a different currency"),
        ("CSM,,1", "row 2, column P50: p50 is missing"),
        ("CSM,95500,1,x", "row 2: has more or fewer cells than the header, which has 3"),
    ],
)
def test_a_row_that_cant_be_right_is_left_out_with_its_reason(row, said):
    found = read(f"Title,P50,N\n{row}\nHead of CS,200000,5\n")
    assert said in " ".join(map(str, found.problems))
    assert (found.report.rows_in, found.report.to_load, found.report.left_out) == (2, 1, 1)


def test_percentiles_that_fall_and_dates_to_come_are_left_out():
    found = read("Title,P25,P50,Date\nCSM,99000,88000,2026-01\nCSM,88000,99000,2199-01\n", DATED)
    assert [p.reason for p in found.problems] == ["is below p25", "is in the future"]


def test_a_workbook_with_dates_and_numbers():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Pay")
        for j, name in enumerate(("Job Title", "P25", "Median", "Effective Date")):
            sheet.write(2, j, name)
        sheet.write_row(3, 0, ["CSM", 82_000, 95_500.12])
        sheet.write_datetime(3, 3, datetime(2026, 3, 1), day)
    found = bring("survey", out.getvalue(), DATED, "s.xlsx")
    assert found.report.file == "s.xlsx, Pay"
    (row,) = found.rows
    assert (row["row"], row["v_as_of"], row["v_p50"]) == (4, date(2026, 3, 1), 9_550_012)


@examples(40)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1,
                    max_size=40).filter(lambda t: t.strip() == t and t.split()
                                        and not t.startswith("'")),
            st.integers(1_000, 10_000_000),
        ),
        min_size=1,
        max_size=12,
    )
)  # fmt: skip
def test_whatever_titles_hold_no_row_is_lost(rows):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["Title", "P50"])
    writer.writerows(rows)
    found = read(out.getvalue())
    assert list(zip(found.values("title"), found.values("p50"), strict=True)) == rows
    assert found.report.rows_in == len(rows)


JOBS = (
    "Title,Profile,P25,P50,P75,N\n"
    "Senior CSM,,99000,117000,134000,260\n"
    "Odd Name,CUSTOM1.CUSTOMERBDCB.M4,150000,180000,210000,\n"
    "Line Cook,,30000,35000,40000,10\n"
    "Ghost,CUSTOM1.CUSTOMERBDCB.M9,1000,2000,3000,\n"
)


def test_jobs_mean_profiles_by_name_or_title_and_become_sources(own):
    said = load(own, "survey", JOBS, SAID, "Tech 2026")
    assert said == "load 1: 4 rows in, 4 loaded, 0 rejected; 2 match a profile"
    held = own.execute("select title, code, match from imported_survey order by row").fetchall()
    assert held == [
        ("Senior CSM", "CUSTOM1.CUSTOMER920B.P3", "strong"),
        ("Odd Name", "CUSTOM1.CUSTOMERBDCB.M4", "exact"),
        ("Line Cook", None, "proxy"),
        ("Ghost", None, "proxy"),
    ]
    assert "loaded already, as load 1" in load(own, "survey", JOBS, SAID, "Tech 2026")
    (source,) = survey_sources(run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3"), Places())
    assert (source.name, source.n, source.match, source.origin) == (
        "Tech 2026: Senior CSM, base pay", 260, "strong", "own-load-1",
    )  # fmt: skip
    figures = run(own, "source_figures", source="own-load-1")
    assert figures.value[figures.subject == "Senior CSM"].tolist() == [99_000, 117_000, 134_000]
    withdraw(own, 1)
    assert run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3").empty
    reapply(own, 1)
    assert len(run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3")) == 1


def test_the_same_file_with_its_columns_taken_otherwise_is_refused_while_it_is_loaded(own):
    load(own, "survey", JOBS, SAID)
    other = replace(SAID, set_values={**SAID.set_values, "basis": "target_cash"})
    with pytest.raises(InputError, match="is loaded already, as load 1, with its columns mapped"):
        load(own, "survey", JOBS, other)
    withdraw(own, 1)
    assert load(own, "survey", JOBS, other).startswith("load 2: 4 rows in")


def test_each_pay_element_of_a_job_is_a_row_of_its_own(own):
    text = "Title,Base P50,Target Cash P50\nSenior CSM,117000,146000\nCSM,,120000\n"
    said = load(own, "survey", text, SAID)
    assert said.startswith("load 1: 2 rows in, 2 loaded, 0 rejected")
    held = own.execute(
        "select row, pay_basis, p50::integer from imported_survey order by row, pay_basis"
    ).fetchall()
    assert held == [(2, "base", 117_000), (2, "target_cash", 146_000), (3, "target_cash", 120_000)]


def test_a_survey_survives_a_rebuild(own, tmp_path):
    load(own, "survey", "Title,P50\nSenior CSM,117000\n", SAID, "Tech 2026")
    own.close()
    build(tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    assert len(run(con, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3")) == 1
    assert "Tech 2026" in set(run(con, "sources").publisher)
    con.close()


def test_a_job_that_says_one_pay_element_twice_is_left_out(own):
    text = "Title,Basis,P50,Base P50\nCSM,base,95000,96000\nHead of CS,target_cash,200000,150000\n"
    said = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"})
    (problem,) = bring("survey", text, said).problems
    assert (problem.row, problem.reason) == (2, "is base, which other columns give too")
    assert load(own, "survey", text, said).startswith("load 1: 2 rows in, 1 loaded, 1 rejected")


def test_pay_in_a_currency_of_small_units_fits_the_store(own):
    said = ImportOptions(set_values={"currency": "VND", "as_of": "2026-03", "basis": "base"})
    load(own, "survey", "Title,P50\nCSM,12000000000\n", said)
    assert own.execute("select p50::bigint from imported_survey").fetchall() == [(12_000_000_000,)]
