"""Processes that come from one which has everything imported, and no store open."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).parent.parent
FORKS = multiprocessing.get_context("forkserver")
_ROOMS = ("cache", "charts", "components")
FORKS.set_forkserver_preload(
    [
        "cli",
        "tests.data.loads",
        "streamlit.web.bootstrap",
        # What a first page imports only when it draws.
        "PIL.Image",
        "plotly.graph_objs._figure",
        "plotly.io._json",
        "plotly.offline",
        "plotly.tools",
        "streamlit.material_icon_names",
        "streamlit.runtime.scriptrunner.magic_funcs",
        *(
            f"app_pages.{room}" + ("" if file.stem == "__init__" else f".{file.stem}")
            for room in _ROOMS
            for file in sorted((HOME / "app_pages" / room).glob("*.py"))
        ),
    ]
)


def fork(target: Callable[..., None], *args: object) -> ForkServerProcess:
    """Start a process that calls ``target``."""
    process = FORKS.Process(target=target, args=args)
    with pytest.MonkeyPatch.context() as patch:
        # A new process first runs its parent's main module, and AppTest leaves the
        # dashboard as that: it would open the store of the test before.
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        process.start()
    return process
