"""`bandstand guide`, run as a program."""

import csv
import io
import json

import openpyxl
import pytest

from tests.commands import bandstand

pytestmark = pytest.mark.usefixtures("store")


def test_the_guide_is_text_in_a_terminal():
    answer = bandstand("guide")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("Customer Success: role guide\n\nMotions of the work\n")
    assert "Window (30 to 90 days): Starts at signature" in answer.stdout


def test_a_section_as_json_has_one_object_a_row():
    answer = bandstand("guide", "customer-success", "--section", "phrases", "--format", "json")
    rows = json.loads(answer.stdout)
    assert len(rows) == 13
    assert list(rows[0]) == [
        "section", "topic", "name", "text", "detail", "low", "high", "unit", "document_section",
        "cites", "source",
    ]  # fmt: skip
    assert rows[12]["name"] == "Post-sales SOC 2 review"
    assert rows[12]["cites"] == "5"


def test_csv_and_excel_hold_the_whole_guide(tmp_path):
    answer = bandstand("guide", "Customer Success", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout, newline="")))
    (degree,) = [row for row in rows if row["name"] == "Bachelor's degree"]
    assert (degree["low"], degree["high"], degree["unit"]) == ("57", "", "percent")
    out = tmp_path / "guide.xlsx"
    assert f"{len(rows)} rows" in bandstand("guide", "--out", str(out)).stderr
    book = openpyxl.load_workbook(out)
    assert book["Table"].max_row == len(rows) + 1
    assert "jd-page" in {cell.value for cell in book["About"]["A"]}


def test_text_goes_to_a_file_too(tmp_path):
    out = tmp_path / "guide.txt"
    bandstand("guide", "--section", "Pay levers", "--out", str(out))
    assert out.read_text(encoding="utf-8").splitlines()[2] == "Pay levers"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sales"], "no role guide for 'sales'; available: customer-success"),
        (["--section", "salaries"], "no section 'salaries'"),
        (["--format", "pdf"], "no format 'pdf'"),
    ],
)
def test_bad_input_is_named_with_exit_code_2(words, said):
    answer = bandstand("guide", *words)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr


def test_help_shows_an_example():
    assert "Example: bandstand guide customer-success" in bandstand("guide", "--help").stdout
