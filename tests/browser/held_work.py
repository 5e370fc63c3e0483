"""Long work on few records, for as long as a test wants it: canceled for real, but never missed.

While it is held, putting the records in order goes on reporting how far it is.
"""

import time
from pathlib import Path

import pytest

from data.records import index_build


def hold_long_work(hold: Path) -> None:
    """In this process, from now on, long work lasts while there is a file ``hold``."""
    patch = pytest.MonkeyPatch()
    write = index_build._write_arrays

    def slow_write(con, folder, identity, tell):
        def held(share):
            tell(share)
            while hold.exists():
                time.sleep(0.05)
                tell(share)

        return write(con, folder, identity, held)

    patch.setattr(index_build, "_PIECE", 5_000)
    patch.setattr(index_build, "_write_arrays", slow_write)
