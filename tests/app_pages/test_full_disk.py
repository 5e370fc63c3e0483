"""Pages on a disk that takes no more: the reason in words, and the store as it was."""

import os
import resource
import shutil
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.app_pages.opening import until_done
from tests.app_pages.test_imports import labeled, texts, with_file
from tests.data.store.test_full_disk import contents
from tests.forks import FORKS, fork

RANGES = "Level,Min,Max,Currency,Basis,Effective date\nP3,94000,140000,USD,base,2026-01-01\n"


def load_on_a_full_disk(store: Path, tells: Connection) -> None:
    """Load a file on the Import page where no file may grow, and tell what the page says."""
    os.environ["BANDSTAND_DB"] = str(store)
    app = with_file(RANGES)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
    labeled(app.button, "Load").click().run()
    tells.send((texts(until_done(app)), [str(e.value) for e in app.exception]))


@pytest.mark.slow
def test_a_load_that_the_disk_refuses_is_told_in_words(store, tmp_path):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    hears, tells = FORKS.Pipe(duplex=False)
    worker = fork(load_on_a_full_disk, path, tells)
    tells.close()
    said, crashes = hears.recv()
    worker.join()
    assert crashes == []
    assert "a file would pass the size that this process may write (ulimit -f)" in said
    assert contents(path) == ([], [])
