"""Work that may take long: done beside the page, watched, and canceled on demand."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx

from app_pages.components.fragments import fragment
from data.store.disk_errors import told_in_words

T = TypeVar("T")


class BackgroundTask(Generic[T]):
    """One piece of work on a thread of its own.

    ``progress`` gives the share that is done, 0 to 1; ``cancel`` asks the work
    to stop, which then raises `CancelledError`.
    """

    def __init__(
        self, work: Callable[[], T], progress: Callable[[], float], cancel: Callable[[], None]
    ) -> None:
        self.progress, self.cancel = progress, cancel
        self._work = work
        self._results: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        add_script_run_ctx(self._thread)
        self._thread.start()

    def done(self, within: float = 0.0) -> bool:
        """Whether the work is over, after waiting for so many seconds at most."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def result(self) -> T:
        """What the finished work returned; raises what it raised, a full disk in words."""
        if self._error is not None:
            raise self._error
        return self._results[0]

    def stop(self) -> None:
        """Cancel the work and wait until it is over."""
        if not self.done():
            self.cancel()
            self._thread.join()

    def _run(self) -> None:
        try:
            with told_in_words():
                self._results.append(self._work())
        except BaseException as error:  # noqa: BLE001 raised again on the page's own thread
            self._error = error


def show_progress(task: BackgroundTask[Any], label: str) -> None:
    """How far a task is, and a button that cancels it; the page is rerun at its end."""

    @fragment(run_every=0.4)
    def follow() -> None:
        if task.done():
            st.rerun()
        st.progress(task.progress(), text=label)
        if st.button("Cancel", icon=":material/cancel:"):
            task.cancel()

    follow()
