"""Tables as files: CSV, Excel, Parquet and JSON that open anywhere and run nothing."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data.files.formula_guard import escape_formula
from data.files.sheets import Formats, plain, write_table
from data.files.spec_sheet import write_spec
from data.store.audit import Event, record
from data.store.digest import sha256

EXCEL_ROWS = 1_048_576
BOM = "\ufeff"


def to_csv(table: pd.DataFrame, *, bom: bool = True) -> bytes:
    """CSV with every cell quoted and risky text guarded; empty cells are unknown.

    ``bom`` marks UTF-8 for Excel; leave it out where a program reads the bytes.
    """
    rows = ([plain(value) for value in row] for row in table.itertuples(index=False))
    return rows_to_csv(table.columns, rows, bom=bom)


def rows_to_csv(header: Iterable[str], rows: Iterable[Iterable[Any]], *, bom: bool = True) -> bytes:
    """The same of plain rows."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(escape_formula, header))
    writer.writerows([escape_formula(value) for value in row] for row in rows)
    return ((BOM if bom else "") + out.getvalue()).encode("utf-8")


def to_json(table: pd.DataFrame) -> bytes:
    """A list of records; what is unknown is null."""
    rows = [
        {name: _or_none(plain(value)) for name, value in zip(table.columns, row, strict=True)}
        for row in table.itertuples(index=False)
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def to_parquet(table: pd.DataFrame) -> bytes:
    """The table as Parquet, typed as it is; unguarded, since nothing in it is run."""
    import pyarrow as pa
    import pyarrow.parquet  # only here: a start of the dashboard is spared it

    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pandas(table, preserve_index=False), out)
    return out.getvalue()


def to_excel(
    table: pd.DataFrame, about: Mapping[str, str], sources: pd.DataFrame, spec: str = ""
) -> bytes:
    """A workbook: the table with numbers in the formats of their units, then what it rests on.

    ``about`` is what was asked and when; ``sources`` is one row a source. ``spec`` are the
    inputs for `bandstand verify`, of a table that can be computed from them. A table of more
    rows than a sheet holds is cut, and the second sheet says so.
    """
    import xlsxwriter  # only here: a start of the dashboard is spared it

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    notes = {"Made on": date.today().isoformat(), **about}
    if "status" in table:
        counts = table["status"].value_counts()
        notes["Statuses"] = ", ".join(f"{status}: {n}" for status, n in counts.items())
    with xlsxwriter.Workbook(out, options) as book:
        formats = Formats(book)
        kept = table.head(EXCEL_ROWS - 1)
        sheet = book.add_worksheet("Table")
        sheet.freeze_panes(1, 0)
        write_table(sheet, kept, formats)
        if len(kept.columns):
            sheet.autofilter(0, 0, len(kept), len(kept.columns) - 1)
        if len(kept) < len(table):
            notes["Cut"] = f"{len(table):,} rows; a sheet holds {EXCEL_ROWS - 1:,}, use CSV"
        _about_sheet(book, notes, sources, formats)
        if spec:
            write_spec(book, spec)
    return out.getvalue()


def _about_sheet(
    book: Any, about: Mapping[str, str], sources: pd.DataFrame, formats: Formats
) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(sources.columns), 34)
    for i, (name, text) in enumerate(about.items()):
        sheet.write_string(i, 0, name, formats.heading)
        sheet.write_string(i, 1, text, formats.wrapped)
    top = len(about) + 1
    for j, column in enumerate(sources.columns):
        sheet.write_string(top, j, str(column), formats.heading)
        for i, value in enumerate(sources[column], top + 1):
            sheet.write_string(i, j, str(value), formats.wrapped)


def log_export(store: Path, what: str, about: Mapping[str, str], rows: int, payload: bytes) -> None:
    """Log an export before its bytes are handed over: who, when, what was asked, rows, SHA-256.

    Raises `StoreError` when it can't be written, and then nothing should leave.
    """
    record(store, Event("export", what, about, rows, sha256(payload)))


def _or_none(value: Any) -> Any:
    return None if value == "" else value
