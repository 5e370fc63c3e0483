"""A pricing as a workbook: the answer in words, its inputs, its steps, its sources."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from analytics.percentiles import PERCENTILES, percentile_label, percentile_name
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import NATION
from analytics.pricing.serialization import to_spec
from analytics.pricing.tables import adjustment_table, contribution_table, figure_table
from analytics.table_units import texts
from analytics.units import unit_of, with_units
from data.files.report import Bar, Report
from data.files.sheets import Formats, set_up_print, write_table
from data.files.spec_sheet import write_spec

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_HEADINGS = {
    "name": "Source",
    "weight": "Weight",
    "match": "Match",
    "reason": "Reason for the match",
    "relevance": "Relevance",
    "pay_basis": "Pay basis",
    "currency": "Currency",
    "as_of": "As of",
    "n": "Sample size",
    "status": "Status",
    "bridge": "Bridge between pay bases",
    "left out": "Left out because it",
    "flags": "To bear in mind",
    "source": "Named under Sources as",
    "percentile": "Percentile",
    "typical": "Market composite",
    "low": "Interval from",
    "high": "Interval to",
    "pooled": "Pooled workforce",
    "sources": "Number of sources",
    "printed": "Published",
    "times_currency": "× currency",
    "times_bridge": "× pay basis",
    "rate": "Yearly rate",
    "rate_said": "Rate taken from",
    "months": "Months aged",
    "times_ageing": "× ageing",
    "times_place": "× place",
    "value": "Figure used",
    "title": "Title",
    "publisher": "Publisher",
    "licence": "License",
    "citation": "Citation",
    "url": "Address",
    "population": "Population",
    "sample_size": "Sample size",
    "disclosure": "To bear in mind",
    **{percentile_name(p): percentile_label(p) for p in PERCENTILES},
}
_STEPS = (
    *("name", "percentile", "currency", "printed", "times_currency", "times_bridge", "rate"),
    *("rate_said", "months", "times_ageing", "times_place", "value"),
)
_SOURCE_FACTS = (
    *("source", "title", "publisher", "as_of", "sample_size", "pay_basis", "population"),
    *("licence", "citation", "url", "disclosure"),
)


def pricing_workbook(report: Report, priced: PricedJob) -> bytes:
    """Sheets Answer, Inputs, Figures, Steps and Sources, each set up for print; then the spec."""
    import xlsxwriter  # only here: a start of the dashboard is spared it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        formats = Formats(book)
        _answer_sheet(book, report, formats)
        _computed(book, report.question, priced, formats)
        _table_sheet(book, "Sources", report.question, _sources(report), formats)
        write_spec(book, to_spec(priced.pricing))
    return out.getvalue()


def computed_sheets(priced: PricedJob) -> bytes:
    """The sheets that follow from a pricing alone, as a workbook: Inputs, Figures and Steps."""
    import xlsxwriter  # only here: a start of the dashboard is spared it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        _computed(book, priced.pricing.job, priced, Formats(book))
    return out.getvalue()


def _computed(book: Any, title: str, priced: PricedJob, formats: Formats) -> None:
    inputs = _sheet(book, "Inputs", title, landscape=True)
    top = _write_inputs(inputs, priced, formats)
    sources = contribution_table(priced).replace({"pay_basis": LABELS})
    write_table(inputs, sources, formats, top=top, headings=_HEADINGS, widest=34)
    inputs.set_column(0, 0, 42)
    figures = figure_table(priced).replace({"pay_basis": LABELS})
    _table_sheet(book, "Figures", title, figures, formats)
    _table_sheet(book, "Steps", title, _steps(priced), formats)


def _sheet(book: Any, name: str, title: str, *, landscape: bool, one_page: bool = False) -> Any:
    sheet = book.add_worksheet(name)
    set_up_print(sheet, title, landscape=landscape, one_page=one_page)
    return sheet


def _table_sheet(book: Any, name: str, title: str, table: pd.DataFrame, formats: Formats) -> None:
    sheet = _sheet(book, name, title, landscape=True)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    write_table(sheet, table, formats, headings=_HEADINGS, widest=34)


def _steps(priced: PricedJob) -> pd.DataFrame:
    """Each published figure with the factors that make it the figure used."""
    table = adjustment_table(priced)[list(_STEPS)]
    named = table.assign(percentile=table.percentile.map(percentile_label))
    return with_units(named, texts("percentile"))


def _sources(report: Report) -> pd.DataFrame:
    rows = [{name: source.get(name, "") for name in _SOURCE_FACTS} for source in report.sources]
    table = pd.DataFrame(rows, columns=list(_SOURCE_FACTS)).replace({"pay_basis": LABELS})
    return with_units(table, texts(*_SOURCE_FACTS))


def _write_inputs(sheet: Any, priced: PricedJob, formats: Formats) -> int:
    """Write what was asked and assumed; returns the row below it."""
    pricing = priced.pricing
    rows: list[tuple[str, str | float, str]] = [
        ("Job", pricing.job, ""),
        ("Profile", pricing.code, ""),
        ("Place", pricing.place or NATION, ""),
        ("Pay basis", LABELS[pricing.basis], ""),
        ("Percentile", percentile_label(pricing.target), ""),
        ("Aged to", pricing.to.words, ""),
        ("Yearly rate", pricing.rate.value, "share"),
        ("Rate taken from", pricing.rate.label, ""),
        ("Base as a share of target cash", pricing.split, "share"),
        ("Equity as a share of total compensation", pricing.equity, "share"),
        ("Currency", pricing.currency, ""),
    ]
    for i, (label, value, unit) in enumerate(rows):
        sheet.write_string(i, 0, label, formats.strong)
        if isinstance(value, str):
            sheet.write_string(i, 1, value, formats.wrapped)
        else:
            sheet.write_number(i, 1, value, formats.of(unit_of(unit)))
    return len(rows) + 1


def _answer_sheet(book: Any, report: Report, formats: Formats) -> None:
    """The report as a page of words, one page when printed."""
    sheet = _sheet(book, "Answer", report.question, landscape=False, one_page=True)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 3, 17)
    row = 0
    for words, style in _opening(report, formats):
        sheet.merge_range(row, 0, row, 3, words, style)
        sheet.set_row(
            row, 34 if style is formats.figure else _height(words, style is formats.title)
        )
        row += 1
    row = _ladder(sheet, report, formats, row + 1)
    for heading, lines in _sections(report):
        sheet.write_string(row, 0, heading, formats.strong)
        for i, line in enumerate(lines, row + 1):
            sheet.merge_range(i, 0, i, 3, line, formats.wrapped)
            sheet.set_row(i, _height(line))
        row += len(lines) + 2


def _opening(report: Report, formats: Formats) -> Iterator[tuple[str, Any]]:
    yield report.question, formats.title
    yield money(report.answer, report.currency), formats.figure
    interval = money_range(*report.interval, report.currency) if report.interval else ""
    yield f"Interval {interval}" if interval else "Error unknown", formats.wrapped
    yield from ((words, formats.wrapped) for words in (report.trust, report.context) if words)
    if report.assumption:
        yield report.assumption, formats.wrapped


def _ladder(sheet: Any, report: Report, formats: Formats, row: int) -> int:
    """Write the ladder as a table; returns the row below it."""
    if not report.bars:
        return row
    for j, heading in enumerate(("The whole ladder on the same terms", "Median", "From", "To")):
        sheet.write_string(row, j, heading, formats.heading)
    pay = formats.of(unit_of(report.currency))
    for i, bar in enumerate(report.bars, row + 1):
        _write_bar(sheet, i, bar, formats, pay)
    return row + len(report.bars) + 2


def _write_bar(sheet: Any, row: int, bar: Bar, formats: Formats, pay: Any) -> None:
    sheet.write_string(row, 0, bar.label, formats.strong if bar.highlighted else formats.wrapped)
    for j, value in enumerate((bar.value, bar.low, bar.high), 1):
        if value is not None:
            sheet.write_number(row, j, value, pay)


def _sections(report: Report) -> Sequence[tuple[str, Sequence[str]]]:
    sources = [
        f"{source.get('title', '')} ({source.get('publisher', '')}, {source.get('as_of', '')})"
        for source in report.sources
    ]
    return (
        ("What matters most", report.inputs or ["None."]),
        ("How it came about", [report.derivation]),
        ("What would change it", report.changes),
        ("Sources, in full on the last sheet", sources or ["None of the store's own."]),
        ("Made by Bandstand on", [report.made_on]),
    )


def _height(text: str, large: bool = False) -> float:
    """Points that a wrapped line of the first sheet takes; merged cells don't fit themselves."""
    lines = -(-len(text) // (70 if large else 98))
    return float(max(1, lines) * (19 if large else 15))
