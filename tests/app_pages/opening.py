"""A page of the dashboard, opened by Streamlit's own AppTest."""

from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store.location import store_path
from tests.conftest import HOME

#: Runs after which a task that is still at work is taken for stuck.
_PATIENCE = 240
_read: list[Path] = []


def open_page(script: str, **link: str | list[str]) -> AppTest:
    """The page at ``app_pages/{script}.py``, with a link's choices; a crash fails the test."""
    _forget_other_stores()
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    app.switch_page(f"app_pages/{script}.py")
    for name, value in link.items():
        app.query_params[name] = value
    return until_done(app.run())


def _forget_other_stores() -> None:
    """What is kept was read of one store: a server never sees two, but a test process does."""
    if _read != [store_path()]:
        st.cache_resource.clear()
        _read[:] = [store_path()]


def until_done(app: AppTest) -> AppTest:
    """The page once no task is under way: on a busy machine, one outlasts the first run."""
    for _ in range(_PATIENCE):
        assert not app.exception
        if not app.get("progress"):
            return app
        app.run()
    raise AssertionError("a task of the page does not end")
