"""Files before a row is looked at: unpacked, opened, and refused with a reason."""

import io
import random
import time
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
import xlsxwriter

from analytics.errors import InputError
from data.imports.team_files import templates
from data.imports.team_files.check import check_file
from data.imports.team_files.checked_rows import rows_to_load
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.session import ImportSession
from tests.data.loads import SAID, bring, nameless


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def sheets(*, hidden: bool) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, pay in (("Old", 11_111), ("New", 85_000)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Company", "Base"])
            sheet.write_row(1, 0, ["A", pay])
            if hidden and name == "Old":
                sheet.hide()
        book.worksheets()[1].activate()
    return out.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_end_gives_the_same_rows(end):
    found = bring("records", end.join(["Company,Base", "A,50000", "B,60000", ""]), SAID)
    assert [(row["row"], row["v_base"]) for row in found.rows] == [(2, 5_000_000), (3, 6_000_000)]


def test_a_zip_of_a_csv_or_a_workbook_is_opened():
    text = b"Company,Base\nA,95000\n"
    found = bring("records", zipped(pay_csv=text, notes_md=b"x"), SAID, "pay.zip")
    assert (found.report.file, found.values("base")) == ("pay.zip, pay.csv", [95_000])
    book = templates.as_excel(file_type("records"))
    found = bring("records", zipped(pay_xlsx=book), ImportOptions(), "pay.zip")
    assert found.values("organisation") == ["Example Ltd"]
    two = zipped(a_csv=text, b_csv=b"Company,Base\nB,1\n")
    with pytest.raises(
        InputError, match=r"contains 2 files: a.csv, b.csv; choose one with --member"
    ):
        bring("records", two, SAID)
    assert bring("records", two, replace(SAID, member="b.csv")).values("organisation") == ["B"]
    with pytest.raises(InputError, match=r"contains no file that ends in"):
        bring("records", zipped(x_exe=b"MZ"), SAID)


@pytest.mark.slow
def test_a_zip_that_inflates_out_of_all_proportion_is_refused_within_a_second():
    content = zipped(pay_csv=b"Company,Base\n" + b"A,95000\n" * 30_000_000)
    start = time.perf_counter()
    with pytest.raises(InputError, match=r"inflates \d\d\d times over, to 240 MB"):
        bring("records", content, SAID)
    assert time.perf_counter() - start < 1


def test_limits_are_named_and_can_be_moved(monkeypatch):
    monkeypatch.setenv("BANDSTAND_TEXT_MB", "1")
    with pytest.raises(InputError, match=r"over the limit of 1 megabytes .* BANDSTAND_TEXT_MB"):
        bring("records", b"Company,Base\n" + b"A,95000\n" * 200_000, SAID)
    monkeypatch.setenv("BANDSTAND_TEXT_MB", "many")
    with pytest.raises(InputError, match="BANDSTAND_TEXT_MB=many: use a whole number above 0"):
        bring("records", "Company,Base\nA,95000\n", SAID)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n\n", "is empty"),
        (b"Company,Base\nA,9\0 5\n", "contains NUL characters"),
        (b"PK\x03\x04 torn", "is a damaged or encrypted zip"),
        (
            "Büro,Base\nä,95000\nö,".encode() + b"\xff5\n",
            "in row 3 or later, that is not",
        ),
        (b'Company,Base\n"A,95000\n', "can't be read as CSV"),
        (b"one,two\n1,2\n", "no row has headings of pay records"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_with_its_reason(content, said):
    with pytest.raises(InputError, match=said):
        bring("records", content, SAID)


def test_a_hidden_sheet_is_passed_over_and_of_two_alike_one_is_asked_for():
    assert bring("records", sheets(hidden=True), SAID).values("base") == [85_000]
    with pytest.raises(InputError, match="each of the sheets Old, New could be the table"):
        bring("records", sheets(hidden=False), SAID)
    picked = replace(SAID, sheet="Old")
    assert bring("records", sheets(hidden=False), picked).values("base") == [11_111]


def test_a_name_that_is_a_pattern_is_one_file(tmp_path):
    (tmp_path / "pay1.csv").write_text("Company,Base\nOTHER,1\n")
    mine = tmp_path / "pay[1].csv"
    mine.write_text("Company,Base\nMINE,95000\n")
    assert bring("records", mine, SAID, mine.name).values("organisation") == ["MINE"]


def test_an_attempt_that_failed_leaves_nothing_behind():
    two = zipped(a_csv=b"Company,Base\nA,50000\n", c_csv=b"no,header\n1,2\n")
    kind = file_type("records")
    with ImportSession() as session:
        for member, good in (("a.csv", True), ("c.csv", False), ("a.csv", True)):
            options = replace(SAID, member=member)
            if good:
                check_file(session, kind, "m.zip", two, options, nameless)
                rows = rows_to_load(session, "v_base").read_all().to_pylist()
                assert rows == [{"v_base": 5_000_000}]
            else:
                with pytest.raises(InputError):
                    check_file(session, kind, "m.zip", two, options, nameless)


@pytest.mark.slow
def test_damaged_zips_and_books_are_told():
    draw = random.Random(3)
    for content in (zipped(a_csv=b"Company,Base\nA,50000\n" * 9), sheets(hidden=True)):
        for _ in range(15):
            torn = bytearray(content)
            torn[draw.randrange(30, len(torn))] ^= 0xFF
            with suppress(InputError):
                bring("records", bytes(torn), SAID)
