"""Temporary folders for unpacked files, removed even if the program was killed."""

import os
import shutil
import tempfile
from pathlib import Path

_NAME = "bandstand-"


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A new temporary folder; those of programs that were killed are removed first."""
    if os.name == "posix":  # elsewhere asking about a process may end it
        for left in Path(tempfile.gettempdir()).glob(f"{_NAME}[0-9]*-*"):
            if not is_running(int(left.name.split("-")[1])):
                shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f"{_NAME}{os.getpid()}-")


def is_running(process: int) -> bool:
    """Whether a process is still running."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
