"""The file that a user is importing: kept between reruns and pages, checked in the background."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app_pages import cache
from app_pages.components.background_task import BackgroundTask, show_progress
from data.files.open_file import open_file
from data.files.opened import OpenedFile, OpenOptions
from data.files.problems import Problem
from data.imports.team_files.check import CheckedFile, check
from data.imports.team_files.checked_rows import cleared_cells, problems
from data.imports.team_files.file_types import FileType
from data.imports.team_files.layout import Question
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.read_layout import read_layout
from data.imports.team_files.recognize import Recognized
from data.imports.team_files.report import Report
from data.imports.team_files.session import ImportSession

_KEY = "import state"
#: Small files are shown at once; only what takes longer is worth a progress bar.
PATIENCE = 3.0
_PROBLEMS_SHOWN = 500


@dataclass
class Reading:
    """A file read as one kind under one mapping: what was asked, and what the user chose.

    ``first`` is the report under the options that come before any choice, and
    ``latest`` the newest one. ``asked`` keeps every question, so that it stays on
    the page with its answer. ``fields`` are the columns that the user chose a field
    for, ``levels`` what levels of the team's own are.
    """

    kind: FileType
    mapping: str
    key: str
    first: tuple[ImportOptions, Report] | None = None
    latest: Report | None = None
    values: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    answers: dict[str, str | None] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)


@dataclass
class ImportState:
    """One upload of a user, the latest work on it, and a reading for each kind that was tried.

    ``layout`` is how the user wants the file opened.
    """

    upload: str
    name: str
    content: bytes
    session: ImportSession
    opened: OpenedFile | None = None
    opening: BackgroundTask[OpenedFile] | None = None
    recognized: Recognized | None = None
    recognized_as_opened: OpenOptions | None = None
    layout: dict[str, Any] = field(default_factory=dict)
    mappings: dict[str, str] = field(default_factory=dict)
    readings: dict[tuple[str, str], Reading] = field(default_factory=dict)
    options: tuple[str, ImportOptions] | None = None
    checking: BackgroundTask[tuple[CheckedFile, list[Problem], list[Problem]]] | None = None
    loading: BackgroundTask[str] | None = None
    problems: list[Problem] = field(default_factory=list)
    cleared: list[Problem] = field(default_factory=list)

    def close(self) -> None:
        """Stop the work and remove what was unpacked."""
        for task in (self.opening, self.checking, self.loading):
            if task is not None:
                task.stop()
        self.session.close()

    def reading(self, kind: FileType) -> Reading:
        """The file as this kind, with what was chosen for it so far."""
        mapping = self.mappings.get(kind.name, "")
        key = f"{self.upload} {kind.name} {mapping}"
        return self.readings.setdefault((kind.name, mapping), Reading(kind, mapping, key))


def current_import() -> ImportState | None:
    """The upload that is under way, if any."""
    state: ImportState | None = st.session_state.get(_KEY)
    return state


def drop_import() -> None:
    """Forget the upload that is under way."""
    state = current_import()
    st.session_state[_KEY] = None
    if state is not None:
        state.close()


def import_state(upload: Any) -> ImportState:
    """The state of this upload; that of another upload is closed."""
    state = current_import()
    if state is None or state.upload != upload.file_id:
        drop_import()
        state = ImportState(upload.file_id, upload.name, upload.getvalue(), ImportSession())
        st.session_state[_KEY] = state
    return state


def opened_file(state: ImportState, options: OpenOptions) -> OpenedFile | None:
    """The opened file; None while that is under way. Raises what opening raised."""
    if state.opened is not None and state.opened.options == options:
        return state.opened
    session = state.session
    if state.opening is None:
        state.opening = BackgroundTask(
            lambda: _open(state, options), session.progress, session.cancel
        )
    if not state.opening.done(within=PATIENCE):
        show_progress(state.opening, "Opening the file")
        return None
    task, state.opening = state.opening, None
    state.opened = task.result()
    return state.opened


def checked_file(
    state: ImportState, reading: Reading, options: ImportOptions
) -> CheckedFile | None:
    """The file as checked under some options; None while that is under way.

    Raises what the check raised.
    """
    if state.options != (reading.kind.name, options) or state.checking is None:
        if state.checking is not None:
            state.checking.stop()
        session = state.session
        state.options = (reading.kind.name, options)
        state.checking = BackgroundTask(
            lambda: _check(state, reading.kind, options), session.progress, session.cancel
        )
    if not state.checking.done(within=PATIENCE):
        show_progress(state.checking, "Checking the file")
        return None
    checked, state.problems, state.cleared = state.checking.result()
    reading.latest = checked.report
    return checked


def _open(state: ImportState, options: OpenOptions) -> OpenedFile:
    with state.session.work():
        return open_file(state.name, state.content, state.session.folder, options)


def _check(
    state: ImportState, kind: FileType, options: ImportOptions
) -> tuple[CheckedFile, list[Problem], list[Problem]]:
    """The checked file, and the problems of its first rows left out and cells left empty."""
    session, options = state.session, options.validated(kind)
    with session.work():
        if state.opened is None or state.opened.options != options.opening:
            state.opened = None
            state.opened = open_file(state.name, state.content, session.folder, options.opening)
            session.raise_if_canceled()
        checked = check(session, read_layout(kind, state.opened, options), cache.name_jobs)
    staged = checked.staged
    left_out = list(problems(session, staged, _PROBLEMS_SHOWN))
    return checked, left_out, list(cleared_cells(session, staged, _PROBLEMS_SHOWN))
