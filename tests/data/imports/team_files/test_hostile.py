"""Hostile texts come in, go out and come in again unchanged, and run nowhere."""

import csv
import io
import shutil

import openpyxl
import pandas as pd
import pytest

from data.files import exports
from data.files.formula_guard import unescape_formula
from data.imports.team_files.sql_values import is_no_value
from data.store.connection import open_to_write
from queries import run
from tests.data.hostile import HOSTILE as ALL
from tests.data.loads import SAID, bring, load

#: Without those that only say that a cell is empty.
HOSTILE = [text for text in ALL if not is_no_value(text)]


def written(texts: list[str]) -> bytes:
    """A file of pay records, an organisation a text, as a team's own program would write it."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["Organisation", "Base"])
    writer.writerows([text, 50_000 + i] for i, text in enumerate(texts))
    return out.getvalue().encode()


@pytest.fixture
def held(tmp_path, store) -> pd.DataFrame:
    """What the store holds of a file of hostile texts, once loaded."""
    shutil.copy(store, tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    said = load(con, "records", written(HOSTILE), SAID, "=HYPERLINK(1)")
    assert said == f"load 1: {len(HOSTILE)} rows in, {len(HOSTILE)} loaded, 0 rejected"
    table = run(con, "loaded_records", load="1")
    con.close()
    return table


#: The one that a team's own program writes as an export of ours would guard another text.
GUARDED = {text for text in HOSTILE if unescape_formula(text) != text}


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 200
    assert all(text == text.strip(" ") and "\0" not in text for text in HOSTILE)


def test_they_are_kept_as_they_are_but_for_a_guard(held):
    assert held.organisation.tolist() == [unescape_formula(text) for text in HOSTILE]
    assert len(GUARDED) < 10


def test_as_csv_they_are_inert_and_come_back_unchanged(held):
    content = exports.to_csv(held)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert not [r["organisation"] for r in rows if _runs(r["organisation"])]
    again = bring("records", content)
    assert again.report.left_out == 0
    assert again.values("organisation") == held.organisation.tolist()


def test_in_a_workbook_they_are_text_and_no_formula(held):
    # Excel itself can't hold most control characters in a cell.
    fit = held[~held.organisation.str.contains(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")]
    content = exports.to_excel(fit, {}, pd.DataFrame())
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Table"]
    at = [cell.value for cell in sheet[1]].index("organisation")
    cells = [row[at] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_rows_left_out_are_inert_too():
    broken = written(HOSTILE).replace(b'"5', b'"x5')
    found = bring("records", broken, SAID)
    assert found.report.left_out == len(HOSTILE)
    header, *rows = found.rejects
    payload = exports.rows_to_csv(header, rows).decode("utf-8-sig")
    assert not [
        cell for row in csv.reader(io.StringIO(payload, newline="")) for cell in row if _runs(cell)
    ]


def _runs(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
