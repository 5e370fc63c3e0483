import csv
import io
import json
import stat

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import StoreError, UnitError
from analytics.market_tables import band_table
from analytics.units import with_units
from data.files import exports
from data.files.formula_guard import escape_formula, unescape_formula
from data.store.audit import audit_path
from tests.examples import examples

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠x",
    "'=1", "''", "'", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0", '"quoted"', "a,b", "a;b",
    "a\r\nb", "é", "日本", "", " ", "0012", "1e5", "NULL", "<script>", "![](http://x)",
]  # fmt: skip
#: How a cell begins that would run, or hide, in a spreadsheet.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def read_back(payload: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(payload.decode("utf-8-sig"), newline="")))


def sheet(payload: bytes, name: str) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(payload))
    return list(book[name].iter_rows(values_only=True))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_inert_and_comes_back_whole(text):
    (_, (cell,)) = read_back(exports.to_csv(pd.DataFrame({"x": [text]})))
    assert not cell.startswith(RISKY)
    assert unescape_formula(cell) == text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("quote", ['"', None])
@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+A1", "-2+cmd|'/Ccalc'!A0", "＝1"])
def test_no_cell_is_a_formula_whatever_separator_and_quote_it_is_opened_with(
    separator, quote, formula
):
    texts = [f"x{sep}{mark}{formula}{sep}y" for sep in ",;\t| \n" for mark in ("", '"', "'")]
    payload = exports.to_csv(pd.DataFrame([texts]).add_prefix("c"), bom=False)
    text = io.StringIO(payload.decode(), newline="")
    reading = {"quotechar": quote} if quote else {"quoting": csv.QUOTE_NONE, "quotechar": None}
    cells = [cell for row in csv.reader(text, delimiter=separator, **reading) for cell in row]
    assert any(formula[:5] in cell for cell in cells)
    assert not [c for c in cells if c.lstrip(' "').startswith(("=", "@", "+", "-", "＝"))]
    assert [unescape_formula(cell) for cell in read_back(payload)[1]] == texts


@pytest.mark.parametrize("text", ["Sales - West", "-5% to +3 %", "n = 5", "it is 'so'", "a, b; c"])
def test_plain_words_leave_as_they_are(text):
    assert escape_formula(f"Pay {text}") == f"Pay {text}"


@examples(300)
@given(st.text(st.sampled_from(" '\"=+-@;,\t\n|5%x."), max_size=12))
def test_what_is_guarded_comes_back(text):
    assert unescape_formula(escape_formula(text)) == text


@examples(300)
@given(st.lists(TEXT, min_size=1, max_size=5))
def test_any_text_round_trips_through_csv(texts):
    rows = read_back(exports.to_csv(pd.DataFrame({"x": texts})))
    assert [unescape_formula(cell) for (cell,) in rows[1:]] == texts


def test_csv_is_quoted_with_bom_and_windows_line_ends():
    payload = exports.to_csv(pd.DataFrame({"pay": [-5.0, float("nan")], "who": ["x", None]}))
    assert payload == b'\xef\xbb\xbf"pay","who"\r\n"-5","x"\r\n"",""\r\n'
    assert exports.to_csv(pd.DataFrame({"a": [0.25]}), bom=False) == b'"a"\r\n"0.25"\r\n'


def test_band_csv_parses_back_to_the_table(market):
    table = band_table(market).drop(columns="series")
    back = pd.read_csv(io.BytesIO(exports.to_csv(table)))
    pd.testing.assert_frame_equal(back, table, check_dtype=False)


def test_band_json_parses_back_to_the_table(market):
    table = band_table(market)
    rows = json.loads(exports.to_json(table))
    assert [row["p50"] for row in rows] == table.p50.tolist()
    assert rows[-1]["p25"] is None


def test_workbook_has_typed_numbers_a_frozen_header_and_its_sources(market):
    table = band_table(market).drop(columns="series")
    about = {"Table": "bands", "level": "all"}
    payload = exports.to_excel(table, about, market.sources)
    header, *rows = sheet(payload, "Table")
    assert list(header) == list(table.columns)
    assert [row[header.index("p50")] for row in rows] == table.p50.tolist()
    assert rows[-1][header.index("p25")] is None
    book = openpyxl.load_workbook(io.BytesIO(payload))
    assert book["Table"].freeze_panes == "A2"
    assert book["Table"].column_dimensions["C"].width > 8
    said = [row[:2] for row in sheet(payload, "About")]
    assert ("Table", "bands") in said
    assert ("Statuses", "modelled: 10, published: 1") in said
    assert "Made on" in dict(said)
    cells = {cell for row in sheet(payload, "About") for cell in row}
    assert set(market.sources.citation) <= cells


@pytest.mark.parametrize("text", ["=1+1", "@x", "http://example.com", "{=1}", "-5"])
def test_workbook_holds_hostile_text_as_text(text):
    table = with_units(pd.DataFrame({"x": [text]}), {"x": "text"})
    payload = exports.to_excel(table, {"Asked": text}, pd.DataFrame())
    book = openpyxl.load_workbook(io.BytesIO(payload))
    assert book["Table"]["A2"].value == text
    assert book["Table"]["A2"].data_type == "s"
    assert book["Table"]["A2"].hyperlink is None


def test_an_export_is_on_record_before_it_leaves(tmp_path):
    store = tmp_path / "store.duckdb"
    exports.log_export(store, "bands.csv", {"level": "P3"}, 2, b"abc")
    exports.log_export(store, "bands.csv", {"level": "P4"}, 3, b"abc")
    log = audit_path(store)
    first, second = map(json.loads, log.read_text().splitlines())
    assert (first["rows"], second["rows"]) == (2, 3)
    assert first["about"] == {"level": "P3"}
    # printf abc | sha256sum
    assert first["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_what_can_not_be_recorded_is_not_exported(tmp_path):
    (tmp_path / "no").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="nothing was done"):
        exports.log_export(tmp_path / "no" / "store.duckdb", "bands", {}, 1, b"")


def test_times_are_written_and_a_risky_heading_is_made_inert():
    table = pd.DataFrame({"=when": [pd.Timestamp("2026-11-22 10:00")]})
    assert exports.to_csv(table, bom=False) == b'"\'=when"\r\n"2026-11-22 10:00:00"\r\n'


@pytest.mark.parametrize(
    ("unit", "value", "number_format"),
    [
        ("factor", 1.0691561234, "0.####"),
        ("share", 0.5, "0.0%"),
        ("USD", 117_500, '"$"#,##0'),
        ("EUR", 71_000, '"€"#,##0'),
        ("CHF", 95_000, '"CHF "#,##0'),
        ("USD/hour", 21.53, '"$"#,##0.00'),
        ("year", 2025, "0"),
        ("ordinal", 1234, "0"),
        ("count", 2_814_000, "#,##0"),
        ("percent", 3.5, '0.00"%"'),
        ("ratio", 0.95, "0.##"),
    ],
)
def test_a_workbook_formats_numbers_by_their_unit(unit, value, number_format):
    table = with_units(pd.DataFrame({"figure": [value]}), {"figure": unit})
    content = exports.to_excel(table, {}, pd.DataFrame())
    cell = openpyxl.load_workbook(io.BytesIO(content))["Table"]["A2"]
    assert (cell.value, cell.number_format) == (value, number_format)


def test_a_workbook_formats_each_cell_by_its_row_where_rows_differ():
    table = pd.DataFrame({"value": [3.5, 71_000.0, 88.007], "unit": ["percent", "EUR", "US = 100"]})
    content = exports.to_excel(
        with_units(table, {"value": "by unit", "unit": "text"}), {}, pd.DataFrame()
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Table"]
    assert [sheet[f"A{row}"].number_format for row in (2, 3, 4)] == [
        '0.00"%"', '"€"#,##0', "0.###",
    ]  # fmt: skip


def test_a_column_without_a_unit_is_refused_not_guessed():
    with pytest.raises(UnitError, match=r"no unit is declared for the column\(s\) p50"):
        exports.to_excel(pd.DataFrame({"p50": [1.0]}), {}, pd.DataFrame())
