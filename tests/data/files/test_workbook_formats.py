"""A workbook's number formats: the currency or per cent that only they show."""

import io
from dataclasses import replace

import pytest
import xlsxwriter

from data.files.workbook_formats import mark_of
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.questions import with_answer
from data.imports.team_files.validation_rules import OTHER_CURRENCY
from tests.data.loads import bring

USD = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03-01"}, pay_is="actual")


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("[$€-407] #,##0.00", "€"), ("#,##0 €", "€"), ('#,##0\\ "€"', "€"), ("[$CHF] #,##0", "CHF"),
        ("[$$-409]#,##0", "$"), ('"$"#,##0', ""), ("0.0%", "%"), ('0"%"', ""), ("0\\%", ""),
        ("#,##0.00", ""), ("yyyy-mm-dd", ""), ("[$-409]d mmm yyyy", ""), ("[$kr-41D] #,##0", ""),
    ],
)  # fmt: skip
def test_a_format_shows_a_currency_a_per_cent_or_neither(code, mark):
    assert mark_of(code) == mark


def workbook(base: str, bonus: str, column: int = 0) -> bytes:
    """A roster whose pay has these formats, from a column on."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        pay, share = book.add_format({"num_format": base}), book.add_format({"num_format": bonus})
        sheet = book.add_worksheet("People")
        sheet.write_row(0, column, ["ID", "Title", "Base", "Bonus", "FTE"])
        for row, (money, extra) in enumerate([(95_000, 0.1), (115_000, 0.145)], 1):
            sheet.write_row(row, column, [row, "CSM"])
            sheet.write_number(row, column + 2, money, pay)
            sheet.write_number(row, column + 3, extra, share)
            sheet.write_number(row, column + 4, 0.8, share)
    return out.getvalue()


@pytest.mark.parametrize("column", [0, 2])
def test_a_bonus_in_per_cent_is_money_of_base_pay(column):
    found = bring("roster", workbook("#,##0", "0.0%", column), USD, "people.xlsx")
    assert found.values("variable") == [9_500, 16_675]  # 95,000 × 10 %, 115,000 × 14.5 %
    assert [float(fte) for fte in found.values("fte")] == [0.8, 0.8]


def test_pay_that_excel_shows_in_euro_against_dollars_is_a_question_with_three_answers():
    euro_pay = workbook("[$€-407] #,##0.00", "0%")
    (question,) = bring("roster", euro_pay, USD, "people.xlsx").report.questions
    assert question.text == "Base is shown in EUR in 2 rows that say USD: which is right"
    assert question.option == (
        "--set currency=EUR if it is EUR, --currency-signs ignore if it is USD, "
        "--currency-signs refuse to leave these rows out"
    )
    euros, dollars, none = (
        bring("roster", euro_pay, with_answer(USD, question.key, answer), "people.xlsx")
        for answer, _ in question.choices
    )
    assert (euros.values("base"), euros.values("currency")) == ([95_000, 115_000], ["EUR"] * 2)
    assert (dollars.values("base"), dollars.values("currency")) == ([95_000, 115_000], ["USD"] * 2)
    assert "amounts are in the currency of their row" in dollars.report.facts()["Currency signs"]
    assert (none.report.to_load, none.report.left_out) == (0, 2)


def test_a_currency_of_the_rows_own_column_is_asked_about_and_signs_in_a_text_are_not():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        euro = book.add_format({"num_format": "#,##0 €"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ID", "Title", "Currency", "Base"])
        for i, currency in enumerate(("EUR", "USD", "USD"), 1):
            sheet.write_row(i, 0, [i, "CSM", currency])
            sheet.write_number(i, 3, 90_000, euro if i < 3 else None)
    dated = ImportOptions(set_values={"as_of": "2026-03-01"})
    (question,) = bring("roster", out.getvalue(), dated, "people.xlsx").report.questions
    assert question.text == "Base is shown in EUR in 1 row that says USD: which is right"
    assert [answer for answer, _ in question.choices] == ["ignore", "refuse"]
    left = bring("roster", out.getvalue(), replace(dated, currency_signs="refuse"), "people.xlsx")
    assert (left.values("employee_id"), [p.row for p in left.problems]) == (["1", "3"], [3])
    text = bring("roster", "ID,Title,Base\n1,CSM,€95000\n", USD)
    assert (text.report.questions, text.report.left_out) == ((), 1)


def test_pay_that_excel_shows_in_euro_is_refused_where_that_was_asked_or_taken_as_euros():
    asked = replace(USD, currency_signs="refuse")
    found = bring("roster", workbook("[$€-407] #,##0.00", "0%"), asked, "people.xlsx")
    assert [(p.row, p.value, p.reason) for p in found.problems] == [
        (2, "€95000", OTHER_CURRENCY),
        (3, "€115000", OTHER_CURRENCY),
    ]
    said = {"currency": "EUR", "as_of": "2026-03-01"}
    euro = ImportOptions(set_values=said, pay_is="actual")
    found = bring("roster", workbook("[$€-407] #,##0.00", "0%"), euro, "people.xlsx")
    assert found.values("base") == [95_000, 115_000]


def test_pay_in_per_cent_is_no_money():
    found = bring("roster", workbook("0%", "0%"), USD, "people.xlsx")
    assert {p.reason for p in found.problems} == {"is not an amount of pay"}


@pytest.mark.parametrize(
    ("cell", "fte"), [("100", 1), ("50", 0.5), ("50%", 0.5), ("1", 1), (".5", 0.5)]
)
def test_a_full_time_equivalent_may_be_a_per_cent(cell, fte):
    text = f"ID,Title,Base,FTE %\n1,CSM,95000,{cell}\n"
    found = bring("roster", text, USD)
    assert [float(x) for x in found.values("fte")] == [fte]
    assert ("Per cents" in found.report.facts()) == (cell in ("100", "50", "50%"))
