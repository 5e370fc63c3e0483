"""`bandstand report`, run as a program: the page, the PDF and the workbook of one answer."""

import re
from dataclasses import replace

import openpyxl
import pytest

from analytics.pricing.explanation import WaterfallStep
from data.files.pdf import find_chromium, html_to_pdf
from data.files.report import Bar, Report, report_html
from data.files.spec_sheet import SHEET
from tests.commands import bandstand

pytestmark = pytest.mark.usefixtures("store")

#: What each page of a PDF is marked by.
PAGE = rb"/Type\s*/Page\b(?!s)"
P3 = "CUSTOM1.CUSTOMER920B.P3"


def report(out, *words: str) -> str:
    """What the command says of a report of P3's total compensation in May 2026."""
    answer = bandstand("report", "--job", P3, "--to", "2026-05", "--output", str(out), *words)
    assert answer.returncode == 0, answer.stderr
    return answer.stderr


def test_the_page_has_the_answer_its_context_and_its_sources(tmp_path):
    out = tmp_path / "report.html"
    said = report(out)
    page = out.read_text(encoding="utf-8")
    assert "What should we pay a Customer Success Management, Mid-Level Professional" in said
    assert '<span class="figure">$117,500</span>' in page
    assert "P50 of total compensation · United States · May 2026 · modelled" in page
    assert "levels.fyi: Customer Success pay" in page
    # Nothing is aged or moved to another place, so neither the ECI nor BLS wages are a source.
    assert "Employment Cost Index" not in page
    assert "Occupational Employment" not in page
    assert "<script" not in page
    assert "http" not in page.split("<h2>Sources")[0]


def test_a_place_and_a_later_month_bring_their_sources(tmp_path):
    out = tmp_path / "report.html"
    report(out, "--place", "colorado", "--basis", "base", "--percentile", "60")
    page = out.read_text(encoding="utf-8")
    assert "Occupational Employment and Wage Statistics" in page
    assert "At most, since total compensation counts equity: base is 80% of target cash" in page
    later = bandstand("report", "--job", P3, "--to", "July 2027", "--output", "-")
    assert "Employment Cost Index" in later.stdout
    assert "in July 2027?" in later.stdout


def test_a_title_is_taken_for_a_job_and_said_so(tmp_path):
    out = tmp_path / "report.html"
    answer = bandstand("report", "--job", "VP customer success", "--output", str(out))
    assert "“VP customer success” taken as" in answer.stderr
    assert "M6" in answer.stderr


def test_a_city_is_taken_for_its_area_and_brings_the_wages_behind_it(tmp_path):
    out = tmp_path / "report.html"
    said = report(out, "--place", "denver")
    assert "“denver” taken as Denver-Aurora-Centennial, CO" in said
    page = out.read_text(encoding="utf-8")
    assert "Denver-Aurora-Centennial, CO · May 2026" in page
    assert "Occupational Employment and Wage Statistics" in page
    assert "Regional price parities" not in page


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium found")
@pytest.mark.slow
def test_a_pdf_is_one_sheet(tmp_path):
    out = tmp_path / "report.pdf"
    report(out, "--place", "Colorado", "--basis", "base")
    assert len(re.findall(PAGE, out.read_bytes())) == 1


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium found")
@pytest.mark.slow
def test_a_page_with_much_to_say_is_set_smaller_and_still_one_sheet():
    source = dict.fromkeys(
        ("title", "publisher", "as_of", "sample_size", "pay_basis", "licence"), "two lines of it"
    )
    long = Report(
        question="What should we pay a made-up job in a made-up place, base pay, at P50?",
        answer=100_000.0,
        interval=(90_000.0, 110_000.0),
        currency="USD",
        trust="published",
        context="a job · base pay",
        assumption="Assumes base is 80% of target cash.",
        bars=[Bar(f"P{i}", 1e5 + i, 9e4, 1.1e5) for i in range(11)],
        steps=[WaterfallStep("Published", 1e5, 1e5, "several sources " * 12)] * 5,
        inputs=["Without one of them: $99,000 (-1.0%)"] * 3,
        derivation="A sentence on one of several sources. " * 90,
        changes=["Another question."] * 2,
        sources=[source] * 8,
        made_on="2026-11-27",
    )
    page = report_html(long)
    assert "calc(1.0 * 12px)" not in page
    assert len(re.findall(PAGE, html_to_pdf(page))) == 1
    assert "calc(1.0 * 12px)" in report_html(replace(long, derivation="", steps=[], sources=[]))


def test_without_a_chromium_the_remedy_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("BANDSTAND_CHROMIUM", str(tmp_path / "nothing"))
    out = tmp_path / "report.pdf"
    answer = bandstand("report", "--job", P3, "--output", str(out))
    assert answer.returncode == 2
    assert "a PDF needs Chromium or Chrome" in answer.stderr
    assert "write HTML instead" in answer.stderr
    assert not out.exists()


def test_the_workbook_begins_with_the_page_in_words(tmp_path):
    out = tmp_path / "report.xlsx"
    report(out, "--place", "Colorado", "--basis", "base", "--to", "2027-05")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Answer", "Inputs", "Figures", "Steps", "Sources", SHEET]
    answer = [row[0].value for row in book["Answer"].iter_rows(max_col=1) if row[0].value]
    assert answer[0].startswith("What should we pay a Customer Success Management")
    assert "P3 Mid-Level Professional" in answer
    assert "What matters most" in answer
    inputs = {row[0].value: row[1].value for row in book["Inputs"].iter_rows(max_col=2)}
    assert inputs["Aged to"] == "May 2027"
    assert inputs["Base as a share of target cash"] == 0.8


def test_the_steps_multiply_out_to_the_figure_used(tmp_path):
    out = tmp_path / "report.xlsx"
    report(out, "--place", "Colorado", "--basis", "base", "--to", "2027-05")
    heads, *rows = openpyxl.load_workbook(out)["Steps"].iter_rows(values_only=True)
    steps = [dict(zip(heads, row, strict=True)) for row in rows]
    (median,) = [row for row in steps if row["Percentile"] == "P50"]
    # 117,500 of total compensation, 80 percent of it base, a year later, in Colorado.
    assert (median["Published"], median["× pay basis"], median["Months aged"]) == (117_500, 0.8, 12)
    product = 117_500 * 0.8 * (1 + median["Yearly rate"]) * median["× place"]
    assert median["Figure used"] == pytest.approx(product, rel=1e-6)


def test_a_workbook_is_verified_from_its_own_inputs(tmp_path):
    out = tmp_path / "report.xlsx"
    report(out, "--place", "Colorado", "--basis", "base", "--to", "2027-05")
    answer = bandstand("verify", str(out))
    assert (answer.returncode, "none differs" in answer.stdout) == (0, True), answer.stderr
    book = openpyxl.load_workbook(out)
    book["Answer"]["A2"] = "$1"
    book["Figures"]["C3"] = 1
    book.save(out)
    answer = bandstand("verify", str(out))
    assert answer.returncode == 2
    assert "Answer!A2: the file has '$1'" in answer.stdout
    assert "Figures!C3: the file has '1'" in answer.stdout
    assert "2 of" in answer.stderr


def test_every_source_used_is_on_the_last_sheet_and_it_prints_one_page_wide(tmp_path):
    out = tmp_path / "report.xlsx"
    report(out, "--place", "Colorado", "--basis", "base", "--to", "2027-05")
    book = openpyxl.load_workbook(out)
    named = {cell.value for cell in book["Sources"]["A"]}
    assert book.sheetnames[-1] == SHEET
    assert {"bls-oews", "bls-eci", "ladder-model", "levels-fyi"} <= named
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide is what a file that leaves it out means; 0 is as high as it takes.
        assert sheet.page_setup.fitToWidth in (None, "1", 1)
        assert (sheet.page_setup.fitToHeight == 0) == (sheet.title != "Answer")
        assert not any("_" in str(cell.value) for cell in sheet[1] if cell.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--place", "Atlantis"], "name its metropolitan area or its state"),
        (["--place", "Calorado"], "did you mean Colorado"),
        (["--place", "Springfield"], "may be one of"),
        (["--basis", "bonus"], "no pay basis 'bonus'"),
        (["--percentile", "100"], "percentile 100 is outside 1 to 99"),
        (["--to", "soon"], "'soon' is not a month"),
        (["--job", "CUSTOM1.CUSTOMER920B.P9"], "is not one of P1 to P6"),
        (["--job", "zzz qqq"], "no job matches 'zzz qqq'"),
        (["--format", "docx"], "no format 'docx'"),
    ],
)
def test_bad_input_is_named_with_exit_code_2(tmp_path, words, said):
    out = tmp_path / "report.html"
    job = [] if "--job" in words else ["--job", P3]
    answer = bandstand("report", *job, *words, "--output", str(out))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert not out.exists()
