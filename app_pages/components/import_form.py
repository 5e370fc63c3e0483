"""A file whose columns differ from team to team: understood together, checked, then loaded."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError, InputError
from analytics.pay_basis import PAY_BASES
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.background_task import BackgroundTask, show_progress
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.files.archive import ENDINGS
from data.files.problems import Problem, problem_table
from data.imports.load import load_team_file
from data.imports.team_files import templates
from data.imports.team_files.file_types import Field, FileType, file_type
from data.imports.team_files.options import HEADER_WITHIN, ImportOptions, parse_units
from data.imports.team_files.report import Question, Report
from data.imports.team_files.stage import ImportSession
from data.store import saved_work as saved

LEFT_OUT, KEPT = "left out", "kept as it is"
_SHOWN = 500
_HELD = "file on its way in"
#: Small files are shown at once; only what takes longer is worth a progress bar.
_PATIENCE = 3.0
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_SAID: dict[str, dict[str, str]] = {
    "decimal": {"": "not said", ".": "1,234.50", ",": "1.234,50"},
    "dates": {"": "not said", "dmy": "day first", "mdy": "month first"},
}


@dataclass
class ImportState:
    """The file that a session is bringing: its stage, and the latest work on it."""

    upload: str
    stage: ImportSession
    choices: ImportOptions | None = None
    checking: BackgroundTask | None = None
    loading: BackgroundTask | None = None
    first: tuple[ImportOptions, Report] | None = None
    problems: list[Problem] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)


def import_form(name: str, done: Callable[[str], None]) -> None:
    """The page of one kind of file; ``done`` is told what a load did."""
    kind = file_type(name)
    st.text(kind.about)
    _offer_templates(kind)
    upload = st.file_uploader(
        "The file", type=["csv", "txt", "tsv", "xlsx", "zip", "parquet"], key=f"{name} file"
    )
    held = _held(kind, upload)
    if held is None or upload is None:
        return
    if held.loading is not None and not _finished(held, done):
        return
    try:
        _understand(kind, held, done)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")


def _understand(kind: FileType, held: ImportState, done: Callable[[str], None]) -> None:
    """What the file says, what it is asked, and its report under the answers."""
    base = _layout(kind, held)
    if held.first is None or held.first[0] != base:
        first = _report(held, base)
        if first is None:
            return
        held.first = (base, first)
    asked = _answers(kind, held, held.first[1], base)
    report = _report(held, _columns(kind, held, asked))
    if report is not None:
        for question in report.questions:
            _note(held, question)
        _show(report, held)
        _load(kind, report, held)


def _held(kind: FileType, upload: Any) -> ImportState | None:
    """What the session holds of this upload; what it held of another is let go."""
    held: ImportState | None = st.session_state.get(_HELD)
    if held is not None and (upload is None or held.upload != upload.file_id):
        for work in (held.checking, held.loading):
            if work is not None:
                work.stop()
        st.session_state[_HELD] = None
        held.stage.close()
        held = None
    if held is None and upload is not None:
        stage = ImportSession(kind, upload.name, upload.getvalue(), cache.name_jobs)
        held = ImportState(upload.file_id, stage)
    st.session_state[_HELD] = held
    return held


def _report(held: ImportState, choices: ImportOptions) -> Report | None:
    """The report on the file under some choices; None while it is made, or can't be."""
    if held.choices != choices or held.checking is None:
        if held.checking is not None:
            held.checking.stop()
        stage = held.stage
        held.choices = choices
        held.checking = BackgroundTask(
            lambda: _checked(stage, choices), stage.progress, stage.cancel
        )
    if not held.checking.done(within=_PATIENCE):
        show_progress(held.checking, "Checking the file")
        return None
    report: Report
    report, held.problems = held.checking.result()
    return report


def _checked(stage: ImportSession, choices: ImportOptions) -> tuple[Report, list[Problem]]:
    """The report, and what is wrong with the first rows left out."""
    report = stage.check(choices)
    return report, list(stage.problems(report, _SHOWN))


def _offer_templates(kind: FileType) -> None:
    with st.container(horizontal=True):
        for label, ending, mime, make in (
            ("Excel", "xlsx", _EXCEL, templates.as_excel),
            ("CSV", "csv", "text/csv", templates.as_csv),
        ):
            st.download_button(
                f"{label} template",
                partial(make, kind),
                file_name=f"bandstand-{kind.name}-template.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )


def _layout(kind: FileType, held: ImportState) -> ImportOptions:
    """A saved mapping, and how the file is laid out where that is not found right."""
    mappings = cache.ask("saved_work", kind=f"mapping {kind.name}").frame
    names = list(dict.fromkeys(mappings.name))
    base = ImportOptions()
    if names:
        chosen = st.selectbox(
            "Mapping", ["", *names], key=f"{held.upload} mapping",
            format_func=lambda n: n or "by the headings",
        )  # fmt: skip
        if chosen:
            base = ImportOptions.from_json(saved.find(mappings, chosen))
    with st.expander("How the file is laid out, if it is not read right"):
        one, two, three, four, five = st.columns(5)
        key = held.upload
        encoding = one.selectbox(
            "Encoding", ["", "utf-8", "cp1252", "latin-1", "utf-16"], key=f"{key} encoding",
            format_func=lambda e: e or "found",
        )  # fmt: skip
        delimiter = two.selectbox(
            "Delimiter", ["", ",", ";", "\t", "|"], key=f"{key} delimiter",
            format_func=lambda d: {"": "found", "\t": "tab"}.get(d, d),
        )  # fmt: skip
        header = three.number_input(
            "Header's row, 0 if found", 0, HEADER_WITHIN, key=f"{key} header"
        )
        units = four.text_input(
            "One figure of pay is so many a year", f"{base.units:f}",
            key=f"{key} units {base.units}",
            help="1000 for thousands; 2080 for pay an hour at 2,080 hours a year",
        )  # fmt: skip
        part = five.text_input("Sheet, or file in a zip", key=f"{key} part")
    member, sheet = (part, "") if part.casefold().endswith(ENDINGS) else ("", part)
    return replace(
        base,
        encoding=encoding or base.encoding,
        delimiter=delimiter or base.delimiter,
        header=int(header) or base.header,
        member=member or base.member,
        sheet=sheet or base.sheet,
        units=parse_units(units.strip() or "1"),
    )


def _answers(
    kind: FileType, held: ImportState, report: Report, base: ImportOptions
) -> ImportOptions:
    """What was asked and is answered; a question stays on the page with its answer."""
    for question in report.questions:
        _note(held, question)
    asked = held.asked
    if not asked:
        return base
    with st.container(border=True):
        st.markdown("**The file does not say**")
        columns = st.columns(min(len(asked), 4))
        answers = {
            name: _answer(columns[i % len(columns)], kind.fields.get(name), name, text, held)
            for i, (name, text) in enumerate(asked.items())
        }
    fields = {name: said for name, said in answers.items() if said and name in kind.fields}
    return replace(
        base,
        said={**base.said, **fields},
        decimal=answers.get("decimal") or base.decimal,
        dates=answers.get("dates") or base.dates,
    )


def _note(held: ImportState, question: Question) -> None:
    """Keep a question, so that it stays on the page with its answer; a new one is drawn anew."""
    if question.key not in held.asked:
        held.asked[question.key] = question.text
        if held.first is not None and question not in held.first[1].questions:
            st.rerun()


def _answer(place: Any, field: Field | None, name: str, text: str, held: ImportState) -> str:
    key = f"{held.upload} said {name}"
    if field is None:
        words = _NOT_SAID[name]
        label = "Decimal sign" if name == "decimal" else "Order of dates"
        said = place.selectbox(label, list(words), format_func=words.__getitem__, key=key)
    elif field.unit == "basis":
        said = place.selectbox("Pay basis", ["", *PAY_BASES], key=key)
    elif field.unit == "money":
        said = ""
        place.text("Choose among the columns below")
    else:
        hint = {"date": "2026-03-01", "currency": "USD"}.get(field.unit, "")
        said = place.text_input(field.label.capitalize(), key=key, placeholder=hint)
    place.caption(escape_markdown(text[:1].upper() + text[1:] + "."))
    return str(said).strip()


def _columns(kind: FileType, held: ImportState, choices: ImportOptions) -> ImportOptions:
    """What each column was taken for, and what it should be."""
    assert held.first is not None
    base, columns = held.first[0], held.first[1].columns
    named = {field.label: name for name, field in kind.fields.items()}
    options = [LEFT_OUT, *([KEPT] if kind.name == "roster" else []), *named]
    table = pd.DataFrame(
        {
            "column": [c.heading for c in columns],
            "example": ["" if c.private else c.example for c in columns],
            "taken as": [
                kind.fields[c.field].label if c.field else KEPT if c.kept else LEFT_OUT
                for c in columns
            ],
        }
    )
    st.markdown("**What each column was taken for**")
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["column", "example"],
        height=min(36 * (len(table) + 1) + 4, 400),
        column_config={
            "column": st.column_config.TextColumn("Column"),
            "example": st.column_config.TextColumn("First value"),
            "taken as": st.column_config.SelectboxColumn(
                "Taken as", options=options, required=True, help="Click to change it"
            ),
        },
        key=f"{held.upload} columns {hash(base.to_json())}",
    )
    if edited["taken as"].equals(table["taken as"]):
        return choices
    chosen = edited["taken as"][edited["taken as"].isin(list(named))]
    if twice := next(iter(chosen[chosen.duplicated()]), ""):
        raise InputError(f"two columns are taken as {twice}; leave one of them out")
    taken = {
        named[label]: heading
        for heading, label in zip(edited.column, edited["taken as"], strict=True)
        if label in named
    }
    kept = edited.column[edited["taken as"] == KEPT]
    return replace(
        choices, columns={name: taken.get(name, "") for name in kind.fields}, keep=tuple(kept)
    )


def _show(report: Report, held: ImportState) -> None:
    """The report: how the file was read, what to look at, and the rows left out."""
    facts = report.facts()
    for place, (name, value) in zip(st.columns(len(facts)), facts.items(), strict=True):
        place.caption(name)
        place.text(value)
    for words in report.private():
        st.info(escape_markdown(words), icon=":material/visibility_off:")
    for words in report.warnings():
        st.warning(escape_markdown(words), icon=":material/search:")
    if report.questions:
        told = "; ".join(question.text for question in report.questions)
        st.error(escape_markdown(f"Nothing can be loaded yet: {told}."), icon=":material/help:")
        if not report.rows_in:
            return
    st.success(escape_markdown(f"{report.counts()}."), icon=":material/check_circle:")
    if report.left_out:
        problems = problem_table(held.problems)
        Table.of(problems).show("rejected", "Rows that would be left out", first=())
        more = report.left_out - problems["row"].nunique()
        if more > 0:
            st.caption(f"{more:,} more rows are in the file of rows left out.")
        downloads.offer_rows(
            lambda: list(held.stage.rejects(report)), "rows left out", {"file": report.file},
            report.left_out,
        )  # fmt: skip
        st.caption("Mend the rows in that file, then load it: its first four columns are ignored.")


def _load(kind: FileType, report: Report, held: ImportState) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("What you call it", Path(report.file).stem, key=f"{held.upload} name")
        ready = bool(report.to_load and not report.questions and name.strip())
        if st.button("Load", type="primary", icon=":material/upload:", disabled=not ready):
            stage, title = held.stage, name.strip()
            held.loading = BackgroundTask(
                lambda: cache.write(lambda con: load_team_file(con, stage, report, title)),
                stage.progress,
                stage.cancel,
            )
            held.loading.done(within=_PATIENCE)
            st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = st.text_input("Keep this mapping as", key=f"{held.upload} keep mapping")
        if st.button("Keep mapping", disabled=not label.strip()):
            said = report.mapping().to_json()
            version = cache.write(
                lambda con: saved.save(con, f"mapping {kind.name}", label, said, report.file)
            )
            st.success(escape_markdown(f"Kept as “{label.strip()}”, version {version}."))


def _finished(held: ImportState, done: Callable[[str], None]) -> bool:
    """Whether a load is over; says what it did, or why it did nothing."""
    assert held.loading is not None
    if not held.loading.done(within=0.1):
        show_progress(held.loading, "Loading")
        return False
    work, held.loading = held.loading, None
    try:
        said = work.result()
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return True
    done(said)
    return True
