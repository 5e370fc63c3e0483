"""One opener: what `load` reads, `match --file` and `price` read too, and refuse alike."""

import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from typer.testing import CliRunner

from analytics.errors import InputError
from cli import app
from data.catalog.matcher import titles_in
from data.files.problems import FileError
from data.files.read_table import read_table
from data.files.text_table import select_columns
from tests.data.loads import SAID, bring

HEADER = ["job", "source", "basis", "as_of", "p50"]
ROWS = [
    ["Manager, Customer Success; EMEA", "Büro A", "base", "2026-03", "95000"],
    ["Senior CSM", 'Say "B" | C', "base", "2025-10", "91000"],
]


def text(delimiter: str, rows: list[list[str]] = ROWS, end: str = "\r\n") -> str:
    """The table with every cell in quotes, so that each delimiter is in some cell."""
    quoted = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in [HEADER, *rows]
    ]
    return "".join(delimiter.join(row) + end for row in quoted)


def workbook(above: list[list[str]]) -> bytes:
    """The table on the second sheet, below some other rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me")
        sheet = book.add_worksheet("Pay")
        for i, row in enumerate([*above, HEADER, *ROWS]):
            sheet.write_row(i, 0, row)
    return out.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
        archive.writestr("read-me.md", b"not a table")
    return out.getvalue()


def parquet() -> bytes:
    out = io.BytesIO()
    columns = dict(zip(HEADER, map(list, zip(*ROWS, strict=True)), strict=True))
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


FILES = {
    **{f"{name}.csv": text(mark).encode() for name, mark in
       (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|"))},
    "mark.csv": text(";").encode("utf-8-sig"),
    "utf16.csv": text("\t").encode("utf-16"),
    "windows.csv": text(";").encode("cp1252"),
    "mac.csv": text(",", end="\r").encode(),
    "blank-rows.csv": ("\n\n" + text(",", end="\n\n")).encode(),
    "blank-columns.csv": text(",").replace('"\r\n', '",,\r\n').encode(),
    "title-above.csv": ("Pay, as of March\n\n" + text(",")).encode(),
    "sheet.xlsx": workbook([]),
    "sheet-title-above.xlsx": workbook([["Pay"], []]),
    "text.zip": zipped("pay.csv", text(";").encode("cp1252")),
    "book.zip": zipped("pay.xlsx", workbook([])),
    "rows.parquet": parquet(),
}  # fmt: skip


def command(*words: str) -> str:
    answer = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


@pytest.mark.parametrize("name", FILES)
def test_what_load_reads_match_and_price_read_too(name, tmp_path: Path, store):
    file = tmp_path / name
    file.write_bytes(FILES[name])
    mapped = ["--map", "organisation=source", "--map", "base=p50", "--map", "effective_date=as_of"]
    loaded = command("load", "records", str(file), *mapped, "--set", "currency=USD", "--dry-run")
    assert loaded == "2 rows, 2 to load, 0 to be left out; nothing was loaded\n"
    matched = json.loads(command("match", "--file", str(file), "--format", "json"))
    assert [row["title"] for row in matched] == [row[0] for row in ROWS]
    priced = json.loads(command("price", str(file), "--to", "2026-03", "--format", "json"))
    assert [row["job"] for row in priced] == [row[0] for row in ROWS]
    assert priced[0]["typical"] == 95_000
    assert "Büro A" in priced[0]["derivation"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"job,p50\nA,9\0 5\n", "contains NUL characters"),
        ("job,p50\nä,1\nö,".encode() + b"\xff5\n", "in row 3 or later, that is not utf-8"),
        (b'job,p50\n"A,1\n', "row 2: can't be read as CSV"),
        (b"PK\x03\x04 torn", "is a damaged or encrypted zip"),
        (b"PAR1 torn", "can't be read as Parquet"),
        (b"\xd0\xcf\x11\xe0 old", "is an .xls workbook"),
    ],
)
def test_what_load_refuses_match_and_price_refuse_with_the_same_words(content, reason):
    with pytest.raises(InputError, match=reason) as by_load:
        bring("records", content, SAID, "f.csv")
    with pytest.raises(FileError, match=reason) as by_table:
        read_table("f.csv", content)
    assert str(by_load.value) == str(by_table.value)
    with pytest.raises(InputError, match=reason):
        titles_in("f.csv", content)


def test_delimiters_in_quotes_do_not_count():
    content = b'title;"a, b";"c, d, e"\nCSM;1;2\n'
    table, problems = read_table("f.csv", content)
    assert (table.headings, table.rows, problems) == (
        ["title", "a, b", "c, d, e"], [(2, ["CSM", "1", "2"])], [],
    )  # fmt: skip
    assert titles_in("f.csv", content).titles == ["CSM"]


def test_the_header_is_the_first_row_that_names_the_most_columns():
    content = b"Pay of 2026\n\njob,note,p50\nA,p50,1\njob,p50,2\n"
    table, _ = read_table("f.csv", content, ("job", "p50"))
    assert (table.header_row, table.rows) == (3, [(4, ["A", "p50", "1"]), (5, ["job", "p50", "2"])])
    (_, wrong) = select_columns(table, ["job", "p50"], ["job", "as_of"])
    assert [str(problem) for problem in wrong] == [
        "f.csv, row 3, column as_of: is missing from the header; add the column",
        "f.csv, row 3, column note: is not a column of this file; remove it",
    ]


def test_a_list_has_no_header_further_down():
    assert titles_in("f.csv", b"CSM\nRole\nHead of CS\n").titles == ["CSM", "Role", "Head of CS"]


def test_rows_of_another_width_and_overlong_cells_are_told(monkeypatch):
    monkeypatch.setenv("BANDSTAND_CELL_CHARACTERS", "4")
    table, problems = read_table("f.csv", b"a,b\n1\n1,2,3\n1,2,\n12345,2\n")
    assert table.rows == [(4, ["1", "2"]), (5, ["12345", "2"])]
    assert [(p.row, p.reason) for p in problems] == [
        (2, "has 1 cells where the header has 2"),
        (3, "has 3 cells where the header has 2"),
        (5, "is longer than 4 characters"),
    ]


def test_a_text_that_is_too_long_to_be_read_whole_is_refused_zipped_or_not(monkeypatch):
    monkeypatch.setenv("BANDSTAND_TABLE_MB", "1")
    content = b"job,p50\n" + b"A,95000\n" * 200_000
    for file in (content, zipped("long.csv", content)):
        with pytest.raises(FileError, match=r"2 MB, over the limit of 1 megabytes .*TABLE_MB"):
            read_table("f.csv", file)


def test_sheets_that_could_each_be_it_are_named():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("May", "June"):
            book.add_worksheet(name).write_row(0, 0, HEADER)
    with pytest.raises(FileError, match="each of the sheets May, June could be the table"):
        read_table("f.xlsx", out.getvalue(), HEADER)
    with pytest.raises(FileError, match="no sheet has any of the columns title"):
        read_table("f.xlsx", out.getvalue(), ["title"])
