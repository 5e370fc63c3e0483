"""Headings as systems and surveys write them: read in words, told apart, mapped by position."""

import io
from dataclasses import replace

import openpyxl
import pytest

from analytics.errors import InputError
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.questions import with_answer
from tests.data.imports.team_files.test_check import PEOPLE, RANGED
from tests.data.imports.team_files.test_survey import SAID as SURVEY_SAID
from tests.data.loads import SAID, bring

POINT = replace(SAID, decimal=".")
SURVEY = ImportOptions(set_values={"currency": "USD", "basis": "base", "as_of": "2026-03"})


def fields(kind: str, header: str, options: ImportOptions = ImportOptions()) -> dict[str, str]:  # noqa: B008
    """Heading → field, of the columns that are used."""
    columns = bring(kind, f"{header}\n", options).report.layout.columns
    return {column.heading: column.field for column in columns if column.field}


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("roster", "EmployeeID", "employee_id"), ("roster", "JobTitle", "title"),
        ("roster", "AnnualSalary", "base"), ("roster", "FTE %", "fte"),
        ("records", "Total Base Pay - Annualized", "base"),
        ("records", "Compensation Grade", "level"), ("records", "Base\r\nPay", "base"),
        ("survey", "# Incs", "n"), ("survey", "# Orgs", "organisations"),
        ("survey", "Geo", "place"), ("survey", "Base Salary 50th", "base_p50"),
        ("survey", "Base Salary P25th", "base_p25"), ("survey", "50th %ile Base", "base_p50"),
        ("ranges", "Pay Range Minimum", "minimum"), ("ranges", "Salary Midpoint", "midpoint"),
    ],
)  # fmt: skip
def test_a_heading_names_its_field(kind, heading, field):
    (named,) = fields(kind, f'"{heading}",Note').items()
    assert named == (" ".join(heading.split()), field)


def test_a_survey_place_is_its_geography_and_not_its_country():
    text = "Title,Country,Geo,P50\nCSM,US,Denver,95500\nCSM,US,Boston,99500\n"
    found = bring("survey", text, SURVEY)
    assert found.values("place") == ["Denver", "Boston"]


TWICE = "Company,Title,Salary,Salary\nA,CSM,95000,7916.67\n"


@pytest.mark.parametrize(("column", "value"), [("3", 95_000), ("column 4", 7_916.67)])
def test_of_two_columns_of_one_name_one_is_chosen_by_its_number(column, value):
    twice, missing = bring("records", TWICE, POINT).report.questions
    assert twice.text == "2 columns are called 'Salary': which is the base"
    assert "--map base=3 or --map base=4" in twice.option
    assert missing.key == "base"
    found = bring("records", TWICE, replace(POINT, columns={"base": column}))
    assert found.values("base") == [value]
    kept = found.report.layout.as_options()
    assert bring("records", TWICE, kept).values("base") == [value]


def test_two_columns_of_one_optional_name_are_asked_and_can_both_be_left_out():
    text = "Company,Base,Bonus,Bonus,Note,Note\nA,95000,1000,2000,x,y\n"
    (question,) = bring("records", text, POINT).report.questions
    assert (question.key, [value for value, _ in question.choices]) == (
        "column of variable", ["Bonus (column 3)", "Bonus (column 4)", ""],
    )  # fmt: skip
    for answer, value in (("Bonus (column 4)", 2_000), ("", None)):
        found = bring("records", text, with_answer(POINT, question.key, answer))
        assert found.values("variable") == [value]


def test_a_column_without_a_heading_is_mapped_by_its_number():
    found = bring("records", "Company,,Title\nA,95000,CSM\n", replace(POINT, columns={"base": "2"}))
    assert found.values("base") == [95_000]
    assert found.report.layout.mapped["base"].heading == "column 2"
    with pytest.raises(InputError, match="no column '9'"):
        bring("records", "Company,,Title\nA,1,CSM\n", replace(POINT, columns={"base": "9"}))


def test_a_heading_that_is_a_number_outranks_a_position():
    found = bring(
        "survey", "Title,25,50\nCSM,90000,99000\n", replace(SURVEY, columns={"p50": "50"})
    )
    assert found.values("p50") == [99_000]


def test_two_rows_of_headings_are_joined_where_the_lower_one_repeats_itself():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        [None, "Base Salary", None, None, "Total Cash", None, None, None],
        ["Job Title", "P25", "P50", "P75", "P25", "P50", "P75", "Incs"],
        ["CSM", 90_000, 100_000, 110_000, 95_000, 108_000, 121_000, 40],
    ):
        sheet.append(row)
    sheet.merge_cells("B1:D1")
    out = io.BytesIO()
    book.save(out)
    found = bring("survey", out.getvalue(), SURVEY, "s.xlsx")
    read = [found.values(name)[0] for name in ("base_p25", "base_p75", "total_cash_p50")]
    assert read == [90_000, 110_000, 108_000]
    assert found.report.layout.mapped["n"].heading == "Incs"


def test_a_file_without_a_header_is_mapped_by_number():
    text = "A,CSM,95000\nB,CSM,91000\n"
    with pytest.raises(InputError, match="--no-header"):
        bring("records", text, POINT)
    columns = {"organisation": "1", "base": "3"}
    found = bring("records", text, replace(POINT, no_header=True, columns=columns))
    assert found.values("base") == [95_000, 91_000]
    assert [row["row"] for row in found.rows] == [1, 2]
    odd = bring(
        "records", '"A\nB",CSM,x\nB,CSM,91000\n', replace(POINT, no_header=True, columns=columns)
    )
    assert (odd.values("base"), [p.row for p in odd.problems]) == ([91_000], [1])


def test_a_header_that_holds_numbers_is_asked():
    text = "Company,95000,Base\nA,1,91000\n"
    (question,) = bring("records", text, POINT).report.questions
    assert "holds the number '95000'" in question.text
    assert bring("records", text, with_answer(POINT, question.key, "1")).values("base") == [91_000]
    years = bring("records", "Company,2026,Base\nA,1,91000\n", POINT)
    assert years.values("base") == [91_000]


def test_a_rate_that_nobody_earns_in_an_hour_is_asked():
    text = "Company,Pay Rate,Hours\nA,95000,40\n"
    (question,) = bring("records", text, POINT).report.questions
    assert question.text == "Pay Rate is about 95,000: what period is it pay of"
    assert bring("records", text, with_answer(POINT, question.key, "year")).values("base") == [
        95_000
    ]


def test_ranges_and_people_keep_their_usual_headings():
    assert fields("ranges", "Level,Min,Mid,Max", RANGED) == {
        "Level": "level", "Min": "minimum", "Mid": "midpoint", "Max": "maximum",
    }  # fmt: skip
    assert fields("roster", "ID,Title,Salary", PEOPLE)["Salary"] == "base"


TWO_ROWS = "Job Title,Base Salary,,,Total Cash,Incs\n,P25,P50,P75,P50,\nCSM,9,10,11,12,40\n"


def test_a_blank_heading_is_the_one_above_it():
    text = TWO_ROWS.replace("9,10,11,12", "90000,100000,110000,120000")
    found = bring("survey", text, ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"}))
    assert found.report.questions == ()
    names = ("title", "base_p25", "base_p50", "base_p75", "total_cash_p50", "n")
    assert [found.values(name)[0] for name in names] == [
        "CSM", 90_000, 100_000, 110_000, 120_000, 40,
    ]  # fmt: skip
    assert (found.report.layout.header_row, found.report.rows_in) == (2, 1)


def test_one_pay_element_over_its_percentiles_is_their_basis():
    text = "Job Title,Base Salary,,\n,P25,P50,P75\nCSM,90000,100000,110000\n"
    found = bring("survey", text, ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"}))
    assert (found.report.questions, found.values("base_p50")) == ((), [100_000])


def test_a_row_of_people_is_no_second_row_of_headings():
    text = "Company,Base,Bonus,Title\nA,95000,,CSM\nB,91000,,\n"
    found = bring("records", text, POINT)
    assert (found.report.layout.header_row, found.values("base")) == (1, [95_000, 91_000])


def test_a_title_above_the_table_names_no_column():
    text = "Payroll of March,,\n,Company,Base\n1,A,95000\n"
    found = bring("records", text, POINT)
    assert found.values("base") == [95_000]
    assert set(found.report.layout.mapped) == {"organisation", "base"}


def test_the_header_is_looked_for_as_without_a_mapping_by_number():
    text = (
        "Survey of 2026,,,\nJob Title,Low,Mid,Incs\nCSM,80000,90000,3\nSenior CSM,90000,99000,2\n"
    )
    said = replace(SURVEY_SAID, columns={"p25": "2", "p50": "3"})
    found = bring("survey", text, said)
    assert found.report.layout.header_row == 2  # not row 3, which holds a 3, nor row 4
    assert found.values("p25") == [80_000, 90_000]
    named = replace(said, columns={"p25": "Low", "p50": "Mid"})
    assert bring("survey", text, named).values("p50") == [90_000, 99_000]
