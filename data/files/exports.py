"""Tables as files: CSV, Excel, Parquet and JSON that open anywhere and run nothing."""

import csv
import getpass
import hashlib
import io
import itertools
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import StoreError
from analytics.money import currency_prefix
from analytics.units import Unit, row_unit, units_of

#: A text cell that begins with one of these would run, or hide, in a spreadsheet.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'")
EXCEL_ROWS = 1_048_576
BOM = "\ufeff"


def escape_formula(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, made inert by a leading quote."""
    return "'" + value if isinstance(value, str) and value.startswith(RISKY) else value


def unescape_formula(text: str) -> str:
    """The text that `escape_formula` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def to_csv(table: pd.DataFrame, *, bom: bool = True) -> bytes:
    """CSV with every cell quoted and risky text guarded; empty cells are unknown.

    ``bom`` marks UTF-8 for Excel; leave it out where a program reads the bytes.
    """
    rows = ([_plain(value) for value in row] for row in table.itertuples(index=False))
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
        {name: _or_none(_plain(value)) for name, value in zip(table.columns, row, strict=True)}
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


def to_excel(table: pd.DataFrame, about: Mapping[str, str], sources: pd.DataFrame) -> bytes:
    """A workbook: the table with numbers in the formats of their units, then what it rests on.

    ``about`` is what was asked and when; ``sources`` is one row a source. A
    table of more rows than a sheet holds is cut, and the second sheet says so.
    """
    import xlsxwriter  # only here: a start of the dashboard is spared it

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    notes = {"Made on": date.today().isoformat(), **about}
    if "status" in table:
        counts = table["status"].value_counts()
        notes["Statuses"] = ", ".join(f"{status}: {n}" for status, n in counts.items())
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        kept = table.head(EXCEL_ROWS - 1)
        _table_sheet(book, kept, bold)
        if len(kept) < len(table):
            notes["Cut"] = f"{len(table):,} rows; a sheet holds {EXCEL_ROWS - 1:,}, use CSV"
        _about_sheet(book, notes, sources, bold, wrap)
    return out.getvalue()


def _table_sheet(book: Any, table: pd.DataFrame, bold: Any) -> None:
    sheet = book.add_worksheet("Table")
    sheet.freeze_panes(1, 0)
    formats = _Formats(book)
    for j, (column, unit) in enumerate(units_of(table).items()):
        cells = [_plain(value) for value in table[column]]
        width = max([len(str(column)), *(len(_shown(cell)) for cell in cells)]) + 2
        sheet.set_column(j, j, min(width, 60))
        sheet.write_string(0, j, str(column), bold)
        for i, (cell, cell_unit) in enumerate(zip(cells, _cell_units(table, unit), strict=True), 1):
            if cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(i, j, cell)
            else:
                sheet.write_number(i, j, cell, formats.of(cell_unit))
    if len(table.columns):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _cell_units(table: pd.DataFrame, unit: Unit) -> Iterator[Unit]:
    """The unit of each cell of a column: the column's, or the one that its row names."""
    if not unit.by_row:
        return itertools.repeat(unit, len(table))
    context = table[[name for name in ("unit", "currency") if name in table]]
    return (row_unit(unit, row) for row in context.to_dict("records"))


class _Formats:
    """The number formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def of(self, unit: Unit) -> Any:
        """The format of a unit's numbers."""
        code = excel_format(unit)
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def excel_format(unit: Unit) -> str:
    """A unit's number format in the language of spreadsheets."""
    point = f".{'0' * unit.decimals}" if unit.decimals else ""
    if unit.kind == "share":
        return f"0{point}%"
    if unit.kind == "money":
        return f'"{currency_prefix(unit.currency)}"#,##0{point}'
    optional = f".{'#' * unit.decimals}" if unit.decimals and not unit.suffix else point
    whole = "#,##0" if unit.grouped and not unit.decimals else "0"
    return whole + optional + (f'"{unit.suffix}"' if unit.suffix else "")


def _about_sheet(
    book: Any, about: Mapping[str, str], sources: pd.DataFrame, bold: Any, wrap: Any
) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(sources.columns), 34)
    for i, (name, text) in enumerate(about.items()):
        sheet.write_string(i, 0, name, bold)
        sheet.write_string(i, 1, text, wrap)
    top = len(about) + 1
    for j, column in enumerate(sources.columns):
        sheet.write_string(top, j, str(column), bold)
        for i, value in enumerate(sources[column], top + 1):
            sheet.write_string(i, j, str(value), wrap)


def log_export(store: Path, what: str, about: Mapping[str, str], rows: int, payload: bytes) -> None:
    """Log an export beside the store before its bytes are handed over.

    One JSON line: who, when, what was asked, rows and SHA-256. Raises
    `StoreError` when it can't be written, and then nothing should leave.
    """
    line = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": getpass.getuser(),
        "what": what,
        "about": dict(about),
        "rows": rows,
        "sha256": hashlib.sha256(payload).hexdigest(),
    }
    path = export_log_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreError(
            f"{path}: the export log can't be written, so nothing was exported: {error}"
        ) from error


def export_log_path(store: Path) -> Path:
    """The export log that belongs to a store."""
    return store.with_name(store.name + ".exports.jsonl")


def _plain(value: Any) -> Any:
    """A cell as a plain Python value; whole numbers without a decimal point."""
    if pd.isna(value):
        return ""
    if isinstance(value, bool | str):
        return value if isinstance(value, str) else ("yes" if value else "no")
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    number = float(value)
    return int(number) if number.is_integer() else round(number, 10 if abs(number) < 100 else 6)


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:,}"
