"""Sheets of a workbook: tables with numbers in the formats of their units, set up for print."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from analytics.money import currency_prefix
from analytics.units import Unit, row_unit, units_of

_WIDEST = 60
_LETTER = 1


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.heading = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.strong = book.add_format({"bold": True, "valign": "top"})
        self.title = book.add_format(
            {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}
        )
        self.figure = book.add_format({"bold": True, "font_size": 24})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, unit: Unit) -> Any:
        """The format of a unit's numbers."""
        code = excel_format(unit)
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code, "valign": "top"})
        return self._made[code]


def write_table(
    sheet: Any,
    table: pd.DataFrame,
    formats: Formats,
    *,
    top: int = 0,
    headings: Mapping[str, str] | None = None,
    widest: int = _WIDEST,
) -> None:
    """Write a table from row ``top`` on, and set the widths of its columns.

    ``headings`` gives columns other names. Text in a column narrower than itself wraps
    where headings are given, and is cut elsewhere. Every column needs a unit.
    """
    words = formats.wrapped if headings else None
    for j, (column, unit) in enumerate(units_of(table).items()):
        name = (headings or {}).get(str(column), str(column))
        cells = [plain(value) for value in table[column]]
        wide = max([len(name), *(len(_shown(cell)) for cell in cells)]) + 2
        sheet.set_column(j, j, min(wide, widest))
        sheet.write_string(top, j, name, formats.heading)
        units = zip(cells, _cell_units(table, unit), strict=True)
        for i, (cell, cell_unit) in enumerate(units, top + 1):
            if cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(i, j, cell, words)
            else:
                sheet.write_number(i, j, cell, formats.of(cell_unit))


def set_up_print(sheet: Any, title: str, *, landscape: bool, one_page: bool) -> None:
    """One page wide, with the title above and page numbers below; ``one_page``: one high too."""
    sheet.set_landscape() if landscape else sheet.set_portrait()
    sheet.set_paper(_LETTER)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_header(f"&L&9{title.replace('&', '&&')[:200]}")
    sheet.set_footer("&L&9Bandstand&R&9&P of &N")
    sheet.hide_gridlines(2)


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


def plain(value: Any) -> Any:
    """A cell as a plain Python value; whole numbers without a decimal point."""
    if pd.isna(value):
        return ""
    if isinstance(value, bool | str):
        return value if isinstance(value, str) else ("yes" if value else "no")
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    number = float(value)
    return int(number) if number.is_integer() else round(number, 10 if abs(number) < 100 else 6)


def _cell_units(table: pd.DataFrame, unit: Unit) -> Iterator[Unit]:
    """The unit of each cell of a column: the column's, or the one that its row names."""
    if not unit.by_row:
        return itertools.repeat(unit, len(table))
    context = table[[name for name in ("unit", "currency") if name in table]]
    return (row_unit(unit, row) for row in context.to_dict("records"))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:,}"
