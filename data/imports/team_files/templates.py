"""Templates of the files that a team can import: an example row, and what each column means."""

import io

from data.files.exports import rows_to_csv
from data.imports.team_files.file_types import STEPS, Field, FileType

_WORDS = {
    "text": "text",
    "basis": "a pay basis",
    "currency": "three letters",
    "money": "money a year",
    "period": "a pay period",
    "status": "active, on leave or left",
    "pay_type": "base, variable, overtime or equity",
    "weighting": "incumbent or organization",
    "hourly": "money an hour",
    "hours": "hours a week",
    "fte": "a share of full time",
    "years": "a number of years",
    "count": "a whole number",
    "date": "a date",
}


def as_csv(kind: FileType) -> bytes:
    """The template as CSV: headings and one example row."""
    fields = _shown(kind)
    return rows_to_csv([f.label for f in fields], [[f.example for f in fields]])


def as_excel(kind: FileType) -> bytes:
    """The template as a workbook; a second sheet explains each column."""
    import xlsxwriter  # here, to keep the start of the dashboard fast

    out = io.BytesIO()
    fields = _shown(kind)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        table = book.add_worksheet(kind.title)
        table.freeze_panes(1, 0)
        for j, field in enumerate(fields):
            table.set_column(j, j, max(len(field.label), len(field.example)) + 3)
            table.write_string(0, j, field.label, bold)
            if field.unit in ("money", "fte", "count") and field.example:
                table.write_number(1, j, float(field.example))
            else:
                table.write_string(1, j, field.example)
        about = book.add_worksheet("Columns")
        about.set_column(0, 0, 24)
        about.set_column(1, 2, 18)
        about.set_column(3, 3, 70)
        for j, word in enumerate(("column", "needed", "content", "meaning")):
            about.write_string(0, j, word, bold)
        for i, field in enumerate(fields, 1):
            cells = (field.label, _need(kind, field), _WORDS[field.unit], field.about)
            for j, cell in enumerate(cells):
                about.write_string(i, j, cell, wrap)
    return out.getvalue()


def _shown(kind: FileType) -> list[Field]:
    """The fields of a template: no range in one cell, and of percentiles those of base pay."""
    return [
        field
        for name, field in kind.fields.items()
        if name not in STEPS
        and field.unit != "range"
        and (field.unit != "money" or kind.name != "survey" or name.startswith("base_"))
    ]


def _need(kind: FileType, field: Field) -> str:
    if field.needed:
        return "always"
    group = next((g for g in kind.any_of if field.name in g), None)
    if group is None:
        return "if you have it"
    return "always" if len(group) == 1 else "one of several"
