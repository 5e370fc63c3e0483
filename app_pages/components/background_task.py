"""Work that may take long: done beside the page, watched, and stopped on demand."""

import threading
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx


class StoppedError(Exception):
    """Raised by work that was asked to stop.

    It stands here because a page's own classes are made anew at each run.
    """


class BackgroundTask:
    """One piece of work on a thread of its own.

    ``progress`` gives the share that is done; ``cancel`` asks the work to stop.
    """

    def __init__(
        self, do: Callable[[], Any], progress: Callable[[], float], cancel: Callable[[], None]
    ) -> None:
        self.progress, self.cancel = progress, cancel
        self._outcome: Any = None
        self._error: BaseException | None = None
        self._do = do
        self._thread = threading.Thread(target=self._run, daemon=True)
        add_script_run_ctx(self._thread)
        self._thread.start()

    def done(self, within: float = 0.0) -> bool:
        """Whether the work is over, after waiting for so many seconds at most."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def result(self) -> Any:
        """What came of it; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._outcome

    def stop(self) -> None:
        """Cancel the work and wait until it is over."""
        if not self.done():
            self.cancel()
            self._thread.join()

    def _run(self) -> None:
        try:
            self._outcome = self._do()
        except BaseException as error:  # noqa: BLE001 raised again on the page's own thread
            self._error = error


def show_progress(work: BackgroundTask, doing: str) -> None:
    """How far the work is, and a button that stops it; the page is drawn anew at its end."""

    @st.fragment(run_every=0.4)
    def follow() -> None:
        if work.done():
            st.rerun()
        st.progress(work.progress(), text=doing)
        if st.button("Cancel", icon=":material/cancel:"):
            work.cancel()

    follow()
