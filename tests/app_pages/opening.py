"""A page of the dashboard, opened by Streamlit's own AppTest."""

from streamlit.testing.v1 import AppTest

from tests.conftest import HOME

#: Runs after which a task that is still at work is taken for stuck.
_PATIENCE = 240


def open_page(script: str, **link: str) -> AppTest:
    """The page at ``app_pages/{script}.py``, with a link's choices; a crash fails the test."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    app.switch_page(f"app_pages/{script}.py")
    for name, value in link.items():
        app.query_params[name] = value
    return until_done(app.run())


def until_done(app: AppTest) -> AppTest:
    """The page once no task is under way: on a busy machine, one outlasts the first run."""
    for _ in range(_PATIENCE):
        assert not app.exception
        if not app.get("progress"):
            return app
        app.run()
    raise AssertionError("a task of the page does not end")
