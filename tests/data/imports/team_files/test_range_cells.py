"""A minimum and a maximum in one cell: split where they are plain, refused where they are not."""

from dataclasses import replace

import pytest

from analytics.errors import InputError
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.range_cells import split_range
from data.imports.team_files.validation_rules import OTHER_CURRENCY
from tests.data.loads import bring, load

SAID = ImportOptions(
    set_values={"currency": "USD", "basis": "base", "effective_date": "2026-01"}, decimal="."
)


def ranges(cell: str, options: ImportOptions = SAID):
    return bring("ranges", f'Level,Salary Range\nP2,"{cell}"\n', options)


@pytest.mark.parametrize(
    ("cell", "minimum", "maximum"),
    [
        ("64,000 - 96,000", 64_000, 96_000), ("$64k–$96k", 64_000, 96_000),
        ("$64,000-$96,000", 64_000, 96_000), ("64000 to 96000", 64_000, 96_000),
        ("USD 64,000 — USD 96,000", 64_000, 96_000), ("64 000 – 96 000", 64_000, 96_000),
        ("90-120k", 90_000, 120_000), ("$90 - $120K", 90_000, 120_000),
        ("0.9–1.2m", 900_000, 1_200_000), ("87.5k – 110.25k", 87_500, 110_250),
        ("Between $64,000 and $96,000", 64_000, 96_000), ("64,000 … 96,000", 64_000, 96_000),
        ("$64,000/yr - $96,000/yr", 64_000, 96_000), ("$64,000 - $96,000 per year", 64_000, 96_000),
        ("64’000–96’000", 64_000, 96_000), ("６４０００-９６０００", 64_000, 96_000),
        ("8,50,000 - 12,00,000", 850_000, 1_200_000),
    ],
)  # fmt: skip
def test_both_ends_are_read_and_shown(cell, minimum, maximum):
    found = ranges(cell)
    assert (found.values("minimum"), found.values("maximum")) == ([minimum], [maximum])
    assert found.report.facts()["Ranges"] == f"{cell!r} is {minimum:,} to {maximum:,}"


def test_a_decimal_comma_is_told_from_the_ends():
    told = replace(SAID, decimal="", set_values={**SAID.set_values, "currency": "EUR"})
    found = ranges("64.000 bis 96.000", told)
    assert (found.values("minimum"), found.values("maximum")) == ([64_000], [96_000])
    assert found.report.facts()["Decimal sign"] == "comma"
    found = ranges("64.000,50 € bis 96.000,50 €", told)
    assert (found.values("minimum"), found.values("maximum")) == ([64_000.5], [96_000.5])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("95,000", "gives one amount, where a minimum and a maximum are needed"),
        ("110k+", "gives one amount, where a minimum and a maximum are needed"),
        ("up to $110,000", "gives one amount, where a minimum and a maximum are needed"),
        ("64,000 / 96,000", "is not a minimum and a maximum such as 64,000 - 96,000"),
        ("64,000 - 80,000 - 96,000", "is not a minimum and a maximum such as 64,000 - 96,000"),
        ("competitive", "is not a minimum and a maximum such as 64,000 - 96,000"),
        ("96,000 - 64,000", "is below minimum"),
        ("120k-90", "is below minimum"),
        ("$30 - $45/hr", "is not a minimum and a maximum such as 64,000 - 96,000"),
        ("€64,000 - €96,000", OTHER_CURRENCY),
        ("64 - 96", "is outside 1,000 to 10,000,000 a year (US dollars, or the equivalent)"),
    ],
)
def test_what_is_not_plain_leaves_the_row_out_with_its_cell_and_reason(cell, reason):
    found = ranges(cell)
    assert (found.report.rows_in, found.report.to_load, found.report.left_out) == (1, 0, 1)
    assert {(p.row, p.column, p.value) for p in found.problems} == {(2, "Salary Range", cell)}
    assert reason in {p.reason for p in found.problems}


def test_an_empty_cell_says_that_the_minimum_is_missing():
    found = bring("ranges", 'Level,Salary Range\nP2,\nP3,"64,000 - 96,000"\n', SAID)
    assert found.problems[0].reason == "minimum or range is missing"
    assert found.values("level") == ["P3"]


@pytest.mark.parametrize("heading", ["Pay range", "Salary Band", "What we pay"])
def test_the_column_is_known_by_its_heading_or_by_its_cells(heading):
    found = bring("ranges", f'Level,{heading},Years\nP2,"$80,000 - $110,000",3 - 5\n', SAID)
    assert (found.values("minimum"), found.values("maximum")) == ([80_000], [110_000])
    again = bring("ranges", f'Level,{heading},Years\nP2,"$80,000 - $110,000",3 - 5\n',
                  found.report.layout.as_options())  # fmt: skip
    assert again.rows == found.rows


def test_ends_of_their_own_columns_are_taken_and_not_contradicted():
    text = 'Level,Minimum,Maximum,Salary Range\nP2,80000,110000,"70,000 - 90,000"\n'
    assert bring("ranges", text, SAID).values("minimum") == [80_000]
    both = replace(SAID, columns={"range": "Salary Range"})
    with pytest.raises(InputError, match="either range or minimum and maximum"):
        bring("ranges", text, both)


def test_a_monthly_range_in_thousands_is_a_years():
    text = "Level,Monthly Salary Range\nP2,5.5 - 7\n"
    thousands = replace(
        SAID, units=ImportOptions().factor * 1000, columns={"range": "Monthly Salary Range"}
    )
    found = bring("ranges", text, thousands)
    assert (found.values("minimum"), found.values("maximum")) == ([66_000], [84_000])


def test_k_and_whole_numbers_in_columns_of_their_own_stay_as_they_were():
    found = bring("ranges", "Level,Minimum,Maximum\nP2,80k,110k\nP3,100,140\n", SAID)
    assert (found.values("minimum"), found.values("maximum")) == ([80_000], [110_000])
    assert {p.row for p in found.problems} == {3}


def test_the_store_holds_both_ends_and_a_computed_midpoint(own):
    said = load(own, "ranges", 'Level,Salary Range\nP2,"64,000 - 96,000"\n', SAID)
    assert said == "load 1: 1 rows in, 1 loaded, 0 rejected"
    held = own.execute("select minimum, midpoint, maximum, midpoint_computed from pay_range")
    assert held.fetchall() == [(6_400_000, 8_000_000, 9_600_000, True)]


def test_a_year_span_or_a_word_is_no_range():
    assert split_range("64,000 96,000") is None
    found = bring("ranges", "Level,Cycle\nP2,2025 - 2026\n", SAID)
    assert [q.key for q in found.report.questions] == ["minimum", "maximum"]
