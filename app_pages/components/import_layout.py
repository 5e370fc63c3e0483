"""Inputs for how a file is opened, where it is not detected rightly."""

from dataclasses import replace
from typing import Any

import streamlit as st

from app_pages import cache
from app_pages.components.controlled import controlled
from app_pages.components.import_state import ImportState, Reading
from app_pages.components.markdown import escape_markdown
from data.files.opened import HEADER_WITHIN, OpenOptions
from data.imports.team_files.file_types import FileType
from data.imports.team_files.options import ImportOptions, parse_units
from data.imports.team_files.remedies import READ_AS
from data.store import saved_work

_ENCODINGS = ("", "utf-8", "cp1252", "latin-1", "utf-16")
_DELIMITERS = {"": "detected", ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def layout_form(state: ImportState) -> None:
    """Encoding, delimiter, sheet and header, each detected unless it is chosen."""
    sheets = [t.sheet for t in state.opened.tables if t.sheet] if state.opened else []
    with st.expander(READ_AS), st.container(horizontal=True, vertical_alignment="bottom"):
        if len(sheets) > 1:
            st.selectbox(
                "Sheet",
                ["", *sheets],
                **_remembered(state, "sheet", ""),
                format_func=_detected,
                width=200,
            )
        if state.name.casefold().endswith(".zip"):
            st.text_input("File in the zip", **_remembered(state, "member", ""), width=200)
        st.selectbox(
            "Encoding",
            _ENCODINGS,
            **_remembered(state, "encoding", ""),
            format_func=_detected,
            width=150,
        )
        st.selectbox(
            "Delimiter",
            list(_DELIMITERS),
            **_remembered(state, "delimiter", ""),
            format_func=_DELIMITERS.__getitem__,
            width=150,
        )
        st.number_input(
            "Row of the headings",
            1,
            HEADER_WITHIN,
            **_remembered(state, "header", None),
            placeholder="detected",
            width=180,
        )
        st.checkbox("No row has headings", **_remembered(state, "no_header", False))
        st.text_input(
            "Multiply pay by",
            **_remembered(state, "units", ""),
            placeholder="as headings say",
            help="1000 for pay in thousands; 2080 for hourly pay at 2,080 hours a year; "
            "1 where a heading says thousands and is wrong",
            width=150,
        )


def opening_options(state: ImportState) -> OpenOptions:
    """How the file is to be opened, before its kind is known."""
    chosen = state.layout
    return OpenOptions(
        chosen.get("encoding", ""), chosen.get("delimiter", ""), chosen.get("member", "")
    )


def layout_options(state: ImportState, base: ImportOptions) -> ImportOptions:
    """The options of a mapping with what was chosen for this file; raises `InputError`."""
    chosen = state.layout
    units = str(chosen.get("units") or "").strip()
    return replace(
        base,
        encoding=chosen.get("encoding") or base.encoding,
        delimiter=chosen.get("delimiter") or base.delimiter,
        header=int(chosen.get("header") or 0) or base.header,
        no_header=bool(chosen.get("no_header")) or base.no_header,
        member=str(chosen.get("member") or "").strip() or base.member,
        sheet=chosen.get("sheet") or base.sheet,
        units=parse_units(units) if units else base.units,
    )


def choose_mapping(state: ImportState, kind: FileType) -> None:
    """Which saved mapping fills the columns; nothing where none is saved."""
    names = list(dict.fromkeys(_mappings(kind).name))
    if not names:
        return

    def keep(name: str) -> None:
        state.mappings[kind.name] = name

    st.selectbox(
        "Saved mapping",
        ["", *names],
        **controlled(
            f"{state.upload} {kind.name} mapping", state.mappings.get(kind.name, ""), keep
        ),
        format_func=lambda name: name or "none: match by headings",
        width=320,
    )


def mapping_options(reading: Reading) -> ImportOptions:
    """The options of the reading's mapping."""
    if not reading.mapping:
        return ImportOptions()
    return ImportOptions.from_json(saved_work.find(_mappings(reading.kind), reading.mapping))


def show_how_opened(reading: Reading) -> None:
    """A line that says how the file was opened."""
    report = reading.latest
    if report is None:
        return
    facts = report.facts()
    said = [facts[name] for name in ("Encoding", "Delimiter") if name in facts]
    said += [f"headings in {facts['Header']}"] if "Header" in facts else []
    st.caption(escape_markdown(f"{report.file}: {', '.join(said)}."))


def _mappings(kind: FileType) -> Any:
    return cache.ask("saved_work", kind=f"mapping {kind.name}").frame


def _remembered(state: ImportState, name: str, default: Any) -> dict[str, Any]:
    def keep(value: Any) -> None:
        state.layout[name] = value

    return controlled(f"{state.upload} layout {name}", state.layout.get(name, default), keep)


def _detected(text: str) -> str:
    return text or "detected"
