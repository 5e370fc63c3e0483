"""What the user chooses on the Import page, as options that read the file."""

import pytest

from app_pages.components.import_choices import (
    KEPT,
    LEFT_OUT,
    choose_field,
    chosen_options,
    shown_field,
)
from app_pages.components.import_questions import column_of
from app_pages.components.import_state import Reading
from data.files.open_file import open_file
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.read_layout import read_layout
from data.imports.team_files.report import Report

BASE = ImportOptions()


@pytest.fixture
def read(tmp_path):
    """The reading of a text as one kind, and the report before any choice."""

    def reading(text: str, kind: str = "records") -> tuple[Reading, Report]:
        opened = open_file("file.csv", text.encode(), tmp_path)
        layout = read_layout(file_type(kind), opened, BASE)
        report = Report(layout, layout.questions)
        found = Reading(file_type(kind), "", "key", first=(BASE, report), latest=report)
        found.asked.update({question.key: question for question in layout.questions})
        return found, report

    return reading


PAY = "Company,Base,Gross,Ccy,Date\nAcme,90000,95000,USD,2026-03-01\n"


def test_without_a_choice_nothing_is_fixed(read):
    reading, report = read(PAY)
    assert chosen_options(reading, BASE, report) == BASE


def test_a_choice_fixes_the_other_columns_as_they_were_found(read):
    reading, report = read(PAY)
    choose_field(reading, "Gross", "base")
    columns = chosen_options(reading, BASE, report).columns
    assert {field: name for field, name in columns.items() if name} == {
        "organisation": "Company", "base": "Gross", "currency": "Ccy", "effective_date": "Date",
    }  # fmt: skip
    # Base is left out, and shown so; it takes no other field of its own accord.
    shown = {c.heading: shown_field(reading, c) for c in report.layout.columns}
    assert (shown["Base"], shown["Gross"]) == (LEFT_OUT, "base")


def test_a_field_chosen_twice_is_that_of_the_last(read):
    reading, report = read(PAY)
    choose_field(reading, "Gross", "equity")
    choose_field(reading, "Base", "equity")
    columns = chosen_options(reading, BASE, report).columns
    assert (columns["equity"], columns["base"]) == ("Base", "")


def test_a_question_about_pay_periods_stays_open_while_other_columns_are_chosen(read):
    text = "Company,Base,Frequency,Ccy,Day,Date\nAcme,90000,Monthly,USD,2026-03-01,2026-03-01\n"
    reading, report = read(text)
    assert "periods apply" in reading.asked
    choose_field(reading, "Day", LEFT_OUT)
    assert "pay_period" not in chosen_options(reading, BASE, report).columns
    reading.answers["periods apply"] = ""  # a year's pay: an answer, though it is empty
    assert chosen_options(reading, BASE, report).columns["pay_period"] == ""


def test_a_column_without_a_heading_is_chosen_by_its_number(read):
    reading, report = read("Company,,Ccy,Date\nAcme,90000,USD,2026-03-01\n")
    choose_field(reading, "column 2", "base")
    assert chosen_options(reading, BASE, report).columns["base"] == "column 2"


def test_choices_for_columns_that_another_header_does_not_have_are_left_aside(read):
    reading, report = read(PAY)
    choose_field(reading, "Old heading", "base")
    assert chosen_options(reading, BASE, report) == BASE


def test_a_roster_keeps_columns_that_are_no_field(read):
    reading, report = read("Employee ID,Title,Team\n1,CSM,East\n", "roster")
    choose_field(reading, "Team", KEPT)
    assert chosen_options(reading, BASE, report).keep == ("Team",)


def test_each_question_stands_beside_its_column(read):
    text = (
        "Company,Monthly Rent,Base,Since,Date,Hours,Hourly Rate,Ccy\n"
        "Acme,1,,01/02/2026,2026-03-01,80,40.5,USD\nAcme,1,95,01/02/2026,2026-03-01,80,40,USD\n"
    )
    reading, _ = read(text)
    choose_field(reading, "Since", "effective_date")
    places = {key: column_of(q, reading) for key, q in reading.asked.items()}
    assert {key: place.heading for key, place in places.items() if place} == {"hours_per": "Hours"}
