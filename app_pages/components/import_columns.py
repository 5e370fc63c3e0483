"""The table in which the user corrects which column is which field."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.errors import InputError
from app_pages.components.import_state import ImportState
from data.imports.team_files.file_types import FileType
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Report

LEFT_OUT, KEPT = "left out", "kept as is"


def with_columns(
    state: ImportState, base: ImportOptions, report: Report, options: ImportOptions
) -> ImportOptions:
    """The options with the columns as the user corrects them.

    ``report`` is the one under ``base``, before any answer.
    """
    kind = state.kind
    table = _column_table(kind, report)
    names = {field.label: name for name, field in kind.fields.items()}
    choices = [LEFT_OUT, *([KEPT] if kind.name == "roster" else []), *names]
    st.markdown("**What each column is**")
    edited = _edit(table, choices, f"{state.upload} columns {hash(base.to_json())}")
    used = edited["field"]
    if used.equals(table["field"]):
        return options
    fields = used[used.isin(list(names))]
    if twice := next(iter(fields[fields.duplicated()]), ""):
        raise InputError(f"two columns are {twice}; leave one of them out")
    headings = {names[label]: edited.column[i] for i, label in fields.items()}
    return replace(
        options,
        columns={name: headings.get(name, "") for name in kind.fields},
        keep=tuple(edited.column[used == KEPT]),
    )


def _column_table(kind: FileType, report: Report) -> pd.DataFrame:
    columns = report.layout.columns
    return pd.DataFrame(
        {
            "column": [c.heading for c in columns],
            "example": ["" if c.private else c.example for c in columns],
            "field": [
                kind.fields[c.field].label if c.field else KEPT if c.kept else LEFT_OUT
                for c in columns
            ],
        }
    )


def _edit(table: pd.DataFrame, choices: list[str], key: str) -> pd.DataFrame:
    edited: pd.DataFrame = st.data_editor(
        table,
        hide_index=True,
        disabled=["column", "example"],
        height=min(36 * (len(table) + 1) + 4, 400),
        column_config={
            "column": st.column_config.TextColumn("Column"),
            "example": st.column_config.TextColumn("First value"),
            "field": st.column_config.SelectboxColumn(
                "Field", options=choices, required=True, help="Click to change it"
            ),
        },
        key=key,
    )
    return edited
