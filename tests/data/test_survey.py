"""Survey files: headings, decimal signs, dates, units, and what is asked and not guessed."""

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import duckdb
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from data.build import build
from data.imports import load_survey, reapply, withdraw
from data.matching import read_matcher
from data.price_sources import Places, survey_sources
from data.store import open_to_write
from data.survey import Choices, Survey, read_survey
from data.survey_load import place, report
from queries import run

SAID = Choices(basis="base", currency="USD", as_of="2026-03")
HOURLY = replace(SAID, units=Decimal(2080))


def read(text: str, choices: Choices = SAID, encoding: str = "utf-8") -> Survey:
    return read_survey("s.csv", text.encode(encoding), choices)


def medians(survey: Survey) -> list[Decimal]:
    return [row.pay["p50"] for row in survey.rows]


@pytest.fixture
def own(tmp_path, store) -> Iterator[duckdb.DuckDBPyConnection]:
    shutil.copy(store, tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    yield con
    con.close()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    ("pay", "value"), [("95500", 95_500), ('"95,500"', 95_500), ("$95500.50", "95500.5"),
                       ('"95.500,50"', "95500.5"), ('"€ 95.500,50"', "95500.5")]
)  # fmt: skip
def test_each_delimiter_encoding_and_decimal_style(delimiter, encoding, pay, value):
    if encoding == "cp1252" and "€" not in pay:
        pay = pay.replace("$", "")
    text = f"Job Title{delimiter}Median{delimiter}Note\n“Chargé”{delimiter}{pay}{delimiter}x\n"
    survey = read(text, encoding=encoding)
    assert (survey.rows_in, survey.rejected) == (1, [])
    assert medians(survey) == [Decimal(str(value))]
    assert survey.rows[0].title == "“Chargé”"
    assert survey.unused == ["Note"]


def test_a_header_that_is_not_first_and_headings_in_other_words():
    text = (
        "Tech Survey 2026\n\nsurvey job title,Num Incumbents,# Orgs,25th Percentile,Median,"
        "75th percentile,Effective Date,Pay Basis,Currency Code\n"
        "CSM,412,38,82000,95500,110000,2026-03-01,target_cash,eur\n"
    )
    survey = read(text, Choices())
    (row,) = survey.rows
    assert survey.header_row == 3
    assert (row.row, row.n, row.organisations, row.basis, row.currency, row.as_of) == (
        4, 412, 38, "target_cash", "EUR", "2026-03",
    )  # fmt: skip


def test_a_column_can_be_named_by_hand():
    text = "Stelle,Mitte\nCSM,95500\n"
    with pytest.raises(InputError, match="no row names a job title and a percentile"):
        read(text)
    named = replace(SAID, columns={"title": "Stelle", "p50": "Mitte"})
    assert medians(read(text, named)) == [95_500]
    with pytest.raises(InputError, match="no column 'Mite'; there are Stelle, Mitte"):
        read("Stelle,Mitte,Title,P50\nCSM,1,2,3\n", Choices({"p50": "Mite"}))
    with pytest.raises(InputError, match="no field 'pay'"):
        read("Title,P50\nCSM,1\n", Choices({"pay": "P50"}))


@pytest.mark.parametrize(
    ("body", "choices", "said"),
    [
        ("CSM,1.500", HOURLY, "'1.500' could be read in two ways; say --decimal"),
        ("CSM,95500", Choices(currency="USD", as_of="2026-03"), "no column says the basis"),
        ("CSM,95500", Choices(basis="base", as_of="2026-03"), "no column says the currency"),
        ("CSM,95500", Choices(basis="base", currency="USD"), "no column says the as_of"),
    ],
)
def test_what_is_unclear_is_asked_and_never_guessed(body, choices, said):
    with pytest.raises(InputError, match=said):
        read(f"Title,P50\n{body}\n", choices)


@pytest.mark.parametrize(("decimal", "value"), [(",", 3_120_000), (".", 3_120)])
def test_an_answer_settles_it(decimal, value):
    assert medians(read("Title,P50\nCSM,1.500\n", replace(HOURLY, decimal=decimal))) == [value]


def test_a_reading_that_nobody_earns_in_a_year_is_ruled_out():
    assert medians(read('Title,P50\nCSM,"95,500"\n')) == [95_500]
    assert medians(read("Title,P50\nCSM,100.000\n")) == [100_000]
    thousands = replace(SAID, units=Decimal(1000))
    assert medians(read("Title,P50\nCSM,100.000\n", thousands)) == [100_000]


@pytest.mark.parametrize(
    ("dates", "months"),
    [(["13/04/2025", "03/04/2025"], ["2025-04", "2025-04"]),
     (["04/13/2025", "03/04/2025"], ["2025-04", "2025-03"]),
     (["2025-04-13", "2025-03"], ["2025-04", "2025-03"])],
)  # fmt: skip
def test_the_order_of_dates_is_that_of_the_whole_column(dates, months):
    body = "".join(f"CSM,95500,{day}\n" for day in dates)
    survey = read(f"Title,P50,Date\n{body}", Choices(basis="base", currency="USD"))
    assert [row.as_of for row in survey.rows] == months


def test_a_date_that_could_be_two_is_asked():
    with pytest.raises(InputError, match="'03/04/2025' could be day or month first"):
        read("Title,P50,Date\nCSM,95500,03/04/2025\n", Choices(basis="base", currency="USD"))
    for order, month in (("dmy", "2025-04"), ("mdy", "2025-03")):
        choices = Choices(dates=order, basis="base", currency="USD")
        assert read("Title,P50,Date\nCSM,95500,03/04/2025\n", choices).rows[0].as_of == month


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",95500,1", "row 2, column title: is empty"),
        ("CSM,NaN,1", "row 2, column p50: 'NaN' is not a number of pay"),
        ("CSM,Infinity,1", "row 2, column p50: 'Infinity' is not a number"),
        ("CSM,120k,1", "row 2, column p50: '120k' is not a number"),
        ("CSM,(500),1", "row 2, column p50: '(500)' is not a number"),
        ("CSM,500,1", "row 2, column p50: '500' is outside 1,000 to 10,000,000"),
        ("CSM,,1", "row 2, column p50: no percentile is given"),
        ("CSM,95500,none", "row 2, column n: 'none' is not a whole number above 0"),
        ("CSM,95500,0", "row 2, column n: '0' is not a whole number above 0"),
    ],
)
def test_a_row_that_cant_be_right_is_left_out_with_its_reason(row, said):
    survey = read(f"Title,P50,N\n{row}\nHead of CS,200000,5\n")
    assert said in " ".join(map(str, survey.rejected))
    assert survey.rows_in == len(survey.rows) + survey.rows_rejected == 2


def test_percentiles_that_fall_and_dates_to_come_are_left_out():
    survey = read(
        "Title,P25,P50,Date\nCSM,99000,88000,2026-01\nCSM,88000,99000,2999-01\n",
        Choices(basis="base", currency="USD"),
    )
    assert [p.reason for p in survey.rejected] == [
        "is below p25 (99,000); percentiles must rise", "is in the future",
    ]  # fmt: skip


def test_a_workbook_with_dates_and_numbers():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Pay")
        for j, name in enumerate(("Job Title", "P25", "Median", "Effective Date")):
            sheet.write(2, j, name)
        sheet.write_row(3, 0, ["CSM", 82_000, 95_500.125])
        sheet.write_datetime(3, 3, datetime(2026, 3, 1), day)
    survey = read_survey("s.xlsx", out.getvalue(), Choices(basis="base", currency="USD"))
    (row,) = survey.rows
    assert (row.row, row.as_of, row.pay["p50"]) == (4, "2026-03", Decimal("95500.125"))


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1,
                    max_size=40).filter(lambda t: t.strip() == t and t.split()),
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
    survey = read(out.getvalue())
    assert [(row.title, int(row.pay["p50"])) for row in survey.rows] == rows
    assert survey.rows_in == len(rows)


def test_jobs_mean_profiles_by_name_or_title_and_become_sources(own):
    text = (
        "Title,Profile,P25,P50,P75,N\n"
        "Senior CSM,,99000,117000,134000,260\n"
        "Odd Name,CUSTOM1.CUSTOMERBDCB.M4,150000,180000,210000,\n"
        "Line Cook,,30000,35000,40000,10\n"
        "Ghost,CUSTOM1.CUSTOMERBDCB.M9,1000,2000,3000,\n"
    )
    survey = read(text)
    placed, problems = place(own, read_matcher(own), survey)
    assert report(placed)[["title", "code", "match"]].to_numpy().tolist() == [
        ["Senior CSM", "CUSTOM1.CUSTOMER920B.P3", "strong"],
        ["Odd Name", "CUSTOM1.CUSTOMERBDCB.M4", "exact"],
        ["Line Cook", "", "proxy"],
    ]
    assert [(p.row, p.value) for p in problems] == [(5, "CUSTOM1.CUSTOMERBDCB.M9")]
    said = load_survey(own, survey, placed, 1, "Tech 2026")
    assert said == "load 1: 4 rows in, 3 loaded, 1 rejected; 2 mean a profile"
    assert "loaded already, as load 1" in load_survey(own, survey, placed, 1, "Tech 2026")
    (source,) = survey_sources(run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3"), Places())
    assert (source.name, source.n, source.match, source.origin) == (
        "Tech 2026: Senior CSM, base pay", 260, "strong", "own-load-1",
    )  # fmt: skip
    withdraw(own, 1)
    assert run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3").empty
    reapply(own, 1)
    assert len(run(own, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3")) == 1


def test_a_survey_survives_a_rebuild(own, tmp_path):
    survey = read("Title,P50\nSenior CSM,117000\n")
    placed, _ = place(own, read_matcher(own), survey)
    load_survey(own, survey, placed, 0, "Tech 2026")
    own.close()
    build(tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    assert len(run(con, "survey_pay", code="CUSTOM1.CUSTOMER920B.P3")) == 1
    assert "Tech 2026" in set(run(con, "sources").publisher)
    con.close()
