"""A structure to Excel, edited there, and back: what changed, what is left out and why."""

import io

import openpyxl
import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.ranges.changes import CellChange
from analytics.ranges.serialization import to_spec
from analytics.ranges.settings import RangeSettings
from data.files.exports import to_csv, to_excel
from data.files.problems import FileError, RejectedError
from data.ranges.edited_file import about_file, file_table, read_edited
from data.ranges.market_file import read_market_file
from data.ranges.versions import DRAFT, Version
from tests.analytics.ranges.structures import THREE, market, structure

FIRST = Version("Sales", 1, DRAFT, 0, to_spec(THREE), "", "2026-11-27", "me")
SECOND = Version("Sales", 2, DRAFT, 0, to_spec(structure(market("P1", 9e4))), "", "", "me")
P1, P2, P3 = (f"Sales | P{i} | United States" for i in (1, 2, 3))


def exported(version: Version = FIRST) -> bytes:
    return to_excel(file_table(version), about_file(version), pd.DataFrame())


def edited(change) -> bytes:
    """The workbook after somebody changed its first sheet in a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(exported()))
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    change(lambda row, name: sheet.cell(row, at[name]))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_round_trip_without_a_change_changes_nothing():
    for name, content in (("a.xlsx", exported()), ("a.csv", to_csv(file_table(FIRST)))):
        back = read_edited(name, content, [FIRST])
        assert (back.changes, back.problems, back.rows, back.missing) == ((), (), 3, ())
        assert back.version == FIRST


def test_changed_cells_are_listed_one_by_one():
    def change(cell):
        cell(3, "maximum").value = 125_000
        cell(4, "midpoint").value = "$112,000"
        cell(4, "market").value = 1  # what is no point of a range is not read

    assert read_edited("a.xlsx", edited(change), [FIRST]).changes == (
        CellChange(P2, "maximum", 120_000, 125_000), CellChange(P3, "midpoint", 110_000, 112_000),
    )  # fmt: skip


def test_rows_that_cannot_be_used_are_left_out_with_their_reason():
    def change(cell):
        cell(2, "key").value = "Sales | P9 | United States"
        cell(3, "minimum").value = "82.000"  # thousands or thousandths?
        cell(4, "key").value = P2

    back = read_edited("a.xlsx", edited(change), [FIRST])
    said = [(p.row, p.column, p.value, p.reason) for p in back.problems]
    assert said == [
        (2, "key", "Sales | P9 | United States", "is no range of this version"),
        (3, "minimum", "82.000", "is no amount"),
    ]  # fmt: skip
    assert (back.rows, back.missing) == (3, (P1, P3))
    assert [c.key for c in back.changes] == [P2] * 3  # the row of P3 now says it is P2


def test_a_key_that_stands_twice_counts_once():
    def change(cell):
        cell(4, "key").value = P2

    back = read_edited("a.xlsx", edited(change), [FIRST])
    assert [(p.row, p.reason) for p in back.problems] == [(4, "stands twice; the first row counts")]
    assert back.missing == (P3,)


def test_a_file_of_another_version_says_which():
    with pytest.raises(FileError, match="is of Sales, version 1, and version 2 is newer"):
        read_edited("a.xlsx", exported(), [FIRST, SECOND])
    with pytest.raises(FileError, match="is of no version that is saved here"):
        read_edited("a.xlsx", exported(), [SECOND])

    def change(cell):
        cell(3, "checksum").value = SECOND.checksum

    (problem,) = read_edited("a.xlsx", edited(change), [FIRST]).problems
    assert problem.reason == "is of another version"
    with pytest.raises(FileError, match="has no column key, minimum"):
        read_edited("a.csv", b"midpoint,maximum,checksum\n1,2,3\n", [FIRST])


def test_market_figures_from_a_file():
    text = (
        b"level,grade,track,market,low,high,percentile,source,status\n"
        b'P1,1,Professional,"80,000",76000,85000,60,Survey A,imported\nP2,2,professional,,,,,,\n'
    )
    first, second = read_market_file("m.csv", text, "Sales")
    assert (first.market, first.low, first.percentile, first.source) == (
        8e4,
        7.6e4,
        0.6,
        "Survey A",
    )
    assert (second.market, second.percentile, second.source) == (None, 0.5, "m.csv")
    assert first.function == second.function == "Sales"


def test_market_figures_that_cannot_be_used_are_all_named():
    text = b"level,grade,track,market\nP1,one,sideways,-4\n"
    with pytest.raises(RejectedError) as error:
        read_market_file("m.csv", text)
    assert {p.column for p in error.value.problems} == {"track", "grade", "market"}
    with pytest.raises(InputError, match="column market: is missing"):
        read_market_file("m.csv", b"level,grade,track\nP1,1,professional\n")


def test_settings_in_the_about_sheet():
    about = about_file(FIRST)
    assert about["spreads"] == RangeSettings().both_conventions
    assert about["checksum"] == FIRST.checksum
