"""Temporary folders for unpacked files, removed even if the program was killed."""

import os
import re
import shutil
import tempfile
from pathlib import Path

_NAME = "bandstand-"


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A new temporary folder; those of programs that were killed are removed first."""
    if os.name == "posix":  # elsewhere asking about a process may end it
        for left in Path(tempfile.gettempdir()).glob(f"{_NAME}*"):
            ours = re.fullmatch(rf"{_NAME}([1-9][0-9]{{0,9}})-\w+", left.name, re.ASCII)
            if ours and not is_running(int(ours[1])):
                shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f"{_NAME}{os.getpid()}-")


def is_running(process: int) -> bool:
    """Whether a process is still running."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
