"""A page of the dashboard, opened by Streamlit's own AppTest."""

from streamlit.testing.v1 import AppTest

from tests.conftest import HOME


def open_page(script: str, **link: str) -> AppTest:
    """The page at ``app_pages/{script}.py``, with a link's choices; a crash fails the test."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    app.switch_page(f"app_pages/{script}.py")
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app
