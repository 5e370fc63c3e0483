"""The file that a user is importing: kept between reruns, checked in the background."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app_pages import cache
from app_pages.components.background_task import BackgroundTask, show_progress
from data.files.open_file import open_file
from data.files.opened import OpenedFile
from data.files.problems import Problem
from data.imports.team_files.check import CheckedFile, check
from data.imports.team_files.checked_rows import problems
from data.imports.team_files.file_types import FileType
from data.imports.team_files.layout import Question
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.read_layout import read_layout
from data.imports.team_files.report import Report
from data.imports.team_files.session import ImportSession

_KEY = "import state"
#: Small files are shown at once; only what takes longer is worth a progress bar.
PATIENCE = 3.0
_PROBLEMS_SHOWN = 500


@dataclass
class ImportState:
    """One upload of a user, and the latest work on it.

    ``first`` is the report under the options that come before any answer;
    ``asked`` keeps every question, so that it stays on the page with its answer.
    """

    upload: str
    kind: FileType
    name: str
    content: bytes
    session: ImportSession
    opened: OpenedFile | None = None
    options: ImportOptions | None = None
    checking: BackgroundTask[tuple[CheckedFile, list[Problem]]] | None = None
    loading: BackgroundTask[str] | None = None
    first: tuple[ImportOptions, Report] | None = None
    problems: list[Problem] = field(default_factory=list)
    asked: dict[str, Question] = field(default_factory=dict)

    def close(self) -> None:
        """Stop the work and remove what was unpacked."""
        for task in (self.checking, self.loading):
            if task is not None:
                task.stop()
        self.session.close()


def import_state(kind: FileType, upload: Any) -> ImportState | None:
    """The state of this upload; that of another upload is closed."""
    state: ImportState | None = st.session_state.get(_KEY)
    if state is not None and (upload is None or state.upload != upload.file_id):
        st.session_state[_KEY] = None
        state.close()
        state = None
    if state is None and upload is not None:
        state = ImportState(upload.file_id, kind, upload.name, upload.getvalue(), ImportSession())
    st.session_state[_KEY] = state
    return state


def checked_file(state: ImportState, options: ImportOptions) -> CheckedFile | None:
    """The file as checked under some options; None while that is under way.

    Raises what the check raised.
    """
    if state.options != options or state.checking is None:
        if state.checking is not None:
            state.checking.stop()
        session = state.session
        state.options = options
        state.checking = BackgroundTask(
            lambda: _check(state, options), session.progress, session.cancel
        )
    if not state.checking.done(within=PATIENCE):
        show_progress(state.checking, "Checking the file")
        return None
    checked, state.problems = state.checking.result()
    return checked


def _check(state: ImportState, options: ImportOptions) -> tuple[CheckedFile, list[Problem]]:
    """The checked file, and the problems of the first rows left out."""
    kind, session = state.kind, state.session
    options = options.validated(kind)
    with session.work():
        if state.opened is None or state.opened.options != options.opening:
            state.opened = None
            state.opened = open_file(state.name, state.content, session.folder, options.opening)
            session.raise_if_canceled()
        checked = check(session, read_layout(kind, state.opened, options), cache.name_jobs)
    return checked, list(problems(session, checked.staged, _PROBLEMS_SHOWN))
